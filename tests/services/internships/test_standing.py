"""How each due student stands on a day, the rates, the roster and the path: from dated events."""

from datetime import date, datetime

import pytest
from sqlalchemy import event

from tests.services.books import id_number, name
from tests.services.desk import Desk
from tests.services.internships.training_office import BATCH, PLACED, do, dues, placed
from tests.services.small_office import FIRM, OTHER
from tests.services.typed import new
from xqhz_desktop.registers.words import BATCH_ITEMS
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.editing import fill
from xqhz_desktop.services.internships import standing
from xqhz_desktop.services.internships.roster import path, path_line, roster
from xqhz_desktop.services.internships.standing import BatchView, batch_view, not_placed
from xqhz_desktop.services.numbers import numbers
from xqhz_desktop.services.worklist import worklist

WHY = {"reason": "企业停产"}


def seen(desk: Desk, day: date) -> BatchView:
    """The batch as of a day."""
    found = batch_view(desk.office, tables.ids(desk.office, "batches")[0], day)
    assert found is not None
    return found


def states(desk: Desk, day: date) -> list[str]:
    """The states of all on the list, in its order."""
    return [one.state for one in seen(desk, day).standings]


def test_nobody_is_placed_at_first(training: Desk) -> None:
    found = seen(training, date(2024, 9, 1))
    assert found.counts["未落实"] == 4
    assert (found.rate.placed, found.rate.due, found.rate.share) == (0, 4, 0.0)
    assert [one.due.name for one in not_placed(training.office, date(2024, 9, 1))] == [
        name(number) for number in range(1, 5)
    ]


def test_a_batch_that_is_over_asks_for_nobody(training: Desk) -> None:
    assert len(not_placed(training.office, date(2025, 6, 30))) == 4
    assert not_placed(training.office, date(2025, 7, 1)) == []


def test_the_workbench_counts_who_has_no_firm_and_opens_them(training: Desk) -> None:
    placed(training, 1)
    now = datetime(2025, 3, 1, 9, 0)
    lines = {one.name: one for one in worklist(training.office, numbers(training.office), now)}
    line = lines["not_placed"]
    assert (line.label, line.count, line.register) == ("应实习未落实单位", 3, "dues")
    assert line.ids == tuple(dues(training)[1:])


def test_each_stands_as_the_day_says(training: Desk) -> None:
    numbers = placed(training, 3)
    do(training, "exempt", dues(training)[3:], exempt="参军", exempt_since="2024-9-10")
    do(training, "sign", numbers[:1], agreement_date="2024-8-28")
    do(training, "change_post", numbers[:1], day="2024-11-1", position="焊工", **WHY)
    do(training, "leave", numbers[1:2], day="2024-12-1", **WHY)
    do(training, "come_back", numbers[1:2], day="2024-12-9")
    do(training, "move", numbers[2:], day="2025-1-1", firm=OTHER, **WHY)
    assert states(training, date(2024, 8, 30)) == ["已签协议", "待签协议", "待签协议", "未落实"]
    assert states(training, date(2024, 9, 10)) == ["在岗", "在岗", "在岗", "不参加"]
    assert states(training, date(2024, 10, 31)) == ["在岗", "在岗", "在岗", "不参加"]
    assert states(training, date(2024, 12, 1)) == ["已变动", "已离岗", "在岗", "不参加"]
    assert states(training, date(2024, 12, 9)) == ["已变动", "在岗", "在岗", "不参加"]
    assert states(training, date(2025, 1, 1)) == ["已变动", "在岗", "已变动", "不参加"]
    assert states(training, date(2025, 6, 30)) == ["已变动", "在岗", "已变动", "不参加"]
    assert states(training, date(2025, 7, 1)) == ["已结束", "已结束", "已结束", "不参加"]


def test_the_rate_leaves_out_the_exempt_and_knows_classes(training: Desk) -> None:
    placed(training, 2)
    do(training, "exempt", dues(training)[3:], exempt="参军", exempt_since="2024-9-10")
    found = seen(training, date(2024, 10, 1))
    (of_class,) = found.by_class
    assert (of_class.label, of_class.placed, of_class.due) == ("2021级数控技术应用1班", 2, 3)
    assert of_class.exempt == 1
    assert found.rate.share == pytest.approx(2 / 3)


def test_a_rosters_placement_counts_once_it_is_put_into_the_batch(training: Desk) -> None:
    row = {"student": id_number(1), "firm": FIRM, "start": "2024-9-1", "end": "2025-6-30"}
    made = new(training.office, "placements", **row)
    assert states(training, date(2024, 10, 1))[0] == "未落实"
    done = do(training, "place", dues(training)[:1], **PLACED)
    assert "还没有归入批次" in done.refused[0].reason
    fill(training.office, "placements", made.ids, "batch", BATCH)
    assert states(training, date(2024, 10, 1))[0] == "在岗"


def test_the_rate_is_the_indicators(training: Desk) -> None:
    placed(training, 3)
    do(training, "exempt", dues(training)[3:], exempt="参军", exempt_since="2024-9-10")
    mine = seen(training, date(2025, 3, 1)).rate
    told = numbers(training.office)
    (year,) = (one for one in told.periods if one.name == "2024-2025")
    theirs = told.indicators(year)["placement_rate"]
    assert (theirs.top, theirs.bottom) == (mine.placed, mine.due) == (3, 3)


def test_the_placement_of_another_batch_does_not_count(training: Desk) -> None:
    days = {"start": "2024-9-1", "end": "2024-12-31"}
    new(training.office, "batches", name="第二批", school_year="2024", kind="岗位实习", **days)
    new(training.office, "placements", student=id_number(1), firm=FIRM, batch="第二批", **days)
    assert states(training, date(2024, 10, 1))[0] == "未落实"


def test_the_roster_of_a_day_has_the_posts_of_that_day(training: Desk) -> None:
    numbers = placed(training, 2)
    do(training, "change_post", numbers, day="2024-11-1", position="焊工", **WHY)
    do(training, "change_post", numbers, day="2025-2-1", position="质检", **WHY)
    do(training, "leave", numbers[1:], day="2025-2-2", **WHY)
    posts = {
        day: {one.post for one in roster(training.office, day)}
        for day in (date(2024, 10, 31), date(2024, 11, 1), date(2025, 2, 1))
    }
    assert list(posts.values()) == [{"钳工"}, {"焊工"}, {"质检"}]
    away = {one.name: one.away for one in roster(training.office, date(2025, 2, 2))}
    assert away == {name(1): False, name(2): True}
    assert roster(training.office, date(2024, 8, 31)) == []
    assert roster(training.office, date(2025, 7, 1)) == []
    batch = tables.ids(training.office, "batches")[0]
    assert len(roster(training.office, date(2025, 1, 1), batch)) == 2


def test_a_students_path_is_one_line(training: Desk) -> None:
    numbers = placed(training, 1)
    do(training, "change_post", numbers, day="2024-11-1", position="焊工", **WHY)
    do(training, "move", numbers, day="2025-1-1", firm=OTHER, position="装配", **WHY)
    after = tables.ids(training.office, "placements")[1:]
    do(training, "leave", after, day="2025-3-1", reason="病假")
    do(training, "outcome", after, outcome="留用", outcome_date="2025-7-1")
    student = training.one("SELECT student_id FROM placement LIMIT 1")
    assert path_line(path(training.office, student)) == (
        f"2024-09-01 到岗 {FIRM} 钳工 → 2024-11-01 调岗 焊工（企业停产）"
        f" → 2024-12-31 结束（企业停产） → 2025-01-01 转到 {OTHER} 装配"
        " → 2025-03-01 离岗（病假） → 2025-06-30 结束 → 2025-07-01 留用"
    )


def test_the_checklist_says_what_was_done_and_what_was_not(training: Desk) -> None:
    new(training.office, "batch_checks", batch=BATCH, item="事先报备", day="2024-8-20", who="王敏")
    checks = {one.item: one for one in seen(training, date(2024, 9, 1)).checks}
    assert tuple(checks) == BATCH_ITEMS
    assert len(checks) == 8 + 3 + 2
    assert (checks["事先报备"].day, checks["事先报备"].who) == (date(2024, 8, 20), "王敏")
    assert checks["及时归档"].id is None


def test_the_firms_of_a_batch_know_decision_publication_and_students(training: Desk) -> None:
    placed(training, 3)
    new(training.office, "batch_firms", batch=BATCH, firm=FIRM, decided="2024-8-1")
    (line,) = seen(training, date(2024, 9, 1)).firms
    assert (line.name, line.decided, line.published, line.students) == (
        FIRM, date(2024, 8, 1), None, 3,
    )  # fmt: skip


def test_the_queries_are_as_many_for_one_as_for_all(training: Desk) -> None:
    counted: list[int] = []
    asked: list[str] = []
    event.listen(
        training.office.engine, "before_cursor_execute", lambda *args: asked.append(args[2])
    )
    for number in (1, 2):
        placed(training, number)
        asked.clear()
        seen(training, date(2024, 10, 1))
        not_placed(training.office, date(2024, 10, 1))
        roster(training.office, date(2024, 10, 1))
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_batch_that_is_not_there_is_no_view(training: Desk) -> None:
    assert batch_view(training.office, 999, date(2024, 9, 1)) is None
    assert [called for _, called in standing.batches(training.office)] == [BATCH]
