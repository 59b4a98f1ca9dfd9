"""Scans by the command line: attached by what people call a record, listed, saved, looked for."""

import shutil
from pathlib import Path

import pytest

from tests.cli.command_line import FIRM, Here
from tests.services.books import id_number
from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_REJECTED, EXIT_USAGE


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned agreement."""
    path = tmp_path / "三方协议.pdf"
    path.write_bytes(b"%PDF a scan")
    return path


@pytest.mark.parametrize(
    ("register", "key"), [("students", id_number(1)), ("students", "#1"), ("firms", FIRM)]
)
def test_a_scan_is_attached_by_number_name_or_id_and_listed_with_its_note(
    filled: Here, scan: Path, register: str, key: str
) -> None:
    done = filled("attach", register, key, scan, scan, "--note", "原件在档案室")
    assert (done.code, done.out) == (0, "已添加 2 个附件，这条记录现在有 2 个。\n")
    assert id_number(1) not in done.out + done.err
    listed = filled("attachments", register, key)
    assert listed.code == 0
    assert len(listed.out.splitlines()) == 2
    assert "三方协议.pdf（原件在档案室）" in listed.out
    assert filled("attachments").out == listed.out


def test_copies_are_saved_out(filled: Here, scan: Path, tmp_path: Path) -> None:
    filled("attach", "firms", FIRM, scan)
    done = filled("attachments", "firms", FIRM, "--save", tmp_path / "out")
    assert done.code == 0
    assert (tmp_path / "out" / "三方协议.pdf").read_bytes() == scan.read_bytes()
    assert str(tmp_path / "out" / "三方协议.pdf") in done.out


def test_what_is_no_scan_or_no_record_is_one_sentence(
    filled: Here, scan: Path, tmp_path: Path
) -> None:
    program = tmp_path / "a.exe"
    program.write_bytes(b"MZ")
    for code, arguments in (
        (EXIT_REJECTED, ("attach", "firms", FIRM, program)),
        (EXIT_REJECTED, ("attach", "firms", FIRM, tmp_path / "没有.pdf")),
        (EXIT_REJECTED, ("attach", "firms", FIRM, scan, program)),
        (EXIT_USAGE, ("attach", "firms", "没有这家", scan)),
        (EXIT_USAGE, ("attachments", "firms")),
    ):
        done = filled(*arguments)
        assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    assert filled("attachments").out == ""


def test_an_office_without_scans_says_so(filled: Here) -> None:
    done = filled("attachments")
    assert (done.code, done.out) == (0, "")
    assert "没有附件" in done.err


def test_backups_restores_and_exports_count_the_scans(
    filled: Here, scan: Path, tmp_path: Path
) -> None:
    filled("attach", "firms", FIRM, scan)
    assert "附件文件 1 个" in filled("backup").out
    assert "附件 1" in filled("backups").out
    (one,) = filled("backups", "--json").json
    assert one["attachments"] == 1
    filled("undo")
    shutil.rmtree(filled.data / "attachments")
    before, after, _ = filled("restore", one["name"], "--yes").out.splitlines()
    assert before.endswith("附件 0")
    assert after.endswith("附件 1")
    assert "1 个附件" in filled("export-all", tmp_path / "out", "--reason", "检查").out
    new = Here(tmp_path / "new")
    assert "附件 1" in new("rebuild", tmp_path / "out").out


def test_a_lost_scan_is_looked_for_by_repair(filled: Here, scan: Path, tmp_path: Path) -> None:
    filled("attach", "firms", FIRM, scan)
    filled("backup", "--to", tmp_path / "usb")
    assert filled("repair").out == "数据库完好。\n"
    shutil.rmtree(filled.data / "attachments")
    assert "找回附件文件 1 个" in filled("repair").out
    shutil.rmtree(filled.data / "attachments")
    shutil.rmtree(filled.data / "backups" / "attachments")
    done = filled("repair")
    assert (done.code, done.err.count("\n")) == (EXIT_DAMAGED, 1)
    assert "哪里都没有" in done.err
    assert filled("repair", "--from", tmp_path).code == EXIT_USAGE
    done = filled("attachments", "--save", tmp_path / "out")
    assert (done.code, done.err.count("\n")) == (EXIT_DAMAGED, 1)


def test_plain_copies_of_an_older_version_are_named_until_they_are_gone(
    filled: Here, tmp_path: Path
) -> None:
    filled("backup")
    (tmp_path / "usb").mkdir()
    filled("backups", "--second", tmp_path / "usb")
    (plain,) = (filled.data / "backups").glob("*.db")
    old = shutil.copy(plain, tmp_path / "usb" / "xqhz-20250101-080000-手动.db")
    assert "1 份没有加密的旧备份" in filled("backup").err
    Path(old).unlink()
    assert filled("backup").err == ""
