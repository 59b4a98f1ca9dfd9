"""The workbench's lines: what waits, worst first, each with its rows, put off until a day."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.books import (
    agreement,
    base,
    booking,
    firm,
    id_number,
    placement,
    student,
    table,
    wrong,
)
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.small_office import FIRM
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.services.merging import tell_apart, twins
from xqhz_desktop.services.numbers import numbers
from xqhz_desktop.services.outgoing.handing_out import hand_out
from xqhz_desktop.services.worklist import WorkLine, put_off, take_up, worklist

TODAY = date(2025, 3, 1)


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """An office in which one of each kind of thing waits."""
    desk.bring(
        {
            "企业.xlsx": table(firm(1, FIRM), firm(2, "乙电子有限公司")),
            "协议.xlsx": table(
                agreement("XY1", FIRM, 协议期限止="2025-01-31"),
                agreement("XY2", "乙电子有限公司", 协议期限止="2025-04-20"),
            ),
            "学生.xlsx": table(student(1), student(2, 身份证号=wrong(id_number(2)))),
            "实习.xlsx": table(
                placement(
                    1, FIRM, 实习开始日期="2025-01-06", 实习结束日期="2025-06-30", 三方协议="否"
                )
            ),
            "基地.xlsx": table(base(1, "数控实训基地")),
            "排期.xlsx": table(
                booking("数控实训基地", "2025-02-10", "1-2节"),
                booking("数控实训基地", "2025-02-10", "2-3节"),
            ),
        }
    )
    return desk


def lines(desk: Desk, now: datetime = NOW) -> dict[str, WorkLine]:
    """The lines by name, in their order."""
    return {line.name: line for line in worklist(desk.office, numbers(desk.office), now)}


def test_each_kind_of_thing_has_its_line_with_its_rows(waiting: Desk) -> None:
    found = lines(waiting)
    assert found["agreements:ended"].count == 1
    assert found["agreements:60"].count == 1
    assert (found["waiting"].count, found["waiting"].page) == (1, "waiting")
    assert found["rule:no_agreement"].register == "placements"
    assert len(found["rule:no_agreement"].findings) == found["rule:no_agreement"].count == 1
    assert {"backup", "second"} <= set(found)


def test_the_worst_comes_first(waiting: Desk) -> None:
    tones = [line.tone for line in lines(waiting).values()]
    assert tones == sorted(tones, key=["bad", "warn", ""].index)
    assert tones[0] == "bad"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2025-01-20", "agreements:90"),
        ("2025-02-18", "agreements:90"),
        ("2025-02-19", "agreements:60"),
        ("2025-03-21", "agreements:30"),
        ("2025-04-20", "agreements:30"),
    ],
)
def test_an_agreement_is_announced_once_by_its_days(waiting: Desk, day: str, name: str) -> None:
    found = lines(waiting, datetime.fromisoformat(day))
    mine = [one for one in found if one.startswith("agreements:") and one != "agreements:ended"]
    assert name in mine


def test_a_renewed_agreement_has_not_ended(waiting: Desk) -> None:
    renewed = agreement("XY3", FIRM, 协议期限起="2025-02-01", 协议期限止="2028-01-31")
    waiting.bring({"续签.xlsx": table(renewed)})
    assert "agreements:ended" not in lines(waiting)


def test_what_is_put_off_stands_last_until_its_day(waiting: Desk) -> None:
    line = lines(waiting)["agreements:ended"]
    put_off(waiting.office, line, TODAY + timedelta(days=7))
    found = lines(waiting)
    assert [*found][-1] == "agreements:ended"
    assert found["agreements:ended"].until == TODAY + timedelta(days=7)
    later = lines(waiting, NOW + timedelta(days=7))
    assert later["agreements:ended"].until is None


def test_it_is_put_off_further_and_taken_up_again(waiting: Desk) -> None:
    line = lines(waiting)["waiting"]
    for days in (3, 9):
        put_off(waiting.office, line, TODAY + timedelta(days=days))
    assert lines(waiting)["waiting"].until == TODAY + timedelta(days=9)
    take_up(waiting.office, line)
    assert lines(waiting)["waiting"].until is None


def test_nothing_is_put_off_to_a_day_that_is_past(waiting: Desk) -> None:
    with pytest.raises(UserError, match="今天以后"):
        put_off(waiting.office, lines(waiting)["waiting"], TODAY)


def test_after_a_backup_nobody_is_reminded_of_one(waiting: Desk) -> None:
    waiting.office.backup("手动")
    assert "backup" not in lines(waiting)


def test_where_there_is_nothing_nothing_waits(desk: Desk) -> None:
    assert lines(desk) == {}


def test_firms_that_stand_twice_are_counted_until_they_are_told_apart(waiting: Desk) -> None:
    waiting.bring({"名册.xlsx": table(placement(1, FIRM + "（沂川）", 实习开始日期="2024-01-06"))})
    assert lines(waiting)["twins"].count == 1
    (pair,) = twins(waiting.office)
    tell_apart(waiting.office, pair)
    assert "twins" not in lines(waiting)


def test_what_was_handed_out_is_counted_and_after_a_week_asked_for(
    waiting: Desk, tmp_path: Path
) -> None:
    hand_out(waiting.office, "placements", "firm", tmp_path, ["position"])
    assert (lines(waiting)["handed_out"].count, lines(waiting)["handed_out"].tone) == (1, "")
    assert lines(waiting, NOW + timedelta(days=7))["handed_out"].tone == "warn"
