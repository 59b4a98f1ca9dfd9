"""One who can open the records: a key pair of their own, and the data key sealed to it.

The private key lies under Argon2id (RFC 9106) of a password or the recovery code and AES-256-GCM;
the public one lies open, so that a new data key is sealed to everybody without their passwords.
Sealing is an exchange with a key pair that is thrown away (X25519, RFC 7748), HKDF-SHA256
(RFC 5869) over both public keys, and AES-256-GCM, as in HPKE (RFC 9180) and age.
"""

import json
import os
import re
import unicodedata
from dataclasses import dataclass, replace

KEY_BYTES = 32
VERSION = 1
_SALT, _NONCE, _TAG = 16, 12, 16
_ONCE = bytes(_NONCE)  # the key that it goes with is used once


class Tampered(Exception):
    """The secret is right, but somebody has changed what it opens."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs (RFC 9106's second choice: 64 MiB, 3 passes, 4 lanes)."""

    memory: int = 65536  # KiB
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        """A damaged or hostile ring must not ask for all memory, or for none."""
        if not all(type(part) is int for part in (self.memory, self.passes, self.lanes)):
            raise ValueError("cost")
        if not (8 * self.lanes <= self.memory <= 1 << 20 and 1 <= self.passes <= 16):
            raise ValueError("cost")
        if not 1 <= self.lanes <= 16:
            raise ValueError("cost")


@dataclass(frozen=True, slots=True)
class Wrap:
    """A private key under one secret; bytes in hexadecimal."""

    salt: str
    nonce: str
    sealed: str
    cost: Cost

    def __post_init__(self) -> None:
        """Raises ValueError where a part is none."""
        must_be(self.salt, _SALT)
        must_be(self.nonce, _NONCE)
        must_be(self.sealed, KEY_BYTES + _TAG)


@dataclass(frozen=True, slots=True)
class Holder:
    """A key pair, its private half wrapped, and the data key sealed to its public half."""

    public: str
    wrap: Wrap
    sender: str  # the public key of the pair that was thrown away
    sealed: str

    def __post_init__(self) -> None:
        """Raises ValueError where a part is none."""
        must_be(self.public, KEY_BYTES)
        must_be(self.sender, KEY_BYTES)
        must_be(self.sealed, KEY_BYTES + _TAG)

    def private(self, secret: str, name: str) -> bytes | None:
        """The private key; None for a wrong secret. Takes about 0.4 s."""
        return _unwrapped(self.wrap, secret, name)

    def data_key(self, private: bytes, place: bytes) -> bytes:
        """The data key, by the private key. Raises Tampered where they do not belong together."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if _public_of(private) != self.public:
            raise Tampered("public key")
        under = AESGCM(_agreed(private, self.sender, self.sender, self.public, place))
        try:
            return under.decrypt(_ONCE, bytes.fromhex(self.sealed), place)
        except InvalidTag as error:
            raise Tampered("data key") from error

    def given(self, key: bytes, place: bytes) -> "Holder":
        """The holder with another data key; the secret stays. Raises Tampered: no public key."""
        sender, sealed = _sealed_to(self.public, key, place)
        return replace(self, sender=sender, sealed=sealed)

    def under(self, private: bytes, secret: str, name: str) -> "Holder":
        """The holder with the same key pair under another secret."""
        return replace(self, wrap=_wrapped(private, secret, name))


def fresh(name: str, secret: str, key: bytes, place: bytes) -> Holder:
    """A new key pair under a secret, with the data key sealed to it; `place` names the ring."""
    private = os.urandom(KEY_BYTES)
    public = _public_of(private)
    return Holder(public, _wrapped(private, secret, name), *_sealed_to(public, key, place))


def must_be(text: str, size: int) -> None:
    """Raises ValueError where it is not so many bytes in small hexadecimal letters."""
    if not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", text):
        raise ValueError("no bytes")


# ---------------------------------------------------------------- under a secret


def _wrapped(private: bytes, secret: str, name: str) -> Wrap:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce, cost = os.urandom(_SALT), os.urandom(_NONCE), Cost()
    sealed = AESGCM(_stretched(secret, salt, cost)).encrypt(nonce, private, _whose(name))
    return Wrap(salt.hex(), nonce.hex(), sealed.hex(), cost)


def _unwrapped(wrap: Wrap, secret: str, name: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    under = AESGCM(_stretched(secret, bytes.fromhex(wrap.salt), wrap.cost))
    try:
        return under.decrypt(bytes.fromhex(wrap.nonce), bytes.fromhex(wrap.sealed), _whose(name))
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


def _whose(name: str) -> bytes:
    """Binds a wrap to its holder: moved to another it opens nothing."""
    return json.dumps([VERSION, name]).encode()


# ---------------------------------------------------------------- to a public key


def _sealed_to(public: str, key: bytes, place: bytes) -> tuple[str, str]:
    """The key for whoever has the private half: the sender's public key, and the sealed key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    private = os.urandom(KEY_BYTES)
    sender = _public_of(private)
    under = AESGCM(_agreed(private, public, sender, public, place))
    return sender, under.encrypt(_ONCE, key, place).hex()


def _agreed(private: bytes, other: str, sender: str, receiver: str, place: bytes) -> bytes:
    """The key that both sides come to. Raises Tampered for a point that agrees with everybody."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    try:
        point = X25519PublicKey.from_public_bytes(bytes.fromhex(other))
        shared = X25519PrivateKey.from_private_bytes(private).exchange(point)
    except ValueError as error:
        raise Tampered("public key") from error
    salt = bytes.fromhex(sender + receiver)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=place).derive(shared)


def _public_of(private: bytes) -> str:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()
