"""The three kinds of wrong that a user meets: problems, user errors, cancelled work."""

from dataclasses import dataclass

EXIT_OK = 0
EXIT_BUG = 1
EXIT_USAGE = 2
EXIT_REJECTED = 3
EXIT_LOCKED = 4
EXIT_DAMAGED = 5
EXIT_NEWER_FILE = 6
EXIT_NO_SPACE = 7
EXIT_READ_ONLY = 8
EXIT_NOT_PERMITTED = 9
EXIT_WRONG_KEY = 10


class UserError(Exception):
    """One Chinese sentence that says what is wrong and what to do; never shown with a traceback."""

    def __init__(self, message: str, code: int = EXIT_REJECTED) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class Cancelled(Exception):
    """The user cancelled; nothing was written."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad or doubtful cell, by its address: collected, never raised."""

    row: int
    cell: str
    reason: str
    message: str
