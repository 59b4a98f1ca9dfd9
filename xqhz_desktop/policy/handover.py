"""What a handover list is made from: flat values that a service gathers, no number of a person."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Login:
    """One account of the program: its role, and whether a password of its own opens it."""

    name: str
    role: str
    password: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """How much a register holds."""

    register: str
    records: int
    attachments: int
    waiting: int  # rows that wait for correction


@dataclass(frozen=True, slots=True)
class Paper:
    """How many records of a register lack a paper, and how many of those are under way today."""

    register: str
    paper: str
    lacking: int
    under_way: int
    of: int


@dataclass(frozen=True, slots=True)
class HandoverData:
    """Everything that a handover list prints."""

    school: str
    day: date
    giver: str
    receiver: str  # "" where it is to be filled in by hand
    program: str
    encrypted: bool
    logins: tuple[Login, ...]
    places: tuple[tuple[str, str], ...]  # what, where
    kept: tuple[Kept, ...]
    red: tuple[tuple[str, int], ...]  # rule, open findings
    papers: tuple[Paper, ...]
    reminders: tuple[str, ...]
