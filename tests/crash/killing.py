"""Kills an action just before a write, sync, truncate, unlink or rename, and looks what is left.

Called as `python -m tests.crash.killing ACTION POINTS FOLDER`, where POINTS is how many, or a
part of all calls such as 2/3, the second third; prints a Report.
"""

import signal
import sys
from pathlib import Path

from tests.crash import tracing
from tests.crash.campaign import Campaign, campaign, chosen
from tests.crash.report import Report
from tests.crash.state import Bad
from tests.crash.tracing import Call


def kill_at_each(name: str, points: str, scratch: Path) -> Report:
    """Kills at so many points of an action."""
    report = Report()
    with campaign(name, scratch) as under:
        under.lay()
        for call in chosen(tracing.count(under.call(), scratch), points):
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
    kill_at_each(sys.argv[1], sys.argv[2], Path(sys.argv[3])).hand_over()
