"""What a record is linked to is read off the declarations, in as many queries whatever it is."""

import pytest

from tests.services.books import firm, placement, student, table
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE, OTHER
from tests.services.typed import first
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services import tables
from xqhz_desktop.services.links import SHOWN, Links, links


def of(desk: Desk, register: str, record: int | None = None) -> dict[str, Links]:
    """The links of a record by what they are called."""
    number = record or first(desk.office, register)
    return {one.label: one for one in links(desk.office, register, number)}


def lines(found: Links) -> list[str]:
    """The records as they are named."""
    return [one.text for one in found.shown]


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A small office."""
    desk.bring(OFFICE)
    return desk


def test_a_firm_has_its_agreements_placements_apprentices_and_stints_in_one_place(
    office: Desk,
) -> None:
    found = of(office, "firms")
    assert {"合作协议", "岗位实习", "学徒", "教师企业实践"} <= set(found)
    assert lines(found["合作协议"])[0].startswith("XY1 · ")
    assert " 至 " in lines(found["合作协议"])[0]
    assert all(FIRM not in text for one in found.values() for text in lines(one))


def test_a_placement_leads_to_its_student_and_firm_and_never_by_a_number(office: Desk) -> None:
    found = of(office, "placements")
    student_no = office.one("SELECT name FROM student ORDER BY id LIMIT 1")
    assert lines(found["学生"]) == [student_no]
    assert lines(found["实习单位"]) == [FIRM]
    assert found["学生"].up
    assert found["学生"].register == "students"


def test_a_base_has_its_bookings_and_a_student_what_the_student_did(office: Desk) -> None:
    assert len(of(office, "bases")["基地排期"].ids) == 2
    assert lines(of(office, "students")["岗位实习"])[0].startswith(FIRM)


def test_of_many_all_can_be_opened_and_a_few_are_named(desk: Desk) -> None:
    many = [student(n) for n in range(1, 12)]
    desk.bring(
        {
            "1.xlsx": table(firm(1, FIRM), firm(2, OTHER)),
            "2.xlsx": table(*many),
            "3.xlsx": table(*(placement(n, FIRM) for n in range(1, 12))),
        }
    )
    found = of(desk, "firms")["岗位实习"]
    assert len(found.ids) == 11
    assert len(found.shown) == SHOWN
    assert list(found.ids) == sorted(found.ids, reverse=True)


def test_parts_that_no_register_lists_are_told_with_masked_phones(office: Desk) -> None:
    number = first(office.office, "students")
    with office.office.acting("edit", "监护人") as (connection, _):
        connection.exec_driver_sql(
            "INSERT INTO guardian (student_id, name, relation, phone)"
            f" VALUES ({number}, '钱大', '母亲', '15477001234')"
        )
    assert lines(of(office, "students")["监护人"]) == ["钱大 · 母亲 · 154****1234"]
    office.office.unmasked = True
    assert lines(of(office, "students")["监护人"]) == ["钱大 · 母亲 · 15477001234"]


def test_a_name_that_a_firm_had_before_is_told_and_the_present_one_is_not(office: Desk) -> None:
    number = first(office.office, "firms")
    assert "企业名称" not in of(office, "firms")
    with office.office.acting("edit", "曾用名") as (connection, _):
        connection.exec_driver_sql(
            "INSERT INTO firm_name (firm_id, name, key, kind)"
            f" VALUES ({number}, '甲机床厂', '甲机床', 'former')"
        )
    assert lines(of(office, "firms")["企业名称"]) == ["甲机床厂"]


def test_the_queries_are_as_many_however_much_is_linked(office: Desk, queries: list[str]) -> None:
    counts: list[dict[str, int]] = []
    for _ in range(2):
        counts.append({})
        for register in REGISTERS:
            numbers = tables.ids(office.office, register)
            before = len(queries)
            if len(numbers):
                links(office.office, register, int(numbers[0]))
                counts[-1][register] = len(queries) - before
        office.bring({"4.xlsx": table(*(placement(n, FIRM) for n in range(1, 4)))})
    few, more = counts
    assert {"firms", "students", "placements"} <= set(few)
    for register, asked in few.items():
        kinds = sum(one.link == register for other in REGISTERS.values() for one in other.stored())
        assert asked <= more[register] <= asked + kinds, register
