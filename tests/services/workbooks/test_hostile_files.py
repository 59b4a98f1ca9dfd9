"""Files that break readers: each ends in sheets or in one sentence that names it, and no more."""

import os
import re
import struct
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import xlsxwriter

from xqhz_desktop.base.errors import EXIT_REJECTED, UserError
from xqhz_desktop.services.workbooks.compound import COMPOUND_MAGIC
from xqhz_desktop.services.workbooks.reading import WorkbookReader, find_workbooks

TORTURE = Path(__file__).resolve().parents[4] / "shared" / "torture"
NAMESPACE = "http://schemas.openxmlformats.org"
MAIN = f"{NAMESPACE}/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{NAMESPACE}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{NAMESPACE}/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" '
        f'xmlns:r="{NAMESPACE}/officeDocument/2006/relationships"><sheets>'
        '<sheet name="甲&amp;乙" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{NAMESPACE}/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{NAMESPACE}/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'
    ),
}
CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture(scope="module")
def reader():
    """One reader for all tests: after each death it must go on."""
    with WorkbookReader() as reader:
        yield reader


@pytest.fixture
def craft(tmp_path):
    """Writes an .xlsx by hand: the sheet's rows, its prologue, its shared strings."""

    def craft(rows: Iterable[str], prologue="", strings: Iterable[str] = ()) -> Path:
        path = tmp_path / "来路不明.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in PARTS.items():
                archive.writestr(name, text)
            with archive.open("xl/worksheets/sheet1.xml", "w") as part:
                part.write(f'{prologue}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
                for row in rows:
                    part.write(row.encode())
                part.write(b"</sheetData></worksheet>")
            with archive.open("xl/sharedStrings.xml", "w") as part:
                part.write(f'<sst xmlns="{MAIN}">'.encode())
                for string in strings:
                    part.write(string.encode())
                part.write(b"</sst>")
        return path

    return craft


def refusal(reader: WorkbookReader, path: Path) -> str:
    """The sentence that a file is refused with."""
    with pytest.raises(UserError) as caught:
        reader.read(path)
    assert caught.value.code == EXIT_REJECTED
    assert is_one_sentence(caught.value.message, path)
    return caught.value.message


def is_one_sentence(message: str, path: Path) -> bool:
    """Whether a message names the file and is one sentence that says what to do."""
    named = message.startswith(f"“{path.name}”")
    return named and message.endswith("。") and message.count("。") == 1 and "请" in message


# ------------------------------------------------------------------ other people's hostile files


def torture() -> list[Path]:
    return sorted(path for path in TORTURE.rglob("*") if path.is_file() and path.suffix != ".md")


@pytest.mark.skipif(not TORTURE.is_dir(), reason="../shared does not lie beside the project")
def test_there_are_hostile_files_to_read():
    assert len(torture()) > 200


@pytest.mark.parametrize("path", torture(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_hostile_file_ends_in_sheets_or_in_a_sentence(reader, path, caplog):
    digest, message = "", ""
    try:
        digest = reader.read(path).digest
    except UserError as error:
        message = error.message
    assert len(digest) == 64 or is_one_sentence(message, path)
    assert not caplog.records  # nothing failed in a way that nobody thought of


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("calamine/any_sheets.xlsb", [1, 2]),
        ("calamine/issue_174.xlsx", ["Your Ref #", "Contact Name"]),
        ("calamine/strict_iso_paths.xlsx", ["Item", "Thickness"]),
        ("tablib/bad_dimensions.xlsx", ["PN", "Qty"]),
    ],
)
def test_what_only_looks_hostile_is_read(reader, shared, name, start):
    assert reader.read(shared / "torture" / name).sheets[0].rows[0][:2] == start


# ------------------------------------------------------------------ size


def test_a_cell_at_the_far_end_is_named_with_its_sheet(reader, craft):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "的工作表“甲&乙”到 XFD1048576 还有内容" in refusal(reader, craft([CELL, far]))


@pytest.mark.parametrize("far", ["A1048576", "T900000"])
def test_a_cell_far_below_is_named(reader, craft, far):
    digits = re.sub(r"\D", "", far)
    row = f'<row r="{digits}"><c r="{far}" t="str"><v>1</v></c></row>'
    assert f"到 {far} 还有内容" in refusal(reader, craft([CELL, row]))


def test_a_column_far_to_the_right_of_many_rows_is_named(reader, craft):
    rows = (f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 2000))
    assert "XFD1" in refusal(reader, craft(['<row r="1"><c r="XFD1"><v>1</v></c></row>', *rows]))


def test_a_far_cell_that_has_only_a_format_is_no_hindrance(reader, craft):
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert reader.read(craft([CELL, far])).sheets[0].rows == [[1]]


@pytest.mark.parametrize(
    "far",
    [
        "<c r='XFD1048576'><v>1</v></c>",  # not as writers write
        '<c r="ZZ99999"><v>1</v></c>',  # not far enough to be counted
    ],
)
def test_what_slips_by_the_count_meets_the_memory_limit(reader, craft, far):
    assert "超出内存" in refusal(reader, craft([f'<row r="1"><c r="A1"><v>1</v></c>{far}</row>']))
    assert reader.read(craft([CELL])).sheets[0].rows == [[1]]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(reader, craft):
    strings = (f"<si><t>{'甲' * 1_000_000}</t></si>" for _ in range(50))
    started = time.monotonic()
    assert "大得不合常理" in refusal(reader, craft([CELL], strings=strings))
    assert time.monotonic() - started < 5


def test_a_zip_that_lies_about_its_sizes_is_refused(reader, craft):
    path = craft([CELL], strings=["<si><t>" + "乙" * 100_000 + "</t></si>"])
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    while data[place + 46 : place + 46 + 20] != b"xl/sharedStrings.xml":
        place = data.index(b"PK\x01\x02", place + 1)
    struct.pack_into("<I", data, place + 24, 100)
    path.write_bytes(data)
    assert "已损坏" in refusal(reader, path)


def test_a_zip_of_very_many_parts_is_refused(reader, tmp_path):
    path = tmp_path / "多.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"xl/{number}", "")
    assert "大得不合常理" in refusal(reader, path)


def test_an_honest_sheet_of_equal_rows_is_no_bomb(reader, tmp_path):
    path = tmp_path / "同.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(20_000):
            sheet.write_column(row, 0, ["甲" * 300])
    assert len(reader.read(path).sheets[0].rows) == 20_000


# ------------------------------------------------------------------ dangerous or broken contents


def test_entity_definitions_are_refused(reader, craft):
    bomb = '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    assert "不安全" in refusal(reader, craft([CELL], prologue=bomb))


def test_a_cell_that_speaks_of_a_doctype_is_harmless(reader, craft):
    cell = '<row r="1"><c r="A1" t="str"><v>&lt;!DOCTYPE html&gt;</v></c></row>'
    assert reader.read(craft([cell])).sheets[0].rows == [["<!DOCTYPE html>"]]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_workbook_that_was_cut_off_is_called_damaged(reader, craft, share):
    path = craft(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 3000))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "已损坏或不完整" in refusal(reader, path)


def test_elements_nested_without_end_do_no_harm(reader, craft):
    reader.read(craft(["<a>" * 300_000]))


def test_a_hundred_thousand_merges_over_everything_do_no_harm(reader, craft):
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 100_000
    path = craft([CELL, f"</sheetData><mergeCells>{merges}</mergeCells><sheetData>"])
    assert reader.read(path).sheets[0].merges == []


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (b"\0" * 5000, "不是 Excel 工作簿"),
        (b"PK\x03\x04" + bytes(range(256)) * 4, "已损坏"),
        (COMPOUND_MAGIC + b"\xff" * 3000, "已损坏"),
        (COMPOUND_MAGIC, "已损坏"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "不是 Excel 工作簿"),
        (b"%PDF-1.7\n\0\x01\x02", "不是 Excel 工作簿"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "旧格式"),
        ("<html><body><table><tr><td>".encode("gbk"), "是网页文件，里面没有表格"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "存成一个文件的网页"),
        (b'<?xml version="1.0"?><a/>', "不是 Excel 工作簿"),
    ],
)
def test_what_is_no_workbook_is_told_what_it_is(reader, tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refusal(reader, path)


def test_zero_bytes_amid_text_are_a_damage(reader, tmp_path):
    path = tmp_path / "断电.csv"
    path.write_bytes("姓名,专业\n张三,数控\n".encode() * 5000 + b"\0" * 4000)
    assert "已损坏" in refusal(reader, path)


def test_text_in_no_known_encoding_is_refused(reader, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,专业\n".encode("gbk") * 9000 + b"\xff\xff\x80,\n")
    assert "文字编码认不出" in refusal(reader, path)


@pytest.mark.parametrize("hurt", [b"\xe5", b"\xff\xff\xff\xff,\n"])
def test_text_in_utf8_that_was_hurt_is_not_read_as_nonsense(reader, tmp_path, hurt):
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,专业\n王芳,数控\n".encode() * 40 + hurt)
    assert "已损坏" in refusal(reader, path)


# ------------------------------------------------------------------ passwords


def compound(*names: str) -> bytes:
    """An OLE2 file with empty streams of those names."""
    header = bytearray(COMPOUND_MAGIC + b"\0" * 504)
    struct.pack_into("<HHHHH", header, 0x18, 0x3E, 3, 0xFFFE, 9, 6)
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    struct.pack_into("<IIIIIIIII", header, 0x2C, 1, 1, 0, 4096, end, 0, end, 0, 0)
    struct.pack_into("<109I", header, 0x4C, 0, *[free] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, end, *[free] * 126)
    entries = [("Root Entry", 5), *((name, 2) for name in names)]
    return (
        bytes(header) + table + b"".join(map(entry, *zip(*entries, strict=True))).ljust(512, b"\0")
    )


def entry(name: str, kind: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    tail = struct.pack("<HBBIII", len(text), kind, 1, *[0xFFFFFFFF] * 3) + b"\0" * 36
    return text.ljust(64, b"\0") + tail + struct.pack("<IQ", 0xFFFFFFFE, 0)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.et"])
def test_a_password_is_asked_to_be_taken_off(reader, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(compound("EncryptionInfo", "EncryptedPackage"))
    assert "有打开密码" in refusal(reader, path)


def test_a_word_document_that_calls_itself_a_workbook_is_told_so(reader, tmp_path):
    path = tmp_path / "通知.xls"
    path.write_bytes(compound("WordDocument", "1Table"))
    assert "不是 Excel 工作簿" in refusal(reader, path)
    word = path.rename(tmp_path / "通知.doc")
    assert find_workbooks([word]) == ([], [word])


@pytest.mark.parametrize("name", ["pass_protected.xlsx", "pass_protected.xlsb", "issue_385.xls"])
def test_passwords_of_every_format_are_known(reader, shared, name):
    assert "有打开密码" in refusal(reader, shared / "torture" / "calamine" / name)


def test_an_ods_with_a_password_is_known(reader, shared):
    assert "有打开密码" in refusal(reader, shared / "torture/calamine/pass_protected.ods")


# ------------------------------------------------------------------ what is no file


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_folder_and_a_pipe_are_no_files(reader, tmp_path):
    assert "不是文件" in refusal(reader, tmp_path)
    pipe = tmp_path / "管道.xlsx"
    os.mkfifo(pipe)
    assert "不是文件" in refusal(reader, pipe)
    assert find_workbooks([tmp_path]) == ([], [])


def test_a_file_over_the_limit_is_not_even_opened(reader, tmp_path):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(201 << 20)
    assert "超过 200 MB" in refusal(reader, path)
