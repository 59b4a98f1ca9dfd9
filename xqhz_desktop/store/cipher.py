"""What SQLCipher adds to SQLite: a key per connection, and files that tell nothing."""

from pathlib import Path
from typing import Any

_PLAIN = b"SQLite format 3\0"


def give_key(connection: Any, key: bytes | None) -> None:
    """Give a new driver connection its key; nothing else may be asked of it before.

    None leaves it as it is, for a plain file. A wrong key shows only when the file is read.
    """
    if key is None:
        return
    connection.execute("PRAGMA cipher_log_level = NONE")  # its noise on stderr is for nobody
    connection.execute(f'PRAGMA key = "{literal(key)}"')


def literal(key: bytes) -> str:
    """The key as SQLCipher reads it raw, without deriving another one from it."""
    return f"x'{key.hex()}'"


def is_plain(path: Path) -> bool:
    """Whether the file says of itself that it is a database without encryption.

    False for a missing and an empty file too: those are nothing yet.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False


def key_for(path: Path, key: bytes | None) -> bytes | None:
    """The key with which a file is opened: none for a plain one."""
    return None if is_plain(path) else key


def broken_pages(connection: Any, key: bytes | None) -> list[str]:
    """Which pages of an encrypted file have one changed byte or more, free pages too."""
    if key is None:
        return []
    return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
