"""One field of many records set to one text: what it would do, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.entering import Edit, Entry, Wrong, called
from xqhz_desktop.services.entry.entry_checks import check
from xqhz_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that would not take the text, and why."""

    called: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filling:
    """What setting a field would do: of so many records so many change, some cannot.

    `missing` is what the text names and nobody has registered yet.
    """

    rows: int
    changing: int
    refused: tuple[Refused, ...] = ()
    missing: str = ""


def fillable(register: str) -> tuple[Field, ...]:
    """The fields that several records may share: none by which one record is told from others."""
    declared = REGISTERS[register]
    alone = declared.identity if len(declared.identity) == 1 else ()
    return tuple(field for field in tables.shown_fields(register) if field.name not in alone)


def preview(
    office: Office,
    register: str,
    ids: Sequence[int],
    name: str,
    text: str,
    task: Task,
    *,
    picked: int | None = None,
) -> Filling:
    """What `editing.fill` would do with the same arguments; writes nothing. Raises Cancelled."""
    declared = REGISTERS[register]
    task.check()
    with office.engine.connect() as connection:
        entry = Entry(connection, declared, office.now().date(), make_missing=False)
        entry.take(Edit(number, name, text, picked=picked) for number in ids)
        task.check()
        check(entry)
    names = {line.row: called(line.before) for line in entry.lines}
    return Filling(
        len(ids),
        len(entry.ready()),
        tuple(refusals(entry.problems, names, declared.label)),
        next((one.missing for one in entry.problems if one.missing), ""),
    )


def refusals(problems: Sequence[Wrong], names: dict[int | None, str], label: str) -> list[Refused]:
    """Each refused record by its name, once with its first reason."""
    first: dict[int | None, Refused] = {}
    for one in problems:
        first.setdefault(one.row, Refused(names.get(one.row) or label, one.reason))
    return list(first.values())
