"""Rates of internships as they are lived: who counts above and who below the line."""

from dataclasses import replace

import pytest
from policy_facts import D, id_number, placement, school

from xqhz_desktop.base import facts as f
from xqhz_desktop.policy.indicators import compute
from xqhz_desktop.policy.indicators.care import passed
from xqhz_desktop.policy.periods import calendar_year, school_year
from xqhz_desktop.policy.settings import Settings

YEAR = school_year(2023)
BATCH = f.Batch(7, "批次", "2023-2024", D(2023, 6, 20), None)


def rows(*changes: dict[str, object]) -> tuple[f.Placement, ...]:
    """A placement of another student for each."""
    return tuple(
        placement(**{"id": n, "student": n, "id_number": id_number(serial=n)} | one)  # type: ignore[arg-type]
        for n, one in enumerate(changes, start=1)
    )


def test_the_exempt_are_not_due_and_each_batch_counts_its_own() -> None:
    dues = (
        f.Due(1, 7, 1, False),
        f.Due(2, 7, 2, False),
        f.Due(3, 7, 3, True),
        f.Due(4, 8, 1, False),
    )
    of = school(
        batches=(BATCH,), dues=dues, placements=rows({"batch": 7, "batch_year": "2023-2024"})
    )
    one = compute(of, YEAR)["placement_rate"]
    assert (one.value, one.top, one.bottom, one.ids, one.top_ids) == (0.5, 1, 2, (1, 2), (1,))
    assert compute(of, calendar_year(2023))["placement_rate"].value == 0.5
    assert compute(of, calendar_year(2024))["placement_rate"].value is None


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("agreement_rate", "agreement"),
        ("consent_rate", "consent"),
        ("insurance_rate", "insurance"),
    ],
)
def test_a_blank_stands_below_the_line_unless_the_school_says_otherwise(
    name: str, field: str
) -> None:
    made = rows({field: True}, {field: False}, {field: None})
    assert compute(school(placements=made), YEAR)[name].value == 0.3333
    known = compute(school(Settings(rates_of="known"), placements=made), YEAR)[name]
    assert (known.value, known.ids, known.top_ids) == (0.5, (1, 2), (1,))


def test_who_found_the_firm_alone_is_not_asked_for_consent() -> None:
    of = school(placements=rows({}, {"arranged": False, "consent": None}))
    assert compute(of, YEAR)["consent_rate"].ids == (1,)


def test_one_inspection_while_at_the_firm_is_enough() -> None:
    inside, before = f.Inspection(1, 1, D(2023, 9, 1)), f.Inspection(2, 2, D(2023, 8, 31))
    of = school(placements=rows({}, {}), inspections=(inside, replace(inside, id=3), before))
    one = compute(of, YEAR)["inspection_rate"]
    assert (one.value, one.top_ids) == (0.5, (1,))


@pytest.mark.parametrize(
    ("grade", "is_pass"),
    [
        ("合格", True), ("优秀", True), ("60", True), ("60分", True), ("59.5", False),
        ("不合格", False), ("未通过", False), ("", None), ("见附件", None),
    ],
)  # fmt: skip
def test_a_result_is_a_word_or_a_number(grade: str, is_pass: bool | None) -> None:
    assert passed(grade, 60) is is_pass


def test_who_studies_on_is_not_looked_for_at_work() -> None:
    made = rows({"outcome": "留用"}, {"outcome": "就业"}, {"outcome": "升学"}, {"outcome": ""})
    got = compute(school(placements=made), YEAR)
    assert got["retained_rate"].value == 0.25
    assert (got["employed_rate"].value, got["employed_rate"].ids) == (0.6667, (1, 2, 4))
    assert compute(school(placements=rows({"outcome": "未就业"})), YEAR)["employed_rate"].value == 0
