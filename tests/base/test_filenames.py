"""A name from elsewhere is one part of a path on every system and shows as what it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.base.filenames import LONGEST, is_program, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("三方协议.pdf", "三方协议.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\a\\b.jpg", "b.jpg"),
        ("C:b.jpg", "C_b.jpg"),
        ("..", "附件"),
        ("", "附件"),
        (" . . ", "附件"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("nul .pdf", "_nul .pdf"),
        ("COM1.jpg", "_COM1.jpg"),
        ("lpt³", "_lpt³"),
        ("COM10.jpg", "COM10.jpg"),
        ("名单.", "名单"),
        ("名单.pdf. . ", "名单.pdf"),
        (".隐藏", "隐藏"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ("a\ud800b.pdf", "ab.pdf"),
        ('a<b>c:d"e|f?g*h.pdf', "a_b_c_d_e_f_g_h.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("两  个 空格.pdf", "两 个 空格.pdf"),
    ],
)
def test_what_is_unsafe_in_a_name_goes_and_the_rest_stays(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(st.characters(), max_size=300))
def test_no_name_is_unsafe_and_making_it_safe_twice_changes_nothing(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= LONGEST
    assert len(safe.encode()) <= 230
    assert not set(safe) & set('/\\<>:"|?*')
    assert safe.strip(". ") == safe
    assert all(unicodedata.category(letter)[0] != "C" for letter in safe)
    assert safe_name(safe) == safe


@given(st.text(st.characters(codec="utf-8"), min_size=200, max_size=300))
def test_a_long_name_keeps_its_ending(name: str) -> None:
    stem = "".join(letter for letter in name if letter.isalnum())
    assert safe_name(f"甲{stem}.pdf").endswith(".pdf")


@pytest.mark.parametrize(
    "name", ["a.exe", "a.pdf.EXE", "a.bat", "a.lnk", "a.exe.", "a.exe ", "照片gpj\u200b.scr"]
)
def test_a_program_is_told_however_it_is_dressed_up(name: str) -> None:
    assert is_program(name)


@pytest.mark.parametrize("name", ["a.pdf", "exe", "a.exe.pdf", "照片.jpg", ""])
def test_a_document_is_no_program(name: str) -> None:
    assert not is_program(name)
