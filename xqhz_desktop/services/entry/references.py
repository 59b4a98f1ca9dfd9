"""What a typed text refers to: the firm, the student, the teacher, the class that a link means."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, func, select

from xqhz_desktop.base import text
from xqhz_desktop.base.identity import id_problem, uscc_problem
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.records import LINK_KEYS, LINK_LABELS, model_of
from xqhz_desktop.services.workbooks.cells import MESSAGES
from xqhz_desktop.store.models import Firm, FirmName, SchoolClass, Student

_CHUNK = 900  # texts in one IN (…)
_NAMED = 4  # candidates that a sentence names
_LONGEST = 20  # characters of a typed text that a sentence says again
_NUMBER = re.compile(r"\d{11,}")  # an ID number or a phone, perhaps
_LIKE_AN_ID = 15  # characters from which a text is taken for an ID number
_MADE_BY_NAME = frozenset({"firms", "majors", "classes", "cohorts"})
_HOW = {
    "students": "学号或身份证号",
    "teachers": "工号",
    "firms": "统一社会信用代码",
    "bases": "基地编号",
    "majors": "专业代码",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """The record that a link's cell means; `id` is None for one that is still to be made.

    `label` is what the table shows of it, `key` how a workbook would refer to it.
    """

    id: int | None
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a typed text cannot be taken, as one sentence.

    `missing` is the key of the record that is not there and could be made.
    """

    reason: str
    missing: str = ""


def find(connection: Connection, register: str, typed: str) -> Reference | Refused:
    """The record of a register that a typed text means: by key, number, code or unique name."""
    return find_all(connection, register, [typed])[typed]


def find_all(
    connection: Connection, register: str, texts: Iterable[str]
) -> dict[str, Reference | Refused]:
    """What each of many typed texts means, looked up together."""
    found: dict[str, Reference | Refused] = {}
    left = set(texts)
    for ask in _ways(register):
        forms = {typed: ask.forms(typed) for typed in left}
        rows = _rows(connection, ask, set().union(*forms.values()))
        for typed, wanted in forms.items():
            fitting = {row.id: row for form in wanted for row in rows.get(form, ())}
            if fitting:
                found[typed] = _decided(register, typed, list(fitting.values()))
        left -= found.keys()
    return found | {typed: _not_found(register, typed) for typed in left}


def _rows(connection: Connection, ask: "_Way", forms: set[str]) -> dict[str, list[Any]]:
    """The described records by the form that found them."""
    rows: dict[str, list[Any]] = defaultdict(list)
    listed = list(forms)
    for start in range(0, len(listed), _CHUNK):
        wanted = ask.column.in_(listed[start : start + _CHUNK])
        for row in connection.execute(ask.statement.where(wanted)):
            rows[row.found_by].append(row)
    return rows


def _decided(register: str, typed: str, rows: list[Any]) -> Reference | Refused:
    if len(rows) > 1 and register == "firms":
        rows = _partners_first(rows)
    if len(rows) > 1:
        return Refused(_ambiguous(register, typed, rows))
    return _reference(register, rows[0])


def by_id(connection: Connection, register: str, number: int) -> Reference | Refused:
    """The record that was picked among candidates."""
    model = model_of(register)
    found = connection.execute(described(register).where(model.id == number)).first()
    if found is None:
        return Refused(f"选中的{REGISTERS[register].label}已经不在了，请重新选择。")
    return _reference(register, found)


def _reference(register: str, row: Any) -> Reference:
    return Reference(row.id, row.label, row.key)


@cache
def described(register: str) -> Select[Any]:
    """Records with what names them to the reader, and what is told apart by."""
    model: Any = model_of(register)
    statement = select(
        model.id,
        getattr(model, LINK_LABELS[register]).label("label"),
        getattr(model, LINK_KEYS[register]).label("key"),
        model.name.label("name"),
        _detail(register, model).label("detail"),
    )
    if register == "firms":
        return statement.add_columns(Firm.partner)
    if register == "students":
        return statement.outerjoin(SchoolClass, SchoolClass.id == Student.class_id)
    return statement


def _detail(register: str, model: Any) -> Any:
    """What tells records of one name apart; never an ID number."""
    if register == "students":
        return (
            func.coalesce(SchoolClass.name, "") + " " + func.coalesce(Student.student_no, "无学号")
        )
    columns = {
        "teachers": "staff_no",
        "firms": "uscc",
        "bases": "code",
        "majors": "code",
        "classes": "class_teacher",
        "cohorts": "kind",
        "batches": "school_year",
    }
    return func.coalesce(getattr(model, columns[register]), "")


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to find records: by a column, in the forms in which it may have been typed."""

    statement: Select[Any]
    column: Any
    forms: Callable[[str], set[str]]


@cache
def _ways(register: str) -> tuple[_Way, ...]:
    """Ways to find a record, the surest first."""
    if register == "firms":
        named = described(register).join(FirmName, FirmName.firm_id == Firm.id)
        return (
            _way(described(register), Firm.uscc, text.code),
            _way(named, FirmName.key, text.firm_key),
        )
    model: Any = model_of(register)
    return tuple(
        _way(described(register), getattr(model, name), read) for name, read in _ASKED[register]
    )


def _way(statement: Select[Any], column: Any, read: Callable[[str], str]) -> _Way:
    asked = statement.add_columns(column.label("found_by"))
    return _Way(asked, column, lambda typed: {read(typed), text.tidy(typed)})


_ASKED: dict[str, tuple[tuple[str, Callable[[object], str]], ...]] = {
    "students": (("id_number", text.code), ("student_no", text.code), ("name", text.person_name)),
    "teachers": (("staff_no", text.code), ("name", text.person_name)),
    "bases": (("code", text.code), ("name", text.fold)),
    "majors": (("name", text.fold), ("code", text.code)),
    "classes": (("name", text.fold),),
    "cohorts": (("name", text.fold),),
    "batches": (("name", text.fold),),
}


def _partners_first(found: list[Any]) -> list[Any]:
    """A partner goes before a firm of which rosters only have the name."""
    return [row for row in found if row.partner] or found


def _ambiguous(register: str, typed: str, found: Any) -> str:
    label, told = REGISTERS[register].label, [_told(row) for row in found[:_NAMED]]
    many = "多" if len(found) > _NAMED else str(len(found))
    more = "等" if len(found) > _NAMED else ""
    how = _HOW.get(register, "完整名称")
    return f"{label}里有 {many} 个{_quoted(typed)}：{'、'.join(told)}{more}，请改填{how}。"


def _quoted(typed: str) -> str:
    """What was typed, said again; never a number that may be a person's."""
    if _NUMBER.search(typed):
        return "这个号码"
    return f"“{typed}”" if len(typed) <= _LONGEST else f"“{typed[:_LONGEST]}…”"


def _told(row: Any) -> str:
    return f"{row.name}（{row.detail.strip()}）" if row.detail.strip() else str(row.name)


def _not_found(register: str, typed: str) -> Refused:
    label = REGISTERS[register].label
    folded = text.fold(typed).upper()
    if register == "students":
        return _no_student(folded, label)
    if register == "teachers":
        missing = folded if folded.isascii() else ""
        return Refused(f"{label}里没有{_quoted(typed)}，请填写工号，或先登记这位教师。", missing)
    if register == "firms" and len(folded) == 18 and not uscc_problem(folded):
        return Refused(f"{label}里没有这个统一社会信用代码，请填写企业全称。")
    missing = text.tidy(typed) if register == "firms" else text.fold(typed)
    said = f"{label}里没有{_quoted(typed)}，请核对名称，或先登记。"
    return Refused(said, missing if register in _MADE_BY_NAME else "")


def _no_student(folded: str, label: str) -> Refused:
    if len(folded) < _LIKE_AN_ID:
        return Refused(f"{label}里没有{_quoted(folded)}，请填写学号、姓名或身份证号。")
    if id_problem(folded):
        return Refused(f"{MESSAGES['id_check_digit']}。")
    return Refused(f"{label}里没有这个身份证号的人，请核对，或先登记。", folded)


def is_makeable(register: str) -> bool:
    """Whether the register may hold records of which only a name or a number is known."""
    return register in _MADE_BY_NAME or register in ("students", "teachers")
