"""How clerks write the time of a booking: class periods (节次), parts of a day, clock times."""

import re
from datetime import date, datetime

from xqhz_desktop.base.text import fold

Spans = tuple[tuple[int, int], ...]

# Class period → minutes from midnight. Two make a double period: 1-2节 is 8:00-10:00.
PERIODS: dict[int, tuple[int, int]] = {
    **{number: (480 + 60 * (number - 1), 540 + 60 * (number - 1)) for number in range(1, 5)},
    **{number: (810 + 60 * (number - 5), 870 + 60 * (number - 5)) for number in range(5, 9)},
    **{number: (1110 + 60 * (number - 9), 1170 + 60 * (number - 9)) for number in range(9, 13)},
}
_PARTS = {
    "上午": (1, 2, 3, 4),
    "早上": (1, 2, 3, 4),
    "下午": (5, 6, 7, 8),
    "晚上": (9, 10),
    "晚间": (9, 10),
    "晚自习": (9, 10),
    "夜间": (9, 10),
    "全天": tuple(range(1, 9)),
    "整天": tuple(range(1, 9)),
    "一天": tuple(range(1, 9)),
    "全日": tuple(range(1, 9)),
}
_CHINESE = {"十二": "12", "十一": "11", "十": "10"} | dict(
    zip("一二三四五六七八九", "123456789", strict=True)
)
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:点时](\d{2}|半)?分?)(?:-+|—+|–|~|至|到)(?:上午|下午|晚上)?(\d{1,2})[:点时](\d{2}|半)?分?"
)
_NUMBERS = re.compile(r"(\d{1,2})(?:(?:节|、|,)*(?:-+|—+|–|~|至|到)第?(\d{1,2}))?")
_A_DATE = re.compile(
    r"\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(\d{1,2}:\d\d(:\d\d)?)?|\d{1,2}月\d{1,2}日?"
)


class TimeIsADate(ValueError):
    """Excel turned 1-2 into a date; what was typed is lost."""


def read_times(value: object) -> Spans:
    """The spans of minutes that a cell means, merged where they touch.

    Raises TimeIsADate for a date, ValueError for what is no time.
    """
    if isinstance(value, (date, datetime)):
        raise TimeIsADate(value)
    text = fold(value)
    if _A_DATE.fullmatch(text) or re.fullmatch(r"[34]\d{4}", text):
        raise TimeIsADate(text)
    spans = _clock(text) or _class_periods(text) or _parts(text)
    if not spans:
        raise ValueError(text)
    return merge(spans)


def merge(spans: list[tuple[int, int]]) -> Spans:
    """Spans in order, those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def _clock(text: str) -> list[tuple[int, int]]:
    spans = []
    for found in _CLOCK.finditer(text):
        start, end = _minutes(found[1], found[2]), _minutes(found[3], found[4])
        if start < 720 and re.search(r"(下午|晚上)[^上午]*$", text[: found.start()]):
            start, end = start + 720, end + 720 if end <= 720 else end
        if not 0 <= start < end <= 1440:
            raise ValueError(text)
        spans.append((start, end))
    return spans


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + (30 if minute == "半" else int(minute or 0))


def _class_periods(text: str) -> list[tuple[int, int]]:
    for word, digits in _CHINESE.items():
        if "节" in text:
            text = text.replace(word, digits)
    bare = re.sub(r"^(上午|下午|晚上|星期\d|周\d)?第?|[节课()（）]", "", text)
    if not re.fullmatch(r"[\d\-—–~至到、,第]+", bare):
        return []
    spans = []
    for found in _NUMBERS.finditer(bare):
        first, last = int(found[1]), int(found[2] or found[1])
        if not (first <= last and first in PERIODS and last in PERIODS):
            raise ValueError(text)
        spans += [PERIODS[number] for number in range(first, last + 1)]
    return spans


def _parts(text: str) -> list[tuple[int, int]]:
    rest, spans = text, []
    for word, numbers in _PARTS.items():
        if word in rest:
            rest = rest.replace(word, "")
            spans += [PERIODS[number] for number in numbers]
    return [] if re.sub(r"[+、,和及与/()]", "", rest) else spans


def times_text(spans: Spans) -> str:
    """Spans as the database keeps them: "480-720,810-1050"."""
    return ",".join(f"{start}-{end}" for start, end in spans)


def spans_of(times: str) -> Spans:
    """The spans of a kept text; the reverse of times_text."""
    return tuple((int(a), int(b)) for a, b in (part.split("-") for part in times.split(",")))


def clock_text(times: str) -> str:
    """A kept text as the reader sees it: "8:00-12:00，13:30-17:30"."""
    return "，".join(f"{a // 60}:{a % 60:02d}-{b // 60}:{b % 60:02d}" for a, b in spans_of(times))
