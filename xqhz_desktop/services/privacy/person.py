"""What tells one person from all others, and where in a text or a row the person is spoken of."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Kind
from xqhz_desktop.services.records import model_of

GONE = "（已删除）"
# Names of things, which stay even where a person's name is part of one.
_THINGS = frozenset(
    {
        ("firm", "name"),
        ("firm", "former_name"),
        ("firm_name", "name"),
        ("firm_name", "key"),
        ("major", "name"),
        ("school_class", "name"),
        ("cohort", "name"),
        ("base", "name"),
        ("course", "name"),
        ("department", "name"),
        ("attachment", "sha256"),
        ("batch", "name"),
        ("batch", "school_year"),
        ("post", "school_year"),
        ("batch_check", "item"),
    }
)
# Words of the trade: 安全 and 高峰 are names, too, but here they mean what they say.
_TRADE = frozenset(
    {
        "category", "class_name", "content", "course", "district", "dual_level", "education",
        "exam", "form", "forms", "grade", "guardian_relation", "industry", "insurance_kind",
        "kind", "level", "major", "majors", "nation", "nature", "place", "position", "relation",
        "result", "role", "side", "state", "status", "term", "title", "unit", "before", "after",
        "exempt", "way",
    }
)  # fmt: skip
_PEOPLE = frozenset(
    {("guardian", "name"), ("contact", "name"), ("department", "head"), ("firm", "contact")}
)
_END = 4  # digits that are written in one
_SURE = 11  # digits that no other number holds by chance
_SEPARATORS = re.compile(r"[、,，/;；\s]+")
_JOINT = r"[\s\-－—_.·]"
_JOINTS = re.compile(f"{_JOINT}+")
# Where a student or staff number stands; elsewhere the same digits mean something else.
_CODES = {
    "student": frozenset(
        {
            ("student", "student_no"),
            ("placement", "student_no"),
            ("apprentice", "student_no"),
            ("due", "student_no"),
        }
    ),
    "teacher": frozenset(
        {
            ("teacher", "staff_no"),
            ("placement", "school_supervisor_no"),
            ("visit", "visitor_no"),
            ("mentorship", "mentor_no"),
        }
    ),
}


@cache
def holds_names(table: str, column: str) -> bool:
    """Whether a column holds names of persons and nothing else."""
    declared = {
        (model_of(name).__tablename__, field.name)
        for name, register in REGISTERS.items()
        for field in register.stored()
        if field.kind is Kind.NAME
    }
    return (table, column) in declared | _PEOPLE


@dataclass(frozen=True, slots=True)
class Person:
    """Names and numbers by which one person is known, and by which nobody else is.

    `numbers` are ID numbers and phones, `codes` a student or staff number, `longer` names of
    others that a name of the person is part of (王一 in 王一鸣).
    """

    table: str
    names: frozenset[str]
    numbers: frozenset[str]
    codes: frozenset[str]
    longer: frozenset[str] = frozenset()

    def needles(self) -> list[str]:
        """Texts of which one stands in whatever speaks of the person; not all that has one does.

        Of a number its end is enough: it may be written with blanks and dashes.
        """
        ends = {number[-_END:] for number in self.numbers}
        return sorted(self.names | self.codes | ends | {end.lower() for end in ends})

    def in_value(self, table: str, column: str, value: Any) -> bool:
        """Whether a column's value speaks of the person."""
        if not isinstance(value, str) or (table, column) in _THINGS:
            return False
        if (table, column) in _CODES.get(self.table, ()):
            return value in self.codes
        if holds_names(table, column):
            return not self.names.isdisjoint(_SEPARATORS.split(value))
        if column in _TRADE:
            return value in self.names or self._has_number(value)
        return self.in_text(value)

    def in_text(self, text: str) -> bool:
        """Whether a free text speaks of the person, however its numbers are written."""
        return self._has_number(text) or any(
            name in self._without_longer(text) for name in self.names
        )

    def _has_number(self, text: str) -> bool:
        forms = {_JOINTS.sub("", fold(text)).upper(), text}  # an area code may stand before
        return any(_has(form, number) for form in forms for number in self.numbers)

    def _without_longer(self, text: str) -> str:
        for name in self.longer:
            text = text.replace(name, " ")
        return text

    def in_row(self, table: str, row: Mapping[str, Any]) -> list[str]:
        """The columns of a row that speak of the person."""
        return [name for name, value in row.items() if self.in_value(table, name, value)]

    def struck(self, value: str, *, nullable: bool) -> str | None:
        """The value without the person: nothing where it said nothing else."""
        if nullable and value in self.names | self.numbers | self.codes:
            return None
        known = sorted(self.names | self.longer, key=len, reverse=True)
        spelled = [*map(re.escape, known), *map(_spelled, self.numbers)]
        if spelled:
            anyone = re.compile("|".join(spelled), re.IGNORECASE)
            value = anyone.sub(lambda at: at[0] if at[0] in self.longer else GONE, value)
        return GONE if self.in_text(value) else value

    def struck_all(self, value: Any) -> Any:
        """A value of lists and dicts, every text in it without the person."""
        if isinstance(value, dict):
            return {key: self.struck_all(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.struck_all(one) for one in value]
        if isinstance(value, str) and self.in_text(value):
            return self.struck(value, nullable=False)
        return value

    def in_any(self, value: Any) -> bool:
        """Whether any text in lists and dicts speaks of the person."""
        if isinstance(value, dict):
            return any(self.in_any(one) for one in value.values())
        if isinstance(value, list):
            return any(self.in_any(one) for one in value)
        return isinstance(value, str) and self.in_text(value)


def _spelled(number: str) -> str:
    """A pattern of the number however it is divided."""
    whole = f"{_JOINT}*".join(map(re.escape, number))
    return whole if len(number) >= _SURE else rf"(?<!\d){whole}(?!\d)"


def _has(text: str, number: str) -> bool:
    """Whether a number stands in a text; a short one only by itself, not as part of another."""
    if len(number) >= _SURE:
        return number in text
    return re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text) is not None


def longer_names(names: Collection[str], known: Collection[str]) -> frozenset[str]:
    """Known names that one of the names is part of."""
    return frozenset(one for one in known if any(name in one and name != one for name in names))
