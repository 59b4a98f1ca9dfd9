"""What the school decides for itself: thresholds and doubtful definitions, none of them law."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Literal

PartTimeBase = Literal["fulltime", "all"]
RateBase = Literal["all", "known"]
_CHOICES = {"part_time_of": ("fulltime", "all"), "rates_of": ("all", "known")}
_SHARES = ("pay_share", "firm_share", "post_share", "practice_share")


@dataclass(frozen=True, slots=True)
class Settings:
    """The school's settings with the values that they have until somebody changes them."""

    practice_days: int = 180  # 5年累计6个月 of a teacher, in days
    practice_years: int = 5
    month_days: int = 30  # 每年1个月 of a teacher, in days
    internship_days: int = 180  # about six months of post internship
    pay_share: Fraction = Fraction(4, 5)
    firm_share: Fraction = Fraction(1, 10)
    post_share: Fraction = Fraction(1, 5)
    practice_share: Fraction = Fraction(1, 2)
    minimum_age: int = 16
    adult_age: int = 18
    agreement_years: int = 3
    mentor_load: int = 5  # apprentices of one mentor at the same time
    pass_score: int = 60  # of an internship whose result is a number
    part_time_of: PartTimeBase = "fulltime"  # divisor of 兼职教师占比
    rates_of: RateBase = "all"  # whether students whose cell is blank stand in the denominator


DEFAULTS = Settings()


def settings_from(values: Mapping[str, object]) -> Settings:
    """Settings with the given values by name, the rest as they stand.

    Shares may be written 0.8, "4/5" or "80%". Raises ValueError for an unknown name or a value
    that is none of the setting's kind.
    """
    known = {field.name for field in fields(Settings)}
    if unknown := set(values) - known:
        raise ValueError(f"unknown settings: {sorted(unknown)}")
    return Settings(**{name: _read(name, value) for name, value in values.items()})  # type: ignore[arg-type]


def _read(name: str, value: object) -> object:
    if name in _CHOICES:
        return _choice(name, value)
    if name in _SHARES:
        return _share(name, str(value).strip())
    number = int(str(value))
    if number < 1:
        raise ValueError(f"{name}: {number}")
    return number


def _choice(name: str, value: object) -> object:
    if value not in _CHOICES[name]:
        raise ValueError(f"{name}: {value}")
    return value


def _share(name: str, text: str) -> Fraction:
    share = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    if not 0 < share <= 1:
        raise ValueError(f"{name}: {text}")
    return share
