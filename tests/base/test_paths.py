"""The data folder when none is named: the account's, the chosen one, beside the program."""

import json
import sys
from pathlib import Path

import pytest

from xqhz_desktop.base import paths
from xqhz_desktop.base.paths import DataFolder, default_data_folder


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The account's own place for data, empty; the program lies in `program`."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "account"))
    monkeypatch.setattr(paths, "ROOT", tmp_path / "program")
    (tmp_path / "program").mkdir()
    return tmp_path / "account" / "xqhz"


def choose(text: str) -> None:
    paths.choice().parent.mkdir(parents=True)
    paths.choice().write_text(text, "utf-8")


def test_nobody_chose_so_it_is_the_accounts_own(account: Path) -> None:
    assert default_data_folder() == DataFolder(account)
    assert not account.exists()


def test_a_chosen_folder_counts_at_every_start(tmp_path: Path) -> None:
    choose(json.dumps({"data": str(tmp_path / "数据")}))
    assert default_data_folder() == DataFolder(tmp_path / "数据", chosen=True)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"data": 3}', '{"data": "relative/path"}', "[" * 100_000]
)
def test_a_choice_that_cannot_be_read_is_not_taken_for_none(account: Path, text: str) -> None:
    choose(text)
    assert default_data_folder() == DataFolder(account, chosen=True)
    with pytest.raises(ValueError):
        paths.chosen_root()


def test_a_portable_program_has_its_records_beside_it(tmp_path: Path) -> None:
    choose(json.dumps({"data": str(tmp_path / "elsewhere")}))
    (tmp_path / "program" / "portable.flag").touch()
    assert default_data_folder() == DataFolder(tmp_path / "program" / "data")


def test_a_bundled_program_is_portable_by_the_flag_beside_its_executable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bundle" / "xqhz.exe"))
    (tmp_path / "bundle").mkdir()
    assert not paths.is_portable()
    (tmp_path / "bundle" / "portable.flag").touch()
    assert default_data_folder().root == tmp_path / "bundle" / "data"


def test_a_folder_keeps_that_it_was_chosen_when_it_is_unlocked(tmp_path: Path) -> None:
    assert DataFolder(tmp_path, chosen=True).unlocked(b"key").chosen
