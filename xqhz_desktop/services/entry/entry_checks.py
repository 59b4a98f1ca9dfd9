"""Whole rows of typed cells: what contradicts itself, what another record already is."""

from collections import defaultdict
from typing import Any

from sqlalchemy import and_, or_, select

from xqhz_desktop.base.times import clock_text, spans_of
from xqhz_desktop.registers.kinds import Kind
from xqhz_desktop.services.entry.entering import HOURS, Entry, Line, called, column_of
from xqhz_desktop.services.entry.references import Reference
from xqhz_desktop.services.entry.row_days import check_days
from xqhz_desktop.services.records import PROVISIONAL, model_of
from xqhz_desktop.services.workbooks import checks
from xqhz_desktop.services.workbooks.context import Context
from xqhz_desktop.services.workbooks.draft import Draft
from xqhz_desktop.store.models import Booking, Course

_FEW = 60  # rows whose identity is looked up one by one
# The fields that a check of a whole row looks at; the first is where it is said.
_INVOLVED = {
    "end_before_start": ("end", "start"),
    "hours_do_not_add_up": HOURS,
    "missing_intake": ("intake",),
    "missing_major": ("major",),
    "birth_differs_from_id": ("birthday", "id_number", "student"),
    "sex_differs_from_id": ("sex", "id_number", "student"),
    "still_there": ("end",),
}

Identity = tuple[Any, ...]


def check(entry: Entry) -> None:
    """Hold every row whole against the rules of the import and against the other records."""
    entry.complete()
    if entry.register.name == "courses":
        for line in entry.lines:
            _add_up(line)
    _check_rows(entry)
    check_days(entry)
    entry.forget_the_same()
    entry.require()
    if entry.register.name == "courses":
        _count_occurrences(entry)
    if entry.register.name == "visits":
        _need_students(entry)
    while _refuse_repeats(entry):
        pass
    if entry.register.name == "bookings":
        _warn_of_double_bookings(entry)


def _add_up(line: Line) -> None:
    """Of three numbers of hours those that were not typed follow; never below 0."""
    typed = [name for name in HOURS if name in line.typed]
    if not typed or len(typed) == len(HOURS):
        return
    total, theory, practice = (line.after().get(name) or 0.0 for name in HOURS)
    if "total" not in typed:
        made = {"total": theory + practice}
    elif "theory" not in typed:
        made = {"theory": total - practice}
    else:
        made = {"practice": total - theory}
    if min(made.values()) >= 0:
        line.values |= {"practice": practice, "theory": theory, "total": total} | made


# ------------------------------------------------------------ the import's own checks


def _check_rows(entry: Entry) -> None:
    lines = [line for line in entry.lines if line.values and not line.gone]
    if not lines:
        return
    rows = [line.after() for line in lines]
    columns = {name: [row.get(name) for row in rows] for name in entry.fields}
    draft = Draft(entry.register, Context(), len(rows), columns)
    checks.check_rows(draft)
    for place, faults in draft.faults.items():
        for name, reason in faults:
            _fault(entry, lines[place], name, reason)
    for place, name, reason in draft.doubts:
        if _touches(lines[place], reason):
            entry.warn(lines[place], name, _sentence(entry, name, reason))
    _take_back(entry, lines, draft)


def _touches(line: Line, reason: str) -> bool:
    return line.is_new or any(name in line.values for name in _INVOLVED.get(reason, ()))


def _fault(entry: Entry, line: Line, name: str, reason: str) -> None:
    """What was typed of a contradiction is refused; what stood there before stays."""
    for involved in _INVOLVED[reason]:
        if involved in line.values:
            entry.wrong(line, involved, _sentence(entry, name, reason))


def _sentence(entry: Entry, name: str, reason: str) -> str:
    label = entry.fields[name].label
    if reason.startswith("missing_"):
        return f"“{label}”未填，请填写。"
    return f"“{label}”：{checks.MESSAGES[reason]}。"


def _take_back(entry: Entry, lines: list[Line], draft: Draft) -> None:
    """What the checks make of a row: a number that is none, a booking that was cancelled."""
    for place, line in enumerate(lines):
        if "contract_no" in line.values:
            line.values["contract_no"] = draft.columns["contract_no"][place]
        if entry.register.name == "bookings" and (line.is_new or "note" in line.values):
            line.values["cancelled"] = bool(draft.columns["cancelled"][place])


# ------------------------------------------------------------ one record once


def _count_occurrences(entry: Entry) -> None:
    """A plan may list a course twice: the next free number is the new row's."""
    taken: dict[Identity, int] = defaultdict(int)
    for line in entry.ready():
        if not line.is_new:
            continue
        major = line.values["major"].id
        key = (line.values["intake"], major or line.values["major"].key, line.values["name"])
        if key not in taken and major is not None:
            of_plan = (Course.intake == key[0], Course.major_id == major, Course.name == key[2])
            numbers = entry.connection.execute(select(Course.occurrence).where(*of_plan))
            taken[key] = max((row[0] for row in numbers), default=0)
        taken[key] += 1
        line.values["occurrence"] = taken[key]
        if taken[key] > 1:
            entry.warn(line, "name", f"教学计划里已有“{key[2]}”，这是第 {taken[key]} 次列入。")


def _need_students(entry: Entry) -> None:
    """A supervisor saw somebody: 巡查 names the student, 走访 need not."""
    for line in entry.ready():
        row = line.after()
        if row["kind"] == "巡查" and row.get("student") is None:
            told = "student" if line.is_new or "student" in line.values else "kind"
            if told in line.values or line.is_new:
                entry.wrong(line, told, "巡查要写明是哪个学生，请填写身份证号、学号或姓名。")
                line.gone = line.is_new


def _refuse_repeats(entry: Entry) -> bool:
    """Refuse what would make a row another record; whether anything was refused."""
    touched = [line for line in entry.ready() if _changes_identity(entry, line)]
    if not touched:
        return False
    holders = _holders(entry, touched)
    moved = {line.row for line in touched if not line.is_new}
    taken = {_identity(entry, one): called(one.after()) for one in entry.ready() if one.settled}
    refused = False
    for line in touched:
        key = _identity(entry, line)
        if key is None:
            continue
        number, name, provisional = holders.get(key, (None, "", False))
        other = name if number is not None and number not in moved else taken.get(key)
        if other is None:
            taken[key] = called(line.after())
        elif line.is_new and provisional and key not in taken:
            taken[key] = name
            line.row, line.settled = number, True
        else:
            refused = True
            _refuse_repeat(entry, line, other)
    return refused


def _refuse_repeat(entry: Entry, line: Line, other: str) -> None:
    names = [n for n in entry.register.identity if n in line.values]
    labels = "、".join(entry.fields[name].label for name in entry.register.identity[:3])
    said = f"“{labels}”" if len(entry.register.identity) <= 3 else "各项"
    known = f"“{other}”" if other else "这一行"
    reason = f"{entry.register.label}里已有{known}，{said}相同，请核对是否重复。"
    for name in names if not line.is_new else names[:1]:
        entry.wrong(line, name, reason)
    line.gone = line.gone or line.is_new


def _names(entry: Entry) -> tuple[str, ...]:
    return (*entry.register.identity, *(("occurrence",) * (entry.register.name == "courses")))


def _changes_identity(entry: Entry, line: Line) -> bool:
    return not line.settled and any(name in line.values for name in _names(entry))


def _identity(entry: Entry, line: Line) -> Identity | None:
    """What makes the row one record; None where it is new by what it refers to."""
    key = []
    for name in _names(entry):
        value = line.values.get(name, ...)
        if value is ...:
            declared = entry.fields.get(name)
            value = line.before.get(column_of(declared) if declared else name)
        elif isinstance(value, Reference):
            if value.id is None:
                return None
            value = value.id
        key.append(value)
    if None in key and entry.register.name != "bookings":
        return None
    return tuple(key)


def _holders(entry: Entry, lines: list[Line]) -> dict[Identity, tuple[int, str, bool]]:
    """The records that have one of the identities: (id, what names it, whether provisional)."""
    model: Any = model_of(entry.register.name)
    columns = [getattr(model, _column(entry, name)) for name in _names(entry)]
    keys = {key for line in lines if (key := _identity(entry, line))}
    if not keys:
        return {}
    naming = getattr(model, "name", None)
    provisional = entry.register.name in ("students", "teachers")
    flag = getattr(model, PROVISIONAL[entry.register.name][0]) if provisional else None
    shown = [one for one in (naming, flag) if one is not None]
    statement = select(model.id, *columns, *shown)
    if len(keys) <= _FEW:
        same = [and_(*map(_is, columns, key)) for key in keys]
        statement = statement.where(or_(*same))
    found: dict[Identity, tuple[int, str, bool]] = {}
    width = len(columns)
    for row in entry.connection.execute(statement):
        key = tuple(row[1 : width + 1])
        if key in keys:
            name = str(row[width + 1]) if naming is not None else _spoken(entry, key)
            found[key] = (row[0], name, bool(flag is not None and row[-1]))
    return found


def _is(column: Any, value: Any) -> Any:
    return column.is_(None) if value is None else column == value


def _column(entry: Entry, name: str) -> str:
    declared = entry.fields.get(name)
    return column_of(declared) if declared else name


def _spoken(entry: Entry, key: Identity) -> str:
    """What names a record that has no name of its own: its number, or its day and time."""
    kinds = [entry.fields[name].kind for name in entry.register.identity]
    told = [
        clock_text(part) if kind is Kind.TIMES else str(part)
        for kind, part in zip(kinds, key, strict=False)
        if part is not None and kind is not Kind.LINK
    ]
    return " ".join(told[:3])


# ------------------------------------------------------------ bookings


def _warn_of_double_bookings(entry: Entry) -> None:
    """Two uses of one base at one time are warned of; clerks sort them out later."""
    lines = [
        line
        for line in entry.ready()
        if (line.is_new or {"base", "day", "times", "note"} & set(line.values))
        and not line.values.get("cancelled", line.before.get("cancelled"))
    ]
    if not lines:
        return
    others = _booked(entry, {line.after()["day"] for line in lines})
    for line in lines:
        for base, day, number, times, user in others[_place(line)]:
            if number != line.row and _overlap(times, line.after()["times"]):
                said = f"{day.isoformat()} {clock_text(times)}"
                by = f"已由“{user}”使用" if user else "已有排期"
                entry.warn(line, "times", f"{base}在 {said} {by}，请核对时间。")


def _place(line: Line) -> tuple[Any, Any]:
    base = line.values.get("base")
    return (base.id if base else line.before["base_id"]), line.after()["day"]


def _booked(entry: Entry, days: set[Any]) -> dict[tuple[Any, Any], list[Any]]:
    base: Any = model_of("bases")
    statement = (
        select(Booking.base_id, base.name, Booking.day, Booking.id, Booking.times, Booking.user)
        .join(base, base.id == Booking.base_id)
        .where(Booking.cancelled.is_(False))
    )
    if len(days) <= _FEW:
        statement = statement.where(Booking.day.in_(days))
    found: dict[tuple[Any, Any], list[Any]] = defaultdict(list)
    for row in entry.connection.execute(statement):
        found[(row.base_id, row.day)].append(row[1:])
    return found


def _overlap(one: str, two: str) -> bool:
    return any(a < d and c < b for a, b in spans_of(one) for c, d in spans_of(two))
