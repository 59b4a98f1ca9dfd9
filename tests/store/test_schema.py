"""The migrations make exactly what the models say, and every table keeps its promises."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.store.database import open_engine
from xqhz_desktop.store.models import Model

_KEY = re.compile(r",?CONSTRAINTfk_\w+?(FOREIGNKEY\(\w+\))?REFERENCES\w+\(id\)")


def schema(connection: Connection) -> dict[str, object]:
    """The SQL of every table and index without white space, and the foreign keys beside it.

    A key that came with an added column is written behind that column, others at the end.
    """
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
        " AND sql IS NOT NULL AND name <> 'alembic_version'"
    ).all()
    found: dict[str, object] = {}
    for name, sql in rows:
        found[name] = _KEY.sub("", re.sub(r"\s+", "", sql).replace('"', ""))
        keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{name}")').all()
        found[f"{name}: keys"] = sorted(key[2:5] for key in keys)
    return found


def test_the_migrations_make_the_schema_of_the_models(engine: Engine, tmp_path: Path) -> None:
    modelled = open_engine(tmp_path / "models.db")
    Model.metadata.create_all(modelled)
    with engine.connect() as one, modelled.connect() as other:
        assert schema(one) == schema(other)
    modelled.dispose()


def test_every_table_is_strict(engine: Engine) -> None:
    with engine.connect() as connection:
        tables = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    ours = {row["name"]: row["strict"] for row in tables if row["name"] in Model.metadata.tables}
    assert len(ours) == len(Model.metadata.tables) > 20
    assert set(ours.values()) == {1}


def act(connection: Connection) -> None:
    """Begin an action by hand, so that the journal lets writes pass."""
    connection.exec_driver_sql(
        "INSERT INTO action (id, at, who, kind, title) VALUES (1,'','','','')"
    )
    connection.exec_driver_sql("INSERT INTO current_action VALUES (1, 1)")


STUDENT = "INSERT INTO student (id_number, name, provisional) VALUES"
ID = "'371300200603010011'"


@pytest.mark.parametrize(
    "sql",
    [
        f"{STUDENT} (NULL, '王一', 0)",
        f"{STUDENT} ('3713', '王一', 0)",
        f"{STUDENT} ({ID}, '', 0)",
        f"{STUDENT} ({ID}, '王一', 'no flag')",
        f"{STUDENT} ({ID}, '王一', 0), ({ID}, '王二', 0)",
        f"INSERT INTO student (id_number, name, provisional, sex) VALUES ({ID}, '王一', 0, '?')",
        "INSERT INTO firm (name, partner) VALUES ('甲公司', 1)",
        "INSERT INTO firm (name, partner, staff) VALUES ('甲公司', 0, -1)",
        "INSERT INTO agreement (code, firm_id, start, \"end\") VALUES ('1', 1, '2024', '2023')",
        'INSERT INTO quarantined_row (register, source_id, source_row, headings, cells, "values",'
        " problems, context, fingerprint, state) VALUES ('firms',1,1,'','','','','','','maybe')",
    ],
)
def test_the_database_refuses_what_must_not_be(engine: Engine, sql: str) -> None:
    with engine.begin() as connection:
        act(connection)
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(sql)


def test_what_is_referred_to_must_be_there(engine: Engine) -> None:
    with engine.begin() as connection:
        act(connection)
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            connection.exec_driver_sql(
                "INSERT INTO contact (firm_id, name, safety) VALUES (9, '', 0)"
            )


def test_the_same_course_may_stand_twice_but_not_in_one_place(engine: Engine) -> None:
    course = (
        "INSERT INTO course (intake, major_id, name, occurrence, total, theory, practice)"
        " VALUES (2021, 1, '机械基础', :occurrence, 60, 20, 40)"
    )
    with engine.begin() as connection:
        act(connection)
        connection.exec_driver_sql("INSERT INTO major (id, name) VALUES (1, '数控')")
        for occurrence in (1, 2):
            connection.execute(text(course), {"occurrence": occurrence})
        with pytest.raises(IntegrityError):
            connection.execute(text(course), {"occurrence": 2})
