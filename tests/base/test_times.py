"""Class periods, parts of a day and clock times of a booking."""

from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.base.times import (
    TimeIsADate,
    clock_text,
    merge,
    read_times,
    spans_of,
    times_text,
)

MORNING, AFTERNOON = (480, 720), (810, 1050)


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        ("上午", (MORNING,)), ("下午", (AFTERNOON,)), ("晚上", ((1110, 1230),)),
        ("全天", (MORNING, AFTERNOON)), ("1-8节", (MORNING, AFTERNOON)),
        ("上午、下午", (MORNING, AFTERNOON)), ("上午+下午", (MORNING, AFTERNOON)),
        ("1-2节", ((480, 600),)), ("3-4节", ((600, 720),)), ("5-6节", ((810, 930),)),
        ("7-8节", ((930, 1050),)), ("9-10节", ((1110, 1230),)), ("1-4节", (MORNING,)),
        ("5-8节", (AFTERNOON,)), ("第1-2节", ((480, 600),)), ("第1、2节", ((480, 600),)),
        ("１－２节", ((480, 600),)), ("1—2节", ((480, 600),)), ("1至2节", ((480, 600),)),
        ("第一、二节", ((480, 600),)), ("上午1-2节", ((480, 600),)), ("下午5-6节", ((810, 930),)),
        ("1-2、5-6节", ((480, 600), (810, 930))), ("3节", ((600, 660),)),
        ("8:00-12:00", (MORNING,)), ("8点-12点", (MORNING,)), ("13：30—17：30", (AFTERNOON,)),
        ("9:00～11:30", ((540, 690),)), ("9点-11点半", ((540, 690),)), ("8时至12时", (MORNING,)),
        ("8:00-12:00，13:30-17:30", (MORNING, AFTERNOON)), ("上午8:00-12:00", (MORNING,)),
        ("8:00-10:00，10:00-12:00", (MORNING,)), ("上午（1-4节）", (MORNING,)),
        ("下午（5-8节）", (AFTERNOON,)), ("上午(8:00-12:00)", (MORNING,)),
    ],
)  # fmt: skip
def test_a_time_is_read_as_a_clerk_means_it(
    written: str, spans: tuple[tuple[int, int], ...]
) -> None:
    assert read_times(written) == spans


@pytest.mark.parametrize(
    "written",
    [date(2024, 1, 2), datetime(2024, 3, 4), "2024-01-02", "2024/3/4", "1月2日", "45293", "24.1.2"],
)
def test_a_day_in_a_cell_of_times_is_what_excel_made_of_it(written: object) -> None:
    with pytest.raises(TimeIsADate):
        read_times(written)


@pytest.mark.parametrize(
    "written",
    ["另行通知", "时间待定", "12:00-8:00", "25:00-26:00", "0-1节", "12-13节", "2-1节", "？"],
)
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        read_times(written)
    assert not isinstance(caught.value, TimeIsADate)


MINUTES = st.integers(0, 1438).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(start + 1, 1439))
)


@given(MINUTES)
def test_any_clock_time_reads_back(span: tuple[int, int]) -> None:
    start, end = span
    text = f"{start // 60}:{start % 60:02d}-{end // 60}:{end % 60:02d}"
    assert read_times(text) == (span,)
    assert clock_text(times_text((span,))) == text


@given(st.lists(MINUTES, min_size=1))
def test_merged_spans_cover_the_same_minutes_and_touch_no_more(
    spans: list[tuple[int, int]],
) -> None:
    merged = merge(spans)
    covered = {minute for start, end in spans for minute in range(start, end)}
    assert {minute for start, end in merged for minute in range(start, end)} == covered
    assert all(a[1] < b[0] for a, b in pairwise(merged))


@given(st.lists(MINUTES, min_size=1))
def test_kept_times_read_back(spans: list[tuple[int, int]]) -> None:
    merged = merge(spans)
    assert spans_of(times_text(merged)) == merged
