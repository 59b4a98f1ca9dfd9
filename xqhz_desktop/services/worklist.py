"""What waits for somebody: each line counts, opens its rows, and can be put off until a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.facts import Agreement, Placement
from xqhz_desktop.base.period import day_text
from xqhz_desktop.policy.results import Finding
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.internships.standing import not_placed
from xqhz_desktop.services.merging import twins
from xqhz_desktop.services.numbers import Numbers
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.outgoing.handing_out import handouts
from xqhz_desktop.services.safety import backups, second_place
from xqhz_desktop.store.models import PutOff

_SOON = (30, 60, 90)  # days before an agreement ends
_BACKUP_DAYS = 7
RETURN_DAYS = 7  # that a workbook may be out before somebody is asked for it
_TONES = {"red": "bad", "amber": "warn", "hint": ""}
_WHY = {
    "red": "禁止性规定，请立即处理",
    "amber": "不合要求，请核实、补办",
    "hint": "资料不全，请补填",
}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One kind of thing that waits: how many, why, how bad, and what it opens."""

    name: str
    label: str
    why: str
    tone: str  # bad, warn or ""
    count: int
    page: str  # findings, register, waiting, backups, handing_out or twins
    register: str = ""
    ids: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    until: date | None = None  # put off until then


def worklist(office: Office, numbers: Numbers, now: datetime) -> list[WorkLine]:
    """All that waits on a day, the worst first; what is put off stands at the end.

    Findings are those of the newest year that the records tell of whole; what lies years back is
    in the register of findings, and nags nobody.
    """
    today = now.date()
    lines = [
        *_findings(numbers),
        *_not_placed(office, today),
        *_agreements(numbers, today),
        *_waiting(numbers),
        *_handed_out(office, today),
        *_twins(office),
        *_safety(office, now),
    ]
    with office.engine.connect() as connection:
        off = _put_off(connection, today)
    lines = [replace(line, until=off.get(line.name)) for line in lines]
    rank = {"bad": 0, "warn": 1, "": 2}
    return sorted(lines, key=lambda line: (line.until is not None, rank[line.tone]))


def put_off(office: Office, line: WorkLine, until: date) -> Changes:
    """Set a line aside until a day. Raises UserError: the day is not after today (2), (4, 9)."""
    if until <= office.now().date():
        raise UserError("暂缓到的日期要在今天以后，请另选一天。", EXIT_USAGE)
    with office.acting("put_off", f"暂缓“{line.label}”到{day_text(until)}") as (connection, action):
        known = select(PutOff.id).where(PutOff.line == line.name)
        if connection.execute(known).first():
            changed = update(PutOff).where(PutOff.line == line.name)
            connection.execute(changed.values(until=until))
        else:
            connection.execute(insert(PutOff).values(line=line.name, until=until))
    return Changes(action, {"put_off": 1})


def take_up(office: Office, line: WorkLine) -> Changes:
    """Put a line back among those that wait today. Raises UserError (4, 9)."""
    with office.acting("put_off", f"恢复“{line.label}”") as (connection, action):
        connection.execute(delete(PutOff).where(PutOff.line == line.name))
    return Changes(action, {"put_off": 1})


def _put_off(connection: Connection, today: date) -> dict[str, date]:
    found = connection.execute(select(PutOff.line, PutOff.until).where(PutOff.until > today))
    return {row.line: row.until for row in found}


def _current(numbers: Numbers) -> frozenset[str]:
    """The names of the years whose findings still can be mended."""
    try:
        return frozenset(numbers.current(kind).name for kind in ("school_year", "year"))
    except ValueError:  # no records, nothing to find
        return frozenset()


def _findings(numbers: Numbers) -> Iterator[WorkLine]:
    current = _current(numbers)
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in numbers.open_findings:
        if finding.period in current or finding.period_kind == "intake":
            by_rule[finding.rule].append(finding)
    for rule, found in by_rule.items():
        first = found[0]
        yield WorkLine(
            f"rule:{rule}",
            first.label,
            _WHY[first.severity],
            _TONES[first.severity],
            len(found),
            "findings",
            first.register,
            findings=tuple(found),
        )


def _not_placed(office: Office, today: date) -> Iterator[WorkLine]:
    """Who is due in a batch under way or ahead, and has no firm yet."""
    if found := not_placed(office, today):
        ids = tuple(one.due.id for one in found)
        why = "批次名单里的学生还没有实习单位"
        yield WorkLine(
            "not_placed", "应实习未落实单位", why, "bad", len(ids), "register", "dues", ids
        )


def _agreements(numbers: Numbers, today: date) -> Iterator[WorkLine]:
    """Agreements that end soon, and those that ended while students are at the firm."""
    facts = numbers.school.facts
    last: dict[int, Agreement] = {}
    for agreement in facts.agreements:
        known = last.get(agreement.firm)
        if known is None or agreement.end > known.end:
            last[agreement.firm] = agreement
    ended = _with_students(last, facts.placements, today)
    if ended:
        yield _of_agreements(
            "agreements:ended", "协议已到期仍有学生在岗", "请续签或安排学生转岗", "bad", ended
        )
    soon: dict[int, list[int]] = defaultdict(list)
    for one in last.values():
        left = (one.end - today).days
        if 0 <= left <= _SOON[-1]:
            soon[next(days for days in _SOON if left <= days)].append(one.id)
    for days in sorted(soon):
        label = f"协议 {days} 天内到期"
        yield _of_agreements(f"agreements:{days}", label, "请商议续签", "warn", soon[days])


def _with_students(
    last: dict[int, Agreement], placements: Iterable[Placement], today: date
) -> list[int]:
    there = {
        placement.firm
        for placement in placements
        if placement.start <= today and (placement.end is None or today <= placement.end)
    }
    return [one.id for firm, one in last.items() if one.end < today and firm in there]


def _of_agreements(name: str, label: str, why: str, tone: str, ids: list[int]) -> WorkLine:
    return WorkLine(name, label, why, tone, len(ids), "register", "agreements", tuple(ids))


def _waiting(numbers: Numbers) -> Iterator[WorkLine]:
    if count := sum(numbers.quarantined.values()):
        why = "不计入任何指标，更正后再导入"
        yield WorkLine("waiting", "待更正的行", why, "warn", count, "waiting")


def _handed_out(office: Office, today: date) -> Iterator[WorkLine]:
    """Workbooks that were sent out and are not back; after a week somebody is to be asked."""
    if out := handouts(office, out_only=True):
        first = min(one.sent for one in out)
        tone = "warn" if (today - first).days >= RETURN_DAYS else ""
        why = f"最早 {day_text(first)}下发，请催交"
        yield WorkLine("handed_out", "下发后未收回", why, tone, len(out), "handing_out")


def _twins(office: Office) -> Iterator[WorkLine]:
    if count := len(twins(office)):
        why = "名称几乎一样，请核对后合并"
        yield WorkLine("twins", "疑似重复的企业", why, "", count, "twins", "firms")


def _safety(office: Office, now: datetime) -> Iterator[WorkLine]:
    """The last backup and the second copy, where they are too old to be relied on."""
    if office.is_empty() or office.looking:
        return
    newest = next((one for one in backups.listed(office.folder.backups) if one.whole), None)
    if newest is None or now - newest.moment >= timedelta(days=_BACKUP_DAYS):
        when = day_text(newest.moment.date()) if newest else "还没有过"
        yield WorkLine("backup", "该备份了", f"上次备份：{when}", "warn", 1, "backups")
    if advice := second_place.reminder(office.folder, now):
        why = advice.split("，")[0]  # the page says the rest
        yield WorkLine("second", "第二存放处", why, "warn", 1, "backups")
