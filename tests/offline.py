"""Keeps a Python process off every network: what tries to connect, listen or ask fails.

`stay` does it to this process; `environment` to every Python process that a test starts, and to
those that these start. A refusal is written into a file too: code may swallow the error.
"""

import os
import sys
from pathlib import Path

_CALLS = frozenset(
    {
        *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
        *("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"),
        "urllib.Request",
    }
)
_SITE = """import sys
sys.path.append({root!r})
from tests.offline import stay
stay({told!r})
"""


def stay(told: str = "") -> None:
    """From now on such a call raises RuntimeError; `told` is a file that it is written into."""

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in _CALLS and not _is_local(arguments):
            if told:
                with Path(told).open("a", encoding="utf-8") as file:
                    file.write(f"{event}\n")
            raise RuntimeError(f"the program went on a network: {event}")

    sys.addaudithook(refuse)


def _is_local(arguments: tuple[object, ...]) -> bool:
    """Whether it is of a socket that has a name in the file system, not an address."""
    return getattr(arguments[0], "family", None) == getattr(sys.modules["socket"], "AF_UNIX", -1)


def environment(place: Path) -> tuple[dict[str, str], Path]:
    """The variables for a process that stays off, and the file of what was refused."""
    site, told = place / "offline", place / "refused.txt"
    site.mkdir()
    root = Path(__file__).resolve().parents[1]
    code = _SITE.format(root=str(root), told=str(told))
    (site / "sitecustomize.py").write_text(code, "utf-8")
    path = os.pathsep.join([str(site), str(root)])
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}, told
