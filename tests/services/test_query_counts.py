"""Whatever is listed, the queries are as many for a large office as for a small one."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.books import agreement, firm, id_number, placement, student, table, wrong
from tests.services.conftest import NOW
from tests.services.desk import Desk
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import deleting, drafts, filters, history, quarantine, tables, views
from xqhz_desktop.services.drafts import RECORD, Form
from xqhz_desktop.services.find import catch_up, find
from xqhz_desktop.services.narrowing import Contains, Empty
from xqhz_desktop.services.numbers import numbers
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.views import View
from xqhz_desktop.services.worklist import worklist

FEW, MANY = 3, 60
FILTERS = (Contains("phone", "154"), Empty("student_no", not_=True))
Listing = Callable[[Office], list[object]]


def school(folder: Path, count: int) -> Desk:
    """An office in which everything is `count` times: records, actions, views, drafts, rows."""
    desk = Desk(Office.open(DataFolder(folder), "测试", lambda: NOW))
    office, people = desk.office, range(1, count + 1)
    desk.bring(
        {
            "企业.xlsx": table(*(firm(n, f"第{n}精密机械厂", 曾用名=f"旧{n}厂") for n in people)),
            "学生.xlsx": table(
                *(student(n, 联系电话=f"154{n:08d}") for n in people),
                *(student(900 + n, 身份证号=wrong(id_number(900 + n))) for n in people),
            ),
            "实习.xlsx": table(*(placement(n, f"第{n}精密机械厂") for n in people)),
            "协议.xlsx": table(
                *(agreement(f"XY{n}", f"第{n}精密机械厂", 协议期限止="2025-04-20") for n in people)
            ),
        }
    )
    for number in people:
        views.save(office, "students", View(f"视图{number}", FILTERS))
        drafts.keep(office, Form(RECORD, "students", number), {"name": "王"})
    deleting.delete(office, "agreements", tables.ids(office, "agreements")[1:])
    catch_up(office)
    return desk


@pytest.fixture(scope="module")
def offices(
    empty_school: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Office, Office]]:
    """A small office and a large one."""
    made = []
    for count in (FEW, MANY):
        folder = tmp_path_factory.mktemp("counted") / "office"
        shutil.copytree(empty_school, folder)
        made.append(school(folder, count).office)
    yield made[0], made[1]
    for office in made:
        office.close()


LISTS: dict[str, tuple[int, Listing]] = {
    "ids in order of their number": (1, lambda office: [*tables.ids(office, "students")]),
    "ids in order of a name's sound": (
        1,
        lambda office: [*tables.ids(office, "placements", ("firm", True))],
    ),
    "ids that were found and filtered": (
        1,
        lambda office: [
            *tables.ids(office, "students", ("id_number", False), "2021", None, FILTERS)
        ],
    ),
    "a page's ids and the count of all": (
        2,
        lambda office: tables.listed(office, "students", filters=FILTERS)[0],
    ),
    "rows of students": (1, lambda office: tables.rows(office, "students", range(1, 500))),
    "rows of placements": (1, lambda office: tables.rows(office, "placements", range(1, 500))),
    "values under a heading": (1, lambda office: [*filters.choices(office, "students", "name")]),
    "saved views": (1, lambda office: [*views.saved(office, "students")]),
    "drafts": (2, lambda office: [*drafts.drafts(office, "students")]),
    "rows that wait": (1, lambda office: [*quarantine.waiting(office)]),
    "actions": (5, lambda office: [*history.actions(office, 50)]),
    "deleted records": (4, lambda office: [*deleting.deleted(office)]),
    "students that were found": (1, lambda office: [*find(office, "154000000")]),
    "firms found by all their names": (2, lambda office: [*find(office, "厂")]),
    "students, classes and waiting rows found": (3, lambda office: [*find(office, "2021")]),
}


def asked(queries: list[str], listing: Listing, office: Office) -> tuple[int, int]:
    """How many queries a list takes, and how many lines it has."""
    queries.clear()
    lines = listing(office)
    return len([sql for sql in queries if sql.startswith(("SELECT", "WITH"))]), len(lines)


@pytest.mark.parametrize("name", list(LISTS))
def test_a_list_takes_as_many_queries_whatever_its_length(
    offices: tuple[Office, Office], queries: list[str], name: str
) -> None:
    wanted, listing = LISTS[name]
    few, some = asked(queries, listing, offices[0])
    many, more = asked(queries, listing, offices[1])
    assert 0 < some < more
    assert (few, many) == (wanted, wanted)


def test_the_workbench_takes_as_many_queries_whatever_waits(
    offices: tuple[Office, Office], queries: list[str]
) -> None:
    known = {id(office): numbers(office) for office in offices}
    few, many = (
        asked(queries, lambda one: [*worklist(one, known[id(one)], NOW)], office)[0]
        for office in offices
    )
    assert few == many < 12


def test_the_numbers_take_as_many_queries_whatever_is_counted(
    offices: tuple[Office, Office], queries: list[str]
) -> None:
    few, many = (asked(queries, lambda one: [numbers(one)], office)[0] for office in offices)
    assert few == many
