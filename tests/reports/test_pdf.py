"""What a reader finds in the printed file."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from invented_year import invented

from xqhz_desktop.base.errors import EXIT_NO_SPACE, Cancelled, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.reports.blocks import (
    Block,
    Chart,
    Column,
    Contents,
    Cover,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Report,
    Table,
)
from xqhz_desktop.reports.figures import BarChart, Series
from xqhz_desktop.reports.paper.lines import CLOSING, OPENING
from xqhz_desktop.reports.pdf import write_pdf
from xqhz_desktop.reports.yearbook import YearBookData, year_book

SCHOOL = "示例市工业中等专业学校"


def report(*blocks: Block) -> Report:
    return Report("年度总结报告", SCHOOL, "2024年度", date(2025, 1, 10), blocks)


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., Path]:
    def make(*blocks: Block) -> Path:
        path = tmp_path / "report.pdf"
        write_pdf(report(*blocks), path)
        return path

    return make


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year book with everything in it, printed once."""
    path = tmp_path_factory.mktemp("book") / "book.pdf"
    write_pdf(year_book(invented(80)), path)
    return path


def test_pages_are_counted_and_numbered(whole: Path) -> None:
    pages = texts(whole)
    for number, text in enumerate(pages[1:], 2):
        assert f"{number} / {len(pages)}" in text


def test_the_cover_has_no_head_and_no_page_number(whole: Path) -> None:
    cover = texts(whole)[0]
    assert "1 / " not in cover
    assert "2023-2024学年" in cover
    assert "2024年10月15日" in cover


def test_every_page_but_the_cover_carries_school_and_year(whole: Path) -> None:
    for text in texts(whole)[1:]:
        assert SCHOOL in text
        assert "2023-2024学年校企合作年度总结报告" in text


def test_no_bitmap_is_in_the_file(whole: Path) -> None:
    with pikepdf.open(whole) as pdf:
        kinds = [each.get("/Subtype") for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    assert "/Image" not in kinds
    assert "/Form" in kinds  # the charts


def test_every_font_is_embedded(whole: Path) -> None:
    with pikepdf.open(whole) as pdf:
        fonts = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
        ]
        simple = [font for font in fonts if "/DescendantFonts" not in font]
        assert fonts
        assert all("/FontFile2" in font.FontDescriptor for font in simple)


def test_bookmarks_lead_to_the_page_of_their_heading(whole: Path) -> None:
    with pypdfium2.PdfDocument(whole) as pdf:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    pages = texts(whole)
    assert [title for title, _ in marks if title.startswith(("一、", "九、"))] == [
        "一、关键指标",
        "九、合规检查",
    ]
    assert all(title in pages[page] for title, page in marks)


def test_the_contents_name_the_page_of_each_chapter(whole: Path) -> None:
    pages = texts(whole)
    entries = re.findall(r"([一二三四五六七八九]、\S+?)\s*(\d+)\r?\n", pages[1])
    assert len(entries) == 9
    for title, page in entries:
        assert title in pages[int(page) - 1]


def test_the_file_says_what_it_is_and_whose(whole: Path) -> None:
    with pikepdf.open(whole) as pdf:
        assert pdf.docinfo["/Title"] == f"{SCHOOL}2023-2024学年校企合作年度总结报告"
        assert pdf.docinfo["/Author"] == SCHOOL
        assert pdf.Root.Lang == "zh-CN"


def test_the_same_report_gives_the_same_file(tmp_path: Path) -> None:
    one, other = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for path in (one, other):
        write_pdf(report(Heading(1, "一、概况"), Paragraph("校企合作。")), path)
    assert one.read_bytes() == other.read_bytes()


def test_rare_characters_are_copied_as_they_were_written(printed: Callable[..., Path]) -> None:
    path = printed(Heading(1, "𬭊䶮"), Paragraph("王𬭊、李䶮、𡋾文、𠮷明。"))
    assert "王𬭊、李䶮、𡋾文、𠮷明。" in texts(path)[0]
    assert "𬭊䶮" in texts(path)[0]


def test_rare_characters_of_a_chart_are_copied_as_well(printed: Callable[..., Path]) -> None:
    figure = BarChart(("𬭊䶮公司", "𡋾𠮷\U00032000"), (Series("人", (1, 2)),), "人")
    text = texts(printed(Chart("图", figure)))[0]
    assert "𬭊䶮公司" in text
    assert "𡋾𠮷〔U+32000〕" in text


def test_a_table_of_many_wide_columns_turns_the_page(printed: Callable[..., Path]) -> None:
    columns = tuple(Column(f"列{number}") for number in range(8))
    path = printed(Table("宽表", columns, (("一段比较长的文字",) * 8,)))
    with pypdfium2.PdfDocument(path) as pdf:
        assert pdf[0].get_width() > pdf[0].get_height()


def test_an_empty_school_prints_a_whole_book(tmp_path: Path) -> None:
    full = invented(0)
    data = YearBookData(full.school, full.period, full.printed_on, indicators={})
    path = tmp_path / "empty.pdf"
    assert write_pdf(year_book(data), path) > 10
    assert "本期检查未发现问题。" in "".join(texts(path))


def test_every_line_of_a_paragraph_keeps_marks_on_their_side(printed: Callable[..., Path]) -> None:
    text = "“集中岗位实习率”（又称“集中率”）为78.3%，距达标值80%还差1.7个百分点；" * 30
    lines = texts(printed(Paragraph(text)))[0].splitlines()[2:]
    assert len(lines) > 20
    assert not [line for line in lines if line[0] in CLOSING or line[-1] in OPENING]
    assert squeezed("".join(lines)) == text


def test_a_long_paragraph_runs_over_pages_without_loss(printed: Callable[..., Path]) -> None:
    text = "".join(f"第{number}项工作已经完成。" for number in range(600))
    pages = texts(printed(Paragraph(text)))
    assert len(pages) > 2
    bodies = ["".join(page.splitlines()[2:]) for page in pages]
    assert squeezed("".join(bodies)) == text


COLUMNS = (Column("姓名"), Column("实习单位"), Column("报酬", "decimal"))


def rows(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple((f"学生{n}", f"单位{n}" * 4, f"{n}.5") for n in range(count))


def test_a_long_table_repeats_its_head_and_loses_no_row(printed: Callable[..., Path]) -> None:
    pages = texts(printed(Table("名单", COLUMNS, rows(150))))
    assert len(pages) > 3
    assert "表1 名单" in pages[0].replace("\u3000", " ")
    for page in pages[1:]:
        assert "（续）" in page
        assert "实习单位" in page
    found = re.findall(r"学生(\d+)\b", " ".join(pages))
    assert [int(number) for number in found] == list(range(150))


def test_a_wide_table_lies_on_landscape_pages_with_its_headings(
    printed: Callable[..., Path],
) -> None:
    wide = Table("名单", COLUMNS, rows(3), landscape=True)
    path = printed(
        Paragraph("前文。"), Heading(1, "附录"), Note("说明。"), wide, Paragraph("后文。")
    )
    with pypdfium2.PdfDocument(path) as pdf:
        turned = [page.get_width() > page.get_height() for page in pdf]
    assert turned == [False, True, False]
    assert "附录" in texts(path)[1]


def test_text_in_a_cell_wraps_and_is_never_cut(printed: Callable[..., Path]) -> None:
    long = "".join(f"第{number}条说明，" for number in range(400))
    pages = texts(printed(Table("说明", COLUMNS, (("甲", long, "1"), ("乙", "短", "2")))))
    numbers = [int(number) for number in re.findall(r"第(\d+)条", squeezed("".join(pages)))]
    assert sorted(numbers) == list(range(400))


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(printed: Callable[..., Path]) -> None:
    for filler in range(28, 40):
        lead = [Paragraph("一行文字。") for _ in range(filler)]
        path = printed(*lead, Heading(2, "小节标题"), Table("表", COLUMNS, rows(30)))
        [page] = [text for text in texts(path) if "小节标题" in text]
        assert "学生1" in page


def test_a_table_without_rows_says_so(printed: Callable[..., Path]) -> None:
    assert "无记录" in texts(printed(Table("名单", COLUMNS, ())))[0]


def test_a_page_break_begins_a_new_page(printed: Callable[..., Path]) -> None:
    pages = texts(printed(Paragraph("甲。"), PageBreak(), Paragraph("乙。")))
    assert ["甲。" in page for page in pages] == [True, False]


def test_contents_longer_than_a_page_go_on_on_the_next(printed: Callable[..., Path]) -> None:
    headings = [Heading(2, f"第{number}节内容") for number in range(90)]
    pages = texts(printed(Cover("书", "副题", SCHOOL, "2024年度", "今日"), Contents(), *headings))
    listed = re.findall(r"第(\d+)节内容", pages[1] + pages[2] + pages[3])
    assert [int(number) for number in listed[:90]] == list(range(90))


def test_a_row_of_another_length_than_the_head_is_a_bug_with_a_name(
    printed: Callable[..., Path],
) -> None:
    with pytest.raises(ValueError, match="名单: row 0"):
        printed(Table("名单", COLUMNS, (("甲",),)))


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="无法写入") as caught:
        write_pdf(report(Paragraph("甲。")), tmp_path / "nowhere" / "report.pdf")
    assert caught.value.code == EXIT_NO_SPACE


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(UserError):
        write_pdf(report(Paragraph("甲。")), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_cancelled_report_writes_nothing(tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        write_pdf(report(Paragraph("甲。")), tmp_path / "report.pdf", task=task)
    assert not list(tmp_path.iterdir())
