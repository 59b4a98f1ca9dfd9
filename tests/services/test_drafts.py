"""Half-typed forms are kept for who typed them: with the records, in no history, until saved."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.desk import Desk
from tests.services.erased import BOOKS, NAME, NUMBER, PHONE, erase, everything, found, me
from tests.services.small_office import OFFICE
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services import deleting, drafts, layouts, tables
from xqhz_desktop.services.access import users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.drafts import RECORD, ROWS, WAITING, Form
from xqhz_desktop.services.history import actions, undo
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy import erasing, test_copy
from xqhz_desktop.services.safety.plain_export import export_all
from xqhz_desktop.services.safety.rebuilding import rebuild

NEW = Form(RECORD, "firms")


def kept(desk: Desk, register: str = "firms") -> dict[Form, object]:
    """The drafts of a register by form."""
    return {one.form: one.content for one in drafts.drafts(desk.office, register)}


def test_the_last_that_was_typed_is_kept_and_goes_when_it_is_dropped(desk: Desk) -> None:
    for text in ("甲", "甲机械", "甲机械有限公司"):
        drafts.keep(desk.office, NEW, {"name": [text, None]})
    assert kept(desk) == {NEW: {"name": ["甲机械有限公司", None]}}
    assert desk.one("SELECT count(*) FROM draft") == 1
    drafts.drop(desk.office, NEW)
    assert kept(desk) == {}


def test_a_form_with_nothing_typed_any_more_is_no_draft(desk: Desk) -> None:
    drafts.keep(desk.office, NEW, {"name": ["甲", None]})
    drafts.keep(desk.office, NEW, {})
    assert desk.one("SELECT count(*) FROM draft") == 0


def test_drafts_make_no_history_and_hinder_no_undo(desk: Desk) -> None:
    desk.bring(OFFICE)
    before = len(actions(desk.office, None))
    drafts.keep(desk.office, NEW, {"name": ["丁", None]})
    assert len(actions(desk.office, None)) == before
    undo(desk.office)
    assert kept(desk) == {NEW: {"name": ["丁", None]}}


def test_each_sees_the_own_drafts_alone(desk: Desk) -> None:
    drafts.keep(desk.office, NEW, {"name": ["甲", None]})
    desk.office.who = "别人"
    assert kept(desk) == {}
    drafts.keep(desk.office, NEW, {"name": ["乙", None]})
    assert desk.one("SELECT count(*) FROM draft") == 2


def test_the_draft_of_a_record_that_went_waits_until_it_is_put_back(desk: Desk) -> None:
    desk.bring(OFFICE)
    number = tables.ids(desk.office, "courses")[0]
    form = Form(RECORD, "courses", int(number))
    drafts.keep(desk.office, form, {"name": ["机械制图", None]})
    gone = deleting.delete(desk.office, "courses", [number])
    assert kept(desk, "courses") == {}
    undo(desk.office, gone.action)
    assert list(kept(desk, "courses")) == [form]


def test_who_only_looks_or_may_only_read_keeps_none(desk: Desk) -> None:
    assert drafts.may_keep(desk.office)
    users.add(desk.office, desk.office.who, Role.ADMIN)
    users.add(desk.office, "看客", Role.VIEWER)
    desk.office.who = "看客"
    assert not drafts.may_keep(desk.office)
    with Office.look(desk.office.folder, "测试", desk.office.now) as looking:
        assert not drafts.may_keep(looking)


# ------------------------------------------------------------ erasing, copies, exports


@pytest.fixture
def full(desk: Desk) -> Desk:
    """An office with the person, and drafts of every kind that speak of the person or do not."""
    desk.bring(BOOKS)
    waiting = desk.one("SELECT id FROM quarantined_row LIMIT 1")
    for form, content in {
        Form(RECORD, "students", me(desk)): {"note": ["转学", None]},
        Form(RECORD, "students"): {"id_number": [NUMBER, None]},
        Form(ROWS, "firms"): [[-1, "contact", NAME], [-1, "phone", "154-7700-1234"]],
        Form(WAITING, "placements", waiting): {"phone": [PHONE, None]},
        Form(RECORD, "firms"): {"name": ["丁机械有限公司", None]},
    }.items():
        drafts.keep(desk.office, form, content)
    return desk


def test_an_erased_person_is_in_no_draft_and_other_drafts_stay(full: Desk) -> None:
    plan = erasing.plan(full.office, "students", me(full))
    assert plan.drafts == 4
    assert any("草稿" in one for one in plan.sentences())
    erase(full)
    assert full.read("SELECT form FROM draft") == [("record/firms/0",)]
    assert found(everything(full.office)) == []


def test_a_draft_typed_after_the_plan_was_shown_asks_for_another_look(full: Desk) -> None:
    plan = erasing.plan(full.office, "students", me(full))
    drafts.keep(full.office, Form(RECORD, "teachers"), {"note": [f"{NAME}的班主任", None]})
    assert erasing.plan(full.office, "students", me(full)) == replace(plan, drafts=5)


def test_a_copy_for_support_has_neither_drafts_nor_columns(full: Desk, tmp_path: Path) -> None:
    layouts.keep(full.office, "firms", layouts.Layout(hidden=frozenset({"uscc"})))
    test_copy.make(full.office, tmp_path / "copy")
    with Office.open(DataFolder(tmp_path / "copy"), "支持", full.office.now) as office:
        copy = Desk(office)
        assert copy.one("SELECT count(*) FROM draft") == 0
        assert copy.one("SELECT count(*) FROM layout") == 0


def test_a_plain_export_carries_both_as_they_are(full: Desk, tmp_path: Path) -> None:
    layouts.keep(full.office, "firms", layouts.Layout(hidden=frozenset({"uscc"})))
    export_all(full.office, tmp_path / "plain", "市局检查")
    folder = DataFolder(tmp_path / "again")
    rebuild(tmp_path / "plain", folder, "测试", full.office.now, Task())
    with Office.open(folder, "测试", full.office.now) as office:
        again = Desk(office)
        for table in ("draft", "layout"):
            rows = f'SELECT * FROM "{table}" ORDER BY id'
            assert again.read(rows) == full.read(rows)
