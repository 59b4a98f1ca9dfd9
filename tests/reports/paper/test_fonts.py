"""Every character prints, falls back or is named, and is copied as it was written."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from xqhz_desktop.reports.paper.fonts import BOLD, SANS, SERIF, chain

CHARACTERS = Path(__file__).parents[4] / "shared" / "codes" / "tongyong_8105.txt"


def printed(font: str, lines: list[str]) -> bytes:
    target = BytesIO()
    chain(font)
    canvas = Canvas(target, initialFontName=font)
    text = canvas.beginText(40, 800)
    text.setFont(font, 6, 7)
    text.textLines(lines, trim=0)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def copied(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.parametrize("font", [SERIF, SANS, BOLD])
@pytest.mark.parametrize("letter", ["𬭊", "䶮", "𡋾", "𠮷", "㙍", "·", "é", "〇"])
def test_a_rare_character_is_copied_as_itself(font: str, letter: str) -> None:
    assert copied(printed(font, [f"王{letter}明"])) == f"王{letter}明"


def test_a_character_that_no_font_has_is_named() -> None:
    assert copied(printed(SANS, ["甲\U00032000乙"])) == "甲〔U+32000〕乙"


def test_a_named_character_is_as_wide_as_its_name() -> None:
    font = chain(SANS)
    assert font.stringWidth("\U00032000", 10) == font.stringWidth("〔U+32000〕", 10)


def test_an_invisible_mark_takes_no_room() -> None:
    font = chain(SERIF)
    assert font.stringWidth("葛\U000e0100城", 10) == font.stringWidth("葛城", 10)


def test_two_characters_of_one_glyph_stay_two() -> None:
    assert copied(printed(SERIF, ["\u2f08人A\u00a0B"])).replace("\u00a0", " ") == "\u2f08人A B"


def test_each_used_file_is_one_font_of_two_byte_codes() -> None:
    with pikepdf.open(BytesIO(printed(SERIF, ["校企合作𡋾𠮷abc"]))) as pdf:
        fonts = pdf.pages[0].Resources.Font
        used = [font for name, font in fonts.items() if name.startswith("/F")]
        assert [font.Encoding for font in used] == ["/Identity-H", "/Identity-H"]
        assert all(font.DescendantFonts[0].FontDescriptor.FontFile2 for font in used)


def test_two_documents_at_once_keep_their_own_characters() -> None:
    targets = [BytesIO(), BytesIO()]
    chain(SANS)
    sheets = [Canvas(target, initialFontName=SANS) for target in targets]
    for sheet, text in zip(sheets, ("甲乙", "丙乙丁"), strict=True):
        sheet.setFont(SANS, 12)
        sheet.drawString(50, 50, text)
    for sheet in sheets:
        sheet.showPage()
        sheet.save()
    assert [copied(target.getvalue()) for target in targets] == ["甲乙", "丙乙丁"]


@pytest.mark.parametrize("font", [SERIF, SANS, BOLD])
def test_all_standard_characters_print_and_copy(font: str) -> None:
    if not CHARACTERS.exists():
        pytest.skip("the list of standard characters is not beside the project")
    letters = "".join(CHARACTERS.read_text("utf-8").split())
    lines = [letters[start : start + 80] for start in range(0, len(letters), 80)]
    assert "".join(copied(printed(font, lines)).split()) == letters
