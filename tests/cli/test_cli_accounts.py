"""Users, roles and the audit chain by the command line."""

import getpass
from pathlib import Path

import openpyxl
import pytest
import sqlcipher3.dbapi2 as driver

from tests.cli.command_line import Here
from tests.services.books import id_number

ME = "王管理"


@pytest.fixture
def staffed(filled: Here, monkeypatch: pytest.MonkeyPatch) -> Here:
    """A filled data folder whose one user is the account that runs the commands."""
    monkeypatch.setattr(getpass, "getuser", lambda: ME)
    assert filled("user", "add", ME, "管理员").code == 0
    return filled


def test_without_users_the_list_says_what_to_do(filled: Here) -> None:
    answer = filled("user")
    assert (answer.code, "user add" in answer.out) == (0, True)


def test_users_are_added_listed_and_put_out(staffed: Here) -> None:
    assert staffed("user", "add", "李", "经办").code == 0
    assert staffed("user", "role", "李", "查看").code == 0
    assert staffed("user", "list").out.splitlines() == [f"{ME}  管理员", "李  查看"]
    assert staffed("user", "remove", "李").code == 0
    assert staffed("user").out.splitlines()[1] == "李  已停用"
    assert staffed("user", "remove", ME).code == 2


def test_a_role_that_is_none_is_one_sentence(staffed: Here) -> None:
    answer = staffed("user", "add", "李", "校长")
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert "管理员、经办、查看" in answer.err


def test_an_account_that_is_no_user_is_refused(
    staffed: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "路人")
    answer = staffed("indicators")
    assert answer.code == 9
    assert "路人" in answer.err


def test_the_whole_chain_is_gone_through(staffed: Here) -> None:
    answer = staffed("audit", "verify")
    assert (answer.code, "完整" in answer.out) == (0, True)
    connection = driver.connect(str(staffed.data / "xqhz.db"))
    connection.execute("UPDATE change SET after = '{}' WHERE action_id = 2 AND after IS NOT NULL")
    connection.commit()
    connection.close()
    answer = staffed("audit", "verify")
    assert answer.code == 5
    assert "第 2 条" in answer.out


def test_whole_numbers_are_exported_with_a_reason_and_recorded(
    staffed: Here, tmp_path: Path
) -> None:
    target = tmp_path / "学生.xlsx"
    assert staffed("export", "students", "-o", target, "--unmasked", "上报市局").code == 0
    cells = [cell for row in openpyxl.load_workbook(target).active.values for cell in row]
    assert id_number(1) in cells
    assert "上报市局" in staffed("audit").out
    assert staffed("export", "students", "-o", target, "--unmasked", "").code == 2
