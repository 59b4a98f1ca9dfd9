"""What a cell offers while somebody types: by any part, by sound, and no number of a person."""

import pytest

from tests.services.books import firm, id_number, student, table, teacher, uscc
from tests.services.desk import Desk
from tests.services.small_office import OFFICE
from xqhz_desktop.services import tables
from xqhz_desktop.services.entry.candidates import Candidate, complete
from xqhz_desktop.services.entry.editing import Edit, set_cells


@pytest.fixture
def school(desk: Desk) -> Desk:
    """Persons and firms whose names sound alike or are read otherwise."""
    people = ["曾小明", "单雄信", "王小明", "王小红", "仇英"]
    desk.bring(OFFICE)
    desk.bring({"a.xlsx": table(*(student(20 + n, 姓名=one) for n, one in enumerate(people)))})
    desk.bring({"b.xlsx": table(teacher(9, 姓名="解珍"))})
    desk.bring({"c.xlsx": table(firm(7, "江苏精密机械有限公司"), firm(8, "山东精工电子有限公司"))})
    return desk


def offered(desk: Desk, register: str, field: str, typed: str) -> list[str]:
    """The texts offered, the likeliest first."""
    return [one.text for one in complete(desk.office, register, field, typed)]


@pytest.mark.parametrize(
    ("register", "field", "typed", "first"),
    [
        ("placements", "student", "zxm", "曾小明"),
        ("placements", "student", "cxm", "曾小明"),
        ("placements", "student", "曾", "曾小明"),
        ("placements", "student", "小红", "王小红"),
        ("placements", "student", "20210021", "单雄信"),
        ("placements", "student", id_number(24), "仇英"),
        ("placements", "student", "shanx", "单雄信"),
        ("stints", "teacher", "xz", "解珍"),
        ("stints", "teacher", "t009", "解珍"),
        ("placements", "firm", "精工", "山东精工电子有限公司"),
        ("placements", "firm", "jsjm", "江苏精密机械有限公司"),
        ("placements", "firm", uscc(8)[-6:], "山东精工电子有限公司"),
        ("students", "class", "1班", "2021级数控技术应用1班"),
        ("bookings", "base", "JD01", "数控实训室"),
        ("bookings", "function", "jd", "技能鉴定"),
        ("placements", "student", "xh", "王小红"),
        ("students", "sex", "n", "男"),
        ("placements", "agreement", "s", "是"),
        ("placements", "position", "q", "钳工"),
    ],
)
def test_a_part_or_the_sound_finds_it(
    school: Desk, register: str, field: str, typed: str, first: str
) -> None:
    assert offered(school, register, field, typed)[0] == first


@pytest.mark.parametrize("typed", ["xyz", "精 工", "小明小明"])
def test_what_fits_nothing_offers_nothing(school: Desk, typed: str) -> None:
    assert offered(school, "placements", "student", typed) == []


def test_all_are_offered_where_nothing_was_typed(school: Desk) -> None:
    assert offered(school, "bookings", "audience", "") == ["在校学生", "企业职工", "城乡劳动者"]
    assert len(offered(school, "placements", "student", "")) == 8


def test_no_more_than_asked_for_in_the_order_of_their_sound(school: Desk) -> None:
    found = complete(school.office, "placements", "student", "王小", limit=1)
    assert [one.text for one in found] == ["王小红"]


def test_a_person_is_told_apart_without_a_number_of_identity(school: Desk) -> None:
    (found,) = complete(school.office, "placements", "student", "仇英")
    assert found.detail == "2021级数控技术应用1班 20210024"
    assert id_number(24) not in repr(complete(school.office, "placements", "student", ""))


@pytest.mark.parametrize(("register", "field"), [("students", "id_number"), ("students", "phone")])
def test_numbers_of_persons_are_never_offered(school: Desk, register: str, field: str) -> None:
    assert offered(school, register, field, "") == []


def test_what_was_just_written_is_offered(school: Desk) -> None:
    assert offered(school, "students", "nation", "") == []
    number = tables.ids(school.office, "students")[0]
    set_cells(school.office, "students", [Edit(number, "nation", "回族")])
    assert complete(school.office, "students", "nation", "h") == [Candidate("回族")]


def test_offering_again_only_asks_whether_anything_changed(
    school: Desk, queries: list[str]
) -> None:
    complete(school.office, "placements", "student", "z")
    queries.clear()
    complete(school.office, "placements", "student", "zx")
    assert len([sql for sql in queries if sql.startswith("SELECT")]) == 1


def test_after_a_change_only_the_changed_person_is_read(school: Desk, queries: list[str]) -> None:
    complete(school.office, "placements", "student", "z")
    number = tables.ids(school.office, "students")[0]
    set_cells(school.office, "students", [Edit(number, "name", "翟一")])
    queries.clear()
    assert offered(school, "placements", "student", "zhai") == ["翟一"]
    assert len([sql for sql in queries if sql.startswith("SELECT")]) == 3
    school.undo()
    assert offered(school, "placements", "student", "zhai") == []


def test_a_class_that_changed_its_name_is_told_with_its_students(school: Desk) -> None:
    complete(school.office, "placements", "student", "z")
    number = tables.ids(school.office, "classes")[0]
    set_cells(school.office, "classes", [Edit(number, "name", "2021级数控9班")])
    (found,) = complete(school.office, "placements", "student", "仇英")
    assert found.detail == "2021级数控9班 20210024"
