"""The program's log and its reports of a bug: what went wrong and where, nothing of persons.

An error's own words may hold what people wrote (a cell, a name, a row of the database), so of
them only plain English outside of quotation marks is kept; places and source lines are ours.
"""

import copy
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from xqhz_desktop.base.paths import DataFolder

HIDDEN = "…"
_GAP = r"(?:\\x00|\\u3000|[\s\x00\-‐‑–—_·./()（）+]){0,3}"  # between the digits of one number
_NUMBERS = re.compile(
    rf"\d(?:{_GAP}\d){{14,}}(?:{_GAP}[XxＸｘ])?"  # an ID number, of 15 characters or of 18
    rf"|1{_GAP}[3-9](?:{_GAP}\d){{9,}}"  # a phone of 11 digits
    rf"|(?<!\d)0\d{{2,3}}{_GAP}\d{{7,8}}(?!\d)"  # one with an area code
    r"|\d{11,}"
)
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|“[^”\n]*”|「[^」\n]*」|《[^》\n]*》")
_NAME = re.compile(r".[A-Za-z_][A-Za-z_.]{0,39}.")  # of a column, a module: of something of ours
_WRITTEN = re.compile(r"[^\x00-\x7f]+|\d{5,}|\\[xuU][0-9a-fA-F]+")
_LINKS = 10  # errors of a chain that are told, the last ones
_PLACES = 40  # of one error, the last ones
_WORDS = 2_000  # characters of one error


@contextmanager
def kept_log(folder: DataFolder) -> Iterator[Path]:
    """What is logged meanwhile goes to the folder's log and nowhere else; yields the file."""
    path = folder.logs / "xqhz.log"
    handler = _LogFile(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield path
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


class Discreet(logging.Formatter):
    """Formats what is logged, and leaves out whatever may be of persons."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the report of an error beneath it."""
        own = copy.copy(record)
        own.msg, own.args = scrubbed(record.getMessage()), None
        own.exc_text = None  # another's rendering of the error holds its words
        if record.exc_info and record.exc_info[1] is not None:
            own.exc_text = report(record.exc_info[1]).rstrip("\n")
        return super().format(own)


def scrubbed(text: str) -> str:
    """The text without numbers of persons, without what is quoted, and without Chinese."""
    text = _QUOTED.sub(_kept_name, _NUMBERS.sub(HIDDEN, text))
    return _WRITTEN.sub(HIDDEN, text)


def _kept_name(found: re.Match[str]) -> str:
    quoted = found[0]
    return quoted if _NAME.fullmatch(quoted) else f"{quoted[0]}{HIDDEN}{quoted[-1]}"


def report(error: BaseException) -> str:
    """What a developer needs of an error: its chain of kinds, places and scrubbed words."""
    return "\n".join(_one(link) for link in _chain(error))


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what it came from, the first cause first."""
    links = [error]
    while len(links) < _LINKS:
        last = links[-1]
        before = last.__cause__ or (None if last.__suppress_context__ else last.__context__)
        if before is None or before in links:
            break
        links.append(before)
    return links[::-1]


def _one(error: BaseException) -> str:
    found = traceback.extract_tb(error.__traceback__, limit=-_PLACES)
    lines = ["Traceback (most recent call last):", *map(_place, found), _said(error)]
    if isinstance(error, BaseExceptionGroup):
        lines += [report(part) for part in error.exceptions[:_LINKS]]
    return "\n".join(lines) + "\n"


def _place(frame: traceback.FrameSummary) -> str:
    """Where in the program; the folders above it may bear somebody's name."""
    file = "/".join(Path(frame.filename).parts[-2:])
    line = _NUMBERS.sub(HIDDEN, frame.line or "")
    return f'  File "{scrubbed(file)}", line {frame.lineno}, in {frame.name}\n    {line}'


def _said(error: BaseException) -> str:
    try:
        words = "\n".join([str(error), *getattr(error, "__notes__", ())])
    except Exception:  # noqa: BLE001 - an error that cannot be told is still told by its kind
        words = HIDDEN
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{kind}: {scrubbed(words[:_WORDS])}"


class _LogFile(RotatingFileHandler):
    """A log that makes its folder late, and keeps quiet where it cannot be written."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """The log must not be what stops the program."""
