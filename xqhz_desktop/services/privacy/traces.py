"""Everything that the records, their history and the audit chain hold of one person."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Text, select, text

from xqhz_desktop.services.drafts import form_of, table_of
from xqhz_desktop.services.privacy.person import GONE, Person
from xqhz_desktop.services.whose import NUMBERED, STAYS, Subject, is_anothers, subject
from xqhz_desktop.store import erasure
from xqhz_desktop.store.models import Action, AuditEntry, Draft, Model, QuarantinedRow, Source
from xqhz_desktop.store.references import Family, referring

_ABOUT = {  # registers whose rows are about a person of the table
    "student": frozenset({"students", "placements", "apprentices"}),
    "teacher": frozenset({"teachers", "stints"}),
    "part_timer": frozenset({"part_timers"}),
}
# Tables that speak of no person, or whose words are the program's.
_PASSED_OVER = frozenset(
    {
        "calendar_day",
        "draft",
        "heading_mapping",
        "layout",
        "quarantined_row",
        "school_term",
        "setting",
        "target",
        "user",
        "word",
    }
)


@dataclass(slots=True)
class Traces:
    """What is to go, by where it stands; `edits` are the columns of other rows, with new values."""

    subject: Subject
    edits: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    waiting: list[int] = field(default_factory=list)  # quarantined rows about the person
    drafts: list[int] = field(default_factory=list)  # half-typed forms that speak of the person
    changes: set[int] = field(default_factory=set)
    actions: set[int] = field(default_factory=set)
    titles: list[int] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)

    @property
    def person(self) -> Person:
        """By what the person is known."""
        return self.subject.person

    @property
    def family(self) -> Family:
        """The person's rows."""
        return self.subject.family


def traces(connection: Connection, register: str, row_id: int) -> Traces:
    """All that is known of the person of a record. Raises UserError (2): there is no such one."""
    found = Traces(subject(connection, register, row_id))
    found.edits = dict(_edits(connection, found))
    if stays := found.subject.stays:
        found.edits[stays] = dict.fromkeys(STAYS[stays[0]])
    _look_at_waiting(connection, found)
    _look_at_drafts(connection, found)
    _look_at_journal(connection, found)
    _look_at_titles(connection, found)
    return found


# ---------------------------------------------------------------- other rows


def _edits(
    connection: Connection, found: Traces
) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
    """Other rows that speak of the person, with what their columns are to say."""
    for table in Model.metadata.sorted_tables:
        if table.name in _PASSED_OVER or "action_id" in table.columns or table.name == "action":
            continue
        for row in _speaking(connection, table.name, found.person):
            if not found.family.has(table.name, row["id"]):
                columns = found.person.in_row(table.name, row)
                if columns:
                    yield (table.name, row["id"]), _struck(table, row, columns, found.person)


def _speaking(connection: Connection, table: str, person: Person) -> Iterator[dict[str, Any]]:
    """Rows of a table in which one of the person's names or numbers stands somewhere."""
    columns = Model.metadata.tables[table].columns
    texts = [column.name for column in columns if _is_text(column)]
    if not texts or not person.needles():
        return
    whole = " || char(10) || ".join(f"coalesce(\"{name}\", '')" for name in texts)
    statement = text(
        f'SELECT * FROM "{table}" WHERE EXISTS (SELECT 1 FROM json_each(:needles)'
        f" WHERE instr({whole}, value))"
    )
    wanted = {"needles": json.dumps(person.needles(), ensure_ascii=False)}
    for row in connection.execute(statement, wanted).mappings():
        yield dict(row)


def _is_text(column: Any) -> bool:
    kind = getattr(column.type, "impl", column.type)
    return isinstance(kind, Text)


def _struck(table: Any, row: dict[str, Any], columns: list[str], person: Person) -> dict[str, Any]:
    values = {
        name: person.struck(row[name], nullable=bool(table.columns[name].nullable))
        for name in columns
    }
    if values.get("school_supervisor_no", "") is None:  # whose name and phone others may have, too
        values |= {"school_supervisor": None, "school_supervisor_phone": None}
    return values


# ---------------------------------------------------------------- rows that wait


def _look_at_waiting(connection: Connection, found: Traces) -> None:
    """Waiting rows about the person go; others that speak of the person lose those words."""
    columns = ("register", "headings", "cells", "values", "problems", "context")
    for row in connection.execute(select(QuarantinedRow.__table__)).mappings():
        said = {name: row[name] for name in columns}
        if _is_about(found, said):
            found.waiting.append(row["id"])
        elif found.person.in_any(said):
            new = {name: found.person.struck_all(said[name]) for name in columns[1:]}
            found.edits[("quarantined_row", row["id"])] = new | {"fingerprint": GONE}


def _is_about(found: Traces, said: dict[str, Any]) -> bool:
    """Whether a waiting row is the person's own: by a number, or by a name that fits."""
    person, values = found.person, said["values"] or {}
    if said["register"] not in _ABOUT.get(person.table, ()):
        return False
    ids = {number for number in person.numbers if len(number) == 18}
    if any(number in _squeezed(cell) for number in ids for cell in said["cells"].values()):
        return True
    if is_anothers(values, ids):
        return False
    if any(values.get(column) in person.codes for column in ("student_no", "staff_no")):
        return True
    name, context = str(values.get("name")), said["context"] or {}
    classes = {values.get("class"), values.get("class_name"), context.get("class_name")}
    return name in person.names or (
        name == found.subject.name and found.subject.class_name in classes
    )


def _squeezed(cell: Any) -> str:
    return "".join(str(cell).split()).upper()


def _look_at_drafts(connection: Connection, found: Traces) -> None:
    """What was half typed is no record: a form about the person, or with a word of theirs, goes."""
    for row in connection.execute(select(Draft.id, Draft.form, Draft.content)):
        form = form_of(row.form)
        about = (table_of(form), form.number)
        theirs = found.family.has(*about) or about in {
            ("quarantined_row", n) for n in found.waiting
        }
        if theirs or _said(found, json.dumps(row.content, ensure_ascii=False)):
            found.drafts.append(row.id)


# ---------------------------------------------------------------- the journal


def _look_at_journal(connection: Connection, found: Traces) -> None:
    """Journal rows of the person's rows, ever, and of all others that speak of the person."""
    changes = set(_own_changes(connection, found))
    for row in _speaking_changes(connection, found.person):
        if row.id not in changes and _speaks(found, row):
            changes.add(row.id)
    waiting = erasure.changes_of(connection, "quarantined_row", found.waiting)
    found.changes = changes | set(waiting)
    statement = text(
        "SELECT DISTINCT action_id FROM change WHERE id IN (SELECT value FROM json_each(:ids))"
    )
    ids = {"ids": json.dumps(sorted(found.changes))}
    found.actions = set(connection.execute(statement, ids).scalars())


def _own_changes(connection: Connection, found: Traces) -> Iterator[int]:
    """Of the person's rows as they are, as they were, and of earlier ones that went."""
    fresh = {table: set(rows) for table, rows in found.family.rows.items()}
    if stays := found.subject.stays:
        yield from erasure.changes_of(connection, stays[0], {stays[1]})
    for table in NUMBERED:
        ids = [number for number in found.person.numbers if len(number) == 18]
        former = erasure.changes_where(connection, table, "id_number", ids)
        fresh[table] = fresh.get(table, set()) | _rows_of(connection, former)
    for table, rows in list(fresh.items()):
        yield from erasure.changes_of(connection, table, rows)
        for reference in referring(table):
            if reference.needed and reference.table != "attachment":
                yield from erasure.changes_where(
                    connection, reference.table, reference.column, sorted(rows)
                )
        yield from _attached_changes(connection, table, rows)


def _rows_of(connection: Connection, changes: Collection[int]) -> set[int]:
    statement = text(
        "SELECT DISTINCT row_id FROM change WHERE id IN (SELECT value FROM json_each(:ids))"
    )
    return set(connection.execute(statement, {"ids": json.dumps(sorted(changes))}).scalars())


def _attached_changes(connection: Connection, table: str, rows: Collection[int]) -> Iterator[int]:
    statement = text(
        "SELECT id FROM change WHERE table_name = 'attachment' AND digest IS NULL"
        " AND json_extract(coalesce(after, before), '$.table_name') = :table"
        " AND json_extract(coalesce(after, before), '$.row_id')"
        " IN (SELECT value FROM json_each(:rows))"
    )
    wanted = {"table": table, "rows": json.dumps(sorted(rows))}
    yield from connection.execute(statement, wanted).scalars()


def _speaking_changes(connection: Connection, person: Person) -> Iterator[Row[Any]]:
    """Journal rows in which a name or number stands, and all of rows that wait or waited."""
    needles = {f"n{at}": needle for at, needle in enumerate(person.needles())}
    spoken = "".join(f" OR instr(before, :{name}) OR instr(after, :{name})" for name in needles)
    statement = text(
        "SELECT id, table_name, before, after FROM change WHERE digest IS NULL"
        f" AND (table_name = 'quarantined_row'{spoken})"
    )
    yield from connection.execute(statement, needles)


def _speaks(found: Traces, row: Row[Any]) -> bool:
    for said in filter(None, (row.before, row.after)):
        values = json.loads(said)
        if row.table_name == "quarantined_row":
            for name in ("headings", "cells", "values", "problems", "context"):
                values[name] = json.loads(values[name]) if values.get(name) else {}
            if _is_about(found, values) or found.person.in_any(values):
                return True
        elif row.table_name not in _PASSED_OVER and found.person.in_row(row.table_name, values):
            return True
    return False


# ---------------------------------------------------------------- titles and sources


def _look_at_titles(connection: Connection, found: Traces) -> None:
    """Titles say little and are read by all: a name that others share goes from them as well."""
    for one in connection.execute(select(Action.id, Action.title, Action.summary)):
        if _said(found, one.title, json.dumps(one.summary, ensure_ascii=False)):
            found.titles.append(one.id)
    for entry in connection.execute(select(AuditEntry.id, AuditEntry.title)):
        if _said(found, entry.title):
            found.entries.append(entry.id)
    for source in connection.execute(select(Source.id, Source.file, Source.sheet)):
        if _said(found, source.file, source.sheet):
            found.sources.append(source.id)


def _said(found: Traces, *texts: Any) -> bool:
    """Whether a text speaks of the person, or says a name that others share."""
    whose = found.subject
    words = {*whose.person.names, *whose.person.numbers, *whose.shared, whose.name}
    told = [str(text) for text in texts if text is not None]
    spoken = any(word in text for word in words for text in told)
    return spoken or any(found.person.in_text(text) for text in told)
