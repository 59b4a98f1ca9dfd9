"""The key ring: the random key of the records, wrapped for each user and by a recovery code.

The file keys.json holds nothing from which the key can be read without a password or the code:
Argon2id makes a wrapping key of it, AES-256-GCM wraps. A wrong password is told from a damaged
ring by the ring's own sum, and a right key by its check value, never by what SQLite says.
"""

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from xqhz_desktop.base import recovery

KEY_BYTES = 32
_VERSION = 1
_SALT, _NONCE = 16, 12
_RECOVERY = ""  # the name of the code's wrap; no user has it


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs (RFC 9106's second choice: 64 MiB, 3 passes, 4 lanes)."""

    memory: int = 65536  # KiB
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        """A damaged or hostile ring must not ask for all memory, or for none."""
        if not (8 * self.lanes <= self.memory <= 1 << 20 and 1 <= self.passes <= 16):
            raise ValueError("cost")
        if not 1 <= self.lanes <= 16:
            raise ValueError("cost")


@dataclass(frozen=True, slots=True)
class Wrap:
    """The key under one secret; bytes in hexadecimal."""

    salt: str
    nonce: str
    sealed: str
    cost: Cost


@dataclass(frozen=True, slots=True)
class Opened:
    """What a secret gave; the user is "" where it was the recovery code."""

    key: bytes
    user: str


@dataclass(frozen=True, slots=True)
class Ring:
    """Who can open the records; a value that is replaced, never changed."""

    id: str  # names the key in file names and notes; says nothing about it
    check: str  # what the right key gives
    users: dict[str, Wrap]
    recovery: Wrap

    def opens(self, key: bytes) -> bool:
        """Whether it is the key that this ring wraps."""
        return hmac.compare_digest(_check_value(self.id, key), self.check)

    def unwrap(self, secret: str) -> bytes | None:
        """The key, by any user's password or by the recovery code; None for a wrong one.

        Takes about 0.4 s for each wrap that is tried.
        """
        opened = self.open(secret)
        return opened.key if opened else None

    def open(self, secret: str) -> "Opened | None":
        """The key and whose secret it was; None for a wrong one."""
        tries = [(secret, wrap, user) for user, wrap in self.users.items()]
        if code := recovery.read(secret):
            tries.insert(0, (code, self.recovery, _RECOVERY))
        for said, wrap, user in tries:
            key = _unseal(wrap, said, self.id, user)
            if key and self.opens(key):
                return Opened(key, user)
        return None

    def with_password(self, key: bytes, user: str, password: str) -> "Ring":
        """The ring in which this user's password is this one; the key stays what it is."""
        return replace(self, users=self.users | {user: _seal(key, password, self.id, user)})

    def with_new_code(self, key: bytes) -> tuple["Ring", str]:
        """The ring under a new recovery code, and the code; the old one opens nothing more."""
        code = recovery.fresh()
        return replace(self, recovery=_seal(key, code, self.id, _RECOVERY)), code


def make(user: str, password: str) -> tuple[Ring, bytes, str]:
    """A new random key, its ring, and the recovery code that is to be written down."""
    key, name, code = secrets.token_bytes(KEY_BYTES), secrets.token_hex(8), recovery.fresh()
    ring = Ring(
        name,
        _check_value(name, key),
        {user: _seal(key, password, name, user)},
        _seal(key, code, name, _RECOVERY),
    )
    return ring, key, code


def _check_value(name: str, key: bytes) -> str:
    return hmac.new(key, f"xqhz key check {name}".encode(), hashlib.sha256).hexdigest()


def _seal(key: bytes, secret: str, ring: str, user: str) -> Wrap:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce, cost = os.urandom(_SALT), os.urandom(_NONCE), Cost()
    under = AESGCM(_stretched(secret, salt, cost))
    sealed = under.encrypt(nonce, key, _place(ring, user))
    return Wrap(salt.hex(), nonce.hex(), sealed.hex(), cost)


def _unseal(wrap: Wrap, secret: str, ring: str, user: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    under = AESGCM(_stretched(secret, bytes.fromhex(wrap.salt), wrap.cost))
    try:
        return under.decrypt(
            bytes.fromhex(wrap.nonce), bytes.fromhex(wrap.sealed), _place(ring, user)
        )
    except InvalidTag:
        return None


def _stretched(secret: str, salt: bytes, cost: Cost) -> bytes:
    """The wrapping key; a password typed full-width or composed otherwise is the same one."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    maker = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    )
    return maker.derive(unicodedata.normalize("NFKC", secret).encode(errors="surrogatepass"))


def _place(ring: str, user: str) -> bytes:
    """Binds a wrap to its ring and user: one that is moved elsewhere opens nothing."""
    return json.dumps([_VERSION, ring, user]).encode()


# ---------------------------------------------------------------- as a file


def text_of(ring: Ring) -> str:
    """The ring as the text of its file."""
    body = {"version": _VERSION, **asdict(ring)}
    return json.dumps({**body, "sum": _sum(body)}, indent=1)


def ring_of(text: str) -> Ring:
    """The ring that a file's text holds; raises ValueError where one letter is not as written."""
    try:
        body = json.loads(text)
        if body.pop("sum") != _sum(body) or body.pop("version") != _VERSION:
            raise ValueError("sum")
        body["users"] = {name: _wrap_of(value) for name, value in body["users"].items()}
        return Ring(**body | {"recovery": _wrap_of(body["recovery"])})
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no key ring") from error


def _wrap_of(value: dict[str, Any]) -> Wrap:
    return Wrap(**{**value, "cost": Cost(**value["cost"])})


def _sum(body: dict[str, Any]) -> str:
    """Tells damage from a wrong password; it keeps no secret."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def read(path: Path) -> Ring | None:
    """The ring of a file; None where the file is missing, unreadable or damaged."""
    try:
        return ring_of(path.read_text(encoding="utf-8"))
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
