"""The bench prints medians beside their floor, and nothing else on stdout."""

import json
import sys

import pytest
from cases import ROWS, Case, Cost, Row, process
from rosters import COLUMNS, roster
from run import main, time_of, width
from stdnum.cn import ric


@pytest.fixture
def fake(monkeypatch):
    """One row whose costs are known: ours 4, 2, 6; floor 1, 1, 2; peer 9."""
    ours = iter([Cost(4.0, 100.0), Cost(2.0, 300.0), Cost(6.0, 200.0)])
    floors = iter([Cost(1.0), Cost(1.0), Cost(2.0)])
    case = Case(lambda: next(ours), lambda: next(floors), lambda: Cost(9.0), limit=6.0)
    monkeypatch.setitem(ROWS, "fake", Row("fake", "假的一行", lambda _: case))


def test_the_json_holds_medians_their_ratio_and_the_highest_peak(fake, capsys):
    assert main(["fake", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["ours"], row["floor"], row["ratio"]) == (4.0, 1.0, 4.0)
    assert row["peak_mb"] == 300.0
    assert row["peer"] is None


def test_the_slow_peer_runs_only_when_it_is_asked_for(fake, capsys):
    main(["fake", "--json", "--peer"])
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["peer"] == 9.0


def test_the_columns_of_the_table_stand_under_their_headings(fake, capsys):
    main(["fake"])
    head, line = capsys.readouterr().out.splitlines()
    assert width(head[: head.index("本程序")]) == width(line[: line.index("4.00 秒")])


def test_short_times_are_told_in_thousandths():
    assert (time_of(0.0042), time_of(0.1), time_of(None)) == ("4.2 毫秒", "0.10 秒", "—")


def test_a_row_that_does_not_exist_is_a_usage_error(capsys):
    assert main(["no-such-row"]) == 2
    assert "import" in capsys.readouterr().err


def test_a_command_that_fails_is_no_measurement():
    with pytest.raises(Exception, match="exit status 3"):
        process([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_command_with_its_own_clock_says_its_seconds_itself():
    cost = process([sys.executable, "-c", "print(0.125)"], own_clock=True)
    assert cost.seconds == 0.125
    assert cost.peak_mb is None or cost.peak_mb > 1


def test_the_roster_has_twenty_columns_and_persons_with_valid_numbers_of_their_own():
    rows = list(roster(2_000))
    numbers = [str(row[4]) for row in rows]
    assert {len(row) for row in rows} == {len(COLUMNS)} == {20}
    assert len(set(numbers)) == 2_000
    assert all(ric.is_valid(number) for number in numbers)
