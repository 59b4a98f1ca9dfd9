"""Users and roles: who may do what is asked in the services, whichever door they come by."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.services.books import firm, table
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.base.errors import EXIT_LOCKED, EXIT_NOT_PERMITTED, EXIT_USAGE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import history, settings
from xqhz_desktop.services.access import encryption, users
from xqhz_desktop.services.access.audit import entries, verify
from xqhz_desktop.services.access.roles import Role, role_named
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.outgoing import export
from xqhz_desktop.services.privacy import masking

ADMIN, CLERK, VIEWER = "陈主任", "林经办", "周老师"


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """An office with a year's records and one user of each role; it is closed."""
    desk.bring(OFFICE)
    for name, role in zip(
        (ADMIN, CLERK, VIEWER), (Role.ADMIN, Role.CLERK, Role.VIEWER), strict=True
    ):
        users.add(desk.office, name, role)
        desk.office.who = ADMIN  # the system account that named the first one is no user
    desk.office.close()
    return desk


@pytest.fixture
def as_user(staffed: Desk) -> Iterator[Callable[[str], Office]]:
    """Opens the office as one of its users."""
    opened: list[Office] = []

    def enter(name: str) -> Office:
        opened.append(Office.open(staffed.office.folder, name, lambda: NOW))
        return opened[-1]

    yield enter
    for office in opened:
        office.close()


def code_of(verb: Callable[[], object]) -> int:
    """The exit code of the sentence by which a verb is refused; 0 where it was not."""
    try:
        verb()
    except UserError as error:
        return error.code
    return 0


Verb = Callable[[Office, Path], object]
WRITES: dict[str, Verb] = {
    "import": lambda office, _: Desk(office).bring({"企业.xlsx": table(firm(9, "丁有限公司"))}),
    "undo": lambda office, _: history.undo(office, 2),
    "unmask": lambda office, _: masking.unmask(office),
    "export with whole numbers": lambda office, place: export.export_register(
        office, "students", place / "a.xlsx", NOW.date(), reason="家访"
    ),
}
ADMINISTERS: dict[str, Verb] = {
    "name the school": lambda office, _: settings.set_school_name(office, "某某学校"),
    "set a target": lambda office, _: settings.set_target(office, "concentrated_rate", 2025, "90%"),
    "add a user": lambda office, _: users.add(office, "新人", Role.CLERK),
    "change a role": lambda office, _: users.set_role(office, CLERK, Role.ADMIN),
    "turn encryption on": lambda office, _: encryption.turn_on(
        office, "一个足够长的密码", lambda code: None
    ),
}


@pytest.mark.parametrize("verb", [*WRITES, *ADMINISTERS])
def test_a_viewer_changes_nothing(
    verb: str, as_user: Callable[[str], Office], tmp_path: Path
) -> None:
    office = as_user(VIEWER)
    before = Desk(office).dump()
    assert code_of(lambda: (WRITES | ADMINISTERS)[verb](office, tmp_path)) == EXIT_NOT_PERMITTED
    assert Desk(office).dump() == before
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.parametrize("verb", ADMINISTERS)
def test_a_clerk_does_not_administer(
    verb: str, as_user: Callable[[str], Office], tmp_path: Path
) -> None:
    office = as_user(CLERK)
    assert code_of(lambda: ADMINISTERS[verb](office, tmp_path)) == EXIT_NOT_PERMITTED


@pytest.mark.parametrize("verb", WRITES)
def test_a_clerk_keeps_the_records(
    verb: str, as_user: Callable[[str], Office], tmp_path: Path
) -> None:
    office = as_user(CLERK)
    assert code_of(lambda: WRITES[verb](office, tmp_path)) == 0


def test_a_viewer_reads_and_exports_what_is_masked(
    as_user: Callable[[str], Office], tmp_path: Path
) -> None:
    office = as_user(VIEWER)
    assert export.export_register(office, "students", tmp_path / "a.xlsx", NOW.date()) > 0


def test_who_is_not_on_the_list_does_not_get_in(as_user: Callable[[str], Office]) -> None:
    with pytest.raises(UserError, match="用户名单里没有") as refused:
        as_user("路人")
    assert refused.value.code == EXIT_NOT_PERMITTED
    as_user(ADMIN)  # and the folder was given back


def test_as_long_as_nobody_is_named_everybody_may_all(desk: Desk) -> None:
    assert desk.office.role is Role.ADMIN
    settings.set_school_name(desk.office, "某某学校")


def test_the_first_user_must_be_one_who_can_add_others(desk: Desk) -> None:
    assert code_of(lambda: users.add(desk.office, CLERK, Role.CLERK)) == EXIT_USAGE


def test_the_last_administrator_stays(as_user: Callable[[str], Office]) -> None:
    office = as_user(ADMIN)
    assert code_of(lambda: users.deactivate(office, ADMIN)) == EXIT_USAGE
    assert code_of(lambda: users.set_role(office, ADMIN, Role.CLERK)) == EXIT_USAGE
    users.set_role(office, CLERK, Role.ADMIN)
    users.deactivate(office, ADMIN)
    assert office.role is Role.VIEWER  # whoever was put out may do nothing more


def test_one_who_left_does_not_get_in_and_can_come_back(as_user: Callable[[str], Office]) -> None:
    office = as_user(ADMIN)
    users.deactivate(office, CLERK)
    office.close()
    with pytest.raises(UserError):
        as_user(CLERK)
    office = as_user(ADMIN)
    users.add(office, CLERK, Role.VIEWER)
    assert [one.label for one in users.users(office)] == ["管理员", "查看", "查看"]


@pytest.mark.parametrize("name", ["", "  ", "甲\n乙", "长" * 21, "\u200b"])
def test_a_name_that_nobody_can_read_is_refused(desk: Desk, name: str) -> None:
    assert code_of(lambda: users.add(desk.office, name, Role.ADMIN)) == EXIT_USAGE
    assert users.users(desk.office) == []


def test_roles_are_understood_in_both_languages() -> None:
    assert [role_named(word) for word in ("管理员", "clerk", "查看")] == list(Role)
    assert code_of(lambda: role_named("领导")) == EXIT_USAGE


def test_what_was_looked_at_and_taken_out_stands_in_the_chain(
    as_user: Callable[[str], Office], tmp_path: Path
) -> None:
    office = as_user(CLERK)
    masking.unmask(office)
    masking.unmask(office)  # once is enough
    export.export_register(office, "students", tmp_path / "a.xlsx", NOW.date(), reason="家访")
    last = entries(office, 2)
    assert [(line.who, line.kind) for line in last] == [(CLERK, "export"), (CLERK, "unmask")]
    assert "家访" in last[0].title
    assert verify(office).whole


def test_without_a_reason_whole_numbers_stay_inside(
    as_user: Callable[[str], Office], tmp_path: Path
) -> None:
    office = as_user(CLERK)
    target = tmp_path / "a.xlsx"
    verb = lambda: export.export_register(office, "students", target, NOW.date(), reason=" ")  # noqa: E731
    assert code_of(verb) == EXIT_USAGE
    assert not target.exists()


def test_a_second_process_may_look_and_writes_nothing(
    as_user: Callable[[str], Office], staffed: Desk, tmp_path: Path
) -> None:
    working = as_user(ADMIN)
    looking = Office.look(DataFolder(staffed.office.folder.root), CLERK, lambda: NOW)
    before = Desk(looking).dump()
    for verb in WRITES.values():
        assert code_of(lambda verb=verb: verb(looking, tmp_path)) == EXIT_LOCKED  # type: ignore[misc]
    settings.set_school_name(working, "某某学校")
    assert Desk(looking).dump() != before  # and sees what the other one writes
    looking.close()


def test_a_chain_whose_end_was_cut_off_is_told_by_a_backup(desk: Desk) -> None:
    desk.bring(OFFICE)
    desk.office.backup("手动")
    assert verify(desk.office).whole
    connection = driver.connect(str(desk.office.folder.database))  # not by this program
    connection.execute("DROP TRIGGER audit_entry_stays")
    last = connection.execute("SELECT max(id) FROM action").fetchone()[0]
    for name, column in (("audit_entry", "action_id"), ("change", "action_id"), ("action", "id")):
        connection.execute(f"DELETE FROM {name} WHERE {column} = ?", (last,))
    connection.commit()
    connection.close()
    assert "备份" in verify(desk.office).sentence
