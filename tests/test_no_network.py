"""The program has no network code, and on its whole way it never tries to reach one."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import offline

ROOT = Path(__file__).resolve().parents[1]
# What a module that could reach a network may be asked for: a pipe to our own reading process, and
# the named local socket of a second start.
ALLOWED: dict[str, set[str]] = {
    "PySide6.QtNetwork": {"QLocalServer", "QLocalSocket"},
    "multiprocessing.connection": {"Connection", "wait"},
    "multiprocessing.managers": set(),
    "concurrent.futures.process": set(),
    "logging.handlers": {"RotatingFileHandler"},
}
OF_QT = re.compile(r"PySide6\.Qt(Network|Web|HttpServer|Grpc|RemoteObjects|Mqtt)")


def imported() -> Iterator[tuple[str, str, str]]:
    """(file, module, name) of every import of the program."""
    for path in sorted((ROOT / "xqhz_desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield from ((path.name, node.module, one.name) for one in node.names)
            elif isinstance(node, ast.Import):
                yield from ((path.name, one.name, "") for one in node.names)


def is_harmless(module: str, name: str) -> bool:
    """Whether an import brings nothing that could reach a network."""
    if module in ALLOWED:
        return name in ALLOWED[module]
    return f"{module}.{name}" not in ALLOWED and not OF_QT.match(f"{module}.{name}")


def test_of_modules_that_could_reach_a_network_only_harmless_names_are_imported() -> None:
    found = list(imported())
    assert len(found) > 500
    assert [one for one in found if not is_harmless(*one[1:])] == []


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import socket; socket.socket().bind(('127.0.0.1', 0))",
        "import socket; socket.getaddrinfo('example.invalid', 80)",
        "import urllib.request as r; r.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_an_attempt_would_be_noticed_even_where_its_error_is_swallowed(
    attempt: str, tmp_path: Path
) -> None:
    env, refused = offline.environment(tmp_path)
    code = f"try:\n    {attempt}\nexcept BaseException: pass"
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0
    assert refused.read_text("utf-8")


def test_the_whole_way_is_walked_without_any_network(tmp_path: Path) -> None:
    """Import with its reading process, numbers, two year books, an export; C libraries too."""
    env, refused = offline.environment(tmp_path)
    log = tmp_path / "calls.txt"
    command = [sys.executable, "-m", "xqhz_desktop", "demo", str(tmp_path / "demo")]
    if sys.platform.startswith("linux"):
        assert shutil.which("strace")
        traced = "trace=socket,connect,bind,sendto,sendmsg"
        command = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-e", traced, *command]
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "已写入台账" in done.stdout
    assert not refused.exists()
    if log.exists():
        assert not re.findall(r".*AF_(?:INET|PACKET|NETLINK|BLUETOOTH).*", log.read_text("utf-8"))
