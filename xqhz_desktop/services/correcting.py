"""A row that waits, corrected on the screen: checked as typed, taken over when it is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from xqhz_desktop.base.errors import EXIT_USAGE, Problem, UserError
from xqhz_desktop.base.identity import uscc_problem
from xqhz_desktop.base.task import Task
from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.importing import apply_import
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.workbooks.correcting import plan_correction, written
from xqhz_desktop.services.workbooks.plan import Choices, Plan
from xqhz_desktop.store.models import Firm, QuarantinedRow, Student

_CHECK = "uscc_check_digit"  # a fault that a clerk may let stand


@dataclass(frozen=True, slots=True)
class WaitingCell:
    """A cell of a waiting row: what was written, why it is wrong, and what the records know.

    `offered` is never a value that the program made up: it stands in the register already.
    """

    field: str
    label: str
    text: str
    reason: str = ""
    offered: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of a correction: what was written, or why the row goes on waiting."""

    changes: Changes = field(default_factory=Changes)
    problems: tuple[Problem, ...] = ()


def cells_of(office: Office, number: int) -> list[WaitingCell]:
    """The cells of a waiting row in the order of its register, true values, the wrong ones named.

    Raises UserError (2) where it waits no longer.
    """
    with office.engine.connect() as connection:
        row = _open(connection, number)
        offered = _known(connection, row)
    texts = written(row)
    why = {problem["field"]: problem["message"] for problem in row.problems}
    return [
        WaitingCell(
            one.name,
            one.label,
            texts.get(one.name, ""),
            why.get(one.name, ""),
            offered.get(one.name, "") if one.name in why else "",
        )
        for one in REGISTERS[row.register].fields
        if one.name in texts or one.name in why
    ]


def check(office: Office, number: int, texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """What would still be wrong with the row, the texts put in; nothing is written."""
    plan = plan_correction(office.engine, number, texts)
    return tuple(problem for bad in plan.bad for problem in bad.problems)


def correct(
    office: Office, number: int, texts: Mapping[str, str], code_note: str = ""
) -> Corrected:
    """Take the row over as corrected, one action; where something is still wrong it waits on.

    A firm's code that only fails its check stands with a note that says why. Raises UserError:
    it waits no longer (2), the disk (7), not permitted (4, 9).
    """
    accepted = _accepted(office, number, texts) if code_note.strip() else None
    plan = plan_correction(office.engine, number, texts, accepted)
    if plan.bad:
        return Corrected(problems=tuple(one for bad in plan.bad for one in bad.problems))
    for row in plan.rows.get("firms", []) if accepted else []:
        row.values["uscc_note"] = row.writes["uscc_note"] = code_note.strip()
    title = f"更正{_called(plan)}"
    return Corrected(apply_import(office, plan, Choices(), Task(), backup=False, title=title))


def _accepted(office: Office, number: int, texts: Mapping[str, str]) -> str | None:
    """The code that is to stand although its check fails."""
    with office.engine.connect() as connection:
        row = _open(connection, number)
    code = fold({**written(row), **texts}.get("uscc", "")).upper()
    return code if row.register == "firms" and uscc_problem(code) == _CHECK else None


def _called(plan: Plan) -> str:
    names = [row.label for rows in plan.rows.values() for row in rows if row.label]
    label = plan.sheets[0].label
    return f"{label}：{names[0]}" if names else label


def _open(connection: Connection, number: int) -> Any:
    found = (QuarantinedRow.id == number, QuarantinedRow.state == "open")
    row = connection.execute(select(QuarantinedRow.__table__).where(*found)).one_or_none()
    if row is None:
        raise UserError("这一行已经不在待更正里了，请刷新后再看。", EXIT_USAGE)
    return row


def _known(connection: Connection, row: Any) -> dict[str, str]:
    """The number that the register holds of the same 学号 and 姓名, a firm's code of its name."""
    texts = written(row)
    code = texts.get("student_no", "")
    found: dict[str, str] = {}
    if code and texts.get("name"):
        same = (Student.student_no == fold(code).upper(), Student.name == texts["name"].strip())
        numbers = connection.execute(select(Student.id_number).where(*same)).scalars().all()
        if len(numbers) == 1:
            found = dict.fromkeys(("id_number", "student"), str(numbers[0]))
    if row.register == "firms" and texts.get("name"):
        named = select(Firm.uscc).where(Firm.name == texts["name"].strip(), Firm.uscc.is_not(None))
        codes = connection.execute(named).scalars().all()
        if len(codes) == 1:
            found["uscc"] = str(codes[0])
    return found
