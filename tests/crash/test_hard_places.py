"""The whole program, its reading process included, where the disk is full, shut, or it is killed.

Disks are made in a mount namespace of their own, which goes with the process: none is left.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash import state
from tests.crash.failing import check_words
from tests.crash.tracing import Ran
from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_OK, EXIT_READ_ONLY

ROOT = Path(__file__).resolve().parents[2]
ALONE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]


def on_a_disk(place: Path, size: str, *steps: str) -> list[Ran]:
    """Runs shell steps where `place` is a disk of that size; `xqhz` is the program on it."""
    place.mkdir()
    program = shlex.join([sys.executable, "-m", "xqhz_desktop", "--data-dir", str(place / "data")])
    lines = [f"mount -t tmpfs -o size={size} none {place}", f'xqhz() {{ {program} "$@"; }}']
    for number, step in enumerate(steps):
        said = place.parent / str(number)
        lines.append(f"{step} >{said}.out 2>{said}.err; echo $? >{said}.code")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    script = "\n".join(lines)
    subprocess.run([*ALONE, "sh", "-ec", "set +e\n" + script], env=environment, check=True)
    return [_ran(place.parent / str(number)) for number in range(len(steps))]


def _ran(said: Path) -> Ran:
    code, out, err = (said.with_suffix(end).read_text("utf-8") for end in (".code", ".out", ".err"))
    return Ran(int(code), out, err)


def test_an_import_onto_a_full_disk_is_one_sentence_and_keeps_what_was(
    sample: Path, tmp_path: Path
) -> None:
    place, saved = tmp_path / "disk", tmp_path / "saved"
    ran = on_a_disk(
        place,
        "1900k",
        "xqhz history",
        f"cp -r {place}/data {saved}-before",
        f"xqhz import --yes {sample}",
        f"cp -r {place}/data {saved}-after",
        "xqhz history",
    )
    assert [one.code for one in ran] == [EXIT_OK, 0, EXIT_NO_SPACE, 0, EXIT_OK]
    check_words(ran[2])
    before, after = (
        state.digest(Path(f"{saved}-{when}"), tmp_path) for when in ("before", "after")
    )
    assert before == after != state.NO_DATABASE
    assert ran[4].out == ran[0].out


def test_a_first_start_on_a_disk_without_room_is_one_sentence(tmp_path: Path) -> None:
    (ran,) = on_a_disk(tmp_path / "disk", "256k", "xqhz history")
    assert ran.code == EXIT_NO_SPACE
    check_words(ran)


def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    shut = f"mount -o remount,ro {place}"
    commands = ("history", "indicators", "backup", "undo", "import --yes .")
    ran = on_a_disk(place, "20m", "xqhz history", shut, *(f"xqhz {one}" for one in commands))
    assert [one.code for one in ran] == [EXIT_OK, 0, *[EXIT_READ_ONLY] * len(commands)]
    for one in ran[2:]:
        check_words(one)


@pytest.mark.parametrize("turn", [3, 40])
def test_a_program_killed_with_its_reader_imports_all_at_the_next_try(
    sample: Path, tmp_path: Path, turn: int
) -> None:
    """The kill falls on whichever process is the first to make so many calls of writing."""
    folder = tmp_path / "data"
    call = [sys.executable, "-m", "xqhz_desktop", "--data-dir", str(folder)]
    inject = f"inject=pwrite64,fsync:signal=KILL:when={turn}"
    tracer = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64,fsync", "-e", inject]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

    def run(*command: str) -> int:
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        return done.returncode

    assert run(*call, "history") == EXIT_OK
    before = state.digest(folder, tmp_path)
    assert run(*tracer, *call, "import", "--yes", str(sample)) != EXIT_OK
    assert state.digest(folder, tmp_path) == before
    assert run(*call, "import", "--yes", str(sample)) == EXIT_OK
    assert state.digest(folder, tmp_path) != before
