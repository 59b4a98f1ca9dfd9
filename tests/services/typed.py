"""Typing into the tables of an office: what tests of the verbs have in common."""

from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.editing import Edit, Edited, set_cells
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.office import Office


def first(office: Office, register: str) -> int:
    """The id of a register's first record."""
    return tables.ids(office, register)[0]


def put(office: Office, register: str, **typed: str) -> Edited:
    """Type into cells of the first record."""
    number = first(office, register)
    return set_cells(office, register, [Edit(number, name, text) for name, text in typed.items()])


def new(office: Office, register: str, **typed: str) -> Edited:
    """Type a new row."""
    return set_cells(office, register, [Edit(None, name, text) for name, text in typed.items()])


def value(office: Office, register: str, field: str, number: int | None = None) -> object:
    """The true value of a cell."""
    number = number or first(office, register)
    return tables.read_values(office, register, [number])[0][field]


def said(edited: Edited) -> list[str]:
    """Why cells were not written."""
    return [problem.reason for problem in edited.problems]


def title(office: Office) -> str:
    """What the last action is called."""
    return actions(office)[0].title
