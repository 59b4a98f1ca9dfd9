"""How each clerk has the columns of a register: kept in the records' file, and nobody's record.

The journal passes it by: there is nothing to undo, and a reset is one press away.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Register
from xqhz_desktop.services.drafts import may_keep
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.models import Layout as Kept

_NAMING = ("name", "firm", "teacher", "base")  # fields that say of what a row speaks
_FEW = 3  # columns that stay in sight by themselves


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a register: in order, without the hidden ones; nothing said is the usual.

    `widths` are in digits, so that they hold for any size of the letters. `frozen` columns stay
    in sight while the others are scrolled.
    """

    columns: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, float] = field(default_factory=dict)
    frozen: int | None = None


def layout(office: Office, register: str) -> Layout:
    """How who is at work has the register's columns.

    A field that went since is passed over; one that came stands where the register has it.
    """
    statement = select(Kept.content).where(Kept.who == office.who, Kept.register == register)
    with office.engine.connect() as connection:
        found = connection.execute(statement).scalar()
    return _read(REGISTERS[register], found) if found else Layout()


def keep(office: Office, register: str, wanted: Layout) -> None:
    """Remember the columns of who is at work; the usual is remembered by forgetting.

    Who only looks leaves nothing. Raises UserError: the disk fails (7, 8).
    """
    if not may_keep(office):
        return
    mine = {"who": office.who, "register": register}
    with office.engine.begin() as connection:
        if wanted == Layout():
            connection.execute(delete(Kept).filter_by(**mine))
            return
        content = {
            **asdict(wanted),
            "hidden": sorted(wanted.hidden),
            "widths": dict(wanted.widths),
        }
        statement = insert(Kept).values(**mine, content=content)
        changed = {"content": statement.excluded.content}
        connection.execute(statement.on_conflict_do_update(["who", "register"], set_=changed))


def with_column(register: str, columns: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The columns with one more, behind the one that stands before it in the register."""
    usual = [one.name for one in REGISTERS[register].stored()]
    before = [one for one in columns if usual.index(one) < usual.index(name)]
    at = columns.index(before[-1]) + 1 if before else 0
    return (*columns[:at], name, *columns[at:])


def usually_frozen(columns: tuple[str, ...]) -> int:
    """How many columns stay in sight where nobody said so: up to what names the row."""
    first = next((at for at, name in enumerate(columns[:_FEW]) if name in _NAMING), -1)
    return min(first + 1, len(columns) - 1)


def _read(register: Register, content: Any) -> Layout:
    known = [one.name for one in register.stored()]
    columns = tuple(one for one in content["columns"] if one in known)
    hidden = frozenset(content["hidden"]) & {*known}
    for name in known if columns else ():
        if name not in columns and name not in hidden:
            columns = with_column(register.name, columns, name)
    widths = {name: wide for name, wide in content["widths"].items() if name in known}
    return Layout(columns, hidden, widths, content["frozen"])
