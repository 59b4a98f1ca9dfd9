"""Every encrypted school that was ever released opens: by password, by code, its scan whole."""

import hashlib
import tarfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.released.make import CODE, HERE, PASSWORD, SCAN, SEALED
from xqhz_desktop.base.errors import EXIT_WRONG_KEY, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import history
from xqhz_desktop.services.access import encryption
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments
from xqhz_desktop.store import audit
from xqhz_desktop.store.database import HEAD, integrity

# What lies here is kept as it was on the day it was made.
SHA256 = {
    "0003": "63ae605294127f5d2a5dfb48e5e10ca45b299a18661c5b0f35bbc295d6c24039",
    "0005": "49f18b27430a0fa955055d14bbfa6e82339b33a2584a039eafe4a8937d95b846",
}
NOW = datetime(2026, 9, 1, 8, 0)


def released() -> list[str]:
    """The schemas that have an encrypted school, the oldest first."""
    return sorted(path.name.removesuffix(SEALED) for path in HERE.glob(f"*{SEALED}"))


@pytest.fixture(params=released())
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> DataFolder:
    """The data folder of each, with the recovery code in a file."""
    with tarfile.open(HERE / f"{request.param}{SEALED}") as archive:
        for member in archive:
            content = archive.extractfile(member)
            assert content is not None
            path = tmp_path / "school" / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read())
    return DataFolder(tmp_path / "school")


def test_the_present_schema_has_an_encrypted_school() -> None:
    assert HEAD in released(), "run `python -m tests.released.make` and commit what it made"


def test_no_encrypted_school_was_touched_or_taken_away() -> None:
    found = {
        schema: hashlib.sha256((HERE / f"{schema}{SEALED}").read_bytes()).hexdigest()
        for schema in released()
    }
    assert found == SHA256


@pytest.mark.parametrize("by", ["password", "code"])
def test_it_opens_with_its_records_its_journal_and_its_scan(folder: DataFolder, by: str) -> None:
    secret = PASSWORD if by == "password" else (folder.root / CODE).read_text("utf-8")
    assert encryption.is_encrypted(folder)
    with Office.open(encryption.unlock(folder, secret), "测试", lambda: NOW) as office:
        with office.engine.connect() as connection:
            assert integrity(connection, thorough=True) == []
            assert audit.verify(connection) is None
            assert connection.exec_driver_sql("SELECT count(*) FROM student").scalar() == 3
        (scan,) = attachments.all_of(office)
        assert b"".join(attachments.store_of(office).blocks(scan.sha256)) == SCAN
        first = next(one for one in history.actions(office)[::-1] if one.undoable)
        assert first.kind == "import"
        assert office.backup("手动")


def test_a_wrong_password_opens_it_no_more_than_ever(folder: DataFolder) -> None:
    with pytest.raises(UserError) as caught:
        encryption.unlock(folder, PASSWORD + "!")
    assert caught.value.code == EXIT_WRONG_KEY
