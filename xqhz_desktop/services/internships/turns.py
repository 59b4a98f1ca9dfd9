"""What each deed writes for one student; whoever it does not fit says why."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Kind
from xqhz_desktop.registers.words import blank_meaning
from xqhz_desktop.services.internships.deeds import Said
from xqhz_desktop.services.internships.stays import BACK, LEFT, OTHER_POST, DueStudent, Stay

Values = dict[str, Any]


class Unfit(Exception):
    """Why a deed cannot be done for somebody, as one sentence."""


class Write(NamedTuple):
    """Columns of a row to be set; a new row where there is no number."""

    table: str
    row: int | None
    values: Values


Writes = list[Write]
# What a placement at the next firm takes over; papers are signed with each firm anew.
_CARRIED = (
    "student_id", "name", "student_no", "sex", "class_name", "phone", "end", "arrangement",
    "school_supervisor", "school_supervisor_no", "school_supervisor_phone", "form", "term",
    "batch_id", "insurance", "insurance_kind", "policy_no", "insurance_payer", "insurance_buyer",
    "insurance_date", "insurer", "insured_from", "insured_until",
)  # fmt: skip


def _blanks() -> Values:
    """What a blank means in a new placement, as in one that is typed (夜班: no)."""
    flags = (one for one in REGISTERS["placements"].stored() if one.kind is Kind.FLAG)
    return {one.name: meaning for one in flags if (meaning := blank_meaning(one.words)) is not None}


def _set(stay: Stay, values: Values) -> Writes:
    """Columns of the placement, where one of them says something new."""
    new = {name: value for name, value in values.items() if stay.values[name] != value}
    return [Write("placement", stay.id, new)] if new else []


def _given(said: Said, *names: str) -> Values:
    """What was filled in of the fields; what was left blank stays as it is."""
    return {name: said.values[name] for name in names if name in said.values}


# ------------------------------------------------------------ due students


def place(due: DueStudent, theirs: list[Stay], said: Said) -> Writes:
    """A placement of the batch, after the one before it where there is one."""
    if due.exempt:
        raise Unfit(f"已登记不参加（{due.exempt}），请先恢复应参加。")
    start: date = said.values["start"]
    end: date | None = said.values.get("end") or due.batch_end
    if end is not None and end < start:
        raise Unfit(f"批次到 {end} 结束，早于开始日期，请另填结束日期。")
    if held := next((stay for stay in theirs if _meet(stay, start, end)), None):
        said_so = f"已安排在{held.firm}（{_days(held)}）"
        if held.values["batch_id"] is None:
            raise Unfit(f"{said_so}，还没有归入批次，请用“批量修改”填写所属实习批次。")
        raise Unfit(f"{said_so}，要换单位请用“转单位”。")
    before = [stay for stay in theirs if stay.values["batch_id"] == due.batch]
    person = {
        "student_id": due.student,
        "name": due.name,
        "student_no": due.student_no,
        "sex": due.sex,
        "class_name": due.class_name,
        "phone": due.phone,
    }
    given = _given(said, "start", "position", "arrangement", "school_supervisor", "firm_supervisor")
    follows = before[-1].id if before and before[-1].start < start else None
    links = {"firm_id": said.values["firm"].id, "batch_id": due.batch, "follows_id": follows}
    return [Write("placement", None, _blanks() | person | given | links | {"end": end})]


def exempt(due: DueStudent, theirs: list[Stay], said: Said) -> Writes:
    """Not due from a day on; whoever is at a firm then ends there first."""
    since: date = said.values["exempt_since"]
    there = (one for one in theirs if one.values["batch_id"] == due.batch)
    if held := next((one for one in there if one.end is None or one.end >= since), None):
        raise Unfit(f"还安排在{held.firm}（{_days(held)}），请先结束实习。")
    new = {"exempt": said.values["exempt"], "exempt_since": since}
    same = (due.exempt, due.exempt_since) == (new["exempt"], since)
    return [] if same else [Write("due", due.id, new)]


def include(due: DueStudent, theirs: list[Stay], said: Said) -> Writes:
    """Due again."""
    blank = {"exempt": None, "exempt_since": None}
    return [Write("due", due.id, blank)] if due.exempt or due.exempt_since else []


def _meet(stay: Stay, start: date, end: date | None) -> bool:
    return (end is None or stay.start <= end) and (stay.end is None or start <= stay.end)


def _days(stay: Stay) -> str:
    return f"{stay.start} 至 {stay.end}" if stay.end else f"{stay.start} 起"


# ------------------------------------------------------------ papers


def sign(stay: Stay, theirs: list[Stay], said: Said) -> Writes:
    """The three-party agreement is signed."""
    return _set(stay, {"agreement": True} | _given(said, "agreement_date", "agreement_kept"))


def consent(stay: Stay, theirs: list[Stay], said: Said) -> Writes:
    """Student and guardian have signed their consent."""
    return _set(stay, {"consent": True} | _given(said, "consent_date", "consent_kept"))


def insure(stay: Stay, theirs: list[Stay], said: Said) -> Writes:
    """One policy for all."""
    names = ("policy_no", "insurer", "insurance_payer", "insured_from", "insured_until")
    return _set(stay, {"insurance": True} | _given(said, *names))


def outcome(stay: Stay, theirs: list[Stay], said: Said) -> Writes:
    """What came after; it does not come before the placement has begun."""
    if said.values["outcome_date"] < stay.start:
        raise Unfit(f"{stay.start} 才开始实习，去向日期不能更早。")
    return _set(stay, _given(said, "outcome", "outcome_date"))


# ------------------------------------------------------------ turns


def _fits(stay: Stay, day: date) -> None:
    """A turn lies within the placement, and no other comes after it."""
    if day < stay.start:
        raise Unfit(f"{stay.start} 才开始实习，请填那天或以后的日期。")
    if stay.end is not None and day > stay.end:
        raise Unfit(f"实习已于 {stay.end} 结束，请核对日期。")
    if stay.turns and stay.turns[-1].day > day:
        last = stay.turns[-1]
        raise Unfit(f"{last.day} 已有{last.kind}，请填那天或以后的日期。")


def _turn(stay: Stay, said: Said, kind: str, **posts: str | None) -> Write:
    day = said.values["day"]
    if any((turn.day, turn.kind) == (day, kind) for turn in stay.turns):
        raise Unfit(f"{day} 已经登记过{kind}，请核对日期。")
    told = {"placement_id": stay.id, "day": day, "kind": kind, "reason": said.reason or None}
    return Write("placement_event", None, told | {"before": None, "after": None} | posts)


def change_post(stay: Stay, theirs: list[Stay], said: Said) -> Writes:
    """Another post at the same firm from a day on; the one before stays known."""
    day, post = said.values["day"], said.values["position"]
    _fits(stay, day)
    if stay.away(day):
        raise Unfit("已离岗，请先登记返岗。")
    now = stay.values["position"]
    if now == post:
        return []
    return [_turn(stay, said, OTHER_POST, before=now, after=post), *_set(stay, {"position": post})]


def leave(stay: Stay, theirs: list[Stay], said: Said) -> Writes:
    """Away from the post from a day on."""
    _fits(stay, said.values["day"])
    if stay.away(said.values["day"]):
        raise Unfit("已经离岗，不用再登记。")
    return [_turn(stay, said, LEFT)]


def come_back(stay: Stay, theirs: list[Stay], said: Said) -> Writes:
    """Back at the post from a day on."""
    _fits(stay, said.values["day"])
    if not stay.away(said.values["day"]):
        raise Unfit("没有登记离岗，不用登记返岗。")
    return [_turn(stay, said, BACK)]


def end(stay: Stay, theirs: list[Stay], said: Said) -> Writes:
    """The last day, and why it ends."""
    _fits(stay, said.values["day"])
    return _set(stay, {"end": said.values["day"], "end_reason": said.reason})


def move(stay: Stay, theirs: list[Stay], said: Said) -> Writes:
    """The placement ends the day before; the next one begins at the other firm and follows it."""
    day: date = said.values["day"]
    _fits(stay, day)
    if day == stay.start:
        raise Unfit(f"{day} 才开始实习，请直接改实习单位。")
    firm = said.values["firm"]
    if firm.id == stay.values["firm_id"]:
        raise Unfit(f"已经在{stay.firm}，换岗位请用“调岗”。")
    others = (one for one in theirs if one.id != stay.id and _meet(one, day, stay.end))
    if held := next(others, None):
        raise Unfit(f"另有{held.firm}的安排（{_days(held)}），请先处理。")
    ended = {"end": day - timedelta(1), "end_reason": said.reason}
    carried = {name: stay.values[name] for name in _CARRIED}
    given = _given(said, "position", "firm_supervisor")
    links = {"firm_id": firm.id, "follows_id": stay.id, "start": day}
    new = _blanks() | carried | given | links
    return [*_set(stay, ended), Write("placement", None, new)]


OF_DUES: dict[str, Callable[[DueStudent, list[Stay], Said], Writes]] = {
    "place": place,
    "exempt": exempt,
    "include": include,
}
OF_STAYS: dict[str, Callable[[Stay, list[Stay], Said], Writes]] = {
    "sign": sign,
    "consent": consent,
    "insure": insure,
    "change_post": change_post,
    "move": move,
    "leave": leave,
    "come_back": come_back,
    "end": end,
    "outcome": outcome,
}
