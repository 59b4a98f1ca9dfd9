"""What the rules know of placements and batches is read as the file means it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from xqhz_desktop.base import facts
from xqhz_desktop.store import journal, migrate
from xqhz_desktop.store.database import open_engine
from xqhz_desktop.store.models import Batch, Due, Firm, Placement, PlacementEvent, Student, Visit
from xqhz_desktop.store.training_facts import dues, inspections, placements, turns

START, DAY = date(2024, 9, 1), date(2024, 10, 8)


def filled(connection: Connection) -> None:
    """Two batches, one of each kind, with a placement each, and one of no batch."""
    connection.execute(insert(Firm).values(id=1, name="甲公司", partner=False))
    for number in (1, 2, 3):
        person = {"id": number, "id_number": f"37130020070101000{number}", "name": "张三"}
        connection.execute(insert(Student).values(**person, provisional=False))
    for number, kind in ((1, "岗位实习"), (2, "认识实习")):
        batch = {"name": kind, "school_year": "2024-2025学年", "kind": kind, "start": START}
        connection.execute(insert(Batch).values(id=number, **batch))
        connection.execute(insert(Due).values(batch_id=number, student_id=1, name="张三"))
    for number, batch_id in ((1, 1), (2, 2), (3, None)):
        said = {"student_id": number, "firm_id": 1, "name": "张三", "start": START}
        connection.execute(insert(Placement).values(id=number, batch_id=batch_id, **said, **PAPERS))
    turn = {"placement_id": 1, "day": DAY, "before": "车工", "after": "钳工"}
    connection.execute(insert(PlacementEvent).values(kind="调岗", **turn))
    connection.execute(insert(PlacementEvent).values(placement_id=1, day=DAY, kind="离岗"))
    seen = {"day": DAY, "firm_id": 1, "visitor": "王老师"}
    connection.execute(insert(Visit).values(kind="巡查", student_id=1, **seen))
    connection.execute(insert(Visit).values(kind="走访", **seen))


PAPERS = {
    "arrangement": "集中",
    "class_name": "2022级数控1班",
    "agreement": True,
    "consent": False,
    "agreement_date": DAY,
    "fees": True,
    "insurance_payer": "学校",
}


@pytest.fixture
def connection(tmp_path: Path):
    """An open database with these rows."""
    path = tmp_path / "x.db"
    migrate.ensure(path, lambda: None)
    engine = open_engine(path)
    said = {"who": "测试", "at": "2024-09-01T08:00:00", "kind": "edit", "title": "样本"}
    with journal.acting(engine, **said) as (made, _):
        filled(made)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_a_placement_is_read_with_its_batch_and_papers(connection: Connection) -> None:
    found = placements(connection, lambda name: 2022 if "2022" in name else None)
    first, alone = found
    assert (first.id, first.batch, first.batch_year) == (1, 1, "2024-2025")
    assert (first.start, first.end, first.agreement_date) == (START, None, DAY)
    assert first.arranged is True
    assert first.consent is False
    assert first.fees is True
    assert first.overtime is None
    assert (first.payer, first.position, first.intake) == ("学校", "", 2022)
    assert (alone.batch, alone.batch_year, alone.school_year) == (None, "", "2024-2025")


def test_a_batch_of_orientation_is_held_to_no_rule_of_post_internship(
    connection: Connection,
) -> None:
    assert [row.id for row in placements(connection, lambda _: None)] == [1, 3]
    assert dues(connection) == (facts.Due(1, 1, 1, False),)


def test_changes_of_post_and_inspections_alone_are_facts(connection: Connection) -> None:
    assert turns(connection) == (facts.Turn(1, DAY, "车工", "钳工"),)
    assert [(one.student, one.day) for one in inspections(connection)] == [(1, DAY)]
