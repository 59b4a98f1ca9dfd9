"""Forms that somebody has begun and not saved: kept in the records' file, and nobody's record.

They go with the backups and under the key. The journal passes them by: there is nothing to undo.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store.models import Draft, QuarantinedRow

RECORD = "record"  # a form of one record; new ones have the numbers 0, -1, -2 …
ROWS = "rows"  # what was typed into the table and could not be kept
WAITING = "waiting"  # a row that waits, half corrected


@dataclass(frozen=True, slots=True)
class Form:
    """Which form a draft is of: its kind, the register, and the number of the record or row."""

    kind: str
    register: str
    number: int = 0

    def __str__(self) -> str:
        """As the table of drafts keeps it."""
        return f"{self.kind}/{self.register}/{self.number}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft of who is at work: the form, when it was typed, and what."""

    form: Form
    at: str
    content: Any


def may_keep(office: Office) -> bool:
    """Whether who is at work may leave anything in the records' file."""
    return not office.looking and office.role is not Role.VIEWER


def keep(office: Office, form: Form, content: Any) -> None:
    """Put a form's content by, in place of what was put by before; nothing in it is no draft.

    Raises UserError: the disk fails (7, 8).
    """
    if not content:
        drop(office, form)
        return
    at = office.now().isoformat(timespec="seconds")
    values = {"who": office.who, "form": str(form), "at": at, "content": content}
    statement = insert(Draft).values(values)
    changed = {"at": at, "content": statement.excluded.content}
    with office.engine.begin() as connection:
        connection.execute(statement.on_conflict_do_update(["who", "form"], set_=changed))


def drop(office: Office, form: Form) -> None:
    """Forget a draft, once it was saved or given up."""
    mine = (Draft.who == office.who, Draft.form == str(form))
    with office.engine.begin() as connection:
        connection.execute(delete(Draft).where(*mine))


def draft(office: Office, form: Form) -> Any:
    """What who is at work typed into one form and did not save; {} where there is nothing."""
    statement = select(Draft.content).where(Draft.who == office.who, Draft.form == str(form))
    with office.engine.connect() as connection:
        return connection.execute(statement).scalar() or {}


def drafts(office: Office, register: str) -> list[Kept]:
    """The own drafts of a register whose record or row is still there, the latest first."""
    statement = select(Draft.form, Draft.at, Draft.content).where(Draft.who == office.who)
    with office.engine.connect() as connection:
        found = connection.execute(statement.order_by(Draft.at.desc(), Draft.id.desc())).all()
        kept = [Kept(form_of(row.form), row.at, row.content) for row in found]
        mine = [one for one in kept if one.form.register == register]
        there = {
            kind: set(connection.execute(select(model.id).where(model.id.in_(numbers))).scalars())
            for kind, model in ((RECORD, model_of(register)), (WAITING, QuarantinedRow))
            if (numbers := [one.form.number for one in mine if one.form.kind == kind])
        }
    return [one for one in mine if one.form.number <= 0 or one.form.number in there[one.form.kind]]


def form_of(said: str) -> Form:
    """The form that a kept draft is of."""
    kind, register, number = said.split("/")
    return Form(kind, register, int(number))


def table_of(form: Form) -> str:
    """The table whose row the form is about."""
    if form.kind == WAITING:
        return QuarantinedRow.__tablename__
    return model_of(form.register).__tablename__ if form.register in REGISTERS else ""
