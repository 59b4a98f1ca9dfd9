"""What setting a field of many records would do, said before it is done and true then."""

from datetime import date

import pytest

from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from tests.services.typed import title
from xqhz_desktop.base.errors import Cancelled
from xqhz_desktop.base.task import Task
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.editing import fill
from xqhz_desktop.services.entry.filling import Filling, Refused, fillable, preview
from xqhz_desktop.services.record_history import record_history


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A small office."""
    desk.bring(OFFICE)
    return desk


def seen(desk: Desk, register: str, name: str, text: str) -> tuple[Filling, list[int]]:
    """The preview over all records of a register."""
    ids = tables.ids(desk.office, register)
    return preview(desk.office, register, ids, name, text, Task()), list(ids)


def test_rows_that_say_so_already_do_not_change(office: Desk) -> None:
    found, ids = seen(office, "firms", "nature", "民营")
    assert (found.rows, found.changing, found.refused) == (len(ids), 0, ())


def test_what_was_previewed_is_what_is_done(office: Desk) -> None:
    before = office.dump()
    found, ids = seen(office, "placements", "end", "2023-12-31")
    assert office.dump() == before
    done = fill(office.office, "placements", ids, "end", "2023-12-31", reason="提前结束")
    assert len(done.ids) == found.changing == 2
    assert "事由：提前结束" in title(office.office)
    office.undo()
    assert office.dump() == before


def test_a_row_that_cannot_take_it_is_named_with_the_reason(office: Desk) -> None:
    found, ids = seen(office, "placements", "end", "1999-12-31")
    assert found.changing == 0
    why = "“结束”：结束日期早于开始日期，请核对。"
    assert {*found.refused} == {Refused("王二", why), Refused("王三", why)}
    assert len(ids) == 2


def test_what_nobody_has_registered_is_named(office: Desk) -> None:
    found, ids = seen(office, "placements", "firm", "丙食品有限公司")
    assert found.missing == "丙食品有限公司"
    text = found.missing
    fill(office.office, "placements", ids, "firm", text, reason="转岗", make_missing=True)
    assert office.one("SELECT count(DISTINCT firm_id) FROM placement") == 1


def test_a_number_that_tells_one_record_from_others_is_not_offered() -> None:
    assert "id_number" not in {field.name for field in fillable("students")}
    assert "class" in {field.name for field in fillable("students")}


def test_a_preview_that_nobody_waits_for_is_cancelled(office: Desk) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        preview(office.office, "firms", [1], "nature", "国有", task)


def test_why_and_since_when_stands_in_the_history_of_each_record(office: Desk) -> None:
    ids = tables.ids(office.office, "firms")
    fill(office.office, "firms", ids, "nature", "国有", reason="改制", on=date(2025, 1, 1))
    for number in ids:
        last = record_history(office.office, "firms", number)[0].action.title
        assert "自 2025-01-01 起，事由：改制" in last
