"""A copy for support: the same numbers, and not one real person in any byte."""

from datetime import date
from pathlib import Path

import pytest

from tests.services.books import id_number, placement, student, table, wrong
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.safe import PASSWORD
from tests.services.small_office import FIRM, OFFICE
from xqhz_desktop.base.errors import EXIT_NOT_PERMITTED, EXIT_USAGE, UserError
from xqhz_desktop.base.identity import birthday, id_problem, sex
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import audit, encryption, users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.numbers import numbers
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy import test_copy
from xqhz_desktop.services.privacy.invented import Inventor
from xqhz_desktop.store.models import Model
from xqhz_desktop.store.types import Day

BOYS = {7: date(2007, 9, 15), 8: date(2008, 1, 31), 9: date(2007, 10, 1)}
BOOKS = {
    **OFFICE,
    "12学生.xlsx": table(
        *(
            student(
                n, 身份证号=id_number(n, born), 联系电话=f"154770012{n:02}",
                监护人姓名="欧阳远山", 监护人电话=f"154880012{n:02}", 备注="家住湖边，父亲欧阳远山",
            )
            for n, born in BOYS.items()
        ),
        student(10, 姓名="欧阳清扬", 身份证号=wrong(id_number(10)), 联系电话="15477001299"),
    ),
    "13欧阳老师的名单.xlsx": table(
        *(placement(n, FIRM, 身份证号=id_number(n, born)) for n, born in BOYS.items()),
        placement(11, FIRM, 实习开始日期="2023-13-01", 联系电话="15477001298"),
    ),
}  # fmt: skip


@pytest.fixture
def full(desk: Desk) -> Desk:
    """An office with persons of every kind, and rows that wait."""
    desk.bring(BOOKS)
    return desk


def personal(desk: Desk) -> set[str]:
    """Every personal value that the records hold."""
    found: set[str] = set()
    for sql in (
        "SELECT name, id_number, student_no, phone, note FROM student",
        "SELECT guardian_name, guardian_phone FROM student",
        "SELECT name, staff_no, phone, id_number FROM teacher",
        "SELECT name, id_number, phone FROM part_timer",
        "SELECT owner FROM base UNION SELECT owner FROM booking",
        "SELECT contract_no, firm_mentor, phone FROM apprentice",
    ):
        found |= {value for row in desk.read(sql) for value in row if value and len(value) > 1}
    return found | {"欧阳", wrong(id_number(10)), "15477001299", "15477001298", "2023-13-01"}


def told(office: Office) -> object:
    """Every number and finding, without the words in which days are counted."""
    found = numbers(office)
    shown = found.as_json()
    return shown, [
        (one.rule, one.severity, one.record, one.period, one.quarantined) for one in found.findings
    ]


def test_the_copy_tells_the_same_numbers(full: Desk, tmp_path: Path) -> None:
    before = told(full.office)
    test_copy.make(full.office, tmp_path / "copy")
    with Office.open(DataFolder(tmp_path / "copy"), "外人", lambda: NOW) as office:
        assert told(office) == before
        assert audit.verify(office).whole


@pytest.mark.parametrize("encrypted", [False, True])
def test_no_byte_of_it_is_of_a_real_person(full: Desk, tmp_path: Path, encrypted: bool) -> None:
    known = personal(full)
    assert len(known) > 40
    if encrypted:
        encryption.turn_on(full.office, PASSWORD, lambda code: None)
    test_copy.make(full.office, tmp_path / "copy")
    said = b"".join(one.read_bytes() for one in (tmp_path / "copy").rglob("*") if one.is_file())
    assert FIRM.encode() in said
    assert [value for value in sorted(known) if value.encode() in said] == []
    assert "测试".encode() not in said.replace("测试副本".encode(), b"")  # who imported it


def test_a_person_is_the_same_one_everywhere(full: Desk, tmp_path: Path) -> None:
    test_copy.make(full.office, tmp_path / "copy")
    sql = (
        "SELECT student.id_number, student.name, placement.name FROM student"
        " JOIN placement ON student_id = student.id ORDER BY student.id"
    )
    before = full.read(sql)
    with Office.open(DataFolder(tmp_path / "copy"), "外人", lambda: NOW) as office:
        after = Desk(office).read(sql)
    assert len(after) == len(before) > 3
    for (real, *_), (number, name, placed) in zip(before, after, strict=True):
        assert id_problem(number) is None
        assert (sex(number), birthday(number).replace(day=1)) == (
            sex(real), birthday(real).replace(day=1),
        )  # fmt: skip
        assert name == placed
        assert number != real


def test_birthdays_move_only_where_age_decides_nothing() -> None:
    real = id_number(7, date(2007, 9, 15))
    days = [date(2023, 9, 14), date(2023, 9, 16)]
    assert birthday(Inventor([], {real: days}).id_number(real)) in (
        date(2007, 9, 15),
        date(2007, 9, 16),
    )
    free = {birthday(Inventor([], {}).id_number(id_number(n, date(2007, 9, 15)))) for n in range(9)}
    assert date(2007, 9, 15) not in free


def test_names_are_none_that_somebody_has() -> None:
    made = Inventor(["甲子丑", "甲子"], {})
    names = [made.name(f"学生{n}") for n in range(1500)]
    assert len(set(names)) == 1500
    assert not any("甲子" in name for name in names)


def test_every_text_column_is_kept_by_name_or_invented() -> None:
    for table_name, columns in test_copy.KEPT.items():
        known = Model.metadata.tables[table_name].columns
        for column in columns:
            assert column in known
            assert not isinstance(known[column].type, Day)
            assert column not in ("note", "phone", "address", "owner", "contact", "reason")


def test_only_an_admin_makes_one_and_it_is_recorded(full: Desk, tmp_path: Path) -> None:
    users.add(full.office, "测试", Role.ADMIN)
    users.add(full.office, "经办人", Role.CLERK)
    test_copy.make(full.office, tmp_path / "copy")
    assert "测试副本" in audit.entries(full.office)[0].title
    with Office.open(DataFolder(tmp_path / "copy"), "外人", lambda: NOW) as office:
        assert users.users(office) == []
    full.office.who = "经办人"
    with pytest.raises(UserError) as refused:
        test_copy.make(full.office, tmp_path / "other")
    assert refused.value.code == EXIT_NOT_PERMITTED
    assert not (tmp_path / "other").exists()


def test_nothing_is_overwritten_by_it(full: Desk, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("x")
    with pytest.raises(UserError) as refused:
        test_copy.make(full.office, tmp_path)
    assert refused.value.code == EXIT_USAGE
    assert (tmp_path / "photo.jpg").read_text() == "x"
