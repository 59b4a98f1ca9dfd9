"""The verbs of a table that is typed into: cells set, one field filled down, links completed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.exc import IntegrityError

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Register
from xqhz_desktop.services import tables
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.entry.entering import (
    Edit,
    Entry,
    Line,
    Wrong,
    called,
    may_be_repeated,
    plain,
)
from xqhz_desktop.services.entry.entry_checks import check
from xqhz_desktop.services.entry.recording import write
from xqhz_desktop.services.entry.references import Reference, find
from xqhz_desktop.services.narrowing import EDITING
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.workbooks.linking import Links
from xqhz_desktop.services.workbooks.plan import Row

__all__ = ["Edit", "Edited", "Wrong", "create_linked", "fill", "set_cells"]

_LONGEST = 20  # characters of a value that a title repeats
_BLANK = "（空）"
_NUMBER = re.compile(r"\d{11,}[Xx]?")  # an ID number or a phone


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of typed cells: the records written, and the cells that were not.

    `made` says which record each new row became. `problems` were not written, `warnings` were.
    """

    changes: Changes = field(default_factory=Changes)
    ids: tuple[int, ...] = ()
    made: dict[int, int] = field(default_factory=dict)
    problems: tuple[Wrong, ...] = ()
    warnings: tuple[Wrong, ...] = ()


def set_cells(
    office: Office, register: str, edits: Sequence[Edit], *, make_missing: bool = False
) -> Edited:
    """Write typed cells, read as the import reads them: one action, the bad ones left out.

    With `make_missing` firms, classes, students and teachers that a link names and nobody has
    registered are made as an import makes them. Raises UserError: not permitted (9), only
    looking (4), the disk (7, 8), the database refuses (3); KeyError for a field not kept.
    """
    return _enter(office, register, edits, _title, make_missing=make_missing)


def fill(
    office: Office,
    register: str,
    ids: Sequence[int],
    name: str,
    text: str,
    *,
    reason: str = "",
    on: date | None = None,
    picked: int | None = None,
    make_missing: bool = False,
) -> Edited:
    """Set one field of many records to one text: one action whose title keeps why and since when.

    `picked` and `make_missing` mean what they mean to `Edit` and `set_cells`, whose errors it has.
    """
    edits = [Edit(number, name, text, picked=picked) for number in ids]

    def title(declared: Register, lines: list[Line]) -> str:
        whole = _filled(declared, lines, name)
        since = [f"自 {on.isoformat()} 起"] if on else []
        why = [f"事由：{_NUMBER.sub('（号码）', reason.strip())}"] if reason.strip() else []
        return f"{whole}（{'，'.join(since + why)}）" if since or why else whole

    return _enter(office, register, edits, title, make_missing=make_missing)


def create_linked(
    office: Office, register: str, label: str, *, name: str = ""
) -> tuple[int, Changes]:
    """Make the firm, teacher, student, major, class or cohort that a cell names; returns its id.

    It is as an import would make it: known by name or number only until its own register says
    more. A student needs a `name` beside the number, a teacher may have one. One that is there
    already is returned with nothing changed. Raises UserError (2) where the text names none, and as
    `set_cells` does.
    """
    declared = REGISTERS[register]
    with office.engine.connect() as connection:
        found = find(connection, register, label)
    if isinstance(found, Reference):
        assert found.id is not None
        return found.id, Changes()
    key = found.missing
    if not key:
        raise UserError(found.reason, EXIT_USAGE)
    if register == "students" and not name.strip():
        raise UserError("请写明学生姓名，再登记这个身份证号。", EXIT_USAGE)
    shown = name.strip() or key
    with office.acting(EDITING, f"登记{declared.label}：{_short(shown)}") as (connection, action):
        links = Links(connection, lambda _: None)
        row = Row(0, 0, {"link": key, "name": name.strip() or None})
        links.ensure(register, "link", [row], declared)
        number = links.ids(register)[links.key(register, key)]
    return number, Changes(action, {register: 1})


def _enter(
    office: Office,
    register: str,
    edits: Sequence[Edit],
    title: Callable[[Register, list[Line]], str],
    *,
    make_missing: bool = False,
) -> Edited:
    declared = REGISTERS[register]
    with office.engine.connect() as connection:
        entry = Entry(connection, declared, office.now().date(), make_missing=make_missing)
        entry.take(edits)
        check(entry)
    said = Edited(problems=tuple(entry.problems), warnings=tuple(entry.warnings))
    lines = entry.ready()
    if not lines:
        return said
    try:
        with office.acting(EDITING, title(declared, lines)) as (connection, action):
            ids, touched = write(connection, declared, lines)
    except IntegrityError as error:
        raise UserError("这些内容与已有的记录冲突，没有写入；请核对编号和日期。") from error
    new = [(line, number) for line, number in zip(lines, ids, strict=True) if not line.before]
    made = {line.new: number for line, number in new}
    return replace(said, changes=Changes(action, touched), ids=tuple(ids), made=made)


# ------------------------------------------------------------ what an action is called


def _title(register: Register, lines: list[Line]) -> str:
    """One edit in words; many as a count: 修改 学生：3 格，新增 2 行."""
    changed = [line for line in lines if line.before]
    made = len(lines) - len(changed)
    if len(lines) == 1:
        return _one_line(register, lines[0])
    cells = sum(len(line.values) for line in changed)
    parts = [f"修改 {cells:,} 格"] * bool(cells) + [f"新增 {made:,} 行"] * bool(made)
    return f"{register.label}：{'，'.join(parts)}"


def _one_line(register: Register, line: Line) -> str:
    if not line.before:
        return f"新增{register.label}：{_short(called(line.after()) or '1 行')}"
    names = [one.name for one in register.stored() if one.name in line.values]
    who = _short(called(line.before) or register.label)
    if len(names) == 1:
        return f"{who} 的 {_one_edit(register, line, names[0])}"
    labels = "、".join(register.field(name).label for name in names[:4])
    return f"修改{register.label} {who}：{labels}{'等' if len(names) > 4 else ''}"


def _one_edit(register: Register, line: Line, name: str) -> str:
    """The field with both values; numbers of persons are named and not repeated."""
    declared = register.field(name)
    if not may_be_repeated(declared):
        return declared.label
    values = (line.before[name], plain(line.values[name]))
    before, after = (_short(tables.show(declared, value)) or _BLANK for value in values)
    return f"{declared.label}：{before} → {after}"


def _filled(register: Register, lines: list[Line], name: str) -> str:
    declared = register.field(name)
    value = tables.show(declared, plain(lines[0].values[name]))
    to = f"改为 {_short(value) or _BLANK}" if may_be_repeated(declared) else "改为同一号码"
    return f"{register.label}：{len(lines):,} 行的 {declared.label} {to}"


def _short(said: str) -> str:
    """A value as a title repeats it: cut, and without what may be a person's number."""
    bare = _NUMBER.sub("（号码）", said)
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1] + "…"
