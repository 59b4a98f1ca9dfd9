"""The project's one tool: sets the machine up, then runs, tests and measures the program.

Standard library only, Python 3.11 or newer, Linux and Windows. All it says itself goes to stderr;
stdout belongs to what it starts. The first call makes `.venv` from the hashed lock; later calls
find its stamp and add nothing. Two calls at once wait for each other.
"""

# An older Python must come as far as being told that it is too old.
from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.txt"
STAMP = VENV / "xqhz-stamp"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")

# Qt's wheels bring Qt itself, not what every desktop already has. Library: Debian's package.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# Calls are struck and watched by the first; the others are a window's screen and keyboard.
TOOLS = {"strace": "strace", "Xvfb": "xvfb", "xdotool": "xdotool"}

USAGE = """用法：python dev.py 命令

  run [参数…]                  启动程序；不带参数打开窗口，带参数即命令行 xqhz
  test [--long] [pytest 参数…]  格式、静态检查、类型、分层约定、测试
  bench [行…] [--json] [--peer] 性能，与同次运行的下限并列
  shots 文件夹 [--dark] [--size 1366x768]  每个页面的截图
  build                        打包（本版尚未完成）
"""


class Stop(Exception):
    """The work cannot go on: one sentence that says what to do, and the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """One line on stderr."""
    print(f"dev.py：{sentence}", file=sys.stderr, flush=True)


# --- the machine ---------------------------------------------------------------------------------


def check_python() -> None:
    """Stops under a Python for which the lock has no wheels."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        found = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Stop(f"需要 Python 3.11 至 3.14，现在是 {found}，请换一个 Python 再运行。", 2)


def missing(libraries: dict[str, str]) -> list[str]:
    """The Debian packages of those libraries that the loader does not find."""
    packages = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def has_display() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def ensure_qt_libraries() -> None:
    """Installs the system libraries that Qt lacks; stops with the list where it may not."""
    if not sys.platform.startswith("linux"):
        return
    packages = missing(QT_LIBRARIES | (WINDOW_LIBRARIES if has_display() else {}))
    if not packages:
        return
    with one_at_a_time():
        say(f"Qt 缺少系统库，正在安装：{' '.join(packages)}")
        apt_install(packages)


def ensure_tools() -> None:
    """Installs what the tests strike, watch and type into the program with, on Linux only."""
    if not sys.platform.startswith("linux"):
        return
    packages = [package for tool, package in TOOLS.items() if not shutil.which(tool)]
    packages += missing(WINDOW_LIBRARIES)
    if not packages:
        return
    with one_at_a_time():
        say(f"测试需要 {' '.join(packages)}，正在安装。")
        apt_install(packages)


def apt_install(packages: Sequence[str]) -> None:
    """Installs Debian packages as root or by sudo; stops where neither is possible."""
    listed = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Stop(f"请先用本系统的包管理器安装（Debian 中的名称）：{listed}")
    prefix = apt_prefix()
    if prefix is None:
        raise Stop(f"没有管理员权限，请先以 root 运行：apt-get install {listed}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    tool = [*prefix, "apt-get", "-qq"]
    # A stale list is worth a try: the packages may be there all the same.
    subprocess.run([*tool, "update"], stdout=sys.stderr, env=quiet, check=False)
    install = [*tool, "install", "-y", "--no-install-recommends", *packages]
    if subprocess.run(install, stdout=sys.stderr, env=quiet, check=False).returncode:
        raise Stop(f"apt-get 没有装上，请看上面的原因，解决后再运行：{listed}")


def apt_prefix() -> list[str] | None:
    """How apt-get is called here: as it is for root, by sudo for others; None when neither."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    # Without a terminal nobody could type the password.
    return ["sudo"] if sys.stdin is not None and sys.stdin.isatty() else ["sudo", "-n"]


# --- the virtual environment ---------------------------------------------------------------------


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Holds the set-up for this process; a second one waits. The system frees it after a crash."""
    try:
        lock = (ROOT / ".dev.lock").open("a+b")
    except OSError as error:
        raise Stop(f"项目文件夹不能写入（{error}），请换一个可写的位置再运行。") from error
    with lock as file:
        if not try_lock(file):
            say("另一个 dev.py 正在准备环境，等它完成……")
            while not try_lock(file):
                time.sleep(0.3)
        yield


def try_lock(file: IO[bytes]) -> bool:
    """Whether the file's lock is ours now; it is freed when the file is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def wanted_stamp() -> str:
    """What the environment was made from: the lock, the Python, and the place it cannot leave."""
    parts = [LOCK.read_bytes(), sys.version.encode(), str(ROOT).encode(), launcher().encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_ready() -> bool:
    """Whether the environment was finished from the present lock."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text("ascii") == wanted_stamp()


def ensure_environment() -> None:
    """Makes the virtual environment, unless the one that is there was made from this lock."""
    if is_ready():
        return
    with one_at_a_time():
        if not is_ready():
            make_environment()


def make_environment() -> None:
    """A fresh environment: nothing of an older lock stays. The stamp comes last."""
    started = time.monotonic()
    say("正在准备运行环境（.venv），首次约需半分钟……")
    ensure_venv_module()
    STAMP.unlink(missing_ok=True)
    create_venv()
    install_lock()
    write_launcher()
    STAMP.write_text(wanted_stamp(), "ascii")
    say(f"运行环境已就绪，用时 {time.monotonic() - started:.0f} 秒。")


def ensure_venv_module() -> None:
    """Debian and Ubuntu take ensurepip out of their Python; brings it back."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        say("本机 Python 缺少 venv，正在安装。")
        apt_install([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])


def create_venv() -> None:
    """An empty environment in place of what was there; stops where it cannot be written."""
    try:
        venv.EnvBuilder(clear=True, symlinks=not WINDOWS, with_pip=True).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        advice = "请关闭正在运行的程序，检查磁盘空间和写入权限后再运行。"
        raise Stop(f"不能建立 .venv（{error}），{advice}") from error


def install_lock() -> None:
    """Installs exactly the locked files; nothing is built on this machine."""
    command = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary=:all:", "-r", str(LOCK)]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        raise Stop("依赖没有装全，请看上面 pip 的原因（多为网络），解决后再运行。")


def launcher() -> str:
    """The text of the command `xqhz`: the program of this very folder, run by this environment."""
    if WINDOWS:
        return (
            '@setlocal\r\n@set "PYTHONPATH=%~dp0..\\.."\r\n@set PYTHONUTF8=1\r\n'
            '@"%~dp0python.exe" -P -m xqhz_desktop %*\r\n'
        )
    return (
        '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\n'
        'PYTHONPATH="$here/../.." exec "$here/python" -P -m xqhz_desktop "$@"\n'
    )


def write_launcher() -> None:
    """Puts `xqhz` beside the environment's Python."""
    path = BIN / ("xqhz.cmd" if WINDOWS else "xqhz")
    path.write_bytes(launcher().encode("ascii"))
    path.chmod(0o755)


# --- the commands --------------------------------------------------------------------------------


def environment(**more: str) -> dict[str, str]:
    """The variables for what is started: this folder's program, whatever the working folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def offscreen() -> dict[str, str]:
    """The variables for Qt without a screen; a crash inside it shows where it came from."""
    return environment(QT_QPA_PLATFORM="offscreen", PYTHONFAULTHANDLER="1")


def call(command: Sequence[str], env: dict[str, str], cwd: Path | None = None) -> int:
    """Runs a command to its end and returns its exit code; a death by a signal is named."""
    try:
        code = subprocess.run(command, env=env, cwd=cwd, check=False).returncode
    except KeyboardInterrupt:
        return 130
    if code < 0:
        say(f"{Path(command[0]).name} 被信号 {-code} 终止。")
    return code


def become(command: Sequence[str], env: dict[str, str]) -> int:
    """Hands this process over to the command, so that signals reach it; a child on Windows."""
    if WINDOWS:
        return call(command, env)
    os.execve(command[0], list(command), env)


def run(arguments: list[str]) -> int:
    """Starts the program: its window without arguments, else its command line."""
    if not arguments and not has_display():
        say("这里没有显示器，不能打开窗口，改为运行示例：xqhz demo")
        arguments = ["demo"]
    if not arguments:
        ensure_qt_libraries()
    ensure_environment()
    return become([str(PYTHON), "-P", "-m", "xqhz_desktop", *arguments], environment())


def test(arguments: list[str]) -> int:
    """Runs every check in order; stops at the first that fails and names it."""
    ensure_environment()
    ensure_qt_libraries()
    ensure_tools()
    started = time.monotonic()
    for name, command in steps(arguments):
        began = time.monotonic()
        say(f"{name} ……")
        code = call(command, offscreen(), ROOT)
        if code:
            say(f"{name} 未通过，其后的步骤没有运行。")
            return code
        say(f"{name} 通过，{time.monotonic() - began:.1f} 秒")
    say(f"全部通过，共 {time.monotonic() - started:.0f} 秒。")
    return 0


def steps(arguments: list[str]) -> list[tuple[str, list[str]]]:
    """The checks in the order of their cost: what to call it, what to run."""
    python = [str(PYTHON), "-m"]
    contract = BIN / ("lint-imports.exe" if WINDOWS else "lint-imports")
    return [
        ("格式 ruff format", [*python, "ruff", "format", "--check", "--quiet", "."]),
        ("静态检查 ruff check", [*python, "ruff", "check", "--quiet", "."]),
        ("类型 mypy", [*python, "mypy"]),
        ("分层约定 import-linter", [str(contract)]),
        ("测试 pytest", [*python, "pytest", "-n", "2", *arguments]),
    ]


def bench(arguments: list[str]) -> int:
    """Prints the measured rows beside their floors."""
    ensure_environment()
    return call([str(PYTHON), str(ROOT / "tests" / "bench" / "run.py"), *arguments], offscreen())


def shots(arguments: list[str]) -> int:
    """Takes the pictures of every page, without a screen."""
    ensure_environment()
    ensure_qt_libraries()
    return call([str(PYTHON), "-P", "-m", "xqhz_desktop.ui.shots", *arguments], offscreen())


def build(_: list[str]) -> int:
    """The bundle comes with a later version."""
    raise Stop("打包在本版中尚未完成，请用 python dev.py run 运行程序。", 2)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "shots": shots,
    "build": build,
}


def main(arguments: list[str]) -> int:
    """Runs one command; 2 for a wrong call, else the exit code of what was started."""
    name = arguments[0] if arguments else ""
    command = COMMANDS.get(name)
    if command is None:
        print(USAGE, end="", file=sys.stderr)
        return 0 if name in ("-h", "--help") else 2
    try:
        check_python()
        return command(arguments[1:])
    except Stop as stop:
        say(str(stop))
        return stop.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
