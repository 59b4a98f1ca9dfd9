"""Dates and periods as clerks write them."""

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xqhz_desktop.base.dates import read_date, read_period

DAY = date(2024, 9, 1)
WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))

SPELLINGS: dict[str, Callable[[date], object]] = {
    "2024.9.1": lambda d: f"{d.year}.{d.month}.{d.day}",
    "2024.09.01": lambda d: f"{d:%Y.%m.%d}",
    "2024/9/1": lambda d: f"{d.year}/{d.month}/{d.day}",
    "2024-09-01": lambda d: f"{d:%Y-%m-%d}",
    "2024年9月1日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "2024 年 9 月 1 日": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "full width": lambda d: f"{d.year}.{d.month}.{d.day}".translate(WIDE),
    "real": lambda d: d,
    "real with a time": lambda d: datetime(d.year, d.month, d.day, 0, 0),
    "text with a time": lambda d: f"{d:%Y-%m-%d} 00:00:00",
    "20240901": lambda d: f"{d:%Y%m%d}",
    "20240901 as a number": lambda d: float(f"{d:%Y%m%d}"),
    "serial": lambda d: float((d - date(1899, 12, 30)).days),
    "serial as text": lambda d: str((d - date(1899, 12, 30)).days),
    "24.9.1": lambda d: f"{d.year % 100:02d}.{d.month}.{d.day}",
    "apostrophe": lambda d: f"'{d.year}.{d.month}.{d.day}",
    "blanks around": lambda d: f"　{d.year}.{d.month}.{d.day}\n",
}
MONTHS: dict[str, Callable[[date], object]] = {
    "2024.9": lambda d: f"{d.year}.{d.month}",
    "2024.09": lambda d: f"{d:%Y.%m}",
    "2024年9月": lambda d: f"{d.year}年{d.month}月",
    "2024-09": lambda d: f"{d:%Y-%m}",
    "2024/9": lambda d: f"{d.year}/{d.month}",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@settings(max_examples=30)
@given(day=DAYS)
def test_a_day_in_any_spelling_reads_back(spelling: str, day: date) -> None:
    written = SPELLINGS[spelling](day)
    assert read_date(written) == day
    assert read_date(written, end=True) == day


@pytest.mark.parametrize("spelling", MONTHS)
@settings(max_examples=30)
@given(day=DAYS)
def test_a_month_is_its_first_day_and_as_an_end_its_last(spelling: str, day: date) -> None:
    written = MONTHS[spelling](day)
    last = calendar.monthrange(day.year, day.month)[1]
    assert read_date(written) == day.replace(day=1)
    assert read_date(written, end=True) == day.replace(day=last)


@pytest.mark.parametrize("month", range(2, 10))
def test_a_month_as_a_number_is_read_from_february_to_september(month: int) -> None:
    assert read_date(float(f"2024.{month}")) == date(2024, month, 1)


def test_january_and_october_look_alike_as_a_number_and_are_refused() -> None:
    with pytest.raises(ValueError, match=r"2024\.1"):
        read_date(2024.1)


@pytest.mark.parametrize(
    ("year", "last"), [(2023, 28), (2024, 29), (2000, 29), (2100, 28)]
)  # fmt: skip
def test_february_ends_as_its_year_asks(year: int, last: int) -> None:
    assert read_date(f"{year}.2", end=True) == date(year, 2, last)


def test_a_number_counts_from_the_workbooks_own_epoch() -> None:
    days = float((DAY - date(1904, 1, 1)).days)
    assert read_date(days, date1904=True) == DAY
    assert read_date(days) == DAY - timedelta(1462)


def test_a_serial_written_as_text_counts_from_1900_in_any_workbook() -> None:
    assert read_date(str((DAY - date(1899, 12, 30)).days), date1904=True) == DAY


@pytest.mark.parametrize(
    "written",
    [
        "2023.2.29", "2024.2.30", "2024年13月1日", "2024.9.31", "2024-06-31", "2024/11/31",
        "待定", "另行通知", "20240931", "2024.0.1", "2024.13", "9月1日", "2024", "1", 1.0, 3.5,
        "2024.9.1.2", "0000-00-00", "1799.1.1", "2301.1.1", 99999999.0,
    ],
)  # fmt: skip
def test_what_is_in_no_calendar_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_date(written)


@pytest.mark.parametrize("written", [None, "", "　", "\xa0", "—", "/", "无"])
def test_a_blank_is_no_date(written: object) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize("written", ["至今", "在岗"])
def test_still_there_is_no_end_and_no_start(written: str) -> None:
    assert read_date(written, end=True) is None
    with pytest.raises(ValueError, match=written):
        read_date(written)


def test_a_day_without_a_year_takes_the_sheets_year() -> None:
    assert read_date("9月1日", year=2024) == DAY
    assert read_date("9.1", year=2024) == DAY


@pytest.mark.parametrize("separator", ["-", "--", "—", "——", "－", "至", "~", "～", " - ", "到"])
@pytest.mark.parametrize("form", ["{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日"])
@settings(max_examples=30)
@given(start=DAYS, length=st.integers(0, 900))
def test_a_period_in_any_spelling_reads_back(
    separator: str, form: str, start: date, length: int
) -> None:
    end = start + timedelta(length)
    written = f"{form.format(start)}{separator}{form.format(end)}"
    assert read_period(written) == (start, end)


@settings(max_examples=30)
@given(start=DAYS, length=st.integers(0, 900))
def test_a_period_of_dates_with_hyphens_reads_back(start: date, length: int) -> None:
    end = start + timedelta(length)
    assert read_period(f"{start}-{end}") == (start, end)
    assert read_period(f"{start}至{end}") == (start, end)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2024.9-2025.6", DAY, date(2025, 6, 30)),
        ("2024年9月—2025年6月", DAY, date(2025, 6, 30)),
        ("2024-09-2025-06", DAY, date(2025, 6, 30)),
        ("2024.3.1-6.30", date(2024, 3, 1), date(2024, 6, 30)),
        ("2024年3月1日至6月30日", date(2024, 3, 1), date(2024, 6, 30)),
        ("2024.9.1起至2025.6.30止", DAY, date(2025, 6, 30)),
        ("自2024年9月1日至2025年6月30日", DAY, date(2025, 6, 30)),
        ("２０２４．９．１－２０２５．６．３０", DAY, date(2025, 6, 30)),
        ("2024.9.1-", DAY, None), ("2024.9.1至", DAY, None), ("2024.9.1-至今", DAY, None),
        ("2024.9.1起至止", DAY, None), ("2024.9.1", DAY, None), ("", None, None),
        (None, None, None),
    ],
)  # fmt: skip
def test_a_period_is_read_as_a_clerk_means_it(
    written: object, start: date | None, end: date | None
) -> None:
    assert read_period(written) == (start, end)


@pytest.mark.parametrize("written", ["2024.9.1-2025.2.30", "待定", "2024.9.1-长期", "一学年"])
def test_a_period_without_two_days_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_period(written)
