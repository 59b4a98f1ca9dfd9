"""The tool that sets a machine up: what it decides, and what it says when it cannot go on."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev

POSIX = pytest.mark.skipif(os.name == "nt", reason="the launcher of Windows is a .cmd file")


@pytest.fixture
def started(monkeypatch):
    """A machine that is ready; collects what would be started instead of starting it."""
    commands = []
    monkeypatch.setattr(dev, "ensure_environment", lambda: None)
    monkeypatch.setattr(dev, "ensure_qt_libraries", lambda: None)
    monkeypatch.setattr(dev, "ensure_tools", lambda: None)
    monkeypatch.setattr(dev, "become", lambda command, _: commands.append(command) or 0)
    monkeypatch.setattr(dev, "call", lambda command, *_: commands.append(command) or 0)
    return commands


@pytest.fixture
def place(monkeypatch, tmp_path):
    """The tool pointed at an empty folder with a lock of its own."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "LOCK", tmp_path / "requirements.txt")
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    dev.LOCK.write_text("one==1\n")
    return tmp_path


@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_run_without_arguments_opens_the_window_where_there_is_a_display(
    started, monkeypatch, display
):
    monkeypatch.setenv(display, ":0")
    assert dev.main(["run"]) == 0
    assert started[0][-2:] == ["-m", "xqhz_desktop"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux is without a display")
def test_run_without_a_display_says_so_and_runs_the_demo(started, monkeypatch, capsys):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert dev.main(["run"]) == 0
    assert started[0][-2:] == ["xqhz_desktop", "demo"]
    said = capsys.readouterr()
    assert "没有显示器" in said.err
    assert said.out == ""


def test_run_hands_every_argument_to_the_program(started):
    arguments = ["--data-dir", "d", "import", "a b", "--json", "--help"]
    dev.main(["run", *arguments])
    assert started[0][-6:] == arguments


def test_the_program_is_found_from_any_working_folder():
    assert dev.environment()["PYTHONPATH"] == str(dev.ROOT)


def test_the_checks_run_in_order_and_the_tests_take_the_arguments(started):
    assert dev.main(["test", "--long", "-k", "firms"]) == 0
    tools = [
        next(t for t in ("ruff", "mypy", "lint-imports", "pytest") if any(t in w for w in c))
        for c in started
    ]
    assert tools == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]
    assert started[-1][-3:] == ["--long", "-k", "firms"]


def test_the_first_check_that_fails_is_named_and_the_last(started, monkeypatch, capsys):
    ran = []

    def fails_at_mypy(command, *_):
        ran.append(command)
        return 7 if "mypy" in command else 0

    monkeypatch.setattr(dev, "call", fails_at_mypy)
    assert dev.main(["test"]) == 7
    assert len(ran) == 3
    assert "mypy 未通过" in capsys.readouterr().err


@POSIX
def test_a_program_that_crashed_is_not_passed_over_in_silence(capsys):
    crash = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
    assert dev.call(crash, dev.environment()) != 0
    assert "信号 9" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["paint"], ["build"]])
def test_a_call_it_cannot_serve_is_a_usage_error_on_stderr(arguments, capsys):
    assert dev.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err != ""


def test_a_python_without_wheels_is_refused_by_its_number(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert dev.main(["run"]) == 2
    assert "3.10" in capsys.readouterr().err


def test_an_environment_made_from_this_lock_is_not_made_again(place, monkeypatch):
    made = []
    monkeypatch.setattr(dev, "make_environment", lambda: made.append(1))
    dev.STAMP.write_text(dev.wanted_stamp())
    dev.ensure_environment()
    assert made == []


def test_a_changed_lock_makes_the_environment_anew(place, monkeypatch):
    made = []
    monkeypatch.setattr(dev, "make_environment", lambda: made.append(1))
    dev.STAMP.write_text(dev.wanted_stamp())
    dev.LOCK.write_text("one==2\n")
    dev.ensure_environment()
    assert made == [1]


def test_a_second_set_up_finds_the_lock_taken_until_the_first_is_done(place):
    with dev.one_at_a_time(), (place / ".dev.lock").open("a+b") as second:
        assert not dev.try_lock(second)
    with (place / ".dev.lock").open("a+b") as third:
        assert dev.try_lock(third)


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(place, monkeypatch, capsys):
    monkeypatch.setattr(dev, "ROOT", place / "not there")
    assert dev.main(["run", "demo"]) == 1
    assert "不能写入" in capsys.readouterr().err


def test_a_library_that_the_loader_does_not_find_is_named_by_its_package():
    assert dev.missing({"libsurely-not-there.so.9": "libsurely9"}) == ["libsurely9"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these tools are Linux's")
@pytest.mark.parametrize(
    ("found", "installed"), [(None, [["strace", "xvfb", "xdotool"]]), ("/usr/bin/tool", [])]
)
def test_tools_are_installed_where_they_are_missing(place, monkeypatch, found, installed):
    asked = []
    monkeypatch.setattr(dev.shutil, "which", lambda _: found)
    monkeypatch.setattr(dev, "missing", lambda _: [])
    monkeypatch.setattr(dev, "apt_install", asked.append)
    dev.ensure_tools()
    assert asked == installed


@POSIX
def test_a_library_that_is_there_is_not_installed_again():
    assert dev.missing({"libc.so.6": "libc6"}) == []


def test_a_system_without_apt_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    with pytest.raises(dev.Stop, match=r"libgl1 libegl1"):
        dev.apt_install(["libgl1", "libegl1"])


def test_an_account_without_rights_is_told_what_to_run(monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev.Stop, match=r"apt-get install libgl1"):
        dev.apt_install(["libgl1"])


@POSIX
def test_the_command_xqhz_runs_the_program_of_its_own_folder_from_anywhere(tmp_path):
    package = tmp_path / "校 企" / "xqhz_desktop"
    package.mkdir(parents=True)
    (package / "__main__.py").write_text("import sys; print(sys.argv[1:])")
    folder = package.parent / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").symlink_to(sys.executable)
    command = folder / "xqhz"
    command.write_text(dev.launcher())
    command.chmod(0o755)
    link = tmp_path / "linked"
    link.symlink_to(command)
    done = subprocess.run([link, "a b", "c"], cwd="/", capture_output=True, text=True, check=True)
    assert done.stdout == "['a b', 'c']\n"


def test_every_requirement_is_in_the_lock_in_the_same_version():
    lock = dev.LOCK.read_text("utf-8").lower()
    asked = (dev.LOCK.with_suffix(".in")).read_text("utf-8").lower().splitlines()
    names = [line for line in asked if line and not line.startswith("#")]
    assert len(names) > 20
    assert [name for name in names if not re.search(f"^{re.escape(name)}\\b", lock, re.M)] == []


def test_the_lock_names_no_address_and_hashes_every_package():
    lock = dev.LOCK.read_text("utf-8")
    packages = [line for line in lock.splitlines() if line[:1].isalnum()]
    assert "://" not in lock
    assert len(packages) > 40
    assert all(line.endswith("\\") for line in packages)
