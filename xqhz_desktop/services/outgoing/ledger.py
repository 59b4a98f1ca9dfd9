"""整改台账 as a workbook: every finding that is shown, with what was decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xqhz_desktop.base.period import day_text
from xqhz_desktop.services.numbers import school_name
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.outgoing.book import HINT, TITLE, new_book
from xqhz_desktop.services.remedies import Decision

if TYPE_CHECKING:
    from xqhz_desktop.services.outgoing.worksheet import Value

_HEAD_ROW = 2
_HEADINGS: tuple[tuple[str, int], ...] = (
    ("序号", 6),
    ("级别", 6),
    ("规则", 18),
    ("期间", 13),
    ("台账", 10),
    ("对象", 12),
    ("问题", 40),
    ("依据", 24),
    ("整改措施", 20),
    ("责任人", 10),
    ("整改期限", 11),
    ("完成日期", 11),
    ("状态", 8),
    ("说明原因", 20),
)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A finding as people read it, and what was decided about it.

    `said` are its 级别, 规则, 期间, 台账, 对象, 问题 and 依据.
    """

    said: tuple[str, str, str, str, str, str, str]
    decision: Decision


def export_ledger(office: Office, lines: Sequence[LedgerLine], path: Path, today: date) -> int:
    """Write the lines to an .xlsx that prints on A4; returns how many.

    No number of a person stands in it. Raises UserError: the file cannot be written (7).
    """
    office.folder.must_not_hold(path)
    with new_book(path) as book:
        page = book.sheet("整改台账")
        page.columns([width for _, width in _HEADINGS])
        page.line(0, f"{school_name(office)}整改台账", TITLE, 30)
        page.line(1, f"填报日期：{day_text(today)}", HINT)
        page.heading(_HEAD_ROW, [name for name, _ in _HEADINGS])
        for number, one in enumerate(lines, start=1):
            page.write(_HEAD_ROW + number, _values(number, one))
        end = _HEAD_ROW + len(lines) + 1
        page.line(end, "制表人：　　　　　　　　审核人：　　　　　　　　日期：", {})
        if lines:
            page.filter((_HEAD_ROW, 0), (end - 1, len(_HEADINGS) - 1))
        page.set_up((_HEAD_ROW, _HEAD_ROW), end, 3)
    return len(lines)


def _values(number: int, one: LedgerLine) -> list["Value"]:
    decided = one.decision
    return [
        number,
        *one.said,
        decided.measure,
        decided.responsible,
        decided.due,
        decided.done,
        str(decided.state),
        decided.reason,
    ]
