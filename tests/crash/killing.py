"""Kills an action just before a write, sync, truncate, unlink or rename, and looks what is left.

Called as `python -m tests.crash.killing ACTION POINTS|all FOLDER`; prints a Report.
"""

import signal
import sys
from pathlib import Path

from tests.crash import tracing
from tests.crash.campaign import Campaign, campaign, spread
from tests.crash.report import Report
from tests.crash.state import Bad
from tests.crash.tracing import Call


def kill_at_each(name: str, points: int | None, scratch: Path) -> Report:
    """Kills at so many points of an action (None: all)."""
    report = Report()
    with campaign(name, scratch) as under:
        under.lay()
        calls = tracing.count(under.call(), scratch)
        for call in spread(calls, points):
            _kill(under, call, report)
    return report


def _kill(under: Campaign, call: Call, report: Report) -> None:
    under.lay()
    tracer = tracing.injected(call, "signal=KILL", under.scratch)
    ran = tracing.run(under.call(), under.scratch, tracer)
    report.points += 1
    report.struck += ran.code == -signal.SIGKILL
    report.ended(ran.code)
    try:
        under.judge(ran)
    except Bad as bad:
        report.bad.append(f"{call.name} {call.turn}: {bad}; {call.text}")


if __name__ == "__main__":
    wanted = None if sys.argv[2] == "all" else int(sys.argv[2])
    kill_at_each(sys.argv[1], wanted, Path(sys.argv[3])).hand_over()
