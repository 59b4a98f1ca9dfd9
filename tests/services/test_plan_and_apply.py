"""A plan writes nothing; applying it is one action; the same again is nothing at all."""

import pytest

from tests.services.books import (
    booking,
    firm,
    id_number,
    masked,
    placement,
    student,
    table,
    teacher,
)
from tests.services.desk import Desk, counts, fates, rows_of
from tests.services.small_office import FIRM, OFFICE, OTHER
from xqhz_desktop.base.errors import Cancelled
from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import IMPORTED
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry import editing
from xqhz_desktop.services.entry.entering import Edit
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.importing import apply_import
from xqhz_desktop.services.records import columns_of, model_of
from xqhz_desktop.services.workbooks.plan import Choices, Fate

COUNTED = ("firms", "students", "placements", "apprentices", "teachers", "part_timers", "stints")


def test_every_register_of_a_small_office_is_recognised(desk: Desk) -> None:
    plan = desk.plan(OFFICE)
    assert [(s.register, s.rows, s.valid) for s in plan.sheets] == [
        ("firms", 2, 2),
        ("students", 3, 3),
        ("placements", 2, 2),
        ("apprentices", 1, 1),
        ("teachers", 2, 2),
        ("part_timers", 1, 1),
        ("stints", 2, 2),
        ("bases", 1, 1),
        ("bookings", 2, 2),
        ("courses", 2, 2),
        ("agreements", 2, 2),
    ]
    assert not plan.conflicts
    assert not plan.bad


def test_a_plan_writes_nothing(desk: Desk) -> None:
    before = desk.dump(), desk.office.folder.database.read_bytes()
    plan = desk.plan(OFFICE)
    assert plan.count(Fate.NEW) == 20
    assert (desk.dump(), desk.office.folder.database.read_bytes()) == before


def test_applying_is_one_action_with_all_its_records(desk: Desk) -> None:
    changes = desk.bring(OFFICE)
    assert [line.kind for line in actions(desk.office)] == ["import", "seed"]
    assert changes.action == actions(desk.office)[0].id
    assert [changes.registers[name] for name in COUNTED] == [2, 3, 2, 1, 2, 1, 2]
    assert (
        desk.one("SELECT count(DISTINCT action_id) FROM change WHERE table_name = 'student'") == 1
    )


def test_every_record_says_its_file_sheet_and_row(desk: Desk) -> None:
    desk.bring({"名册.xlsx": {"一班": table(student(1), student(2), above=("学生名册",))}})
    found = desk.read(
        "SELECT file, sheet, source_row FROM student JOIN source ON source.id = source_id"
    )
    assert found == [("名册.xlsx", "一班", 3), ("名册.xlsx", "一班", 4)]


def test_importing_the_same_again_plans_nothing_and_writes_nothing(desk: Desk) -> None:
    desk.bring(OFFICE)
    before = desk.dump()
    plan = desk.plan(OFFICE)
    assert plan.empty
    assert counts(plan) == {"新增": 0, "变更": 0, "疑为同一条": 0, "相同": 20, "待更正": 0}
    assert not desk.apply(plan)
    assert desk.dump() == before
    assert len(actions(desk.office)) == 2


def test_a_cancelled_import_leaves_nothing_behind(desk: Desk) -> None:
    plan, before = desk.plan(OFFICE), desk.dump()

    def cancel_late(done: int, total: int, what: str) -> None:
        if what == "写入基地排期":
            task.cancel()

    task = Task(cancel_late)
    with pytest.raises(Cancelled):
        apply_import(desk.office, plan, Choices(), task)
    assert desk.dump() == before
    assert len(actions(desk.office)) == 1


def test_a_change_is_shown_old_and_new_and_is_the_only_write(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, FIRM, 职工人数=120), firm(2, OTHER, 职工人数=8))})
    plan = desk.plan({"a.xlsx": table(firm(1, FIRM, 职工人数=150), firm(2, OTHER, 职工人数=8))})
    (row,) = rows_of(plan, Fate.CHANGED)
    assert row.changes == (("在岗职工人数", "120", "150"),)
    assert row.writes == {"staff": 150}
    desk.apply(plan)
    assert desk.read("SELECT staff FROM firm ORDER BY uscc") == [(150,), (8,)]


def test_a_blank_cell_leaves_what_is_known(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, FIRM, 联系人="王二", 职工人数=120))})
    plan = desk.plan({"a.xlsx": table(firm(1, FIRM, 联系人=None, 职工人数=130))})
    desk.apply(plan)
    assert desk.read("SELECT contact, staff FROM firm") == [("王二", 130)]


def test_only_a_tick_that_names_its_count_clears(desk: Desk) -> None:
    known = [firm(n, f"第{n}机械有限公司", 联系人=f"王{n}") for n in range(1, 4)]
    desk.bring({"a.xlsx": table(*known)})
    blank = [firm(n, f"第{n}机械有限公司", 联系人=None if n < 3 else "王3") for n in range(1, 4)]
    plan = desk.plan({"a.xlsx": table(*blank)})
    (offer,) = plan.clearings
    assert (offer.label, len(offer.records)) == ("联系人", 2)
    assert not desk.apply(plan)
    desk.bring({"a.xlsx": table(*blank)}, Choices(clear={("firms", "contact")}))
    assert desk.read("SELECT contact FROM firm ORDER BY uscc") == [(None,), (None,), ("王3",)]


def test_what_the_database_needs_is_never_offered_for_clearing() -> None:
    for register in IMPORTED:
        table_ = model_of(register.name).__table__
        for name, column in columns_of(register).items():
            read_as = register.field(name)
            if not table_.c[column].nullable:
                always = read_as.missing or register.name == "courses"
                assert always, f"{register.name}.{name} could be cleared but must stand"


def test_a_blank_night_shift_is_no_in_a_new_record(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(placement(1, FIRM, 夜班=None), placement(2, FIRM, 夜班="是"))})
    assert desk.read("SELECT night_shift FROM placement ORDER BY id") == [(0,), (1,)]


def test_a_blank_night_shift_leaves_a_known_yes(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(placement(1, FIRM, 夜班="是"))})
    plan = desk.plan({"b.xlsx": table(placement(1, FIRM, 夜班=None, 实发报酬=3100))})
    desk.apply(plan)
    assert desk.read("SELECT night_shift, pay FROM placement") == [(1, 3100.0)]


def test_a_blank_dual_qualification_is_no_only_in_a_new_record(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(teacher(1, 是否双师型="是"), teacher(2, 是否双师型=None))})
    desk.bring({"b.xlsx": table(teacher(1, 是否双师型=None, 职称="高级讲师"))})
    assert desk.read("SELECT dual, title FROM teacher ORDER BY id") == [
        (1, "高级讲师"),
        (0, "讲师"),
    ]


def test_a_masked_phone_is_no_change_and_no_fault(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1, 联系电话="15412345678"))})
    plan = desk.plan({"b.xlsx": table(student(1, 联系电话="154****5678"))})
    assert counts(plan)["相同"] == 1
    assert not plan.bad
    assert not fates(plan, "students")


def test_a_masked_phone_of_a_new_record_is_unknown(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1, 联系电话="154****5678"))})
    assert desk.one("SELECT phone FROM student") is None


def test_a_masked_id_number_finds_the_student_by_name_and_last_four(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), student(2))})
    desk.bring({"b.xlsx": table(placement(2, FIRM, 身份证号=masked(id_number(2))))})
    found = "SELECT id_number FROM placement JOIN student ON student.id = student_id"
    assert desk.read(found) == [(id_number(2),)]


def test_a_masked_id_number_finds_a_student_of_the_same_import(desk: Desk) -> None:
    roster = table(placement(2, FIRM, 身份证号=masked(id_number(2))))
    plan = desk.plan({"a.xlsx": roster, "b.xlsx": table(student(1), student(2))})
    assert not plan.bad
    desk.apply(plan)
    found = "SELECT id_number FROM placement JOIN student ON student.id = student_id"
    assert desk.read(found) == [(id_number(2),)]


def test_a_masked_id_number_of_an_unknown_person_waits(desk: Desk) -> None:
    plan = desk.plan({"b.xlsx": table(placement(2, FIRM, 身份证号=masked(id_number(2))))})
    assert [bad.problems[0].reason for bad in plan.bad] == ["masked_person"]


def test_a_placement_with_a_corrected_start_is_offered_as_the_same(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(placement(1, FIRM))})
    corrected = {"a.xlsx": table(placement(1, FIRM, 实习开始日期="2023-09-11"))}
    plan = desk.plan(corrected)
    (row,) = rows_of(plan, Fate.NEAR)
    assert row.changes == (("开始", "2023-09-01", "2023-09-11"),)
    desk.apply(plan, Choices(same_record={("placements", row.sheet, row.row)}))
    assert desk.read("SELECT start FROM placement") == [("2023-09-11",)]
    assert desk.plan(corrected).empty


def test_a_near_row_that_is_not_ticked_becomes_a_record_of_its_own(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(placement(1, FIRM))})
    corrected = {"a.xlsx": table(placement(1, FIRM, 实习开始日期="2023-09-11"))}
    desk.bring(corrected)
    starts = desk.read("SELECT start FROM placement ORDER BY start")
    assert starts == [("2023-09-01",), ("2023-09-11",)]
    assert desk.plan(corrected).empty


def test_two_rows_of_one_import_are_never_offered_as_the_same(desk: Desk) -> None:
    late = placement(1, FIRM, 实习开始日期="2024-02-20", 实习结束日期="2024-07-10")
    plan = desk.plan({"a.xlsx": table(placement(1, FIRM), late)})
    assert fates(plan, "placements") == ["新增", "新增"]


def test_a_booking_with_a_corrected_head_count_is_offered_as_the_same(desk: Desk) -> None:
    bases = OFFICE["08基地.xlsx"]
    desk.bring({"a.xlsx": bases, "b.xlsx": table(booking("数控实训室"))})
    plan = desk.plan({"b.xlsx": table(booking("数控实训室", 人数=40))})
    (row,) = rows_of(plan, Fate.NEAR)
    assert row.changes == (("人数", "38", "40"),)


def test_a_record_that_the_sheet_no_longer_has_is_shown_and_stays(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), student(2))})
    plan = desk.plan({"a.xlsx": table(student(1))})
    assert [(absent.register, absent.label) for absent in plan.absent] == [("学生", "王三")]
    assert not desk.apply(plan)
    assert desk.one("SELECT count(*) FROM student") == 2


def test_records_of_other_sheets_are_not_called_absent(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1)), "b.xlsx": table(student(2))})
    assert desk.plan({"a.xlsx": table(student(1))}).absent == []


TWO = {
    "b.xlsx": table(firm(1, FIRM, 职工人数=150)),
    "a.xlsx": table(firm(1, FIRM, 职工人数=120)),
}


def test_of_two_files_the_first_by_name_is_kept_and_the_conflict_shown(desk: Desk) -> None:
    plan = desk.plan(TWO)
    (conflict,) = plan.conflicts
    assert (conflict.kept, conflict.other) == ("120", "150")
    assert (conflict.kept_at, conflict.other_at) == (
        "a.xlsx / Sheet1 / 第 2 行",
        "b.xlsx / Sheet1 / 第 2 行",
    )
    desk.apply(plan)
    assert desk.read("SELECT staff FROM firm") == [(120,)]


def test_the_clerk_may_choose_the_other_file(desk: Desk) -> None:
    desk.bring(TWO, Choices(take_other={0}))
    assert desk.read("SELECT staff FROM firm") == [(150,)]


@pytest.mark.parametrize("known", [120, 130])
def test_the_other_file_may_be_chosen_for_a_known_record_as_well(desk: Desk, known: int) -> None:
    desk.bring({"0.xlsx": table(firm(1, FIRM, 职工人数=known))})
    desk.bring(TWO, Choices(take_other={0}))
    assert desk.read("SELECT staff FROM firm") == [(150,)]


def test_the_other_file_may_be_chosen_when_nothing_else_is_to_be_written(desk: Desk) -> None:
    desk.bring(TWO)
    assert desk.plan(TWO).empty
    assert desk.bring(TWO, Choices(take_other={0}))
    assert desk.read("SELECT staff FROM firm") == [(150,)]


def test_blanks_of_the_first_file_are_filled_from_the_second(desk: Desk) -> None:
    first = table(firm(1, FIRM, 职工人数=None, 联系人="王二"))
    second = table(firm(1, FIRM, 职工人数=80, 联系人=None))
    plan = desk.plan({"a.xlsx": first, "b.xlsx": second})
    desk.apply(plan)
    assert not plan.conflicts
    assert desk.read("SELECT staff, contact FROM firm") == [(80, "王二")]


def test_the_source_of_a_record_is_the_latest_row_that_confirmed_it(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(student(1), student(2))})
    desk.bring({"b.xlsx": table(student(2), student(1))})
    found = desk.read(
        "SELECT file, source_row FROM student JOIN source ON source.id = source_id"
        " ORDER BY id_number"
    )
    assert found == [("b.xlsx", 3), ("b.xlsx", 2)]


BATCH = "2024-2025学年第一批"


def test_a_roster_names_a_batch_that_is_registered_and_any_other_counts_as_blank(
    desk: Desk,
) -> None:
    cells = {"name": BATCH, "school_year": "2024-2025学年", "kind": "岗位实习", "start": "20250301"}
    editing.set_cells(
        desk.office, "batches", [Edit(None, name, said) for name, said in cells.items()]
    )
    rosters = {
        "名册.xlsx": table(
            placement(1, FIRM) | {"所属实习批次": BATCH},
            placement(2, FIRM) | {"所属实习批次": "没有的批次"},
        )
    }
    plan = desk.plan(rosters)
    desk.apply(plan)
    ids = tables.ids(desk.office, "placements", ("student", False))
    assert [row["batch"] for row in tables.rows(desk.office, "placements", ids)] == [BATCH, ""]
    assert [one.reason for one in plan.sheets[0].warnings].count("unknown_batch") == 1
