"""Identity numbers of persons (GB 11643) and firms (GB 32100): checks, readings and masks."""

import re
from datetime import date
from functools import lru_cache
from operator import mul
from typing import Literal

from xqhz_desktop.base.period import birthday_at

Sex = Literal["男", "女"]
UsccProblem = Literal["uscc_length", "uscc_check_digit"]

_ID_FORM = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_ZEROS = ord("0") * sum(_ID_WEIGHTS)
_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_NO_LETTER = 255
_USCC_VALUES = bytes(
    _USCC_LETTERS.index(chr(code)) if chr(code) in _USCC_LETTERS else _NO_LETTER
    for code in range(256)
)
_ADULT = 18


def id_problem(text: str) -> Literal["id_check_digit"] | None:
    """Why a folded, upper-case text is no ID number of 18 characters; None where it is one.

    Form, date of birth and check digit are held against GB 11643. Area codes are not looked up:
    a city's code that ends in 00 is as good as a county's.
    """
    if not _ID_FORM.fullmatch(text) or _birth(text[6:14]) is None:
        return "id_check_digit"
    total = sum(map(mul, text.encode("ascii"), _ID_WEIGHTS)) - _ID_ZEROS
    return None if _ID_CHECKS[total % 11] == text[17] else "id_check_digit"


@lru_cache(maxsize=65536)
def _birth(digits: str) -> date | None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return born if 1900 <= born.year <= 2100 else None


def birthday(id_number: str) -> date:
    """The date of birth inside an ID number. Raises ValueError where there is none."""
    born = _birth(id_number[6:14]) if _ID_FORM.fullmatch(id_number) else None
    if born is None:
        raise ValueError("not an ID number")
    return born


def sex(id_number: str) -> Sex:
    """The sex inside an ID number. Raises ValueError where it is none."""
    if not _ID_FORM.fullmatch(id_number):
        raise ValueError("not an ID number")
    return "男" if int(id_number[16]) % 2 else "女"


def mask_id(id_number: str, today: date) -> str:
    """An ID number as it is shown: 371300********1234, of a minor **************1234.

    What is no ID number is masked as a minor's: only its last four characters stay.
    """
    try:
        adult = birthday_at(birthday(id_number), _ADULT) <= today
    except ValueError:
        adult = False
    kept = id_number[:6] if adult else ""
    return kept + _starred(id_number[len(kept) :], 4)


def _starred(text: str, last: int) -> str:
    hidden = max(3, len(text) - last) if text else 0
    return "*" * hidden + text[hidden:]


def mask_phone(phone: str) -> str:
    """A phone number as it is shown: 139****0021; several numbers are joined by /."""
    return "/".join(_mask_number(number) for number in phone.split("/"))


def _mask_number(number: str) -> str:
    if "***" in number:
        return number
    if len(number) < 10:
        return _starred(number, 2)
    return number[:3] + _starred(number[3:], 4)


def uscc_problem(text: str) -> UsccProblem | None:
    """Why a folded, upper-case text is no 统一社会信用代码; None where it is one (GB 32100)."""
    if len(text) != 18:
        return "uscc_length"
    values = text.encode("latin-1", "replace").translate(_USCC_VALUES)
    if _NO_LETTER in values:
        return "uscc_check_digit"
    total = sum(map(mul, values, _USCC_WEIGHTS)) + values[17]
    return None if total % 31 == 0 else "uscc_check_digit"
