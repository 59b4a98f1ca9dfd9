"""The history of one record: who did what and when, each field from what to what."""

import pytest

from tests.services.desk import Desk
from tests.services.erased import BOOKS, erase, me
from tests.services.small_office import OFFICE, OTHER
from tests.services.typed import first, put
from xqhz_desktop.services import deleting, history
from xqhz_desktop.services.history import Wanted, actions, undo
from xqhz_desktop.services.record_history import Event, Step, record_history


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A small office."""
    desk.bring(OFFICE)
    return desk


def of(desk: Desk, register: str) -> list[Event]:
    """The history of a register's first record."""
    return record_history(desk.office, register, first(desk.office, register))


def test_each_field_is_told_from_what_to_what_the_latest_first(office: Desk) -> None:
    put(office.office, "firms", contact="钱大", staff="120")
    put(office.office, "firms", contact="孙二")
    latest, before, made = of(office, "firms")
    assert latest.steps == (Step("联系人", "钱大", "孙二"),)
    assert {one.label for one in before.steps} == {"联系人", "在岗职工人数"}
    assert (made.made, latest.made, latest.gone) == (True, False, False)
    assert latest.action.who == "测试"
    assert latest.action.undoable


def test_links_dates_and_flags_are_told_as_the_table_shows_them(office: Desk) -> None:
    put(office.office, "placements", firm=OTHER, end="20250701", night_shift="是")
    steps = {one.label: one.became for one in of(office, "placements")[0].steps}
    assert steps == {"实习单位": OTHER, "结束": "2025-07-01", "夜班": "是"}


def test_numbers_of_persons_are_masked_unless_they_are_shown(office: Desk) -> None:
    put(office.office, "firms", phone="15477001234")
    assert of(office, "firms")[0].steps[0].became == "154****1234"
    office.office.unmasked = True
    assert of(office, "firms")[0].steps[0].became == "15477001234"


def test_what_was_taken_back_says_so_and_a_deletion_and_its_return_are_told(office: Desk) -> None:
    number = first(office.office, "courses")
    gone = deleting.delete(office.office, "courses", [number])
    undo(office.office, gone.action)
    back, deleted, _ = record_history(office.office, "courses", number)
    assert (back.made, deleted.gone) == (True, True)
    assert deleted.action.undone
    assert not deleted.action.undoable


def test_what_was_emptied_with_an_erased_person_has_no_words(desk: Desk) -> None:
    desk.bring(BOOKS)
    other = desk.one("SELECT id FROM student WHERE note LIKE '与%'")
    erase(desk, row=me(desk))
    for event in record_history(desk.office, "students", other):
        assert "欧阳" not in "".join(f"{one.was}{one.became}" for one in event.steps)


def test_the_queries_are_as_many_whatever_was_done(office: Desk, queries: list[str]) -> None:
    counts, number = [], first(office.office, "placements")
    for contact in ("钱大", "孙二", "李三"):
        put(office.office, "placements", firm_supervisor=contact)
        before = len(queries)
        record_history(office.office, "placements", number)
        counts.append(len(queries) - before)
    assert len(set(counts)) == 1
    assert counts[0] <= 12


def test_the_history_is_narrowed_by_who_kind_and_day(office: Desk) -> None:
    put(office.office, "firms", contact="钱大")
    office.office.who = "王敏"
    put(office.office, "firms", contact="孙二")
    today = office.office.now().date()

    def titles(wanted: Wanted) -> list[str]:
        return [one.title for one in actions(office.office, None, wanted) if one.kind != "seed"]

    assert len(titles(Wanted(who="王敏"))) == 1
    assert len(titles(Wanted(kind="edit"))) == 2
    assert len(titles(Wanted(since=today, until=today))) == 3
    assert titles(Wanted(since=today.replace(year=2030))) == []
    assert titles(Wanted(until=today.replace(year=2020))) == []
    assert history.met(office.office) == (["测试", "王敏"], ["edit", "import", "seed"])
