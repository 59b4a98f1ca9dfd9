"""How clerks write dates and periods, and what they mean."""

import calendar
import re
from datetime import date, datetime, timedelta

from xqhz_desktop.base.text import fold, is_blank

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_SEPARATOR = r"[./\-。·,年]"
_DAY = re.compile(rf"(\d{{4}}|\d{{2}}){_SEPARATOR}(\d{{1,2}})(?:[./\-。·,月])(\d{{1,2}})[日号]?")
_MONTH = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})月?份?|(\d{{2}})年(\d{{1,2}})月份?")
_MONTH_DAY = re.compile(r"(\d{1,2})[./\-月](\d{1,2})[日号]?")
_CLOCK = re.compile(r"(?<=\d)[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_AROUND = re.compile(r"^(自|从|起|截至)|(起|止|开始|结束|为止|前)$")
_STILL = frozenset({"至今", "今", "在岗", "在职", "进行中", "在读", "现在", "目前"})
_CUT = re.compile(r"至|到|~|--|—|–|―|→|〜")


def read_date(
    value: object, *, end: bool = False, date1904: bool = False, year: int | None = None
) -> date | None:
    """The date that a cell means; None where it is blank.

    A month alone is its first day, or its last where `end`. `year` completes 9月1日.
    Raises ValueError for what is no date.
    """
    if isinstance(value, datetime):
        return _sane(value.date())
    if isinstance(value, date):
        return _sane(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, end, date1904)
    text = fold(_CLOCK.sub("", value.strip()) if isinstance(value, str) else value)
    if is_blank(text) or (end and text in _STILL):
        return None
    text = _AROUND.sub("", text)
    return _from_text(text, end, year) if text else None


def _sane(day: date) -> date:
    if not 1900 <= day.year <= 2100:
        raise ValueError(day)
    return day


def _from_number(value: float, end: bool, date1904: bool) -> date:
    if value != int(value) and 1900 <= value < 2101:
        return _numeric_month(value, end)
    whole = int(value)
    if 10_000 <= whole <= 99_999:
        return _sane((_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(whole))
    return _from_text(str(whole), end, None)


def _numeric_month(value: float, end: bool) -> date:
    """2024.9 and 2024.11; 2024.1 may have been 2024.10 and is refused."""
    digits = f"{value:.4f}".rstrip("0").split(".")[1]
    if digits == "1" or len(digits) > 2:
        raise ValueError(value)
    return _month(int(value), int(digits), end)


def _from_text(text: str, end: bool, year: int | None) -> date:
    if found := _DAY.fullmatch(text):
        return _sane(date(_full_year(found[1]), int(found[2]), int(found[3])))
    if found := _MONTH.fullmatch(text):
        return _month(_full_year(found[1] or found[3]), int(found[2] or found[4]), end)
    if text.isdigit() and len(text) == 8:
        return _sane(date(int(text[:4]), int(text[4:6]), int(text[6:])))
    if text.isdigit() and len(text) == 6:
        return _month(int(text[:4]), int(text[4:]), end)
    if text.isdigit() and len(text) == 5:
        return _sane(_EPOCH_1900 + timedelta(int(text)))
    if year is not None and (found := _MONTH_DAY.fullmatch(text)):
        return date(year, int(found[1]), int(found[2]))
    raise ValueError(text)


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) <= 60 else 1900 + int(digits)


def _month(year: int, month: int, end: bool) -> date:
    first = _sane(date(year, month, 1))
    return first.replace(day=calendar.monthrange(year, month)[1]) if end else first


def read_period(value: object) -> tuple[date | None, date | None]:
    """Start and end of a period in one cell, joined by - -- — － 至 ~.

    An end without a year takes the start's. Raises ValueError for what is no period.
    """
    text = fold(value)
    if is_blank(text):
        return None, None
    if isinstance(value, (date, datetime)) or not (parts := _split_period(text)):
        return read_date(value), None
    start = read_date(parts[0])
    if start is None:
        raise ValueError(text)
    return start, read_date(parts[1], end=True, year=start.year)


def _split_period(text: str) -> tuple[str, str] | None:
    if found := _CUT.search(text):
        return text[: found.start()].rstrip("-—~"), text[found.end() :].lstrip("-—~至到")
    hyphens = [place for place, letter in enumerate(text) if letter == "-"]
    if not hyphens or (len(hyphens) == 2 and _DAY.fullmatch(text)):
        return None
    if len(hyphens) % 2 == 0:  # 2024-9-1-  or 2024-9-2025-6 without days never has an even count
        return (text[:-1], "") if text.endswith("-") else _at(text, hyphens[len(hyphens) // 2])
    return _at(text, hyphens[len(hyphens) // 2])


def _at(text: str, place: int) -> tuple[str, str]:
    return text[:place], text[place + 1 :]
