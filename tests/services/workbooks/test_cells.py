"""Cells of one column: a value, a reason why not, or a doubt; nothing is guessed."""

from datetime import date, datetime
from typing import Any

import pytest

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.workbooks.cells import MASKED, Bad, Doubt, Words, plain, reader

USCC = "91370600MA7KJ4CY74"


def read(where: str, value: object, *, words: Words | None = None, **how: Any) -> Any:
    """What a cell of a register's field is read as; `where` is register.field."""
    register, field = where.split(".")
    options = {"date1904": False, "year": None, "words": words or {}} | how
    return reader(REGISTERS[register].field(field), **options)(value)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (3.706e17, "id_stored_as_number"), (370600200401011000, "id_stored_as_number"),
        ("3.70600E+17", "id_stored_as_number"), ("37060020040101123", "id_check_digit"),
        ("370600200401011232", "id_check_digit"), (12345.0, "id_check_digit"),
    ],
)  # fmt: skip
def test_an_identity_number_that_cannot_be_one_is_bad(value: object, reason: str) -> None:
    assert read("students.id_number", value) == Bad(reason)
    assert read("placements.student", value) == Bad(reason)


@pytest.mark.parametrize(
    "value",
    [
        "11010519491231002X",
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "'11010519491231002X",
    ],
)
def test_an_identity_number_is_text_however_it_is_spaced(value: str) -> None:
    assert read("students.id_number", value) == "11010519491231002X"


@pytest.mark.parametrize("value", ["1101**********002X", "**************002X"])
def test_a_masked_number_is_neither_bad_nor_a_number(value: str) -> None:
    assert read("students.id_number", value) == MASKED + value
    assert read("placements.phone", "139****0021") == MASKED


@pytest.mark.parametrize("value", [None, "", "　", "—", "/", "无"])
@pytest.mark.parametrize(
    "where",
    ["students.id_number", "firms.uscc", "placements.start", "placements.pay", "firms.name",
     "students.phone", "bookings.times", "agreements.period", "teachers.staff_no"],
)  # fmt: skip
def test_a_cell_that_says_nothing_is_a_blank(where: str, value: object) -> None:
    assert read(where, value) in (None, (None, None))


@pytest.mark.parametrize(
    ("value", "reason"), [(USCC[:-1], "uscc_length"), ("91370600MA7KJ4CY70", "uscc_check_digit")]
)
def test_a_credit_code_that_cannot_be_one_is_bad(value: str, reason: str) -> None:
    assert read("firms.uscc", value) == Bad(reason)


def test_a_credit_code_is_upper_case_and_unspaced() -> None:
    assert read("firms.uscc", f" {USCC[:2].lower()} {USCC[2:].lower()}") == USCC


def test_a_month_is_its_first_day_in_a_start_and_its_last_in_an_end() -> None:
    assert read("placements.start", "2024.9") == date(2024, 9, 1)
    assert read("placements.end", "2024.9") == date(2024, 9, 30)
    assert read("teachers.left", "2023年7月") == date(2023, 7, 31)


@pytest.mark.parametrize("value", ["2024.2.30", "2024年13月1日", "待定", "长期"])
def test_a_day_that_is_in_no_calendar_is_bad(value: str) -> None:
    assert read("placements.start", value) == Bad("impossible_date")
    assert read("agreements.end", value) == Bad("impossible_date")
    assert read("agreements.period", f"2024.1.1-{value}") == Bad("impossible_date")


def test_a_numbers_day_is_counted_from_the_workbooks_epoch() -> None:
    assert read("placements.start", 45536.0) == date(2024, 9, 1)
    assert read("placements.start", 44074.0, date1904=True) == date(2024, 9, 1)


def test_a_class_period_that_excel_made_a_date_is_named_as_that() -> None:
    assert read("bookings.times", datetime(2024, 1, 2)) == Bad("time_cell_is_a_date")
    assert read("bookings.times", "另行通知") == Bad("impossible_time")
    assert read("bookings.times", "1-2节") == "480-600"


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (2600, 2600.0),
        ("3,200", 3200.0),
        ("2200元/月", 2200.0),
        ("面议", Doubt("unreadable_amount")),
        ("9" * 400, Doubt("unreadable_amount")),
        (1e300, Doubt("unreadable_amount")),
    ],
)
def test_an_amount_is_its_first_number_or_a_doubt(value: object, amount: object) -> None:
    assert read("placements.pay", value) == amount


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("约30人", 30),
        (45.0, 45),
        ("若干", Doubt("unreadable_amount")),
        ("9" * 400, Doubt("unreadable_amount")),
    ],
)
def test_a_count_is_a_whole_number(value: object, count: object) -> None:
    assert read("bookings.people", value) == count


def test_a_blank_is_no_only_where_the_rule_says_so() -> None:
    assert read("placements.agreement", None) is None
    assert read("placements.insurance", "—") is None
    assert read("placements.agreement", "无") is False
    assert read("placements.agreement", "-") is None


def test_a_word_without_plain_meaning_is_a_doubt_until_the_clerk_says_what_it_means() -> None:
    assert read("placements.arrangement", "随缘") == Doubt("unknown_word")
    added: Words = {("arrangement", "随缘"): "自主"}
    assert read("placements.arrangement", "随缘", words=added) == "自主"


def test_a_value_can_be_kept_as_json() -> None:
    assert (plain(date(2024, 9, 1)), plain(2600.0), plain("甲")) == ("2024-09-01", 2600.0, "甲")
