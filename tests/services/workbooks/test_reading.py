"""What is read of honest workbooks: every cell at its place, whatever the file calls itself."""

import datetime
import hashlib
import os
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from xqhz_desktop.base.errors import Cancelled, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.workbooks.reading import (
    Workbook,
    WorkbookReader,
    find_workbooks,
    read_workbook,
)

ROWS = [["姓名", "企业", "开始日期"], ["张三", "沂北,精机", "2024-09-01"], ["李四", "", "2024.9"]]
READ = [["姓名", "企业", "开始日期"], ["张三", "沂北,精机", "2024-09-01"], ["李四", None, "2024.9"]]


@pytest.fixture(scope="module")
def reader():
    """One reader for all tests: a child that one file spoilt would spoil the next test."""
    with WorkbookReader() as reader:
        yield reader


@pytest.fixture
def write(tmp_path):
    """Writes an .xlsx by a function over its workbook."""

    def write(fill, name="名册.xlsx", **options) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, options) as book:
            fill(book)
        return path

    return write


def rows(workbook: Workbook) -> list[list[object]]:
    """The rows of a workbook's only sheet."""
    (sheet,) = workbook.sheets
    return sheet.rows


def fill_rows(book):
    sheet = book.add_worksheet("名册")
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)


def write_xls(path, fill):
    book = xlwt.Workbook()
    fill(book)
    book.save(str(path))
    return path


def text_of(delimiter=","):
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in ROWS]
    return "".join(delimiter.join(row) + "\r\n" for row in quoted)


# ------------------------------------------------------------------ places


def test_rows_are_counted_from_the_first_row_and_column_of_the_sheet(reader, write):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write(3, 2, "标题")
        sheet.write(6, 4, 7)

    assert rows(reader.read(write(fill))) == [
        [],
        [],
        [],
        [None, None, "标题"],
        [],
        [],
        [None, None, None, None, 7],
    ]


def test_rows_of_an_xls_are_counted_likewise(reader, tmp_path):
    def fill(book):
        sheet = book.add_sheet("表")
        sheet.write(3, 1, "标题")
        sheet.write_merge(5, 6, 2, 4, "合并")
        sheet.write(6, 6, 1)

    sheet = reader.read(write_xls(tmp_path / "a.xls", fill)).sheets[0]
    assert sheet.rows[3] == [None, "标题"]
    assert sheet.rows[5] == [None, None, "合并"]
    assert sheet.merges == [(5, 2, 6, 4)]


def test_many_blocks_keep_their_order(reader, write):
    def fill(book):
        sheet = book.add_worksheet()
        for row in range(9000):
            sheet.write_row(row, 1, [row, f"第{row}行", "同", "同", 1.5])

    read = rows(reader.read(write(fill, constant_memory=True)))
    assert read == [[None, row, f"第{row}行", "同", "同", 1.5] for row in range(9000)]


def test_true_is_not_taken_for_one(reader, write):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [1, True, 0, False])

    (row,) = rows(reader.read(write(fill)))
    assert [type(cell) is bool for cell in row] == [False, True, False, True]


def test_merges_end_where_the_cells_end(reader, write):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range("A1:XFD1", "标题")
        sheet.merge_range("A2:A3", "分组")
        sheet.write("B3", "末")

    # xlsxwriter writes blank cells into merged ranges; calamine does not count them.
    assert reader.read(write(fill)).sheets[0].merges == [(0, 0, 0, 1), (1, 0, 2, 0)]


def test_hidden_sheets_are_read_and_told(reader, write):
    def fill(book):
        for name in ("明", "暗", "深"):
            book.add_worksheet(name).write(0, 0, name)
        book.get_worksheet_by_name("暗").hide()
        book.get_worksheet_by_name("深").very_hidden()

    sheets = reader.read(write(fill)).sheets
    assert [(sheet.name, sheet.visible) for sheet in sheets] == [
        ("明", True),
        ("暗", False),
        ("深", False),
    ]
    assert [sheet.rows for sheet in sheets] == [[["明"]], [["暗"]], [["深"]]]


def test_a_chart_sheet_is_no_sheet_and_an_empty_one_has_no_rows(reader, write):
    def fill(book):
        book.add_worksheet("数")
        chart = book.add_chart({"type": "pie"})
        chart.add_series({"values": "=数!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)

    assert [(sheet.name, sheet.rows) for sheet in reader.read(write(fill)).sheets] == [("数", [])]


# ------------------------------------------------------------------ dates and numbers


@pytest.mark.parametrize("date1904", [False, True])
def test_dates_are_right_whatever_year_the_file_counts_from(reader, write, date1904):
    def fill(book):
        sheet = book.add_worksheet()
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(0, 0, datetime.datetime(2024, 9, 1), date)

    sheet = reader.read(write(fill, date_1904=date1904)).sheets[0]
    assert sheet.rows == [[datetime.date(2024, 9, 1)]]
    assert sheet.date1904 is date1904


@pytest.mark.parametrize("date1904", [False, True])
@pytest.mark.parametrize("sheet_rows", [1, 400])
def test_an_xls_tells_which_year_it_counts_from(reader, tmp_path, date1904, sheet_rows):
    def fill(book):
        book.dates_1904 = date1904
        style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
        sheet = book.add_sheet("表")
        for row in range(sheet_rows):  # a long and a short stream lie in different places
            sheet.write(row, 0, datetime.date(2024, 9, 1), style)

    sheet = reader.read(write_xls(tmp_path / "a.xls", fill)).sheets[0]
    assert sheet.rows == [[datetime.date(2024, 9, 1)]] * sheet_rows
    assert sheet.date1904 is date1904


@pytest.mark.parametrize("suffix", ["xls", "xlsx", "xlsb"])
def test_files_from_a_mac_count_from_1904(reader, shared, suffix):
    sheet = reader.read(shared / "torture" / "calamine" / f"date_1904.{suffix}").sheets[0]
    assert sheet.date1904
    assert sheet.rows[0] == [datetime.date(2021, 1, 1), 15]


def test_a_long_number_stays_a_number(reader, write):
    path = write(lambda book: book.add_worksheet().write_number(0, 0, 371300200801011234))
    ((number,),) = rows(reader.read(path))
    assert number == pytest.approx(371300200801011234, rel=1e-15)


def test_a_cell_of_a_million_characters_is_read(reader, tmp_path):
    path = tmp_path / "长.csv"
    path.write_text(f"姓名,备注\n张三,{'字' * 1_000_000}\n", "utf-8")
    assert rows(reader.read(path))[1] == ["张三", "字" * 1_000_000]


# ------------------------------------------------------------------ what a file calls itself


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.et", "a.txt", "没有后缀", "a b 名册.XLSX"])
def test_an_xlsx_is_read_under_any_name(reader, write, name):
    path = write(fill_rows, name)
    assert rows(reader.read(path)) == READ
    assert find_workbooks([path]) == ([path], [])


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.xlsx", "a.csv", "a.dat"])
def test_an_xls_is_read_under_any_name(reader, tmp_path, name):
    def fill(book):
        sheet = book.add_sheet("表")
        for place, row in enumerate(ROWS):
            for column, cell in enumerate(row):
                sheet.write(place, column, cell)

    path = write_xls(tmp_path / name, fill)
    assert rows(reader.read(path)) == READ
    assert find_workbooks([path]) == ([path], [])


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.xlsx", "a.txt", "没有后缀"])
def test_text_with_columns_is_read_under_any_name(reader, tmp_path, name):
    path = tmp_path / name
    path.write_text(text_of(), "gb18030")
    assert rows(reader.read(path)) == READ
    assert find_workbooks([path]) == ([path], [])


# ------------------------------------------------------------------ csv


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_every_encoding_and_with_every_separator(
    reader, tmp_path, encoding, delimiter
):
    path = tmp_path / "名册.csv"
    path.write_bytes(text_of(delimiter).encode(encoding))
    workbook = reader.read(path)
    assert rows(workbook) == READ
    assert (workbook.sheets[0].name, workbook.sheets[0].merges) == ("", [])


def test_a_rare_character_of_gb18030_is_read(reader, tmp_path):
    path = tmp_path / "名册.csv"
    path.write_bytes("姓名,专业\r\n𠮷䶮,数控\r\n".encode("gb18030"))
    assert rows(reader.read(path))[1] == ["𠮷䶮", "数控"]


def test_a_record_of_a_csv_is_one_row_however_many_lines_it_has(reader, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('标题\n\n姓名,"地址\n电话"\n张三,"第一行\n第""二""行"\n', "utf-8")
    assert rows(reader.read(path)) == [
        ["标题"],
        [],
        ["姓名", "地址\n电话"],
        ["张三", '第一行\n第"二"行'],
    ]


def test_commas_in_cells_do_not_hide_the_tabs_between_them(reader, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("姓名\t住址\t电话\n张三\t沂北,一村,3号\t1\n李四\t沂北,二村,4号\t2\n", "utf-8")
    assert rows(reader.read(path))[1] == ["张三", "沂北,一村,3号", "1"]


def test_a_line_that_names_the_separator_is_obeyed_and_not_a_row(reader, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\n姓名;a,b,c\n张三;d,e,f\n", "utf-8")
    assert rows(reader.read(path)) == [["姓名", "a,b,c"], ["张三", "d,e,f"]]


def test_text_that_a_formula_protects_is_unwrapped(reader, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('学号,姓名\n="0021",张三\n', "utf-8")
    assert rows(reader.read(path))[1] == ["0021", "张三"]


def test_a_quote_that_nothing_closes_is_named_by_its_row(reader, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('姓名,备注\n张三,"没有结束\n李四,\n王五,\n', "utf-8")
    with pytest.raises(UserError, match=r"“a\.csv”第 2 行的英文引号没有成对"):
        reader.read(path)


# ------------------------------------------------------------------ the reader


def test_the_digest_is_that_of_the_bytes(write):
    path = write(fill_rows)
    workbook = read_workbook(path)
    assert workbook.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (workbook.path, workbook.file) == (path, "名册.xlsx")


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_file_name_in_gbk_is_shown_as_meant(reader, tmp_path):
    path = tmp_path / os.fsdecode("名册.csv".encode("gbk"))
    path.write_text(text_of(), "utf-8")
    assert reader.read(path).file == "名册.csv"
    path.write_bytes(b"")
    with pytest.raises(UserError, match=r"“名册\.csv”是空文件"):
        reader.read(path)


def test_a_cancel_is_heard_while_the_child_works(write):
    task = Task()
    task.cancel()
    path = write(
        lambda book: [book.add_worksheet().write_row(row, 0, [1] * 40) for row in range(200)]
    )
    with WorkbookReader(task) as reader, pytest.raises(Cancelled):
        reader.read(path)


def test_every_sheet_of_the_sample_school_is_read(reader, sample):
    files, others = find_workbooks([sample])
    assert files
    assert all(sheet.rows for file in files for sheet in reader.read(file).sheets)
    assert not set(files) & set(others)


# ------------------------------------------------------------------ which files


def test_folders_are_searched_and_what_is_no_workbook_is_passed_over(tmp_path, write):
    (tmp_path / "深" / "更深").mkdir(parents=True)
    wanted = [
        write(fill_rows, "2.xlsx"),
        write(fill_rows, "深/1.xlsx"),
        write(fill_rows, "深/更深/3.bin"),
    ]
    (tmp_path / "truth.json").write_text('{"a": 1, "b": 2}\n{"a": 1, "b": 2}', "utf-8")
    (tmp_path / "说明.txt").write_text("请填表。\n谢谢！\n", "utf-8")
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9)
    (tmp_path / "报告.pdf").write_bytes(b"%PDF-1.7\n1 0 obj,2,3\n")
    write(fill_rows, "~$2.xlsx")
    write(fill_rows, ".隐藏.xlsx")
    files, others = find_workbooks([tmp_path])
    assert files == sorted(wanted, key=lambda path: path.name)
    assert [path.name for path in others] == ["truth.json", "报告.pdf", "照片.jpg", "说明.txt"]


def test_a_word_file_is_passed_over(tmp_path):
    import zipfile

    path = tmp_path / "方案.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/embeddings/表.xlsx", "PK xl/workbook.xml")
    assert find_workbooks([path]) == ([], [path])


def test_a_file_named_twice_is_read_once(write):
    path = write(fill_rows)
    assert find_workbooks([path, path.parent, path])[0] == [path]


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_that_lead_in_a_circle_are_not_followed(tmp_path, write):
    path = write(fill_rows)
    (tmp_path / "圈").symlink_to(tmp_path, target_is_directory=True)
    assert find_workbooks([tmp_path])[0] == [path]


def test_a_path_that_is_not_there_is_named_when_it_is_read(reader, tmp_path):
    missing = tmp_path / "没有.xlsx"
    assert find_workbooks([missing]) == ([missing], [])
    with pytest.raises(UserError, match=r"“没有\.xlsx”找不到"):
        reader.read(missing)
