"""The program's log: a few files in the data folder, made when there is something to say."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from xqhz_desktop.base.paths import DataFolder


@contextmanager
def kept_log(folder: DataFolder) -> Iterator[Path]:
    """What is logged meanwhile goes to the folder's log and nowhere else; yields the file."""
    path = folder.logs / "xqhz.log"
    handler = _LogFile(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield path
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


class _LogFile(RotatingFileHandler):
    """A log that makes its folder late, and keeps quiet where it cannot be written."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """The log must not be what stops the program."""
