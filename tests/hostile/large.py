"""Files that are small and want to be large: bombs, far cells, endless columns, long texts."""

import struct
import zipfile
from pathlib import Path

from tests.hostile.corpus import (
    MAIN,
    book,
    csv,
    pack,
    parts,
    refused,
    row,
    rows_of,
    sheet,
    stream,
    tamed,
    text,
)
from tests.services.books import student, table

ONE = row(1, '<c r="A1"><v>1</v></c>')
MILLION = 1_000_000
BIG = "大得不合常理"
FAR = "还有内容"
MEMORY = "超出内存"


def _without(members: dict[str, str], name: str) -> dict[str, str]:
    return {called: content for called, content in members.items() if called != name}


@refused("压缩炸弹.xlsx", BIG)
def bomb_of_strings(path: Path) -> None:
    chunks = (f"<si><t>{'甲' * MILLION}</t></si>" for _ in range(60))
    members = _without(parts(sheet(ONE)), "xl/sharedStrings.xml")
    stream(path, members, "xl/sharedStrings.xml", chunks)


@refused("压缩炸弹二.xlsx", BIG)
def bomb_of_rows(path: Path) -> None:
    members = _without(parts(""), "xl/worksheets/sheet1.xml")
    stream(path, members, "xl/worksheets/sheet1.xml", (" " * MILLION for _ in range(300)))


@tamed("套娃.xlsx")
def bomb_in_a_part_that_nobody_reads(path: Path) -> None:
    stream(path, parts(sheet(ONE)), "xl/media/图.bin", ("0" * MILLION for _ in range(100)))


@refused("重叠.xlsx", BIG)
def bomb_of_one_part_under_many_names(path: Path) -> None:
    """Its directory names the same megabytes hundreds of times."""
    pack(path, parts(sheet(ONE)) | {"xl/一.xml": " " * 20 * MILLION})
    data = path.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<II", data, end + 12)
    entries = data[start : start + size]
    last = entries[entries.rindex(b"PK\x01\x02") :]
    many = entries + last * 200
    total = entries.count(b"PK\x01\x02") + 200
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, total, total, len(many), start, 0)
    path.write_bytes(data[:start] + many + tail)


@refused("两万个部件.xlsx", BIG)
def bomb_of_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"xl/{number}", "")


@refused("最远的格子.xlsx", FAR)
def cell_in_the_far_corner(path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    pack(path, parts(sheet(ONE, far)))


@refused("最下的格子.xlsx", FAR)
def cell_at_the_very_bottom(path: Path) -> None:
    pack(path, parts(sheet(ONE, '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')))


@refused("远处无人数.xlsx", MEMORY)
def cell_far_away_in_another_hand(path: Path) -> None:
    pack(
        path, parts(sheet("<row r='1'><c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row>"))
    )


@tamed("远处只有格式.xlsx", students=1)
def format_in_the_far_corner(path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    pack(path, parts(sheet(*rows_of(student(501)), far)))


@tamed("范围说谎.xlsx", students=1)
def dimension_that_lies(path: Path) -> None:
    lie = '<dimension ref="A1:XFD1048576"/>'
    pack(path, parts(sheet(*rows_of(student(502)), before=lie)))


@tamed("十万合并.xlsx", students=1)
def merges_over_everything(path: Path) -> None:
    merges = '<mergeCell ref="A5:XFD1048576"/>' * 100_000
    pack(path, parts(sheet(*rows_of(student(503)), behind=f"<mergeCells>{merges}</mergeCells>")))


@tamed("两千张表.xlsx")
def very_many_sheets(path: Path) -> None:
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 2001))
    members = parts(sheet(ONE))
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(
        '<sheet name="表" sheetId="1" r:id="rId1"/>', listed
    )
    pack(path, members)


@tamed("百万空行.xlsx", students=1)
def a_million_empty_rows(path: Path) -> None:
    blank = "".join(f'<row r="{number}"/>' for number in range(3, 300_000))
    pack(path, parts(sheet(*rows_of(student(504)), blank)))


@tamed("一万六千列.xlsx")
def all_columns_of_excel(path: Path) -> None:
    book(path, [[f"列{number}" for number in range(16_384)], ["甲"] * 16_384])


@tamed("三万列.csv")
def thirty_thousand_columns(path: Path) -> None:
    csv(path, [[f"列{number}" for number in range(30_000)], ["甲"] * 30_000])


@tamed("列名重复.xlsx", students=1)
def every_heading_a_hundred_times(path: Path) -> None:
    lines = table(student(505))
    book(path, [line * 100 for line in lines])


@tamed("百万字.xlsx")
def a_name_of_a_million_characters(path: Path) -> None:
    pack(path, parts(sheet(*rows_of(student(506, 姓名="王" * MILLION)))))


@tamed("百万字.csv")
def a_class_of_a_million_characters(path: Path) -> None:
    csv(path, table(student(507, 班级="数" * MILLION)))


@tamed("百万字的列名.csv", students=1)
def a_heading_of_a_million_characters(path: Path) -> None:
    lines = table(student(508))
    csv(path, [["姓" * MILLION, *lines[0][1:]], lines[1]])


@tamed("百万数字.csv")
def an_id_number_of_a_million_digits(path: Path) -> None:
    csv(path, table(student(509, 身份证号="3" * MILLION)))


@tamed("百万引号.csv")
def a_million_quotation_marks(path: Path) -> None:
    path.write_bytes("姓名,身份证号,学号\r\n".encode() + b'"' * MILLION)


@tamed("只有逗号.csv")
def nothing_but_commas(path: Path) -> None:
    path.write_bytes(b"," * MILLION)


@tamed("只有换行.csv")
def nothing_but_line_ends(path: Path) -> None:
    path.write_bytes(b"\r\n" * 300_000)


@tamed("深层嵌套.xlsx")
def elements_without_an_end(path: Path) -> None:
    pack(path, parts(sheet("<a>" * 300_000)))


@tamed("长注释.xlsx", students=1)
def a_comment_of_megabytes(path: Path) -> None:
    noise = "".join(chr(33 + n * 7 % 80) for n in range(MILLION)).replace("-", "x")
    pack(path, parts(sheet(*rows_of(student(510)), before=f"<!--{noise}-->")))


@refused("重复列.ods", "已损坏")
def a_spreadsheet_that_repeats_itself_for_ever(path: Path) -> None:
    many = 2_147_483_647
    cell = f'<table:table-cell table:number-columns-repeated="{many}"><text:p>1</text:p>'
    _ods(path, f'<table:table-row table:number-rows-repeated="{many}">{cell}</table:table-cell>')


def _ods(path: Path, rows: str) -> None:
    namespace = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{namespace}:office:1.0" '
        f'xmlns:table="{namespace}:table:1.0" xmlns:text="{namespace}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="表">{rows}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    pack(path, {"mimetype": kind, "content.xml": content})


@tamed("跨行十亿.xls")
def a_page_whose_cells_span_a_billion(path: Path) -> None:
    cell = '<td colspan="1000000000" rowspan="1000000000">姓名</td>'
    path.write_bytes(f"<html><table><tr>{cell}</tr></table></html>".encode())


@tamed("表中表.xls")
def a_page_of_tables_in_tables(path: Path) -> None:
    path.write_bytes(b"<html>" + b"<table><tr><td>" * 50_000 + b"1")


@refused("下标十亿.xls", "请")
def an_xml_sheet_with_a_far_index(path: Path) -> None:
    spread = "urn:schemas-microsoft-com:office:spreadsheet"
    cell = '<Cell ss:Index="999999999" ss:MergeAcross="999999999"><Data ss:Type="String">x</Data>'
    rows = f'<Row ss:Index="999999999">{cell}</Cell></Row>'
    path.write_bytes(
        f'<?xml version="1.0"?><Workbook xmlns="{spread}" xmlns:ss="{spread}">'
        f'<Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet></Workbook>'.encode()
    )


@refused("字串总数说谎.xlsx", "请")
def strings_that_claim_to_be_billions(path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si>'
    pack(path, parts(sheet(row(1, text("A1", "姓名"))), f"{strings}</sst>"))
