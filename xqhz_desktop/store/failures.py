"""What SQLite reports when a file or a disk fails, as one sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver

from xqhz_desktop.base.errors import (
    EXIT_DAMAGED,
    EXIT_LOCKED,
    EXIT_NO_SPACE,
    EXIT_READ_ONLY,
    UserError,
)

_KNOWN = (
    ("malformed", EXIT_DAMAGED, "数据文件已损坏，请从备份恢复。"),
    ("not a database", EXIT_DAMAGED, "数据文件已损坏，请从备份恢复。"),
    ("Could not decode", EXIT_DAMAGED, "数据文件已损坏，请从备份恢复。"),
    ("codec can't decode", EXIT_DAMAGED, "数据文件已损坏，请从备份恢复。"),
    ("disk is full", EXIT_NO_SPACE, "磁盘已满，没有写入；请腾出空间后重试。"),
    ("disk I/O error", EXIT_NO_SPACE, "磁盘读写出错，没有写入；请检查磁盘和剩余空间后重试。"),
    ("readonly", EXIT_READ_ONLY, "数据文件不能写入，请检查文件夹的权限。"),
    ("unable to open", EXIT_NO_SPACE, "数据文件打不开，请检查它是否被移走、文件夹能否写入。"),
    ("is locked", EXIT_LOCKED, "数据正被另一个程序使用，请关闭它后重试。"),
)


def failure(error: BaseException) -> UserError | None:
    """The sentence and exit code for a driver's error; None where it is no failure of a file."""
    said = str(error)
    return next((UserError(text, code) for mark, code, text in _KNOWN if mark in said), None)


@contextmanager
def explained() -> Iterator[None]:
    """What the bare driver raises for a failing file or disk leaves as its UserError."""
    try:
        yield
    except driver.Error as error:
        raise failure(error) or error from error
