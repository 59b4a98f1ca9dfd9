"""What is done for many students at once: one action, one undo, and whoever it does not fit named.

The office that the tests share is as it was after each: every deed goes back by its undo.
"""

from datetime import date, timedelta

import pytest

from tests.services.books import id_number, name
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.internships.training_office import (
    BATCH,
    PLACED,
    do,
    dues,
    placed,
    reasons,
)
from tests.services.small_office import FIRM, OTHER
from tests.services.typed import new, title, value
from xqhz_desktop.base.errors import EXIT_REJECTED, EXIT_USAGE, UserError
from xqhz_desktop.services import deleting, merging, tables
from xqhz_desktop.services.entry.editing import create_linked
from xqhz_desktop.services.internships.deeds import DEEDS
from xqhz_desktop.services.internships.doing import carry_out, preview
from xqhz_desktop.services.internships.due_list import classes, due_from_classes

WHY = {"reason": "企业停产"}


def of(desk: Desk, placement: int, *columns: str) -> tuple[object, ...]:
    """Columns of a placement as they are kept."""
    wanted = ", ".join(f'"{one}"' for one in columns)
    return tuple(desk.read(f"SELECT {wanted} FROM placement WHERE id = ?", placement)[0])


# ------------------------------------------------------------ the list of who is due


def test_a_list_is_filled_from_classes_once(training: Desk) -> None:
    batch = tables.ids(training.office, "batches")[0]
    assert len(dues(training)) == 4
    (line,) = classes(training.office, batch)
    assert (line.students, line.listed, line.major) == (4, 4, "数控技术应用")
    with pytest.raises(UserError, match="没有可以加入的学生") as caught:
        due_from_classes(training.office, batch, [line.id])
    assert caught.value.code == EXIT_USAGE


def test_a_list_is_filled_from_majors_and_who_was_exempt_stays_so(training: Desk) -> None:
    do(training, "exempt", dues(training)[:1], exempt="参军", exempt_since="2024-9-10")
    deleting.delete(training.office, "dues", dues(training)[2:])
    batch = tables.ids(training.office, "batches")[0]
    done = due_from_classes(training.office, batch, majors=tables.ids(training.office, "majors"))
    assert done.registers == {"dues": 2}
    assert len(dues(training)) == 4
    assert value(training.office, "dues", "exempt") == "参军"
    assert title(training.office) == f"应实习学生：{BATCH} 加入 2 人"


def test_a_batch_that_is_not_there_is_said(training: Desk) -> None:
    with pytest.raises(UserError, match="已经不在了"):
        due_from_classes(training.office, 999, [1])


# ------------------------------------------------------------ 安排到岗


def test_many_are_placed_at_a_firm_in_one_action(training: Desk) -> None:
    seen = preview(training.office, "place", dues(training), PLACED)
    assert (seen.people, seen.changing, seen.refused, seen.wrong) == (4, 4, (), {})
    before = training.dump()
    numbers = placed(training, school_supervisor="李老师")
    assert len(numbers) == 4
    row = tables.read_values(training.office, "placements", numbers[:1])[0]
    assert (row["firm"], row["start"], row["end"]) == (FIRM, date(2024, 9, 1), date(2025, 6, 30))
    assert (row["batch"], row["arrangement"], row["school_supervisor"]) == (BATCH, "集中", "李老师")
    assert (row["name"], row["class_name"]) == (name(1), "2021级数控技术应用1班")
    assert row["night_shift"] is False
    names = "、".join(name(one) for one in (1, 2, 3))
    assert title(training.office).startswith(f"安排到岗：{names}等 4 人，{FIRM}，2024-09-01")
    training.undo()
    assert training.dump() == before


def test_whoever_is_placed_or_exempt_is_left_out_and_named(training: Desk) -> None:
    placed(training, 1)
    do(training, "exempt", dues(training)[1:2], exempt="升学", exempt_since="2024-9-1")
    done = do(training, "place", dues(training), **PLACED)
    assert done.people == 2
    assert reasons(done) == [
        f"{name(1)}：已安排在{FIRM}（2024-09-01 至 2025-06-30），要换单位请用“转单位”。",
        f"{name(2)}：已登记不参加（升学），请先恢复应参加。",
    ]


def test_a_student_of_two_batches_is_placed_once(training: Desk) -> None:
    new(training.office, "batches", name="第二批", school_year="2024", kind="岗位实习",
        start="2024-9-1")  # fmt: skip
    new(training.office, "dues", batch="第二批", student=id_number(1))
    done = do(training, "place", [dues(training)[0], dues(training)[-1]], **PLACED)
    assert done.people == 1
    assert "两个批次" in reasons(done)[0]


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"firm": ""}, "firm", "请填写“实习单位”。"),
        ({"firm": "没有的公司"}, "firm", "没有“没有的公司”"),
        ({"start": "9月31日"}, "start", "日期读不出"),
        ({"end": "2024-8-1"}, "end", "早于"),
        ({"arrangement": "随便"}, "arrangement", "请填集中或自主"),
    ],
)
def test_what_is_filled_in_wrong_is_said_by_field_and_nobody_placed(
    training: Desk, changed: dict[str, str], field: str, said: str
) -> None:
    texts = PLACED | changed
    assert said in preview(training.office, "place", dues(training), texts).wrong[field]
    with pytest.raises(UserError) as caught:
        carry_out(training.office, "place", dues(training), texts)
    assert caught.value.code == EXIT_USAGE
    assert tables.count(training.office, "placements") == 0


def test_a_batch_that_ended_before_the_start_asks_for_an_end(training: Desk) -> None:
    done = do(training, "place", dues(training)[:1], **PLACED | {"start": "2025-7-1"})
    assert reasons(done) == [f"{name(1)}：批次到 2025-06-30 结束，早于开始日期，请另填结束日期。"]


# ------------------------------------------------------------ exempt


def test_who_is_exempt_can_be_due_again(training: Desk) -> None:
    do(training, "exempt", dues(training)[:2], exempt="休学", exempt_since="2024-10-8")
    assert value(training.office, "dues", "exempt_since") == date(2024, 10, 8)
    done = do(training, "include", dues(training), reason="复学")
    assert done.people == 2
    assert value(training.office, "dues", "exempt") is None
    assert title(training.office) == f"恢复应参加：{name(1)}、{name(2)}（事由：复学）"


def test_who_is_at_a_firm_is_not_exempt_until_it_has_ended(training: Desk) -> None:
    (placement,) = placed(training, 1)
    texts = {"exempt": "参军", "exempt_since": "2024-12-1"}
    assert "请先结束实习" in reasons(do(training, "exempt", dues(training)[:1], **texts))[0]
    do(training, "end", [placement], day="2024-11-30", reason="参军")
    assert do(training, "exempt", dues(training)[:1], **texts).people == 1


# ------------------------------------------------------------ papers


def test_papers_are_signed_for_many_with_where_they_lie(training: Desk) -> None:
    numbers = placed(training)
    done = do(training, "sign", numbers, agreement_date="2024-8-28", agreement_kept="档案柜3")
    assert done.people == 4
    do(training, "consent", numbers[:2], consent_date="2024-8-28")
    signed = ("agreement", "agreement_date", "agreement_kept", "consent", "consent_date")
    assert of(training, numbers[0], *signed) == (1, "2024-08-28", "档案柜3", 1, "2024-08-28")
    assert of(training, numbers[3], "consent") == (None,)
    again = preview(
        training.office, "sign", numbers,
        {"agreement_date": "2024-8-28", "agreement_kept": "档案柜3"},
    )  # fmt: skip
    assert again.changing == 0


def test_nothing_is_signed_ahead_of_today(training: Desk) -> None:
    ahead = (NOW + timedelta(days=1)).date().isoformat()
    seen = preview(training.office, "sign", placed(training), {"agreement_date": ahead})
    assert seen.wrong == {"agreement_date": "“三方协议签订日期”不能在今天以后。"}


def test_one_policy_insures_many(training: Desk) -> None:
    numbers = placed(training)
    policy = {"policy_no": "BD2024001", "insurer": "平安", "insurance_payer": "学校"}
    days = {"insured_from": "2024-9-1", "insured_until": "2025-6"}
    do(training, "insure", numbers, **policy, **days)
    for number in numbers:
        kept = of(training, number, "insurance", "policy_no", "insured_until")
        assert kept == (1, "BD2024001", "2025-06-30")
    wrong = preview(training.office, "insure", numbers, policy | days | {"insured_until": "2024-8"})
    assert "早于" in wrong.wrong["insured_until"]


# ------------------------------------------------------------ turns


def test_a_change_of_post_keeps_the_one_before(training: Desk) -> None:
    numbers = placed(training)
    done = do(training, "change_post", numbers, day="2024-11-1", position="焊工", **WHY)
    assert done.people == 4
    assert of(training, numbers[0], "position") == ("焊工",)
    kept = training.read('SELECT day, kind, "before", "after", reason FROM placement_event')
    assert {tuple(row) for row in kept} == {("2024-11-01", "调岗", "钳工", "焊工", "企业停产")}
    assert done.changes.registers["placements"] == 4
    training.undo()
    assert of(training, numbers[0], "position") == ("钳工",)
    assert training.one("SELECT count(*) FROM placement_event") == 0


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024-8-31", "2024-09-01 才开始实习"),
        ("2025-7-1", "实习已于 2025-06-30 结束"),
        ("2024-10-31", "2024-11-01 已有调岗"),
        ("2024-11-1", "2024-11-01 已经登记过调岗"),
    ],
)
def test_a_turn_lies_within_the_placement_and_after_the_last(
    training: Desk, day: str, said: str
) -> None:
    numbers = placed(training, 1)
    do(training, "change_post", numbers, day="2024-11-1", position="焊工", **WHY)
    done = do(training, "change_post", numbers, day=day, position="车工", **WHY)
    assert not done.changes
    assert reasons(done)[0].startswith(f"{name(1)}：{said}")


@pytest.mark.parametrize("day", ["2024-9-1", "2025-6-30"])
def test_the_first_and_the_last_day_belong_to_the_placement(training: Desk, day: str) -> None:
    assert do(training, "leave", placed(training, 1), day=day, **WHY).people == 1


def test_who_left_comes_back_and_nobody_twice(training: Desk) -> None:
    numbers = placed(training, 1)
    assert "没有登记离岗" in reasons(do(training, "come_back", numbers, day="2024-10-1"))[0]
    do(training, "leave", numbers, day="2024-10-1", **WHY)
    assert "已经离岗" in reasons(do(training, "leave", numbers, day="2024-10-2", **WHY))[0]
    moved = do(training, "change_post", numbers, day="2024-10-2", position="车工", **WHY)
    assert "请先登记返岗" in reasons(moved)[0]
    assert do(training, "come_back", numbers, day="2024-10-8").people == 1
    assert do(training, "leave", numbers, day="2024-12-1", **WHY).people == 1


def test_a_move_ends_the_day_before_and_begins_at_the_other_firm(training: Desk) -> None:
    numbers = placed(training, 2, school_supervisor="李老师")
    do(training, "insure", numbers, policy_no="BD1", insurer="平安",
       insured_from="2024-9-1", insured_until="2025-6-30")  # fmt: skip
    do(training, "sign", numbers, agreement_date="2024-8-28")
    done = do(training, "move", numbers, day="2025-1-1", firm=OTHER, position="装配", **WHY)
    assert done.people == 2
    assert of(training, numbers[0], "end", "end_reason") == ("2024-12-31", "企业停产")
    after = tables.ids(training.office, "placements")[-2]
    row = tables.read_values(training.office, "placements", [after])[0]
    assert (row["firm"], row["position"], row["batch"]) == (OTHER, "装配", BATCH)
    assert (row["start"], row["end"]) == (date(2025, 1, 1), date(2025, 6, 30))
    assert (row["school_supervisor"], row["policy_no"]) == ("李老师", "BD1")
    assert row["agreement"] is None  # it is signed with each firm
    assert of(training, after, "follows_id") == (numbers[0],)
    training.undo()
    assert of(training, numbers[0], "end", "end_reason") == ("2025-06-30", None)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"firm": FIRM, "day": "2025-1-1"}, f"已经在{FIRM}"),
        ({"firm": OTHER, "day": "2024-9-1"}, "请直接改实习单位"),
        ({"firm": OTHER, "day": "2025-7-1"}, "实习已于 2025-06-30 结束"),
    ],
)
def test_a_move_that_cannot_be_is_refused(training: Desk, texts: dict[str, str], said: str) -> None:
    done = do(training, "move", placed(training, 1), **texts, **WHY)
    assert not done.changes
    assert said in reasons(done)[0]


def test_nobody_is_moved_into_another_placement(training: Desk) -> None:
    numbers = placed(training, 1)
    days = {"start": "2025-3-1", "end": "2025-6-30"}
    new(training.office, "placements", student=id_number(1), firm=OTHER, **days)
    done = do(training, "move", numbers, day="2025-2-1", firm=OTHER, **WHY)
    said = f"{name(1)}：另有{OTHER}的安排（2025-03-01 至 2025-06-30），请先处理。"
    assert reasons(done) == [said]


def test_an_end_has_a_reason_and_who_is_placed_again_follows(training: Desk) -> None:
    numbers = placed(training, 1)
    with pytest.raises(UserError, match="请填写“事由”"):
        carry_out(training.office, "end", numbers, {"day": "2025-1-10"})
    do(training, "end", numbers, day="2025-1-10", reason="企业搬迁")
    assert of(training, numbers[0], "end", "end_reason") == ("2025-01-10", "企业搬迁")
    (after,) = placed(training, 1, firm=OTHER, start="2025-2-1")
    assert of(training, after, "follows_id") == (numbers[0],)


def test_what_came_after_is_kept_with_its_day(training: Desk) -> None:
    numbers = placed(training, 2)
    assert do(training, "outcome", numbers, outcome="留用", outcome_date="2025-7-1").people == 2
    assert of(training, numbers[1], "outcome", "outcome_date") == ("留用", "2025-07-01")
    early = do(training, "outcome", numbers, outcome="就业", outcome_date="2024-8-31")
    assert "才开始实习" in reasons(early)[0]


# ------------------------------------------------------------ what goes with a placement


def test_the_turns_of_a_placement_go_and_come_back_with_it(training: Desk) -> None:
    numbers = placed(training, 1)
    do(training, "leave", numbers, day="2024-10-1", **WHY)
    before = training.dump()
    done = deleting.delete(training.office, "placements", numbers)
    assert training.one("SELECT count(*) FROM placement_event") == 0
    training.undo(done.action)
    assert training.dump() == before


def test_a_title_repeats_no_number(training: Desk) -> None:
    numbers = placed(training, 1)
    do(training, "leave", numbers, day="2024-10-1", reason="家长电话 13900000021")
    assert "13900000021" not in title(training.office)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_left_blank_says_what_it_needs_and_does_nothing(training: Desk, deed: str) -> None:
    ids = placed(training, 1) if DEEDS[deed].register == "placements" else dues(training)
    seen = preview(training.office, deed, ids, {})
    assert set(seen.wrong) == DEEDS[deed].needs
    assert seen.changing == 0


def test_firms_that_share_a_record_are_not_merged_and_nothing_is_lost(training: Desk) -> None:
    other, _ = create_linked(training.office, "firms", f"{FIRM}分厂")
    for called in (FIRM, f"{FIRM}分厂"):
        new(training.office, "batch_firms", batch=BATCH, firm=called)
    before = training.dump()
    with pytest.raises(UserError, match="请先删除重复的一条") as caught:
        merging.merge(training.office, 1, other)
    assert caught.value.code == EXIT_REJECTED
    assert training.dump() == before
