"""What was decided about findings (整改台账): why a rule does not hold here, or what is done, when.

A finding is told by its rule, the row that it is about and its period. One with a reason, or with
a day on which it was put right, is not open, and stays to be seen.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.policy.results import Finding
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store.models import QuarantinedRow, Remedy

LONGEST = 200  # characters of a reason or a measure
Key = tuple[str, str, int, str]
_NAMES = ("reason", "measure", "responsible", "due", "done")


class State(StrEnum):
    """How a finding stands; the words are what people read."""

    OPEN = "未整改"
    DONE = "已整改"
    EXPLAINED = "已说明"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a finding: a reason, or a measure with who, by when and done when."""

    reason: str | None = None
    measure: str | None = None
    responsible: str | None = None
    due: date | None = None
    done: date | None = None

    @property
    def state(self) -> State:
        """Where it stands; a reason weighs more than a measure."""
        if self.reason:
            return State.EXPLAINED
        return State.DONE if self.done else State.OPEN


NONE = Decision()
Decisions = Mapping[Key, Decision]


def key_of(finding: Finding) -> Key:
    """What tells a finding from others; that of a major is told by the first of its courses."""
    if finding.quarantined:
        table = QuarantinedRow.__tablename__
    else:
        table = model_of(finding.register).__tablename__
    row = finding.record or min(finding.others, default=0)
    return finding.rule, table, row, finding.period


def read_decisions(connection: Connection) -> dict[Key, Decision]:
    """Everything decided, by finding."""
    columns: list[Any] = [getattr(Remedy, name) for name in _NAMES]
    keys = (Remedy.rule, Remedy.table_name, Remedy.row_id, Remedy.period)
    found = connection.execute(select(*keys, *columns))
    return {(row[0], row[1], row[2], row[3]): Decision(*row[4:]) for row in found}


def decisions(office: Office) -> dict[Key, Decision]:
    """Everything decided, by finding."""
    with office.engine.connect() as connection:
        return read_decisions(connection)


def of(finding: Finding, known: Decisions) -> Decision:
    """What was decided about a finding; nothing where it is new."""
    return known.get(key_of(finding), NONE)


def open_ones(findings: Iterable[Finding], known: Decisions) -> list[Finding]:
    """The findings that somebody still has to see to, in their order."""
    return [one for one in findings if of(one, known).state is State.OPEN]


def explain(office: Office, findings: Collection[Finding], reason: str) -> Changes:
    """Say why a rule does not hold for these findings; they are kept, shown, and no longer open.

    Raises UserError: no reason or one too long, no finding (2), not permitted (4, 9).
    """
    said = _text(reason, "请写明为什么不按这条规则处理。")
    return _decide(office, findings, "说明原因", {"reason": said})


def plan(
    office: Office,
    findings: Collection[Finding],
    measure: str,
    responsible: str = "",
    due: date | None = None,
) -> Changes:
    """Enter what is to be done about these findings, by whom and until when.

    Raises UserError: no measure or one too long, no finding (2), not permitted (4, 9).
    """
    said = _text(measure, "请写明整改措施。")
    who = _text(responsible) if responsible.strip() else None
    values = {"measure": said, "responsible": who, "due": due}
    return _decide(office, findings, "登记整改", values)


def settle(office: Office, findings: Collection[Finding], day: date) -> Changes:
    """Say on which day these findings were put right.

    Raises UserError: a day to come, no finding (2), not permitted (4, 9).
    """
    if day > office.now().date():
        raise UserError("整改完成日期不能晚于今天，请另填一天。", EXIT_USAGE)
    return _decide(office, findings, "整改完成", {"done": day})


def withdraw(office: Office, findings: Collection[Finding]) -> Changes:
    """Forget what was decided about these findings: they are open again.

    Raises UserError: nothing was decided about them (2), not permitted (4, 9).
    """
    with office.engine.connect() as connection:
        numbers = _rows(connection, findings)
    if not numbers:
        raise UserError("所选的检查结果没有说明或整改记录，不用撤回。", EXIT_USAGE)
    title = _title("撤回说明与整改", findings)
    with office.acting("remedy", title) as (connection, action):
        connection.execute(delete(Remedy).where(Remedy.id.in_(sorted(numbers.values()))))
    return Changes(action, {"remedy": len(numbers)})


def _decide(
    office: Office, findings: Collection[Finding], doing: str, values: dict[str, Any]
) -> Changes:
    if not findings:
        raise UserError("请先选择检查结果。", EXIT_USAGE)
    keys = sorted({key_of(finding) for finding in findings})
    with office.acting("remedy", _title(doing, findings)) as (connection, action):
        numbers = _rows(connection, findings)
        there = [numbers[key] for key in keys if key in numbers]
        fresh = [_named(key) | values for key in keys if key not in numbers]
        if there:
            connection.execute(update(Remedy).where(Remedy.id.in_(there)).values(**values))
        if fresh:
            connection.execute(insert(Remedy), fresh)
    return Changes(action, {"remedy": len(keys)})


def _rows(connection: Connection, findings: Collection[Finding]) -> dict[Key, int]:
    """The kept rows of these findings."""
    wanted = {key_of(finding) for finding in findings}
    rules = {key[0] for key in wanted}
    columns = (Remedy.rule, Remedy.table_name, Remedy.row_id, Remedy.period, Remedy.id)
    found = connection.execute(select(*columns).where(Remedy.rule.in_(rules)))
    rows = {(row[0], row[1], row[2], row[3]): row[4] for row in found}
    return {key: number for key, number in rows.items() if key in wanted}


def _named(key: Key) -> dict[str, Any]:
    return dict(zip(("rule", "table_name", "row_id", "period"), key, strict=True))


def _title(doing: str, findings: Collection[Finding]) -> str:
    """What the history says: the rules, never a person."""
    labels = list(dict.fromkeys(finding.label for finding in findings))
    named = "、".join(labels[:3]) + ("等" if len(labels) > 3 else "")
    return f"{doing}：{named} {len(findings)} 条"


def _text(text: str, missing: str = "") -> str:
    said = " ".join(text.split())
    if not said:
        raise UserError(missing, EXIT_USAGE)
    if len(said) > LONGEST:
        raise UserError(f"填写的内容超过 {LONGEST} 个字，请写得简短些。", EXIT_USAGE)
    return said
