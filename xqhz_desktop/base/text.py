"""How text of a cell is read: white space, full-width forms, names, phones and firm keys."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x1f]+")
_DOTS = re.compile(r"(?<=[\u3400-\u9fff])[·.．•・‧∙⋅](?=[\u3400-\u9fff])")
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_SURROGATES = re.compile("[\ud800-\udfff]")
BLANKS = frozenset({"", "—", "-", "/", "\\", "——", "--", "无", "N/A", "n/a", "None", "null", "空"})


def written(value: object) -> str:
    """A cell's value as a person reads it: whole floats without their .0, nothing as ''."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def tidy(value: object) -> str:
    """Text without white space, invisible marks and a leading apostrophe; forms are kept."""
    if isinstance(value, str) and value.isascii() and value.isalnum():
        return value
    text = _INVISIBLE.sub("", _SURROGATES.sub("\ufffd", written(value)))
    return text[1:].translate(_FULL_WIDTH) if text[:1] == "'" else text.translate(_FULL_WIDTH)


def fold(value: object) -> str:
    """Tidy text in its NFKC form: two spellings that mean the same become equal."""
    if isinstance(value, str) and value.isalnum() and unicodedata.is_normalized("NFKC", value):
        return value
    return unicodedata.normalize("NFKC", tidy(value))


def person_name(value: object) -> str:
    """A person's name; the dot of minority names is always ·."""
    return _DOTS.sub("·", fold(value))


@lru_cache(maxsize=65536)
def firm_key(name: str) -> str:
    """The key that finds a firm: folded, brackets unified, 有限责任公司 = 有限公司."""
    return fold(name).replace("有限责任公司", "有限公司").upper()


def phone(value: object) -> str:
    """The digits of a phone number; several numbers are joined by /."""
    text = fold(value)
    if "*" in text:
        return text
    numbers = [re.sub(r"\D", "", part) for part in re.split(r"[/、,;或]", text)]
    return "/".join(number for number in numbers if number)


def code(value: object) -> str:
    """A student, staff or agreement number: folded, upper case."""
    return fold(value).upper()


def is_blank(text: str) -> bool:
    """Whether a tidy text says nothing: empty, a dash, a slash, 无."""
    return text in BLANKS


def is_masked(text: str) -> bool:
    """Whether a value was masked when it was printed or exported."""
    return "***" in text


def first_number(text: str) -> float | None:
    """The first number in a folded text, thousands commas dropped; 万 counts."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    if found is None:
        return None
    number = float(found.group().replace(",", ""))
    return number * 10000 if text[found.end() : found.end() + 1] == "万" else number
