"""拆分下发 and 收回: a roster as one workbook for each class or firm, and what is still out."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select

from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_USAGE, UserError
from xqhz_desktop.base.filenames import safe_name
from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.examples import choices
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.outgoing.book import HINT, TEXT, TITLE, Page, new_book, width_of
from xqhz_desktop.services.privacy.masking import masked
from xqhz_desktop.services.workbooks.known import school_mark
from xqhz_desktop.services.workbooks.marks import HANDOUT, record_heading
from xqhz_desktop.store.models import Handout, SchoolClass, Student

NOBODY = "未填"  # the part of the rows in which the field says nothing
_HEADER_ROW = 2  # counted from 0: title, what is asked, headings
_NOTE = "请填写标黄的列，其他内容有误也请改正；表头已锁定。填好后请发回：　　月　　日前。"
_NOTE_CHECK = "请核对，有误请改正；表头已锁定。核对后请发回：　　月　　日前。"
_MOST = 500  # workbooks of one handing out


@dataclass(frozen=True, slots=True)
class Sent:
    """A workbook that was sent out: whose part of which register, when, and when it came back."""

    id: int
    register: str
    value: str
    file: str
    rows: int
    sent: date
    returned: date | None


def split_by(register: str) -> tuple[Field, ...]:
    """The fields by which a register is split: what several records have in common."""
    kinds = (Kind.TEXT, Kind.NAME, Kind.CHOICE, Kind.LINK)
    return tuple(
        field
        for field in tables.shown_fields(register)
        if field.kind in kinds and field.name not in ("name", "note") and field.link != "students"
    )


def parts(
    office: Office, register: str, field: str, ids: Sequence[int] | None = None
) -> dict[str, int]:
    """Whose part would have how many rows. Raises UserError as `hand_out`: none, too many (2)."""
    return {value: len(rows) for value, rows in _parts(office, register, field, ids).items()}


def hand_out(
    office: Office,
    register: str,
    field: str,
    folder: Path,
    fill: Collection[str] = (),
    ids: Sequence[int] | None = None,
    task: Task | None = None,
) -> list[Path]:
    """Write one .xlsx for each value of the field into a folder; their paths.

    Headings are locked; what is to be filled in stands out. Columns that say nothing and are not
    to be filled in are left out. Numbers are masked, and a masked one comes back as no change.
    What is out is on record until it returns.
    Raises UserError: nothing to hand out, too many parts (2), the folder cannot be written (7),
    not permitted (4, 9); Cancelled. Then nothing is out.
    """
    office.must_be(Role.CLERK, "拆分下发")
    office.folder.must_not_hold(folder)
    split, task = _parts(office, register, field, ids), task or Task()
    label, today = REGISTERS[register].label, office.now().date()
    made: list[Path] = []
    try:
        _make(folder)
        with office.acting("handout", f"拆分下发{label}：{len(split)} 份") as (connection, _):
            mark = record_heading(register, school_mark(connection))
            for place, (value, rows) in enumerate(split.items()):
                task.step(place, len(split), value)
                path = _free(folder, f"{label}_{value}")
                said = {"register": register, "field": field, "value": value, "file": path.name}
                out = insert(Handout).values(**said, rows=len(rows), sent=today)
                number = connection.execute(out.returning(Handout.id)).scalar_one()
                made.append(path)
                sheet = _Roster(register, f"{label}：{value}", rows, frozenset(fill), mark, number)
                _write(path, sheet, today)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    return made


def take_off(office: Office, numbers: Sequence[int]) -> Changes:
    """Wait no longer for what was handed out. Raises UserError (4, 9)."""
    title = f"不再等待收回：{len(numbers):,} 份"
    with office.acting("handout", title) as (connection, action):
        connection.execute(delete(Handout).where(Handout.id.in_(numbers)))
    return Changes(action, {"handout": len(numbers)})


def handouts(office: Office, *, out_only: bool = False) -> list[Sent]:
    """What was handed out, the newest first; with `out_only` what has not come back."""
    columns = (Handout.id, Handout.register, Handout.value, Handout.file, Handout.rows)
    statement = select(*columns, Handout.sent, Handout.returned).order_by(Handout.id.desc())
    if out_only:
        statement = statement.where(Handout.returned.is_(None))
    with office.engine.connect() as connection:
        return [Sent(*row) for row in connection.execute(statement)]


def _parts(
    office: Office, register: str, field: str, ids: Sequence[int] | None
) -> dict[str, list[dict[str, Any]]]:
    declared = REGISTERS[register].field(field)
    wanted = tables.ids(office, register) if ids is None else ids
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    classes = _classes(office) if field == "class_name" else {}
    for values in tables.read_values(office, register, wanted):
        said = tables.show(declared, values[field]) or NOBODY
        parts[classes.get(values.get("student"), said)].append(values)
    if not parts:
        raise UserError("没有可以下发的行，请先选定要下发的记录。", EXIT_USAGE)
    if len(parts) > _MOST:
        raise UserError(
            f"按“{declared.label}”会拆成 {len(parts)} 份，太多了，请换一个字段或先筛选。",
            EXIT_USAGE,
        )
    return dict(sorted(parts.items()))


def _classes(office: Office) -> dict[str | None, str]:
    """The class of each student, by ID number: rosters spell one class in many ways."""
    statement = select(Student.id_number, SchoolClass.name).join(
        SchoolClass, SchoolClass.id == Student.class_id
    )
    with office.engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(statement)}


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = f"没有写成，请检查文件夹的权限和剩余空间：{folder}"
        raise UserError(said, EXIT_NO_SPACE) from error


def _free(folder: Path, stem: str) -> Path:
    """A name that is not taken: what was sent out before is never written over."""
    safe = safe_name(stem)[:80].strip(" .")
    number, path = 1, folder / f"{safe}.xlsx"
    while path.exists():
        number += 1
        path = folder / f"{safe}-{number}.xlsx"
    return path


@dataclass(frozen=True, slots=True)
class _Roster:
    """One part of a register as it goes out."""

    register: str
    title: str
    rows: Sequence[dict[str, Any]]
    fill: frozenset[str]
    mark: str  # the heading over the records' numbers
    number: int  # of the handing out

    def fields(self) -> list[Field]:
        """The columns: what is to be filled in, and what says something."""
        return [
            field
            for field in tables.shown_fields(self.register)
            if field.name in self.fill or any(row[field.name] is not None for row in self.rows)
        ]


def _write(path: Path, roster: _Roster, today: date) -> None:
    fields = roster.fields()
    with new_book(path) as book:
        page = book.sheet(REGISTERS[roster.register].label)
        held = ((one, (row[one.name] for row in roster.rows)) for one in fields)
        page.columns([6, *(width_of(field, values) for field, values in held)])
        page.line(0, roster.title, TITLE, 30)
        page.line(1, _NOTE if roster.fill else _NOTE_CHECK, HINT)
        labels = [field.label for field in fields]
        page.heading(_HEADER_ROW, ["序号", *labels, roster.mark, HANDOUT])
        shut = page.book.style(TEXT)
        cells = [_style(page, field.name in roster.fill) for field in fields]
        for at, values in enumerate(roster.rows, start=1):
            texts = [masked(one, tables.show(one, values[one.name]), today) for one in fields]
            line = [at, *texts, values["id"], str(roster.number)]
            page.write(_HEADER_ROW + at, line, [shut, *cells, shut, shut])
        _finish(page, fields, len(roster.rows))


def _style(page: Page, fill: bool) -> Any:
    """Cells can be typed over; those to be filled in stand out."""
    more = {"bg_color": "#FFF6DD"} if fill else {}
    return page.book.style(TEXT, locked=False, quote_prefix=True, **more)


def _finish(page: Page, fields: Sequence[Field], rows: int) -> None:
    """Headings are locked, words can be chosen, the program's own columns are not seen."""
    last = _HEADER_ROW + rows
    for place, field in enumerate(fields, start=1):
        if words := choices(field):
            page.choose((_HEADER_ROW + 1, last), place, words)
    page.hide(len(fields) + 1)
    page.hide(len(fields) + 2)
    page.made.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    page.filter((_HEADER_ROW, 0), (last, len(fields)))
    page.set_up((_HEADER_ROW, _HEADER_ROW), last, 3)
