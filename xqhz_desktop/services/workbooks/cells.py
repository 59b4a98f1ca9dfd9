"""Reading the cells of one column: a value, a reason why not, or a warning.

The rules are those of the office's workbooks: forgiving in form, strict in substance.
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from xqhz_desktop.base import text
from xqhz_desktop.base.dates import read_date, read_period
from xqhz_desktop.base.identity import id_problem, uscc_problem
from xqhz_desktop.base.times import TimeIsADate, read_times, times_text
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.registers.words import meaning

MASKED = "*"  # the value of a masked cell: neither bad nor a change

LONGEST = 32_767  # characters: what a cell of Excel holds, so that an export can bring it back

_TOO_MUCH = 1e15
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+", re.I)

MESSAGES = {
    "id_check_digit": "身份证号校验不通过，请对照身份证原件核对",
    "id_stored_as_number": "身份证号被 Excel 改成数字，后几位已丢失，请把单元格设为文本后重新填写",
    "uscc_check_digit": "统一社会信用代码校验不通过，请对照营业执照核对",
    "uscc_length": "统一社会信用代码不是18位，请对照营业执照核对",
    "impossible_date": "日期读不出或不存在，请按 2024-09-01 的样子填写",
    "impossible_time": "时间读不出，请按“1-2节”或“8:00-10:00”的样子填写",
    "time_cell_is_a_date": "节次被 Excel 改成了日期，请把单元格设为文本后重新填写",
    "unreadable_amount": "金额或数量读不出，暂按未填处理",
    "unknown_word": "这个词不认识，暂按未填处理，请核对后重新填写",
    "missing_cell": "未填",
    "text_too_long": f"文字太长，一个单元格最多 {LONGEST:,} 个字，请改短后重新填写",
}


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell cannot be read; its row will wait for correction."""

    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that is taken as unknown, with the reason to warn of."""

    reason: str


Outcome = Any  # a value, None for a blank, Bad or Doubt
Words = dict[tuple[str, str], str]  # a clerk's own words: (list, folded word) → meaning


def reader(
    field: Field,
    *,
    date1904: bool,
    year: int | None,
    words: Words,
    accepted: Container[str] = (),
) -> Callable[..., Any]:
    """The function that reads one cell of the field: value, None, Bad or Doubt.

    `accepted` are codes of firms that stand although their check fails.
    """
    if field.kind is Kind.USCC:
        return partial(_uscc, accepted)
    if field.kind in (Kind.DATE, Kind.END_DATE):
        end = field.kind is Kind.END_DATE
        return partial(_date, end=end, date1904=date1904, year=year)
    if field.kind in (Kind.CHOICE, Kind.FLAG):
        return partial(_word, field.words, words)
    if field.kind is Kind.LINK:
        return _LINKS[field.link]
    return _READERS[field.kind]


def _kept(tidy: str) -> Outcome:
    if len(tidy) > LONGEST:
        return Bad("text_too_long")
    return None if text.is_blank(tidy) else tidy


def _text(value: object) -> Outcome:
    return _kept(text.tidy(value))


def _folded(value: object) -> Outcome:
    return _kept(text.fold(value))


def _name(value: object) -> Outcome:
    return _kept(text.person_name(value))


def _code(value: object) -> Outcome:
    return _kept(text.code(value))


def _phone(value: object) -> Outcome:
    phone = text.phone(value)
    if text.is_masked(phone):
        return MASKED
    return _kept(phone) if phone else None


def _id_number(value: object) -> Outcome:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Bad("id_stored_as_number" if abs(value) >= 1e14 else "id_check_digit")
    number = text.fold(value).upper()
    if text.is_blank(number):
        return None
    if text.is_masked(number):
        return MASKED + number
    if _SCIENTIFIC.fullmatch(number):
        return Bad("id_stored_as_number")
    problem = id_problem(number)
    return Bad(problem) if problem else number


def _uscc(accepted: Container[str], value: object) -> Outcome:
    code = text.fold(value).upper()
    if text.is_blank(code):
        return None
    problem = None if code in accepted else uscc_problem(code)
    return Bad(problem) if problem else code


def _date(value: object, *, end: bool, date1904: bool, year: int | None) -> Outcome:
    try:
        return read_date(value, end=end, date1904=date1904, year=year)
    except (ValueError, OverflowError):
        return Bad("impossible_date")


def _period(value: object) -> Outcome:
    try:
        return read_period(value)
    except (ValueError, OverflowError):
        return Bad("impossible_date")


def _times(value: object) -> Outcome:
    if text.is_blank(text.fold(value)):
        return None
    try:
        return times_text(read_times(value))
    except TimeIsADate:
        return Bad("time_cell_is_a_date")
    except ValueError:
        return Bad("impossible_time")


def _amount(value: object) -> Outcome:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _sane(float(value))
    folded = text.fold(value)
    if text.is_blank(folded):
        return None
    number = text.first_number(folded)
    return Doubt("unreadable_amount") if number is None else _sane(number)


def _sane(number: float) -> Outcome:
    """No school counts or pays what a column of whole numbers cannot hold."""
    return number if abs(number) < _TOO_MUCH else Doubt("unreadable_amount")


def _count(value: object) -> Outcome:
    number = _amount(value)
    return round(number) if isinstance(number, float) else number


def _word(list_name: str, added: Words, value: object) -> Outcome:
    folded = text.fold(value)
    if not folded:
        return None
    said: Any = added.get((list_name, folded.upper()))
    if said is None:
        said = meaning(list_name, folded)
    return Doubt("unknown_word") if said is None and not text.is_blank(folded) else said


_READERS: dict[Kind, Callable[[object], Outcome]] = {
    Kind.TEXT: _text,
    Kind.NAME: _name,
    Kind.CODE: _code,
    Kind.PHONE: _phone,
    Kind.ID_NUMBER: _id_number,
    Kind.PERIOD: _period,
    Kind.TIMES: _times,
    Kind.AMOUNT: _amount,
    Kind.COUNT: _count,
}
# A link is read as the key by which the other register knows its records.
_LINKS: dict[str, Callable[[object], Outcome]] = {
    "students": _id_number,
    "teachers": _code,
    "firms": _text,
    "bases": _folded,
    "majors": _folded,
    "classes": _folded,
    "cohorts": _folded,
    "batches": _folded,
}


def plain(value: Any) -> Any:
    """A read value as JSON can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    return value
