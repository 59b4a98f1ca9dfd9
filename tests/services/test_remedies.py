"""What is decided about a finding is kept beside it, undone, and goes with its record."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.services.books import firm, placement, student, table
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.small_office import FIRM
from xqhz_desktop.base.errors import UserError
from xqhz_desktop.policy.periods import period_named
from xqhz_desktop.policy.results import Finding
from xqhz_desktop.services import remedies
from xqhz_desktop.services.deleting import delete, deleted
from xqhz_desktop.services.history import put_back, undo
from xqhz_desktop.services.numbers import numbers
from xqhz_desktop.services.outgoing.ledger import LedgerLine, export_ledger
from xqhz_desktop.services.remedies import NONE, Decision, State
from xqhz_desktop.services.reporting import check_as_json
from xqhz_desktop.services.worklist import worklist
from xqhz_desktop.services.yearbook import gather

TODAY = NOW.date()


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Two students at a firm without 三方协议."""
    rows = (placement(1, FIRM, 三方协议="否"), placement(2, FIRM, 三方协议="否"))
    desk.bring(
        {
            "企业.xlsx": table(firm(1, FIRM)),
            "学生.xlsx": table(student(1), student(2)),
            "实习.xlsx": table(*rows),
        }
    )
    return desk


def unsigned(desk: Desk) -> list[Finding]:
    """The findings of the missing agreements."""
    return [one for one in numbers(desk.office).findings if one.rule == "no_agreement"]


def decided(desk: Desk, finding: Finding) -> Decision:
    return remedies.of(finding, remedies.decisions(desk.office))


def test_an_explained_finding_stays_and_is_no_longer_open(office: Desk) -> None:
    one, other = unsigned(office)
    remedies.explain(office.office, [one], " 已在主管部门备案 ")
    found = numbers(office.office)
    assert {one, other} <= set(found.findings)
    assert one not in found.open_findings
    assert other in found.open_findings
    assert decided(office, one).state is State.EXPLAINED
    assert decided(office, one).reason == "已在主管部门备案"
    lines = {line.name: line for line in worklist(office.office, found, NOW)}
    assert "rule:no_agreement" not in lines or lines["rule:no_agreement"].findings == (other,)


def test_a_plan_is_open_until_the_day_on_which_it_was_done(office: Desk) -> None:
    both = unsigned(office)
    remedies.plan(office.office, both, "补签三方协议", "王老师", date(2025, 3, 31))
    assert decided(office, both[0]).state is State.OPEN
    assert set(both) <= set(numbers(office.office).open_findings)
    remedies.settle(office.office, both[:1], TODAY)
    assert decided(office, both[0]).state is State.DONE
    assert decided(office, both[0]).measure == "补签三方协议"
    assert decided(office, both[1]).state is State.OPEN


def test_each_step_is_one_action_and_is_taken_back(office: Desk) -> None:
    both = unsigned(office)
    changes = remedies.explain(office.office, both, "另有说明")
    assert changes.registers == {"remedy": 2}
    assert changes.action is not None
    undo(office.office, changes.action)
    assert [decided(office, one) for one in both] == [NONE, NONE]


def test_what_was_decided_is_withdrawn(office: Desk) -> None:
    one, _ = unsigned(office)
    remedies.explain(office.office, [one], "误判")
    remedies.withdraw(office.office, [one])
    assert decided(office, one) == NONE
    with pytest.raises(UserError, match="不用撤回"):
        remedies.withdraw(office.office, [one])


def test_a_deleted_record_takes_its_decision_along_and_brings_it_back(office: Desk) -> None:
    one, _ = unsigned(office)
    remedies.explain(office.office, [one], "误判")
    delete(office.office, "placements", [one.record])
    assert remedies.decisions(office.office) == {}
    put_back(office.office, [row.change for row in deleted(office.office)])
    assert decided(office, one).reason == "误判"


@pytest.mark.parametrize("text", ["", "   ", "长" * 201])
def test_a_reason_is_needed_and_has_an_end(office: Desk, text: str) -> None:
    with pytest.raises(UserError):
        remedies.explain(office.office, unsigned(office), text)
    with pytest.raises(UserError):
        remedies.plan(office.office, unsigned(office), text)
    assert remedies.decisions(office.office) == {}


def test_nothing_is_done_before_today_has_come(office: Desk) -> None:
    with pytest.raises(UserError, match="不能晚于今天"):
        remedies.settle(office.office, unsigned(office), TODAY + timedelta(1))


def test_the_command_line_says_what_was_decided(office: Desk) -> None:
    one, _ = unsigned(office)
    remedies.explain(office.office, [one], "误判")
    said = check_as_json(office.office, numbers(office.office))["findings"]
    ours = [row for row in said if row["rule"] == "no_agreement"]
    assert [row.get("state") for row in ours] == ["已说明", None]
    assert ours[0]["reason"] == "误判"


def test_the_ledger_is_a_workbook_without_formulas(office: Desk, tmp_path: Path) -> None:
    decision = Decision(None, "=1+1", "王老师", date(2025, 3, 31), None)
    line = LedgerLine(("红线", "规则", "学年", "岗位实习", "张三", "问题", "依据"), decision)
    path = tmp_path / "台账.xlsx"
    assert export_ledger(office.office, [line], path, TODAY) == 1
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[4]][7:] == [
        "依据", "=1+1", "王老师", sheet["K4"].value, None, "未整改", None,
    ]  # fmt: skip
    assert sheet["I4"].data_type == "s"
    assert sheet["K4"].value.date() == date(2025, 3, 31)


def test_the_year_book_says_that_a_finding_was_explained(office: Desk) -> None:
    one, other = unsigned(office)
    remedies.explain(office.office, [one], "误判")
    book = gather(office.office, period_named(one.period), TODAY)
    said = {row.record: row.message for row in book.findings if row.rule == "no_agreement"}
    assert said[one.record] == f"{one.message}（已说明：误判）"
    assert said[other.record] == other.message
