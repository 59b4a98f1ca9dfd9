"""The recovery code on paper: one page that can be read aloud, typed in, signed and locked away."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from xqhz_desktop.base import recovery
from xqhz_desktop.reports.pdf import write_pdf
from xqhz_desktop.reports.recovery_sheet import Sheet, recovery_sheet

RING = "a1b2c3d4e5f60718"


def printed(path: Path, code: str, school: str = "示例市工业中等专业学校") -> list[str]:
    """The text of each page."""
    write_pdf(recovery_sheet(Sheet(school, code, RING, date(2026, 11, 24), "王敏")), path)
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


@pytest.mark.parametrize("school", ["示例市工业中等专业学校", "", "很长的校名" * 12])
def test_it_is_one_page_whatever_the_school_is_called(tmp_path: Path, school: str) -> None:
    assert len(printed(tmp_path / "code.pdf", recovery.fresh(), school)) == 1


def test_the_code_stands_on_one_line_and_opens_as_it_was_printed(tmp_path: Path) -> None:
    code = recovery.fresh()
    (text,) = printed(tmp_path / "code.pdf", code)
    lines = [line for line in text.splitlines() if recovery.read(line)]
    assert [recovery.read(line) for line in lines] == [code]


def test_it_says_which_when_and_who_and_leaves_room_to_sign(tmp_path: Path) -> None:
    (text,) = printed(tmp_path / "code.pdf", recovery.fresh())
    squeezed = "".join(text.split())
    for words in (RING[:8], "2026年11月24日", "王敏", "保管人：", "见证人：", "它能打开什么"):
        assert words in squeezed
    assert RING not in squeezed


def test_the_code_fills_the_width_in_large_letters(tmp_path: Path) -> None:
    printed(tmp_path / "code.pdf", recovery.fresh())
    with pypdfium2.PdfDocument(tmp_path / "code.pdf") as pdf:
        page = pdf[0].get_textpage()
        text = page.get_text_range()
        at = next(text.index(line) for line in text.splitlines() if recovery.read(line))
        _, bottom, _, top = page.get_charbox(at)
        left, right = page.get_charbox(at)[0], page.get_charbox(at + 28)[2]
    assert top - bottom > 14  # points, of a capital letter or digit
    assert right - left > 400
