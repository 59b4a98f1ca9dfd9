"""A register as a table: ids in order, pages of rows, a fixed number of statements, masked."""

import pytest

from tests.services.books import firm, id_number, masked, name, placement, student, table
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE, OTHER
from xqhz_desktop.registers.catalogue import REGISTERS, TYPED
from xqhz_desktop.services import tables

MANY = {
    "a.xlsx": table(*(student(n) for n in range(1, 301))),
    "b.xlsx": table(*(placement(n, FIRM if n % 2 else OTHER) for n in range(1, 301))),
    "c.xlsx": table(firm(1, FIRM), firm(2, OTHER)),
}


@pytest.mark.parametrize("register", ["students", "placements"])
def test_a_page_of_200_rows_is_one_statement(desk: Desk, queries: list[str], register: str) -> None:
    desk.bring(MANY)
    ids = tables.ids(desk.office, register)
    queries.clear()
    rows = tables.rows(desk.office, register, ids[:200])
    assert len(rows) == 200
    assert len([sql for sql in queries if sql.startswith("SELECT")]) == 1


@pytest.mark.parametrize("register", ["students", "placements"])
def test_ids_in_order_and_found_are_one_statement(
    desk: Desk, queries: list[str], register: str
) -> None:
    desk.bring(MANY)
    queries.clear()
    ids = tables.ids(desk.office, register, ("name", True), "王")
    assert len(ids) == 300
    assert len([sql for sql in queries if sql.startswith("SELECT")]) == 1


@pytest.mark.parametrize("register", list(REGISTERS))
def test_every_register_is_counted_listed_and_read(desk: Desk, register: str) -> None:
    desk.bring(OFFICE)
    ids = tables.ids(desk.office, register)
    assert len(ids) == tables.count(desk.office, register)
    assert ids or REGISTERS[register] in TYPED
    rows = tables.rows(desk.office, register, ids)
    fields = {field.name for field in tables.shown_fields(register)}
    assert all({*row} == fields | {"_source"} for row in rows)


@pytest.mark.parametrize("register", list(REGISTERS))
def test_every_column_of_every_register_sorts_both_ways(desk: Desk, register: str) -> None:
    desk.bring(OFFICE)
    ids = set(tables.ids(desk.office, register))
    for field in tables.shown_fields(register):
        for descending in (False, True):
            assert set(tables.ids(desk.office, register, (field.name, descending))) == ids


def test_rows_come_in_the_order_of_the_ids_asked_for(desk: Desk) -> None:
    desk.bring(MANY)
    ids = tables.ids(desk.office, "students")
    rows = tables.rows(desk.office, "students", [ids[5], ids[2], ids[9]])
    assert [row["student_no"] for row in rows] == ["20210006", "20210003", "20210010"]


def test_an_id_that_is_gone_is_left_out(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1))})
    (known,) = tables.ids(desk.office, "students")
    assert len(tables.rows(desk.office, "students", [known, known + 99])) == 1


def test_blanks_come_last_in_either_order(desk: Desk) -> None:
    staff = {1: 100, 2: None, 3: 50}
    desk.bring({"a.xlsx": table(*(firm(n, f"第{n}公司", 职工人数=staff[n]) for n in staff))})
    for descending, order in ((False, ["50", "100", ""]), (True, ["100", "50", ""])):
        ids = tables.ids(desk.office, "firms", ("staff", descending))
        assert [row["staff"] for row in tables.rows(desk.office, "firms", ids)] == order


def test_texts_stand_in_the_order_of_their_sound_and_the_same_ones_in_that_of_their_rows(
    desk: Desk,
) -> None:
    said = {1: "民营", 2: None, 3: "国有", 4: "外资", 5: "国有", 6: None}
    desk.bring({"a.xlsx": table(*(firm(n, f"第{n}公司", 企业性质=said[n]) for n in said))})
    first = tables.ids(desk.office, "firms")[0]
    for descending, order in ((False, [3, 5, 1, 4, 2, 6]), (True, [4, 1, 3, 5, 2, 6])):
        ids = tables.ids(desk.office, "firms", ("nature", descending))
        assert [number - first + 1 for number in ids] == order


def test_an_order_holds_though_a_text_came_that_was_not_there_before(desk: Desk) -> None:
    for number, nature in enumerate(("民营", "国有", "外资"), start=1):
        desk.bring({"a.xlsx": table(firm(number, f"第{number}公司", 企业性质=nature))})
        ids = tables.ids(desk.office, "firms", ("nature", False))
    assert [row["nature"] for row in tables.rows(desk.office, "firms", ids)] == [
        *("国有", "民营", "外资")
    ]


def test_only_the_rows_behind_a_number_are_listed_and_all_are_counted(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(*(student(n) for n in range(1, 6)))})
    ids = tables.ids(desk.office, "students")
    assert tables.listed(desk.office, "students", only=(ids[3], ids[1], 9999)) == (
        [ids[1], ids[3]],
        5,
    )
    assert tables.listed(desk.office, "students") == (ids, 5)


def test_id_numbers_and_phones_are_shown_masked(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1, 联系电话="15412345678"))})
    desk.bring({"b.xlsx": table(placement(1, FIRM))})
    (row,) = tables.rows(desk.office, "students", tables.ids(desk.office, "students"))
    assert (row["id_number"], row["phone"]) == (masked(id_number(1)), "154****5678")
    (row,) = tables.rows(desk.office, "placements", tables.ids(desk.office, "placements"))
    assert row["student"] == masked(id_number(1))


@pytest.mark.parametrize(
    ("typed", "count"), [("王三", 11), ("王三 2021", 11), ("100%", 0), ("_", 0)]
)
def test_search_finds_all_words_and_takes_no_wildcards(desk: Desk, typed: str, count: int) -> None:
    desk.bring({"a.xlsx": table(*(student(n) for n in range(1, 30)))})
    assert name(2) == "王三"
    assert len(tables.ids(desk.office, "students", search=typed)) == count


def test_a_search_of_blanks_finds_everything(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), student(2))})
    assert len(tables.ids(desk.office, "students", search="  ")) == 2
