"""The key ring: the random key of the records, sealed to each user and to the recovery code.

The file keys.json holds nothing from which the key can be read without a password or the code, and
all that is needed to give everybody a new key without asking for theirs (`store.holders`). A wrong
password is told from a damaged ring by the ring's own sum, a right key by its check value, and a
holder who was slipped in or exchanged by the mark, which only who has the key can make; never by
what SQLite says.
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from xqhz_desktop.base import recovery
from xqhz_desktop.store.holders import (
    KEY_BYTES,
    VERSION,
    Cost,
    Holder,
    Tampered,
    Wrap,
    fresh,
    must_be,
)

_RECOVERY = ""  # the name of the code's holder; no user has it
_ID, _SUM = 8, 32  # bytes
_UNMARKED = "0" * 2 * _SUM
_LONGEST = 1 << 20  # bytes of a file; a ring of a hundred users has a tenth of it
Tried = dict[tuple[Wrap, str], bytes | None]  # what a secret made of a wrap, so that it costs once


@dataclass(frozen=True, slots=True)
class Opened:
    """What a secret gave; the user is "" where it was the recovery code."""

    key: bytes = field(repr=False)
    user: str
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ring:
    """Who can open the records; a value that is replaced, never changed.

    What changes the holders takes the key and raises Tampered where they are not those that the
    key was sealed to.
    """

    id: str  # names the key in file names and notes; says nothing about it
    check: str  # what the right key gives
    mark: str  # what the right key gives of these holders
    users: dict[str, Holder]
    recovery: Holder
    in_force: bool = False  # whether the records are under the key; else only copies are

    def __post_init__(self) -> None:
        """Raises ValueError where a part is none: the id stands in the names of files."""
        must_be(self.id, _ID)
        must_be(self.check, _SUM)
        must_be(self.mark, _SUM)
        if _RECOVERY in self.users or type(self.in_force) is not bool:
            raise ValueError("ring")

    def opens(self, key: bytes) -> bool:
        """Whether it is the key of this ring."""
        return hmac.compare_digest(_check_value(self.id, key), self.check)

    def whole(self, key: bytes) -> bool:
        """Whether the holders are as whoever had the key left them."""
        return hmac.compare_digest(_mark(self, key), self.mark)

    def unwrap(self, secret: str) -> bytes | None:
        """The key, by any user's password or by the recovery code; None for a wrong one.

        Takes about 0.4 s for each holder that is tried. Raises Tampered.
        """
        opened = self.open(secret)
        return opened.key if opened else None

    def open(self, secret: str, user: str = "", tried: Tried | None = None) -> Opened | None:
        """The key and whose secret it was; None for a wrong one. Raises Tampered.

        Where a user is named only theirs is the right one, beside the recovery code.
        """
        tried = {} if tried is None else tried
        for name, holder, said in self._doors(secret, user):
            private = _tried(tried, holder, said, name)
            if private is not None:
                return self._opened(name, holder, private)
        return None

    def _doors(self, secret: str, user: str) -> Iterator[tuple[str, Holder, str]]:
        if code := recovery.read(secret):
            yield _RECOVERY, self.recovery, code
        for name, holder in self.users.items():
            if user in ("", name):
                yield name, holder, secret

    def _opened(self, name: str, holder: Holder, private: bytes) -> Opened:
        key = holder.data_key(private, _place(self.id, name))
        if not (self.opens(key) and self.whole(key)):
            raise Tampered("holders")
        return Opened(key, name, private)

    def verify(self, user: str, secret: str) -> bool:
        """Whether it is this user's password. Takes about 0.4 s. Raises Tampered."""
        holder = self.users.get(user)
        private = holder.private(secret, user) if holder else None
        return bool(holder and private and self._opened(user, holder, private))

    def with_password(self, key: bytes, user: str, password: str) -> "Ring":
        """The ring in which this user has this password, and no other; the key stays."""
        return self._with(key, user, fresh(user, password, key, _place(self.id, user)))

    def rewrapped(self, opened: Opened, password: str) -> "Ring":
        """The ring in which whoever opened it has another password; nothing else changes."""
        user = opened.user
        return self._with(opened.key, user, self.users[user].under(opened.private, password, user))

    def with_user_removed(self, key: bytes, user: str) -> "Ring":
        """The ring without this user; rings that they may have copied open as before."""
        self._must_be_whole(key)
        users = {name: holder for name, holder in self.users.items() if name != user}
        return _marked(replace(self, users=users), key)

    def with_new_code(self, key: bytes) -> tuple["Ring", str]:
        """The ring under a new recovery code, and the code; the old one opens nothing more."""
        self._must_be_whole(key)
        code = recovery.fresh()
        holder = fresh(_RECOVERY, code, key, _place(self.id, _RECOVERY))
        return _marked(replace(self, recovery=holder), key), code

    def renewed(self) -> tuple["Ring", bytes]:
        """A ring of another id with a fresh key for the same holders, whose secrets stay.

        Raises Tampered where a public key is none.
        """
        key, name = secrets.token_bytes(KEY_BYTES), secrets.token_hex(_ID)
        users = {user: holder.given(key, _place(name, user)) for user, holder in self.users.items()}
        code = self.recovery.given(key, _place(name, _RECOVERY))
        return _marked(Ring(name, _check_value(name, key), _UNMARKED, users, code), key), key

    def _with(self, key: bytes, user: str, holder: Holder) -> "Ring":
        self._must_be_whole(key)
        return _marked(replace(self, users=self.users | {user: holder}), key)

    def _must_be_whole(self, key: bytes) -> None:
        if not (self.opens(key) and self.whole(key)):
            raise Tampered("holders")


def make() -> tuple[Ring, bytes, str]:
    """A new random key, its ring without users, and the code that is to be written down."""
    key, name, code = secrets.token_bytes(KEY_BYTES), secrets.token_hex(_ID), recovery.fresh()
    holder = fresh(_RECOVERY, code, key, _place(name, _RECOVERY))
    return _marked(Ring(name, _check_value(name, key), _UNMARKED, {}, holder), key), key, code


def opening(rings: Iterable[Ring], secret: str, user: str = "") -> Iterator[tuple[Ring, Opened]]:
    """Those of many rings that a secret opens, in order; the same holder is tried once.

    Raises Tampered at the end, where none was opened and one of them was changed.
    """
    tried: Tried = {}
    changed: Tampered | None = None
    found = False
    for ring in rings:
        try:
            opened = ring.open(secret, user, tried)
        except Tampered as error:
            changed = error
            continue
        if opened:
            found = True
            yield ring, opened
    if changed and not found:
        raise changed


def _tried(tried: Tried, holder: Holder, secret: str, name: str) -> bytes | None:
    at = holder.wrap, name
    if at not in tried:
        tried[at] = holder.private(secret, name)
    return tried[at]


def _check_value(name: str, key: bytes) -> str:
    return hmac.new(key, f"xqhz key check {name}".encode(), hashlib.sha256).hexdigest()


def _mark(ring: Ring, key: bytes) -> str:
    holders = [ring.id, {user: asdict(holder) for user, holder in ring.users.items()}]
    said = json.dumps([*holders, asdict(ring.recovery)], sort_keys=True)
    return hmac.new(key, f"xqhz key holders {said}".encode(), hashlib.sha256).hexdigest()


def _marked(ring: Ring, key: bytes) -> Ring:
    return replace(ring, mark=_mark(ring, key))


def _place(ring: str, user: str) -> bytes:
    """Binds a sealed key to its ring and holder: one that is moved elsewhere opens nothing."""
    return json.dumps([VERSION, ring, user]).encode()


# ---------------------------------------------------------------- as a file


def text_of(ring: Ring) -> str:
    """The ring as the text of its file."""
    body = {"version": VERSION, **asdict(ring)}
    return json.dumps({**body, "sum": _sum(body)}, indent=1)


def ring_of(text: str) -> Ring:
    """The ring that a file's text holds; raises ValueError where one letter is not as written."""
    try:
        body = json.loads(text)
        if body.pop("sum") != _sum(body) or body.pop("version") != VERSION:
            raise ValueError("sum")
        body["users"] = {name: _holder_of(value) for name, value in body["users"].items()}
        return Ring(**body | {"recovery": _holder_of(body["recovery"])})
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no key ring") from error


def _holder_of(value: dict[str, Any]) -> Holder:
    wrap = value["wrap"]
    return Holder(**{**value, "wrap": Wrap(**{**wrap, "cost": Cost(**wrap["cost"])})})


def _sum(body: dict[str, Any]) -> str:
    """Tells damage from a wrong password; it keeps no secret."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def read(path: Path) -> Ring | None:
    """The ring of a file; None where the file is missing, unreadable or damaged."""
    try:
        with path.open("rb") as file:
            return ring_of(file.read(_LONGEST).decode())
    except (OSError, ValueError):
        return None


def write(path: Path, ring: Ring) -> None:
    """Replace the file by the ring, whole or not at all; the old one goes when the new reads back.

    Raises OSError; then the old file stands.
    """
    fresh, old = path.with_name(path.name + ".new"), previous(path)
    _put(fresh, text_of(ring).encode())
    if read(fresh) != ring:
        fresh.unlink()
        raise OSError("the key ring does not read back")
    if path.exists():
        _put(old, path.read_bytes())
    os.replace(fresh, path)
    if read(path) == ring:
        with contextlib.suppress(OSError):  # the new one stands
            old.unlink(missing_ok=True)


def copy_beside(path: Path, folder: Path) -> None:
    """A copy of the ring in a folder of backups, under its id: without one they are lost.

    Rings of other keys that lie there stay. Raises OSError.
    """
    ring = read(path)
    if ring is None:
        return
    copy = folder / f"keys-{ring.id}.json"
    if read(copy) != ring:
        folder.mkdir(parents=True, exist_ok=True)
        write(copy, ring)


def bring(folder: Path, place: Path) -> None:
    """Copy the rings beside backups to another place of backups. Raises OSError."""
    for path in folder.glob("keys-*.json"):
        copy_beside(path, place)


def copies(folder: Path) -> list[Ring]:
    """The rings that lie beside backups, the newest first."""
    found = sorted(folder.glob("keys-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [ring for path in found if (ring := read(path))]


def previous(path: Path) -> Path:
    """Where the ring that is being replaced lies meanwhile."""
    return path.with_name(path.name + ".old")


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
