"""What is half typed survives a crash and an idle lock, and is offered where it was typed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.conftest import ROOT
from tests.services.books import firm, id_number, student, table, wrong
from tests.services.desk import Desk as Clerk
from tests.ui.conftest import Front, Seat, opened
from xqhz_desktop.services import deleting, drafts
from xqhz_desktop.services.access import encryption, users
from xqhz_desktop.services.access.roles import Role

PASSWORD = "海上明月共潮生2025"
CODE = str(firm(4, "丁有限公司")["统一社会信用代码"])


@pytest.fixture
def firms(empty: Seat) -> Any:
    """The page of a school with two firms."""
    names = enumerate(("甲有限公司", "乙有限公司"), 1)
    clerk = Clerk(empty.desk.office)
    changes = clerk.bring({"企业.xlsx": table(*(firm(at, name) for at, name in names))})
    empty.desk.broadcast(changes)
    return empty.go("firms")


def write(seat: Any, page: Any, field: str, text: str) -> None:
    """Type into a field of the form, and wait until it is put by."""
    box = page.panel.form.fields[field]
    box.setFocus()
    box.selectAll()
    seat.write(box, text)
    seat.qtbot.waitUntil(lambda: kept(page, field) == text, timeout=2000)
    seat.rest()


def kept(page: Any, field: str) -> str:
    """What the drafts of the register say of a field."""
    found = drafts.drafts(page.desk.office, page.register)
    texts = [one.content.get(field) for one in found if isinstance(one.content, dict)]
    return next((text[0] for text in texts if text), "")


def ways(page: Any, text: str) -> QPushButton:
    """The button of that name of the first offer."""
    found = page.unfinished.offers.findChildren(QPushButton)
    return next(one for one in found if one.text() == text and one.isVisible())


def test_what_is_left_half_typed_is_offered_and_stands_in_its_form_again(
    empty: Seat, firms: Any
) -> None:
    firms.sheet.setCurrentIndex(firms.model.index(0, 0))
    empty.qtbot.keyClick(firms.sheet, Qt.Key.Key_Return)
    empty.rest()
    write(empty, firms, "district", "高新区")
    assert firms.unfinished.offers.texts == []
    firms.panel.leave()
    empty.rest()
    (said,) = firms.unfinished.offers.texts
    assert said.startswith("“甲有限公司”有 1 项修改还没有保存（2025-09-15 09:00）")
    empty.press(ways(firms, "继续填写"))
    empty.rest()
    assert firms.panel.form.fields["district"].text() == "高新区"
    assert firms.panel.bar.state.text() == "1 项没有保存"
    assert firms.unfinished.offers.texts == []
    firms.panel.save()
    empty.rest()
    assert drafts.drafts(empty.desk.office, "firms") == []
    firms.panel.leave()
    empty.rest()
    assert firms.unfinished.offers.texts == []


def test_each_new_record_has_a_draft_of_its_own_and_one_can_be_dropped(
    empty: Seat, firms: Any
) -> None:
    for name in ("丁有限公司", "戊有限公司"):
        firms.begin_new()
        write(empty, firms, "name", name)
        firms.panel.leave()
        empty.rest()
    assert [text[:14] for text in firms.unfinished.offers.texts] == [
        "有一份没填完的合作企业“戊有",
        "有一份没填完的合作企业“丁有",
    ]
    empty.press(ways(firms, "丢弃"))
    empty.rest()
    (said,) = firms.unfinished.offers.texts
    assert "丁有限公司" in said
    empty.press(ways(firms, "继续填写"))
    write(empty, firms, "uscc", CODE)
    firms.panel.save()
    empty.rest()
    assert firms.model.records == 3
    assert drafts.drafts(empty.desk.office, "firms") == []


def test_an_offer_never_says_a_number_of_a_person(empty: Seat, firms: Any) -> None:
    page = empty.go("register", "students")
    page.begin_new()
    write(empty, page, "id_number", id_number(3)[:17] + "X")
    write(empty, page, "note", "转学来的")
    page.panel.leave()
    empty.rest()
    (said,) = page.unfinished.offers.texts
    assert said == "有一份没填完的学生“转学来的”（2025-09-15 09:00）。"


def test_given_up_a_form_leaves_nothing(empty: Seat, firms: Any) -> None:
    firms.begin_new()
    write(empty, firms, "name", "丁有限公司")
    empty.press(firms.panel.bar.give_up)
    empty.rest()
    assert not firms.panel.isVisible()
    assert drafts.drafts(empty.desk.office, "firms") == []


def test_going_on_to_the_next_record_saves_nothing_that_was_only_found_there(
    empty: Seat, firms: Any
) -> None:
    firms.sheet.setCurrentIndex(firms.model.index(0, 0))
    firms._open_row(0)
    write(empty, firms, "district", "高新区")
    firms.panel.leave()
    empty.rest()
    firms._open_row(0)
    empty.rest()
    assert firms.panel.form.fields["district"].text() == "高新区"
    empty.press(firms.panel.next)
    empty.rest()
    assert firms.panel.title == "乙有限公司"
    assert len(firms.unfinished.offers.texts) == 1


def test_new_rows_of_the_table_come_back_under_those_typed_meanwhile(
    empty: Seat, firms: Any
) -> None:
    district = firms.model.names.index("district")
    firms.model.enter([(firms.model.records, district, "东区", None)])
    empty.qtbot.waitUntil(lambda: bool(drafts.drafts(empty.desk.office, "firms")), timeout=2000)
    empty.rest()
    firms.open("agreements")
    firms.open("firms")
    empty.rest()
    assert firms.model.unsaved == {}
    (said,) = firms.unfinished.offers.texts
    assert said.startswith("表格里有 1 格没能保存的内容")
    firms.model.enter([(firms.model.records, district, "西区", None)])
    empty.rest()
    empty.press(ways(firms, "继续填写"))
    empty.rest()
    texts = [firms.model.text(firms.model.records + at, district) for at in range(2)]
    assert texts == ["西区", "东区"]
    assert firms.unfinished.offers.texts == []


def test_an_idle_lock_loses_nothing_and_the_draft_is_offered_behind_the_door(
    front: Any, tmp_path: Path
) -> None:
    with opened(tmp_path / "data") as office:
        users.add(office, "王敏", Role.ADMIN)
        Clerk(office).bring({"企业.xlsx": table(firm(1, "甲有限公司"))})
        encryption.turn_on(office, PASSWORD, lambda _: None)
    door: Front = front(tmp_path / "data")
    door.open()
    door.enter(PASSWORD)
    page = door.page("firms")
    page.begin_new()
    door.qtbot.keyClicks(page.panel.form.fields["name"], "Ding")
    door.session.lock()  # before the half second is over
    door.see(door.session.opening.door)
    assert b"Ding" not in (tmp_path / "data" / "xqhz.db").read_bytes()
    door.enter(PASSWORD)
    page = door.window.pages["firms"]
    door.qtbot.waitUntil(lambda: bool(page.unfinished.offers.texts), timeout=5000)
    assert "Ding" in page.unfinished.offers.texts[0]


def _wait_for_drafts(path: Path, count: int) -> None:
    """Wait until so many drafts are in the file, a second at most."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as looking:
        until = time.monotonic() + 1
        while looking.execute("SELECT count(*) FROM draft").fetchone()[0] < count:
            assert time.monotonic() < until, "a draft is not put by within a second"
            time.sleep(0.02)


def test_a_killed_program_loses_at_most_the_last_second(front: Any, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with opened(folder) as office:
        Clerk(office).bring({"企业.xlsx": table(firm(1, "甲有限公司"))})
    command = [sys.executable, "-m", "tests.ui.typing_to_death", str(folder)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline().startswith("typed")
    _wait_for_drafts(folder / "xqhz.db", 2)
    child.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    child.wait()
    child.stdout.close()
    door: Front = front(folder)
    door.open()
    page = door.page("firms")
    door.qtbot.waitUntil(lambda: len(page.unfinished.offers.texts) > 1, timeout=5000)
    new, rows = page.unfinished.offers.texts
    assert new.startswith("有一份没填完的合作企业“Ding Gongsi”")
    assert rows.startswith("表格里有 1 格没能保存的内容")
    door.press(ways(page, "继续填写"))
    assert page.panel.form.fields["contact"].text() == "Qian Da"


def test_a_half_corrected_row_has_its_corrections_again(empty: Seat) -> None:
    clerk = Clerk(empty.desk.office)
    rows = table(student(1), student(2, 身份证号=wrong(id_number(2)), 备注="待问"))
    empty.desk.broadcast(clerk.bring({"学生.xlsx": rows}))
    empty.rest()
    page = empty.go("waiting")

    def open_first() -> Any:
        page.sheet.selectRow(0)
        empty.qtbot.keyClick(page.sheet, Qt.Key.Key_Return)
        empty.rest()
        return page.panel.fields["note"]

    empty.write(open_first(), "打电话问过")
    empty.qtbot.waitUntil(lambda: bool(drafts.drafts(empty.desk.office, "students")), timeout=2000)
    page.panel.hide()
    assert open_first().text() == "待问打电话问过"
    box = page.panel.fields["id_number"]
    box.selectAll()
    empty.qtbot.keyClicks(box, id_number(2))
    empty.qtbot.waitUntil(page.panel.take.isEnabled, timeout=2000)
    page.panel.take.click()
    empty.rest()
    assert drafts.drafts(empty.desk.office, "students") == []
    assert clerk.one("SELECT note FROM student ORDER BY id DESC LIMIT 1") == "待问打电话问过"


def test_a_record_that_is_deleted_takes_what_was_typed_into_it_along(
    empty: Seat, firms: Any
) -> None:
    firms.sheet.setCurrentIndex(firms.model.index(0, 0))
    firms._open_row(0)
    write(empty, firms, "district", "高新区")
    number = firms.model.id_at(0)
    empty.desk.broadcast(deleting.delete(empty.desk.office, "firms", [number]))
    empty.rest()
    assert not firms.panel.isVisible()
    assert Clerk(empty.desk.office).one("SELECT count(*) FROM draft") == 0


def test_a_draft_that_went_with_an_erased_person_comes_back_in_no_form(
    empty: Seat, firms: Any
) -> None:
    page = empty.go("register", "students")
    page.begin_new()
    write(empty, page, "name", "钱大")
    page.panel.leave()
    empty.rest()
    assert len(page.unfinished.offers.texts) == 1
    drafts.drop(empty.desk.office, drafts.Form(drafts.RECORD, "students"))  # as an erasure does
    empty.undo_all()  # whatever changes the records has the page read again
    assert page.unfinished.offers.texts == []
    page.begin_new()
    assert set(page.panel.form.texts.values()) == {""}


def test_the_draft_of_a_record_that_is_filtered_out_stays_open_while_others_change(
    empty: Seat, firms: Any
) -> None:
    firms.sheet.setCurrentIndex(firms.model.index(0, 0))
    firms._open_row(0)
    write(empty, firms, "district", "高新区")
    firms.panel.leave()
    firms.search.setText("乙")
    firms.read()
    empty.rest()
    firms.sheet.setCurrentIndex(firms.model.index(0, 0))
    empty.press(ways(firms, "继续填写"))
    empty.rest()
    assert firms.panel.title == "甲有限公司"
    firms.read()
    empty.rest()
    assert firms.panel.title == "甲有限公司"
    assert firms.panel.form.fields["district"].text() == "高新区"
    firms.panel.save()
    empty.rest()
    assert drafts.drafts(empty.desk.office, "firms") == []
