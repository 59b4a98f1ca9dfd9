"""One box over everything: any part of what a record says, and how a name sounds."""

import pytest

from tests.services.books import firm, id_number, placement, student, table, wrong
from tests.services.desk import Desk
from xqhz_desktop.services.find import WAITING, Hit, catch_up, find
from xqhz_desktop.services.privacy import masking
from xqhz_desktop.store.search import SearchIndex

FIRM = "甲机械（苏州）有限公司"
RARE = "𡋾"


@pytest.fixture
def searched(desk: Desk) -> Desk:
    """An office of a few people, one row of them waiting, and its index."""
    desk.bring(
        {
            "企业.xlsx": table(firm(1, FIRM, 备注="2019年更名；原乙五金厂")),
            "学生.xlsx": table(
                student(1, 姓名="曾小明"),
                student(2, 姓名=f"王{RARE}"),
                student(3, 姓名="单雄信", 身份证号=wrong(id_number(3))),
                student(4, 姓名="吕 绿"),
            ),
            "实习.xlsx": table(placement(1, FIRM)),
        }
    )
    catch_up(desk.office)
    return desk


def registers(desk: Desk, text: str) -> list[str]:
    """The registers of what is found, once each."""
    return list(dict.fromkeys(hit.register for hit in find(desk.office, text)))


@pytest.mark.parametrize(
    "text",
    [
        *("曾小明", "小明", "明", "zxm", "cxm", "zengxiaoming", "xiaom", "ZXM", "明 曾", "ｚｘｍ"),
        *(id_number(1), id_number(1)[-4:], f"曾 {id_number(1)[:6]}"),
    ],
)
def test_a_student_is_found_by_any_part_and_any_order(searched: Desk, text: str) -> None:
    assert any("曾小明" in hit.text for hit in find(searched.office, text))


@pytest.mark.parametrize("text", ["机械", "(苏州)", "（苏州）", "jjx", "甲机械 有限"])
def test_a_firm_is_found_by_any_part_of_its_name(searched: Desk, text: str) -> None:
    assert "firms" in registers(searched, text)


def test_a_rare_character_is_like_any_other(searched: Desk) -> None:
    assert [hit.register for hit in find(searched.office, RARE)] == ["students"]


def test_a_row_that_waits_is_found_and_marked(searched: Desk) -> None:
    (hit,) = find(searched.office, "单雄信")
    assert hit.register == WAITING
    assert "待更正" in hit.text
    assert find(searched.office, "sxx") == [hit]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "*",
        '"',
        "a AND",
        "NOT 明",
        "words:明",
        "明*'; DROP TABLE record",
        "NEAR(",
        "^",
        "%",
    ],
)
def test_what_means_something_to_a_database_is_just_text(searched: Desk, text: str) -> None:
    assert find(searched.office, text) == []


def test_letters_of_one_word_do_not_run_into_the_next(searched: Desk) -> None:
    assert find(searched.office, "明" + id_number(1)[:3]) == []


def test_numbers_in_the_lines_are_masked_unless_unmasked(searched: Desk) -> None:
    def shown() -> str:
        return "".join(hit.text for hit in find(searched.office, id_number(1)))

    assert id_number(1) not in shown()
    masking.unmask(searched.office)
    assert id_number(1) in shown()


def test_the_index_follows_changes_undos_and_deletions(searched: Desk) -> None:
    searched.bring({"更多.xlsx": table(student(5, 姓名="欧阳新"))})
    assert find(searched.office, "欧阳") == []
    assert catch_up(searched.office) == 1
    assert len(find(searched.office, "oyx")) == 1
    searched.undo()
    catch_up(searched.office)
    assert find(searched.office, "欧阳") == []
    assert catch_up(searched.office) == 0


def test_records_that_went_another_way_are_read_anew(searched: Desk) -> None:
    office = searched.office
    with office.engine.begin() as connection:  # as after the restore of an older backup
        connection.exec_driver_sql("DROP TRIGGER audit_entry_stays")
        connection.exec_driver_sql("DELETE FROM audit_entry WHERE id > 1")
    before = find(office, "曾小明")
    assert catch_up(office) > 3
    assert find(office, "曾小明") == before


@pytest.mark.parametrize("spoil", [b"", b"no database at all" * 100])
def test_a_lost_or_damaged_index_is_made_anew(searched: Desk, spoil: bytes) -> None:
    path = searched.office.folder.search
    path.write_bytes(spoil) if spoil else path.unlink()
    assert find(searched.office, "曾小明") == []
    assert catch_up(searched.office) > 3
    assert len(find(searched.office, "曾小明")) == 1


def test_under_a_key_nothing_of_it_can_be_read(searched: Desk) -> None:
    folder = searched.office.folder
    SearchIndex(folder.search, None).forget()
    searched.office.folder = folder.unlocked(b"k" * 32)
    catch_up(searched.office)
    token = f"{ord('小'):x}q{ord('明'):x}".encode()
    assert token not in folder.search.read_bytes()
    assert len(find(searched.office, "小明")) == 1


def test_hits_are_values(searched: Desk) -> None:
    assert find(searched.office, "曾小明") == [
        Hit("students", 1, find(searched.office, "曾小明")[0].text)
    ]
