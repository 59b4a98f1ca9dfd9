"""Whichever workbook comes first, the records at the end are the same."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.services.books import (
    agreement,
    apprentice,
    base,
    booking,
    course,
    firm,
    id_number,
    masked,
    part_timer,
    placement,
    stint,
    student,
    table,
    teacher,
    wrong,
)
from tests.services.conftest import NOW
from tests.services.desk import Books, Desk
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import all_records

OLD, NEW, TWIN = "甲机械有限公司", "甲精密机械有限公司", "甲机械科技有限公司"
# Every sheet refers to others: by former names, spellings, numbers, masked numbers.
OFFICE: dict[str, Any] = {
    "firms": table(firm(1, NEW, 曾用名=OLD), firm(2, "乙电子有限公司"), firm(3, TWIN)),
    "students": table(
        student(1, 专业代码="660103"),
        student(2, 专业代码="660103"),
        student(3, 班级="2021级数控技术应用2班", 专业代码="660103"),
        student(4, 身份证号=wrong(id_number(4))),
    ),
    "roster": table(
        placement(1, OLD),
        placement(2, "乙电子有限责任公司", 夜班=None),
        placement(3, TWIN, 身份证号=wrong(id_number(3))),
    ),
    "masked": table(placement(3, NEW, 身份证号=masked(id_number(3)))),
    "apprentices": table(apprentice(3, OLD), apprentice(5, "丙物流有限公司")),
    "teachers": table(teacher(1), teacher(2, 是否双师型=None)),
    "stints": table(stint(1, OLD), stint(2, NEW), stint(3, "乙电子有限公司")),
    "bases": table(base(1, "数控实训室"), base(2, "电子实训室")),
    "bookings": table(
        booking("数控实训室"),
        booking("JD02", times="3-4节", 备注="取消"),
        booking("数控实训室"),
        booking("焊接实训室"),
    ),
    "courses": table(course("机械基础"), course("数控编程"), course("机械基础")),
    "agreements": table(agreement("XY1", OLD), agreement("XY2", "乙电子有限公司")),
    "part_timers": table(part_timer(800)),
}


def records(desk: Desk) -> dict[str, list[Any]]:
    """Every record and waiting row as a reader sees them, without ids and sources."""
    found: dict[str, list[Any]] = {}
    with desk.office.engine.connect() as connection:
        for name, register in REGISTERS.items():
            rows = all_records(connection, register)
            for row in rows:
                del row["id"], row["_source"], row["_row"]
            found[name] = sorted(rows, key=repr)
    found["names"] = desk.read(
        "SELECT firm.name, n.key, n.kind FROM firm_name n JOIN firm ON firm.id = n.firm_id"
        " ORDER BY 1, 2"
    )
    found["waiting"] = desk.read(
        "SELECT register, fingerprint FROM quarantined_row WHERE state = 'open' ORDER BY 1, 2"
    )
    return found


def imported(empty: Path, *imports: Books) -> dict[str, list[Any]]:
    """The records of a new office after these imports."""
    with tempfile.TemporaryDirectory() as place:
        folder = DataFolder(Path(place) / "office")
        shutil.copytree(empty, folder.root)
        with Office.open(folder, "测试", lambda: NOW) as office:
            desk = Desk(office)
            for books in imports:
                desk.bring(books)
            return records(desk)


@given(st.permutations(list(OFFICE)))
@example([*OFFICE])
@example([*reversed(OFFICE)])
@settings(
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_order_of_the_workbooks_does_not_matter(empty_school: Path, order: list[str]) -> None:
    at_once = imported(empty_school, {f"{name}.xlsx": OFFICE[name] for name in OFFICE})
    one_by_one = imported(empty_school, *({f"{name}.xlsx": OFFICE[name]} for name in order))
    assert one_by_one == at_once


def test_the_office_of_this_test_has_what_makes_order_hard(empty_school: Path) -> None:
    found = imported(empty_school, {f"{name}.xlsx": OFFICE[name] for name in OFFICE})
    counted = {name: len(rows) for name, rows in found.items() if rows}
    assert counted == {
        "firms": 4,
        "students": 4,
        "teachers": 3,
        "bases": 2,
        "agreements": 2,
        "placements": 3,
        "apprentices": 2,
        "part_timers": 1,
        "stints": 3,
        "bookings": 2,
        "courses": 3,
        "majors": 1,
        "classes": 2,
        "cohorts": 1,
        "names": 5,
        "waiting": 4,
    }
