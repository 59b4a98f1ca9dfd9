"""A folder appears whole, or not at all."""

from pathlib import Path

import pytest

from xqhz_desktop.store import arriving as module
from xqhz_desktop.store.arriving import arriving, copied


def fill(place: Path) -> None:
    (place / "a" / "b").mkdir(parents=True)
    (place / "a" / "b" / "file").write_text("content")


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_arrives_where_nothing_or_an_empty_folder_is(tmp_path: Path, there: bool) -> None:
    target = tmp_path / "target"
    if there:
        target.mkdir()
    with arriving(target) as place:
        fill(place)
        assert not target.exists() or not any(target.iterdir())
    assert (target / "a" / "b" / "file").read_text() == "content"
    assert [path.name for path in tmp_path.iterdir()] == ["target"]


def test_what_goes_wrong_leaves_nothing(tmp_path: Path) -> None:
    def spoilt() -> None:
        with arriving(tmp_path / "target") as place:
            fill(place)
            raise KeyError

    with pytest.raises(KeyError):
        spoilt()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_call_has_left_goes_first(tmp_path: Path) -> None:
    fill(tmp_path / "target.partial")
    with arriving(tmp_path / "target") as place:
        assert list(place.iterdir()) == []
    assert list(tmp_path.iterdir()) == [tmp_path / "target"]


def test_a_folder_that_is_not_empty_is_never_replaced(tmp_path: Path) -> None:
    fill(tmp_path / "target")
    with pytest.raises(OSError), arriving(tmp_path / "target"):
        pass
    assert (tmp_path / "target" / "a" / "b" / "file").read_text() == "content"


def test_a_copy_that_does_not_read_back_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"content")
    digest = copied(tmp_path / "a", tmp_path / "deep" / "b")
    assert (tmp_path / "deep" / "b").read_bytes() == b"content"
    monkeypatch.setattr(module, "flush", lambda _: "other than " + digest)
    with pytest.raises(OSError, match="read back"):
        copied(tmp_path / "a", tmp_path / "c")
