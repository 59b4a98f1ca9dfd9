"""Rings that somebody has written by hand: refused, never a traceback, never another file."""

import json
from typing import Any

import pytest

from xqhz_desktop.store import keyring
from xqhz_desktop.store.keyring import Ring

NAME, SECRET = "王敏", "春江潮水连海平2025"


@pytest.fixture
def ring() -> Ring:
    made, key, _ = keyring.make()
    return made.with_password(key, NAME, SECRET)


def written(ring: Ring, *way: str, value: Any) -> str:
    """The file of a ring in which one value is another, with a sum that is right."""
    body: Any = json.loads(keyring.text_of(ring))
    del body["sum"]
    place = body
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    return json.dumps(body | {"sum": keyring._sum(body)})


def test_what_is_written_the_same_way_is_read(ring: Ring) -> None:
    assert keyring.ring_of(written(ring, "in_force", value=False)) == ring


@pytest.mark.parametrize("name", ["../../outside", "a/b", "A1B2C3D4E5F60718", "", "0" * 17, 7])
def test_an_id_that_would_lead_elsewhere_is_none(ring: Ring, name: object) -> None:
    with pytest.raises(ValueError):
        keyring.ring_of(written(ring, "id", value=name))


WAYS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("mark",),
    ("users",),
    ("recovery",),
    ("recovery", "public"),
    ("recovery", "sender"),
    ("recovery", "sealed"),
    ("recovery", "wrap"),
    ("users", NAME),
    ("users", NAME, "wrap", "salt"),
    ("users", NAME, "wrap", "cost"),
)
FINE = ("users", "cost")
VALUES = (None, 1, "", "é" * 64, "0" * 63, ["0" * 64], {}, True, 1e308)
# Nobody with a password, and what a guess costs where nothing else is said, are right.
PAIRS = [(way, value) for way in WAYS for value in VALUES if value != {} or way[-1] not in FINE]


@pytest.mark.parametrize(("way", "value"), PAIRS)
def test_a_part_of_another_kind_is_no_ring(ring: Ring, way: tuple[str, ...], value: object) -> None:
    with pytest.raises(ValueError):
        keyring.ring_of(written(ring, *way, value=value))


@pytest.mark.parametrize("part", ["memory", "passes", "lanes"])
@pytest.mark.parametrize("value", [0, -1, 64.0, "64", True, None, 1 << 40])
def test_a_cost_that_is_none_is_no_ring(ring: Ring, part: str, value: object) -> None:
    with pytest.raises(ValueError):
        keyring.ring_of(written(ring, "recovery", "wrap", "cost", part, value=value))


def test_a_user_with_the_name_of_the_code_is_no_ring(ring: Ring) -> None:
    holder = json.loads(keyring.text_of(ring))["recovery"]
    with pytest.raises(ValueError):
        keyring.ring_of(written(ring, "users", "", value=holder))


def test_what_stands_beside_the_known_parts_is_no_ring(ring: Ring) -> None:
    with pytest.raises(ValueError):
        keyring.ring_of(written(ring, "more", value=1))
