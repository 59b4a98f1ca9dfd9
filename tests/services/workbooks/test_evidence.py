"""A column whose heading nobody understands is known by its words, where they tell enough."""

from xqhz_desktop.services.workbooks.evidence import add_by_words
from xqhz_desktop.services.workbooks.layout import Layout, find_layout
from xqhz_desktop.services.workbooks.reading import Sheet

HEADINGS = ["日期", "节次", "实训基地", "人数", "琢磨"]


def layout_of(*words: str | None) -> Layout:
    """The layout of a booking sheet whose last column holds the words."""
    rows = [
        [f"2024-09-{day:02d}", "1-2节", "数控实训室", 30, word]
        for day, word in enumerate(words, start=1)
    ]
    sheet = Sheet("排期", [list(HEADINGS), *rows], [], False, True)
    layout = find_layout(sheet, {})
    assert layout is not None
    assert "function" not in layout.columns
    add_by_words(sheet, layout)
    return layout


def test_words_of_one_list_name_the_column():
    assert layout_of("技能实训", "技能培训", "职工培训", "技能大赛").columns["function"] == 4


def test_a_constant_word_proves_nothing():
    assert "function" not in layout_of("技能实训", "技能实训", "技能实训").columns


def test_words_that_the_list_does_not_know_prove_nothing():
    assert "function" not in layout_of("蓝", "绿", "技能培训", "技能大赛", "红").columns


def test_blanks_neither_help_nor_hinder():
    assert layout_of("技能实训", None, "—", "技能培训").columns["function"] == 4
