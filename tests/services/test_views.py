"""Views that somebody saved: they come back as they were, each user's own."""

import dataclasses
from datetime import date

import pytest

from tests.services.books import agreement, firm, student, table
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE
from xqhz_desktop.base.errors import EXIT_NOT_PERMITTED, EXIT_USAGE, UserError
from xqhz_desktop.services import tables
from xqhz_desktop.services.access import users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.entry.editing import Edit, set_cells
from xqhz_desktop.services.filters import sentence
from xqhz_desktop.services.narrowing import (
    AnyEmpty,
    Between,
    ChangedBy,
    Contains,
    Empty,
    OneOf,
)
from xqhz_desktop.services.settings import thresholds
from xqhz_desktop.services.views import View, forget, save, saved, standing

VIEW = View(
    "本学年：在岗",
    (
        OneOf("arrangement", ("集中", None)),
        OneOf("start", (date(2024, 9, 1), None)),
        OneOf("agreement", (True,)),
        Between("end", date(2024, 9, 1), None),
        Between("pay", None, 3000.5),
        Empty("phone", not_=True),
        Contains("note", "2024-09-01"),
        AnyEmpty(("pay", "insurance")),
        ChangedBy("张:三"),
    ),
    ("start", True),
    ("name", "firm", "start"),
)


def test_a_saved_view_comes_back_as_it_was(desk: Desk) -> None:
    save(desk.office, "placements", VIEW)
    assert saved(desk.office, "placements") == [VIEW]
    assert saved(desk.office, "students") == []


def test_a_view_of_the_same_name_takes_its_place(desk: Desk) -> None:
    save(desk.office, "students", View("甲"))
    save(desk.office, "students", View("甲", (Empty("note"),)))
    assert saved(desk.office, "students") == [View("甲", (Empty("note"),))]


def test_a_view_that_is_let_go_is_gone_and_an_undo_brings_it_back(desk: Desk) -> None:
    save(desk.office, "students", View("甲"))
    changes = forget(desk.office, "students", "甲")
    assert saved(desk.office, "students") == []
    desk.undo(changes.action)
    assert saved(desk.office, "students") == [View("甲")]


def test_each_user_has_views_of_their_own(desk: Desk) -> None:
    save(desk.office, "students", View("甲"))
    desk.office.who = "另一人"
    assert saved(desk.office, "students") == []
    with pytest.raises(UserError):
        forget(desk.office, "students", "甲")


def test_views_do_not_disturb_the_settings(desk: Desk) -> None:
    before = thresholds(desk.office)
    save(desk.office, "students", View("甲"))
    assert thresholds(desk.office) == before


@pytest.mark.parametrize("name", ["", "  ", "长" * 21, "两\n行", "我改过的", "缺项"])
def test_a_name_that_cannot_be_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(UserError) as error:
        save(desk.office, "students", View(name))
    assert error.value.code == EXIT_USAGE


def test_who_only_reads_saves_no_view(desk: Desk) -> None:
    users.add(desk.office, "测试", Role.ADMIN)
    users.add(desk.office, "管", Role.ADMIN)
    users.set_role(desk.office, "测试", Role.VIEWER)
    with pytest.raises(UserError) as error:
        save(desk.office, "students", View("甲"))
    assert error.value.code == EXIT_NOT_PERMITTED


def test_a_view_whose_field_is_gone_is_left_out(desk: Desk) -> None:
    save(desk.office, "students", dataclasses.replace(VIEW, name="乙", filters=()))
    assert saved(desk.office, "students") == []


def named(desk: Desk, register: str, name: str) -> View:
    """The view of that name that the program brings."""
    return next(view for view in standing(desk.office, register) if view.name == name)


def test_what_ends_soon_is_a_view(desk: Desk) -> None:
    ends = {"A": "2025-02-28", "B": "2025-05-30", "C": "2025-03-01", "D": "2025-05-31"}
    rows = (agreement(code, FIRM, 协议期限止=end) for code, end in ends.items())
    desk.bring({"a.xlsx": table(firm(1, FIRM)), "b.xlsx": table(*rows)})
    view = named(desk, "agreements", "到期")
    ids = tables.ids(desk.office, "agreements", view.order, filters=view.filters)
    assert [row["code"] for row in tables.rows(desk.office, "agreements", ids)] == ["C", "B"]


def test_what_lacks_something_is_a_view(desk: Desk) -> None:
    full = {"民族": "汉族", "专业代码": "660102", "联系电话": "15412345678"}
    desk.bring({"a.xlsx": table(student(1, **full), student(2, **(full | {"民族": ""})))})
    view = named(desk, "students", "缺项")
    ids = tables.ids(desk.office, "students", filters=view.filters)
    assert [row["student_no"] for row in tables.rows(desk.office, "students", ids)] == ["20210002"]
    assert sentence("students", view.filters, date(2025, 3, 1)) == "民族、专业代码或联系电话为空"


def test_what_i_typed_is_a_view_and_what_i_imported_is_not(desk: Desk) -> None:
    desk.bring(OFFICE)
    second = tables.ids(desk.office, "students")[1]
    set_cells(desk.office, "students", [Edit(second, "nation", "回族")])
    view = named(desk, "students", "我改过的")
    assert tables.ids(desk.office, "students", filters=view.filters) == [second]
    assert sentence("students", view.filters, date(2025, 3, 1)) == "由测试改过"


def test_registers_without_dates_or_expectations_have_no_such_view(desk: Desk) -> None:
    assert [view.name for view in standing(desk.office, "majors")] == ["我改过的"]
