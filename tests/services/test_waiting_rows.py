"""Bad rows wait with all their cells: the same again, corrected, bad in another way, gone home."""

from sqlalchemy import select

from tests.services.books import (
    base,
    booking,
    firm,
    id_number,
    masked,
    name,
    placement,
    student,
    table,
    teacher,
    uscc,
    wrong,
)
from tests.services.desk import Desk, counts, reasons
from tests.services.small_office import FIRM
from xqhz_desktop.services.numbers import numbers
from xqhz_desktop.services.quarantine import waiting
from xqhz_desktop.store.models import QuarantinedRow

BAD = student(2, 身份证号=wrong(id_number(2)), 备注="转入")


def states(desk: Desk) -> list[str]:
    """The state of every waiting row, in the order of their coming."""
    return [row[0] for row in desk.read("SELECT state FROM quarantined_row ORDER BY id")]


def test_a_bad_row_is_kept_with_every_cell_as_written(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), BAD, above=("学生名册",))})
    with desk.office.engine.connect() as connection:
        kept = connection.execute(select(QuarantinedRow.cells, QuarantinedRow.headings)).one()
    written = {kept.headings[column]: cell for column, cell in kept.cells.items()}
    assert written == {heading: str(cell) for heading, cell in BAD.items()}


def test_a_bad_row_says_where_it_stands_and_why_without_its_number(desk: Desk) -> None:
    desk.bring({"a.xlsx": {"一班": table(student(1), BAD, above=("学生名册",))}})
    (row,) = waiting(desk.office)
    assert (row.file, row.sheet, row.row, row.cell) == ("a.xlsx", "一班", 4, "C4")
    assert (row.label, row.what, row.reason) == ("学生", name(2), "id_check_digit")
    assert "身份证号" in row.message
    assert str(BAD["身份证号"])[:10] not in row.message


def test_a_bad_row_is_in_no_register_but_counted_as_waiting(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), BAD), "b.xlsx": table(firm(1, FIRM, 企业名称=None))})
    assert desk.one("SELECT count(*) FROM student") == 1
    assert numbers(desk.office).quarantined == {"students": 1, "firms": 1}


def test_the_same_bad_row_again_is_the_same(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), BAD)})
    plan = desk.plan({"a.xlsx": table(student(1), BAD)})
    assert plan.empty
    assert not desk.apply(plan)
    assert states(desk) == ["open"]


def test_the_same_bad_row_in_another_place_is_still_the_same(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), BAD)})
    desk.bring({"b.xlsx": table(student(3), student(4), BAD)})
    assert states(desk) == ["open"]


def test_two_bad_rows_of_one_text_wait_as_two_and_stay_two(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(BAD, BAD)})
    assert desk.plan({"a.xlsx": table(BAD, BAD)}).empty
    assert states(desk) == ["open", "open"]


def test_the_corrected_row_closes_the_waiting_one(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), BAD)})
    desk.bring({"a.xlsx": table(student(1), student(2))})
    assert states(desk) == ["closed"]
    assert numbers(desk.office).quarantined == {}
    assert desk.one("SELECT count(*) FROM student") == 2


def test_the_corrected_row_closes_it_from_another_file_and_row(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), BAD)})
    desk.bring({"更正.xlsx": table(student(2))})
    assert states(desk) == ["closed"]


def test_another_person_closes_nothing(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), BAD)})
    desk.bring({"a.xlsx": table(student(1), student(3))})
    assert states(desk) == ["open"]


def test_a_row_bad_in_another_way_replaces_it(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), BAD)})
    desk.bring({"a.xlsx": table(student(1), student(2, 身份证号=None))})
    assert states(desk) == ["closed", "open"]
    assert [row.reason for row in waiting(desk.office)] == ["missing_id"]


def test_a_repeat_in_one_workbook_waits_and_stays(desk: Desk) -> None:
    twice = {"a.xlsx": table(student(1), student(1))}
    plan = desk.plan(twice)
    assert reasons(plan) == ["duplicate_row"]
    assert (plan.sheets[0].rows, plan.sheets[0].valid) == (2, 1)
    desk.apply(plan)
    assert desk.plan(twice).empty
    assert states(desk) == ["open"]


def test_the_same_record_in_two_workbooks_is_no_repeat(desk: Desk) -> None:
    plan = desk.plan({"a.xlsx": table(student(1)), "b.xlsx": table(student(1))})
    assert counts(plan) == {"新增": 1, "变更": 0, "疑为同一条": 0, "相同": 1, "待更正": 0}


def test_a_booking_of_an_unknown_base_waits_and_goes_home_with_the_base(desk: Desk) -> None:
    desk.bring({"排期.xlsx": table(booking("数控实训室"), booking("JD01", times="3-4节"))})
    assert [row.reason for row in waiting(desk.office)] == ["unknown_base"] * 2
    desk.bring({"基地.xlsx": table(base(1, "数控实训室"))})
    assert desk.one("SELECT count(*) FROM booking JOIN base ON base.id = base_id") == 2
    assert states(desk) == ["closed", "closed"]
    found = "SELECT file, source_row FROM booking JOIN source ON source.id = source_id"
    assert desk.read(found) == [("排期.xlsx", 2), ("排期.xlsx", 3)]


def test_a_booking_that_went_home_is_the_same_when_its_sheet_comes_again(desk: Desk) -> None:
    schedule = {"排期.xlsx": table(booking("数控实训室"), booking("JD01", times="3-4节"))}
    desk.bring(schedule)
    desk.bring({"基地.xlsx": table(base(1, "数控实训室"))})
    assert desk.plan(schedule).empty


def test_a_repeated_booking_goes_home_once_and_its_repeat_keeps_waiting(desk: Desk) -> None:
    twice = table(booking("数控实训室"), booking("数控实训室"))
    desk.bring({"排期.xlsx": twice})
    desk.bring({"基地.xlsx": table(base(1, "数控实训室"))})
    assert desk.one("SELECT count(*) FROM booking") == 1
    assert [row.reason for row in waiting(desk.office)] == ["duplicate_row"]
    assert desk.plan({"排期.xlsx": twice}).empty


def test_a_waiting_roster_row_is_checked_and_marked(desk: Desk) -> None:
    young = placement(1, FIRM, 实习开始日期="2020-09-01", 实习结束日期="2020-08-01")
    desk.bring({"a.xlsx": table(young)})
    found = [finding for finding in numbers(desk.office).findings if finding.rule == "under_16"]
    assert [finding.quarantined for finding in found] == [True]


def test_a_firm_whose_own_row_is_bad_is_not_called_a_stranger(desk: Desk) -> None:
    desk.bring(
        {
            "a.xlsx": table(firm(1, FIRM, 统一社会信用代码=wrong(uscc(1)))),
            "b.xlsx": table(placement(1, FIRM), placement(2, "丙物流有限公司")),
        }
    )
    found = [f for f in numbers(desk.office).findings if f.rule == "firm_not_a_partner"]
    assert len(found) == 1


def test_a_teacher_without_staff_number_waits_until_it_is_filled(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(teacher(1), teacher(2, 工号=None))})
    assert [row.reason for row in waiting(desk.office)] == ["missing_staff_no"]
    desk.bring({"a.xlsx": table(teacher(1), teacher(2))})
    assert states(desk) == ["closed"]


def test_a_repeat_and_an_unknown_base_keep_every_cell_and_their_address(desk: Desk) -> None:
    twice = table(student(1, 宿舍="3号楼"), student(1, 宿舍="3号楼"))
    desk.bring({"a.xlsx": twice, "b.xlsx": table(booking("无此基地", 星期="一"))})
    found = desk.read("SELECT cells, problems FROM quarantined_row ORDER BY register")
    (bases, base_problem), (repeat, repeat_problem) = found
    assert "无此基地" in bases
    assert '"一"' in bases
    assert '"C2"' in base_problem
    assert "3号楼" in repeat
    assert '"C3"' in repeat_problem


def test_a_roster_with_masked_numbers_goes_home_when_the_students_come(desk: Desk) -> None:
    desk.bring({"b.xlsx": table(placement(2, FIRM, 身份证号=masked(id_number(2))))})
    assert [row.reason for row in waiting(desk.office)] == ["masked_person"]
    desk.bring({"a.xlsx": table(student(1), student(2))})
    found = "SELECT id_number, start FROM placement JOIN student ON student.id = student_id"
    assert desk.read(found) == [(id_number(2), "2023-09-01")]
    assert states(desk) == ["closed"]


def test_a_waiting_row_without_a_whole_number_troubles_no_rule(desk: Desk) -> None:
    hidden = placement(2, FIRM, 身份证号=masked(id_number(2)))
    spoiled = placement(3, FIRM, 身份证号=wrong(id_number(3)))
    desk.bring({"b.xlsx": table(hidden, spoiled, placement(4, FIRM, 身份证号=None))})
    assert numbers(desk.office).quarantined == {"placements": 3}
    assert not [finding for finding in numbers(desk.office).findings if finding.rule == "under_16"]
