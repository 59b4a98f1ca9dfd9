"""One box over everything: any part of what a record says, and how a name sounds."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.books import firm, id_number, placement, student, table, wrong
from tests.services.desk import Desk
from xqhz_desktop.base.errors import Cancelled
from xqhz_desktop.services import find as find_module
from xqhz_desktop.services.entry.editing import Edit, set_cells
from xqhz_desktop.services.find import WAITING, Hit, catch_up, find
from xqhz_desktop.services.privacy import masking
from xqhz_desktop.store.search import SearchIndex, Texts

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


def test_a_line_tells_students_apart_by_number_class_and_phone(searched: Desk) -> None:
    (hit,) = (one for one in find(searched.office, "曾小明") if one.register == "students")
    number, school_class = searched.read(
        "SELECT student_no, school_class.name FROM student"
        " JOIN school_class ON school_class.id = class_id"
        " WHERE student.name = '曾小明'"
    )[0]
    assert hit.text.split("　")[:3] == ["曾小明", number, school_class]


@pytest.mark.parametrize(
    ("text", "why"),
    [("五金厂", "备注：2019年更名；原乙五金厂"), ("甲机械 更名", "备注：2019年更名")],
)
def test_where_else_a_word_stands_is_said(searched: Desk, text: str, why: str) -> None:
    (hit,) = find(searched.office, text)
    assert hit.text.startswith(FIRM)
    assert why in hit.text


def test_who_is_found_by_a_number_is_shown_with_it_masked(searched: Desk) -> None:
    hits = find(searched.office, id_number(1)[-6:])
    assert any("身份证号：" in hit.text and "*" in hit.text for hit in hits)


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


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("曾小明五金厂zxm12 \"*^():-+{}'%_;.\\ANDORNTE　"), max_size=12))
def test_any_text_finds_what_has_its_words_and_nothing_else(searched: Desk, text: str) -> None:
    found = set(SearchIndex(searched.office.folder.search, None).find(text))
    assert found == {key for key, said in everything(searched) if has_words(said, text)}


def everything(desk: Desk) -> Iterator[tuple[tuple[str, int], Texts]]:
    """What every record says, as the index was told it."""
    with desk.office.engine.connect() as connection:
        for name in (*find_module._searched(), "quarantined_row"):
            for number, (words, sounds) in find_module._read(connection, name, None):
                yield (name, number), ([*words], [*sounds])


def has_words(said: Texts, text: str) -> bool:
    """The obvious way to look."""
    asked = [one for one in map(folded, text.split()) if one]
    return bool(asked) and all(
        any(word in folded(one) for one in said[0])
        or (word.isascii() and word.isalpha() and any(word in folded(one) for one in said[1]))
        for word in asked
    )


def folded(text: str) -> str:
    """Width, case and spaces say nothing."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


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
    searched.office.index.close()
    path.write_bytes(spoil) if spoil else path.unlink()
    assert find(searched.office, "曾小明") == []
    assert catch_up(searched.office) > 3
    assert len(find(searched.office, "曾小明")) == 1


def test_under_a_key_nothing_of_it_can_be_read(searched: Desk) -> None:
    folder = searched.office.folder
    assert any(b"student" in path.read_bytes() for path in folder.root.glob("search.db*"))
    searched.office.index.forget()
    searched.office.index = SearchIndex(folder.search, b"k" * 32)
    catch_up(searched.office)
    assert len(find(searched.office, "小明")) == 1
    assert not any(b"student" in path.read_bytes() for path in folder.root.glob("search.db*"))


def test_whoever_looks_while_the_index_is_made_waits_for_nothing(searched: Desk) -> None:
    office = searched.office
    set_cells(office, "students", [Edit(1, "note", "住城东")])

    def read(connection: Any, name: str, ids: Any) -> Iterator[tuple[int, Texts]]:
        for one in find_module._read(connection, name, ids):
            assert len(find(office, "曾小明")) == 1  # as it stood before
            yield one

    with office.engine.connect() as connection:
        assert office.index.catch_up(connection, ["student"], read) == 1
    assert len(find(office, "城东")) == 1


def test_what_was_half_read_is_read_again(searched: Desk) -> None:
    office = searched.office
    set_cells(office, "students", [Edit(1, "note", "住城东")])

    def read(*_: object) -> Iterator[tuple[int, Texts]]:
        raise Cancelled
        yield

    with office.engine.connect() as connection, pytest.raises(Cancelled):
        office.index.catch_up(connection, ["student"], read)
    assert len(find(office, "曾小明")) == 1
    assert catch_up(office) == 1
    assert len(find(office, "城东")) == 1


def test_hits_are_values(searched: Desk) -> None:
    assert find(searched.office, "曾小明") == [
        Hit("students", 1, find(searched.office, "曾小明")[0].text)
    ]
