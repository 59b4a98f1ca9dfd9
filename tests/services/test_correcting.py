"""A row that waits is corrected on the screen, and goes home like one that was imported again."""

import pytest

from tests.services.books import firm, id_number, placement, student, table, uscc, wrong
from tests.services.desk import Desk
from tests.services.small_office import FIRM
from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.services.correcting import WaitingCell, cells_of, check, correct
from xqhz_desktop.services.quarantine import waiting

BAD = student(2, 身份证号=wrong(id_number(2)), 备注="转入")


@pytest.fixture
def one(desk: Desk) -> tuple[Desk, int]:
    """An office in which one student's row waits."""
    desk.bring({"企业.xlsx": table(firm(1, FIRM)), "学生.xlsx": table(student(1), BAD)})
    (row,) = waiting(desk.office)
    return desk, row.id


def cell(desk: Desk, number: int, name: str) -> WaitingCell:
    """The cell of a field."""
    return next(one for one in cells_of(desk.office, number) if one.field == name)


def test_every_cell_is_there_and_the_wrong_one_says_why(one: tuple[Desk, int]) -> None:
    desk, number = one
    shown = {each.label: each for each in cells_of(desk.office, number)}
    assert shown["备注"].text == "转入"
    assert "校验不通过" in shown["身份证号"].reason
    assert [each.label for each in shown.values() if each.reason] == ["身份证号"]


def test_what_is_typed_is_checked_and_nothing_written(one: tuple[Desk, int]) -> None:
    desk, number = one
    before = desk.dump()
    assert check(desk.office, number, {"id_number": id_number(2)}) == ()
    (problem,) = check(desk.office, number, {"id_number": wrong(id_number(3))})
    assert "校验不通过" in problem.message
    assert desk.dump() == before


def test_when_it_is_right_it_is_taken_over_as_one_action(one: tuple[Desk, int]) -> None:
    desk, number = one
    done = correct(desk.office, number, {"id_number": id_number(2)})
    assert done.changes
    assert done.problems == ()
    assert waiting(desk.office) == []
    assert desk.one("SELECT note FROM student WHERE id_number = ?", id_number(2)) == "转入"
    assert desk.one("SELECT title FROM action ORDER BY id DESC LIMIT 1").startswith("更正学生：王")
    desk.undo()
    assert [row.id for row in waiting(desk.office)] == [number]


def test_it_is_still_known_where_it_came_from(one: tuple[Desk, int]) -> None:
    desk, number = one
    correct(desk.office, number, {"id_number": id_number(2)})
    file, row = desk.read(
        "SELECT source.file, student.source_row FROM student JOIN source"
        " ON source.id = student.source_id WHERE id_number = ?",
        id_number(2),
    )[0]
    assert (file, row) == ("学生.xlsx", 3)


def test_what_is_still_wrong_goes_on_waiting(one: tuple[Desk, int]) -> None:
    desk, number = one
    before = desk.dump()
    done = correct(desk.office, number, {"id_number": "371300"})
    assert done.problems
    assert not done.changes
    assert desk.dump() == before


def test_the_number_that_the_register_holds_is_offered(desk: Desk) -> None:
    desk.bring(
        {
            "企业.xlsx": table(firm(1, FIRM)),
            "学生.xlsx": table(student(1)),
            "实习.xlsx": table(
                {"学号": "20210001", **placement(1, FIRM, 身份证号=wrong(id_number(1)))}
            ),
        }
    )
    (row,) = waiting(desk.office)
    assert cell(desk, row.id, "student").offered == id_number(1)
    correct(desk.office, row.id, {"student": id_number(1)})
    assert desk.one("SELECT count(*) FROM placement") == 1


def test_no_number_is_offered_that_nobody_wrote(one: tuple[Desk, int]) -> None:
    desk, number = one
    assert cell(desk, number, "id_number").offered == ""


def test_a_code_that_fails_its_check_stands_with_a_note_and_is_known_again(desk: Desk) -> None:
    book = {"企业.xlsx": table(firm(1, FIRM, 统一社会信用代码=wrong(uscc(1))))}
    desk.bring(book)
    (row,) = waiting(desk.office)
    assert correct(desk.office, row.id, {}, "").problems
    assert correct(desk.office, row.id, {}, "营业执照上就是这样").changes
    assert desk.read("SELECT uscc, uscc_note FROM firm") == [(wrong(uscc(1)), "营业执照上就是这样")]
    assert desk.plan(book).bad == []


def test_a_code_of_another_length_does_not_stand(desk: Desk) -> None:
    desk.bring({"企业.xlsx": table(firm(1, FIRM, 统一社会信用代码="123"))})
    (row,) = waiting(desk.office)
    assert correct(desk.office, row.id, {}, "就是这样").problems


def test_what_the_title_said_is_not_lost(desk: Desk) -> None:
    rows = [{k: v for k, v in placement(1, FIRM).items() if k != "实习单位"}]
    rows.append({**rows[0], "姓名": "王三", "身份证号": wrong(id_number(2))})
    desk.bring(
        {
            "企业.xlsx": table(firm(1, FIRM)),
            "学生.xlsx": table(student(1), student(2)),
            "实习.xlsx": table(*rows, above=(f"{FIRM}岗位实习学生名册",)),
        }
    )
    for row in waiting(desk.office):
        correct(desk.office, row.id, {"student": id_number(2), "firm": FIRM})
    assert desk.one("SELECT count(DISTINCT firm_id) FROM placement") == 1


def test_a_row_that_waits_no_longer_is_said(one: tuple[Desk, int]) -> None:
    desk, number = one
    correct(desk.office, number, {"id_number": id_number(2)})
    with pytest.raises(UserError, match="不在待更正") as refused:
        correct(desk.office, number, {"id_number": id_number(2)})
    assert refused.value.code == EXIT_USAGE
