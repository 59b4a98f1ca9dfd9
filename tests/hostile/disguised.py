"""Files that are something else than they say, old containers, and names that do harm."""

import gzip
import struct
from pathlib import Path

import sqlcipher3.dbapi2 as driver
import xlwt

from tests.hostile.corpus import book, csv, pack, parts, refused, rows_of, sheet, tamed
from tests.services.books import student, table

NONE = "不是 Excel 工作簿"
DAMAGED = "已损坏"
PASSWORD = "有打开密码"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@tamed("其实是工作簿.csv", students=1)
def a_workbook_that_says_it_is_text(path: Path) -> None:
    book(path.with_suffix(".xlsx"), table(student(701))).rename(path)


@tamed("其实是文本.xlsx", students=1)
def text_that_says_it_is_a_workbook(path: Path) -> None:
    csv(path, table(student(702)))


@tamed("其实是新版.xls", students=1)
def a_new_workbook_that_says_it_is_old(path: Path) -> None:
    book(path.with_suffix(".xlsx"), table(student(703))).rename(path)


@tamed("其实是旧版.xlsx", students=1)
def an_old_workbook_that_says_it_is_new(path: Path) -> None:
    _old(path, table(student(704)))


def _old(path: Path, rows: list[list[object]]) -> Path:
    made = xlwt.Workbook()
    place = made.add_sheet("表")
    for number, line in enumerate(rows):
        for at, cell in enumerate(line):
            place.write(number, at, cell)
    made.save(str(path))
    return path


@tamed("其实是网页.xlsx", students=1)
def a_page_that_says_it_is_a_workbook(path: Path) -> None:
    lines = [
        "".join(f"<td style='mso-number-format:\"\\@\"'>{cell}</td>" for cell in line)
        for line in table(student(705))
    ]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    path.write_text(
        '<html><head><meta charset="utf-8"><script src="http://192.0.2.1/a.js"></script></head>'
        f'<body onload="x()"><iframe src="file:///etc/hostname"></iframe><table>{body}</table>',
        "utf-8",
    )


@refused("其实是图片.xlsx", NONE)
def a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)


@refused("其实是文档.xlsx", "请")
def a_text_document(path: Path) -> None:
    pack(path, {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


@refused("其实是程序.xlsx", NONE)
def a_program(path: Path) -> None:
    path.write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 9)


@refused("其实是数据库.xlsx", NONE)
def a_database(path: Path) -> None:
    connection = driver.connect(str(path))
    connection.execute("CREATE TABLE 学生 (姓名 TEXT)")
    connection.commit()
    connection.close()


@refused("其实是压缩流.xlsx", NONE)
def a_packed_stream(path: Path) -> None:
    path.write_bytes(gzip.compress(b"a" * 9_000, mtime=0))


@refused("其实是另一种压缩.xlsx", NONE)
def another_archive(path: Path) -> None:
    path.write_bytes(b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(range(1, 200)))


@refused("空压缩包.xlsx", "请")
def an_archive_of_nothing(path: Path) -> None:
    pack(path, {})


@refused("空文件.xlsx", "空文件")
def nothing_at_all(path: Path) -> None:
    path.touch()


@refused("一个字节.xls", "请")
def one_byte(path: Path) -> None:
    path.write_bytes(b"\xd0")


@refused("全零.xls", NONE)
def nothing_but_zeros(path: Path) -> None:
    path.write_bytes(b"\0" * 100_000)


@refused("信封.xls", "网页")
def a_page_in_an_envelope(path: Path) -> None:
    path.write_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<table>")


@refused("加密.xlsx", PASSWORD)
def a_workbook_with_a_password(path: Path) -> None:
    path.write_bytes(container("EncryptionInfo", "EncryptedPackage"))


@refused("加密.ods", "请")
def a_spreadsheet_with_a_password(path: Path) -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    inside = '<manifest:encryption-data manifest:checksum="x"/>'
    manifest = f'<manifest:manifest><manifest:file-entry manifest:full-path="content.xml">{inside}'
    pack(path, {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": b"\x9f" * 99})


@refused("信函.xls", NONE)
def a_letter_in_an_old_container(path: Path) -> None:
    path.write_bytes(container("WordDocument", "1Table"))


@refused("转圈.xls", "请")
def an_old_container_that_goes_in_circles(path: Path) -> None:
    """Each sector of its table names itself as the next."""
    data = bytearray(container("Workbook"))
    struct.pack_into("<128I", data, 512, *range(128))
    path.write_bytes(bytes(data) + b"\0" * 512 * 126)


@refused("容器大小说谎.xls", "请")
def an_old_container_of_billions_of_sectors(path: Path) -> None:
    data = bytearray(container("Workbook"))
    struct.pack_into("<I", data, 0x2C, 0x7FFFFFFF)
    path.write_bytes(data)


@refused("扇区说谎.xls", "请")
def an_old_container_of_sectors_of_any_size(path: Path) -> None:
    data = bytearray(container("Workbook"))
    struct.pack_into("<H", data, 0x1E, 63)
    path.write_bytes(data)


@refused("旧版截断.xls", DAMAGED)
def half_an_old_workbook(path: Path) -> None:
    data = _old(path, table(*(student(number) for number in range(710, 760)))).read_bytes()
    path.write_bytes(data[: len(data) // 2])


@refused("记录长度说谎.xls", "请")
def records_longer_than_the_file(path: Path) -> None:
    data = bytearray(_old(path, table(student(706))).read_bytes())
    start = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    data[start + 20 : start + 24] = b"\xfc\x00\xff\xff"
    path.write_bytes(data)


def container(*names: str) -> bytes:
    """An old container (OLE2) with empty streams of those names."""
    header = bytearray(OLE + b"\0" * 504)
    struct.pack_into("<HHHHH", header, 0x18, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 0x2C, 1, 1, 0, 4096, END, 0, END, 0, 0)
    struct.pack_into("<109I", header, 0x4C, 0, *[FREE] * 108)
    sectors = struct.pack("<128I", FAT, END, *[FREE] * 126)
    entries = [_entry("Root Entry", 5), *(_entry(name, 2) for name in names)]
    return bytes(header) + sectors + b"".join(entries).ljust(512, b"\0")


def _entry(name: str, kind: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    tail = struct.pack("<HBBIII", len(written), kind, 1, *[FREE] * 3) + b"\0" * 36
    return written.ljust(64, b"\0") + tail + struct.pack("<IQ", END, 0)


# ------------------------------------------------------------------ names of files


@tamed("长" * 80 + ".xlsx", students=1)
def a_name_as_long_as_a_name_can_be(path: Path) -> None:
    pack(path, parts(sheet(*rows_of(student(770)))))


@tamed("换\n行\t%s{0}'\"; DROP.xlsx", students=1)
def a_name_with_line_ends_and_quotes(path: Path) -> None:
    pack(path, parts(sheet(*rows_of(student(771)))))


@tamed("\u202exslx.名\u200b.xlsx", students=1)
def a_name_that_turns_the_direction(path: Path) -> None:
    pack(path, parts(sheet(*rows_of(student(772)))))


@tamed(b"\xd1\xa7\xc9\xfa.xlsx".decode("utf-8", "surrogateescape"), students=1)
def a_name_in_gbk(path: Path) -> None:
    pack(path, parts(sheet(*rows_of(student(773)))))


@tamed(b"\xff\xfe.csv".decode("utf-8", "surrogateescape"), students=1)
def a_name_in_no_encoding(path: Path) -> None:
    csv(path, table(student(774)))
