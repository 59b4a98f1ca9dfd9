"""What can be done for many students at once: each deed with what it asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services.entry.references import Refused
from xqhz_desktop.services.entry.typed_cells import MASKED, TypedCells

REASON = Field("reason", "事由")
_DAY = "day"


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed upon chosen rows of a register: what it is called, and which fields it asks for.

    `asks` are fields of `of` or of its own; of these `needs` must be filled, and `past` are days
    that cannot lie ahead. `verb` stands on the button.
    """

    name: str
    label: str
    verb: str
    register: str
    asks: tuple[Field, ...]
    needs: frozenset[str]
    past: frozenset[str] = frozenset()


def _placed(*names: str) -> tuple[Field, ...]:
    return tuple(REGISTERS["placements"].field(name) for name in names)


def _day(label: str) -> Field:
    return Field(_DAY, label, Kind.DATE)


_NEW_POST = Field("position", "新岗位")
_NEW_FIRM = Field("firm", "新实习单位", Kind.LINK, link="firms")

DEEDS: dict[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "place",
            "安排到岗",
            "安排",
            "dues",
            _placed(
                "firm",
                "start",
                "end",
                "position",
                "arrangement",
                "school_supervisor",
                "firm_supervisor",
            ),
            frozenset({"firm", "start", "arrangement"}),
        ),
        Deed(
            "exempt",
            "登记不参加",
            "登记",
            "dues",
            tuple(REGISTERS["dues"].field(name) for name in ("exempt", "exempt_since")),
            frozenset({"exempt", "exempt_since"}),
        ),
        Deed("include", "恢复应参加", "恢复", "dues", (REASON,), frozenset({"reason"})),
        Deed(
            "sign",
            "签三方协议",
            "登记",
            "placements",
            _placed("agreement_date", "agreement_kept"),
            frozenset({"agreement_date"}),
            frozenset({"agreement_date"}),
        ),
        Deed(
            "consent",
            "签知情同意书",
            "登记",
            "placements",
            _placed("consent_date", "consent_kept"),
            frozenset({"consent_date"}),
            frozenset({"consent_date"}),
        ),
        Deed(
            "insure",
            "投保",
            "登记",
            "placements",
            _placed("policy_no", "insurer", "insurance_payer", "insured_from", "insured_until"),
            frozenset({"policy_no", "insurer", "insured_from", "insured_until"}),
        ),
        Deed(
            "change_post",
            "调岗",
            "调岗",
            "placements",
            (_day("调岗日期"), _NEW_POST, REASON),
            frozenset({_DAY, "position", "reason"}),
        ),
        Deed(
            "move",
            "转单位",
            "转单位",
            "placements",
            (_day("到新单位日期"), _NEW_FIRM, _NEW_POST, *_placed("firm_supervisor"), REASON),
            frozenset({_DAY, "firm", "reason"}),
        ),
        Deed(
            "leave",
            "离岗",
            "离岗",
            "placements",
            (_day("离岗日期"), REASON),
            frozenset({_DAY, "reason"}),
        ),
        Deed(
            "come_back",
            "返岗",
            "返岗",
            "placements",
            (_day("返岗日期"), REASON),
            frozenset({_DAY}),
        ),
        Deed(
            "end",
            "结束实习",
            "结束",
            "placements",
            (_day("最后一天"), REASON),
            frozenset({_DAY, "reason"}),
        ),
        Deed(
            "outcome",
            "登记去向",
            "登记",
            "placements",
            (Field("outcome", "去向"), Field("outcome_date", "去向日期", Kind.DATE)),
            frozenset({"outcome", "outcome_date"}),
        ),
    )
}
OUTCOMES = ("留用", "就业", "升学", "参军", "创业", "待业")  # what is usually said of the outcome


@dataclass(frozen=True, slots=True)
class Said:
    """What was filled in: a value by field; and by field why one cannot be taken."""

    values: dict[str, Any]
    wrong: dict[str, str]

    @property
    def reason(self) -> str:
        """Why it is done; empty where nobody said."""
        return str(self.values.get("reason") or "")


def read(
    connection: Connection, deed: Deed, texts: dict[str, str], picked: dict[str, int], today: date
) -> Said:
    """What is filled in, read as a table reads its cells; whatever is wrong is said by field."""
    cells = TypedCells(connection, REGISTERS[deed.register], today)
    said = Said({}, {})
    for asked in deed.asks:
        value = cells.read(asked, texts.get(asked.name, ""), picked.get(asked.name))
        if isinstance(value, Refused):
            said.wrong[asked.name] = value.reason
        elif (value is None or value is MASKED) and asked.name in deed.needs:
            said.wrong[asked.name] = f"请填写“{asked.label}”。"
        elif asked.name in deed.past and value > today:
            said.wrong[asked.name] = f"“{asked.label}”不能在今天以后。"
        elif value is not None:
            said.values[asked.name] = value
    _must_follow(deed, said)
    return said


def _must_follow(deed: Deed, said: Said) -> None:
    """The days of a span come in order."""
    for first, last in (("start", "end"), ("insured_from", "insured_until")):
        begins, ends = said.values.get(first), said.values.get(last)
        if begins and ends and ends < begins:
            labels = {one.name: one.label for one in deed.asks}
            said.wrong[last] = f"“{labels[last]}”早于“{labels[first]}”，请核对。"
