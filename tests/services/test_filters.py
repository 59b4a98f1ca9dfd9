"""Filters under the headings: what they let through, how they count, how they read."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.books import firm, placement, student, table
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.small_office import OFFICE, OTHER
from xqhz_desktop.services import tables
from xqhz_desktop.services.filters import Choice, choices, sentence
from xqhz_desktop.services.narrowing import Between, Contains, Empty, Filter, OneOf
from xqhz_desktop.services.privacy.masking import unmask

TODAY = NOW.date()
NATURES = ["国有", "民营", "外资", None]
FIRMS = {
    "a.xlsx": table(
        *(
            firm(
                n,
                f"第{n}公司",
                企业性质=NATURES[n % 4],
                职工人数=None if n % 5 == 0 else n * 10,
                备注=None if n % 3 else f"备注{n}%",
            )
            for n in range(1, 25)
        )
    )
}


def shown(desk: Desk, register: str, field: str, *filters: Filter) -> list[Any]:
    """True values of a field in the rows that the filters let through."""
    ids = tables.ids(desk.office, register, filters=filters)
    return [row[field] for row in tables.read_values(desk.office, register, ids)]


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        (OneOf("nature", ("国有",)), 6),
        (OneOf("nature", ("国有", None)), 12),
        (OneOf("nature", ()), 0),
        (Between("staff", 50, 100), 4),
        (Between("staff", low=200), 4),
        (Between("staff"), 20),
        (Empty("staff"), 4),
        (Empty("staff", not_=True), 20),
        (Contains("note", "备注 3"), 1),
        (Contains("staff", "12"), 1),
        (Contains("note", " "), 24),
        (Contains("note", "%"), 8),
        (Contains("note", "_"), 0),
    ],
)
def test_a_filter_lets_its_rows_through(desk: Desk, chosen: Filter, count: int) -> None:
    desk.bring(FIRMS)
    assert len(tables.ids(desk.office, "firms", filters=[chosen])) == count


def test_filters_hold_together_with_search_and_order(desk: Desk) -> None:
    desk.bring(FIRMS)
    filters = [OneOf("nature", ("国有", "民营")), Empty("note")]
    ids = tables.ids(desk.office, "firms", ("staff", True), "第1", filters=filters)
    assert [row["name"] for row in tables.rows(desk.office, "firms", ids)] == [
        "第17公司",
        "第16公司",
        "第13公司",
        "第1公司",
    ]


def test_dates_and_links_are_filtered_by_what_they_are(desk: Desk) -> None:
    desk.bring(OFFICE)
    assert shown(desk, "placements", "firm", OneOf("firm", (OTHER,))) == [OTHER]
    early = Between("start", high=date(2023, 8, 31))
    assert shown(desk, "placements", "start", early) == []
    assert len(shown(desk, "placements", "start", Between("start", low=date(2023, 9, 1)))) == 2
    assert len(shown(desk, "students", "registered", OneOf("registered", (True,)))) == 3


@pytest.mark.parametrize(
    ("filters", "read"),
    [
        (
            [OneOf("nature", ("国有", "民营")), Empty("phone")],
            "企业性质是国有或民营，且联系电话为空",
        ),
        ([OneOf("nature", ("国有",))], "企业性质是国有"),
        ([OneOf("nature", ("国有", None))], "企业性质是国有或为空"),
        ([OneOf("nature", (None,))], "企业性质为空"),
        ([OneOf("nature", ())], "企业性质不是任何值"),
        ([OneOf("name", tuple("甲乙丙丁戊"))], "企业名称是甲、乙或另外 3 个值"),
        ([Between("staff", 10, 300)], "在岗职工人数在 10 到 300 之间"),
        ([Between("staff", 10)], "在岗职工人数不小于 10"),
        ([Between("staff", high=10)], "在岗职工人数不大于 10"),
        ([Empty("note", not_=True)], "备注不为空"),
        ([Contains("note", "搬迁")], "备注含“搬迁”"),
        ([OneOf("phone", ("13900000021",))], "联系电话是139****0021"),
    ],
)
def test_filters_read_as_a_sentence(filters: list[Filter], read: str) -> None:
    assert sentence("firms", filters, TODAY) == read


def test_dates_read_as_dates() -> None:
    low, high = date(2025, 1, 1), date(2025, 6, 30)
    said = sentence("placements", [Between("end", low, high), Between("start", low)], TODAY)
    assert said == "结束在 2025-01-01 到 2025-06-30 之间，且开始不早于 2025-01-01"


def test_values_are_counted_by_their_sound_and_blanks_come_last(desk: Desk) -> None:
    desk.bring(FIRMS)
    assert choices(desk.office, "firms", "nature") == [
        Choice("国有", "国有", 6),
        Choice("民营", "民营", 6),
        Choice("外资", "外资", 6),
        Choice(None, "", 6),
    ]


def test_the_other_filters_hold_and_the_fields_own_does_not(desk: Desk) -> None:
    desk.bring(FIRMS)
    filters = [OneOf("nature", ("国有",)), Between("staff", low=200)]
    found = choices(desk.office, "firms", "nature", filters)
    assert {one.value: one.count for one in found} == {"国有": 1, "民营": 1, "外资": 1, None: 1}


def test_numbers_of_persons_are_shown_shortened(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1, 联系电话="15412345678"))})
    (choice,) = choices(desk.office, "students", "phone")
    assert (choice.value, choice.text) == ("15412345678", "154****5678")
    unmask(desk.office)
    assert choices(desk.office, "students", "phone")[0].text == "15412345678"


def test_values_with_counts_are_one_statement(desk: Desk, queries: list[str]) -> None:
    desk.bring(FIRMS)
    queries.clear()
    choices(desk.office, "firms", "nature", [Empty("note")])
    assert len([sql for sql in queries if sql.startswith("SELECT")]) == 1


# ------------------------------------------------------------ names by their sound


def test_names_stand_in_the_order_of_their_sound(desk: Desk) -> None:
    called = ["曾一", "王五", "陈二", "单三", "阿四", "陈一"]
    desk.bring({"a.xlsx": table(*(student(n, 姓名=one) for n, one in enumerate(called, 1)))})
    for descending in (False, True):
        ids = tables.ids(desk.office, "students", ("name", descending))
        order = [row["name"] for row in tables.rows(desk.office, "students", ids)]
        expected = ["阿四", "陈二", "陈一", "单三", "王五", "曾一"]
        assert order == (expected[::-1] if descending else expected)


def test_firms_of_a_roster_stand_in_the_order_of_their_sound(desk: Desk) -> None:
    firms = ["浙江丙有限公司", "安徽乙有限公司", "河北甲有限公司"]
    desk.bring({"a.xlsx": table(*(placement(n, one) for n, one in enumerate(firms, 1)))})
    ids = tables.ids(desk.office, "placements", ("firm", False))
    order = [row["firm"][:2] for row in tables.rows(desk.office, "placements", ids)]
    assert order == ["安徽", "河北", "浙江"]


# ------------------------------------------------------------ a plain model

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "nature": st.sampled_from(NATURES),
    "staff": st.sampled_from([None, 10, 20, 100, 240]),
    "note": st.sampled_from([None, "备注3%", "备注12%"]),
}


def some_filter() -> st.SearchStrategy[Filter]:
    """Any filter on the fields that the model knows."""
    chosen = [
        st.builds(OneOf, st.just(field), st.lists(values, max_size=3).map(tuple))
        for field, values in VALUES.items()
    ]
    limits = st.sampled_from([None, 10, 50, 200])
    texts = st.sampled_from(["备", "3", "备注 %", "_", "1 2"])
    return st.one_of(
        *chosen,
        st.builds(Between, st.just("staff"), limits, limits),
        st.builds(Empty, st.sampled_from([*VALUES]), st.booleans()),
        st.builds(Contains, st.sampled_from(["nature", "note"]), texts),
    )


def fits(record: dict[str, Any], chosen: Filter) -> bool:
    """What a filter means, said plainly."""
    value = record[chosen.field]
    if isinstance(chosen, OneOf):
        return value in chosen.values
    if isinstance(chosen, Empty):
        return (value is None) is not chosen.not_
    if isinstance(chosen, Contains):
        return value is not None and all(word in value for word in chosen.text.split())
    return (
        value is not None
        and (chosen.low is None or value >= chosen.low)
        and (chosen.high is None or value <= chosen.high)
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(some_filter(), max_size=3), st.sampled_from([*VALUES]))
def test_filters_and_counts_equal_a_plain_model(
    desk: Desk, filters: list[Filter], field: str
) -> None:
    if not tables.count(desk.office, "firms"):
        desk.bring(FIRMS)
    records = tables.read_values(desk.office, "firms", tables.ids(desk.office, "firms"))
    expected = [row["id"] for row in records if all(fits(row, one) for one in filters)]
    assert tables.ids(desk.office, "firms", filters=filters) == expected
    others = [one for one in filters if one.field != field]
    through = [row[field] for row in records if all(fits(row, one) for one in others)]
    counts = {one.value: one.count for one in choices(desk.office, "firms", field, filters)}
    assert counts == {value: through.count(value) for value in through}
