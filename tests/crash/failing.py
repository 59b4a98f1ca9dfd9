"""Makes a call of an action fail (disk full, disk broken), and looks what it says and leaves.

Called as `python -m tests.crash.failing ACTION POINTS FOLDER`; prints a Report.
"""

import re
import sys
from itertools import cycle
from pathlib import Path

from tests.crash import tracing
from tests.crash.campaign import Campaign, campaign, spread
from tests.crash.report import Report
from tests.crash.state import Bad
from tests.crash.tracing import Call, Ran
from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_OK, EXIT_READ_ONLY

CHINESE = re.compile(r"[一-鿿].*[，。：；]")
FALLIBLE = (*tracing.LASTING, "openat")
# Once, as a loose cable; or from then on, as a disk that is full.
ERRORS = (("EIO", False), ("ENOSPC", True), ("ENOSPC", False), ("EIO", True))


def fail_at_each(name: str, points: int, scratch: Path) -> Report:
    """Makes so many calls of an action fail, each in one of the ways of ERRORS."""
    report = Report()
    with campaign(name, scratch) as under:
        under.lay()
        calls = [call for call in tracing.count(under.call(), scratch, FALLIBLE) if _ours(call)]
        for call, (error, lasting) in zip(spread(calls, points), cycle(ERRORS)):
            _fail(under, call, error, lasting, report)
    return report


def _ours(call: Call) -> bool:
    """Whether the call is about the data folder, and not the paper that the answer goes to."""
    return "/school" in call.text and (call.name != "openat" or "O_CREAT" in call.text)


def _fail(under: Campaign, call: Call, error: str, lasting: bool, report: Report) -> None:
    # A write for good would take the voice away, too; an open, the program's own modules.
    lasting = lasting and call.name not in ("write", "openat")
    under.lay()
    tracer = tracing.injected(call, f"error={error}", under.scratch, from_then_on=lasting)
    ran = tracing.run(under.call(), under.scratch, tracer)
    report.points += 1
    report.struck += "INJECTED" in (under.scratch / "injected.txt").read_text("utf-8", "replace")
    report.ended(ran.code)
    try:
        check_words(ran)
        if ran.code == EXIT_OK and not under.kept(under.records()):
            raise Bad("it ended well, and was not done")
        # What could not be removed may lie there until the same is done again.
        under.judge(ran, tidy=call.name != "unlink")
    except Bad as bad:
        more = "+" if lasting else ""
        report.bad.append(f"{call.name} {call.turn}{more} {error}: {bad}; {call.text}")


def check_words(ran: Ran, codes: tuple[int, ...] = (EXIT_NO_SPACE, EXIT_READ_ONLY)) -> None:
    """What did not end well ended with one of the codes and one Chinese sentence; raises Bad.

    What a first start says of the recovery code is no part of it.
    """
    if ran.code == EXIT_OK:
        return
    lines = [line for line in ran.err.splitlines() if "恢复码" not in line or "作废" in line]
    if ran.code not in codes:
        raise Bad(f"ended with {ran.code}: {ran.err}{ran.out[-300:]}")
    if len(lines) != 1 or not CHINESE.search(lines[0]) or "Traceback" in ran.err + ran.out:
        raise Bad(f"not one sentence: {ran.err}")


if __name__ == "__main__":
    fail_at_each(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])).hand_over()
