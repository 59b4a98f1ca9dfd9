"""A zip is looked at before it is parsed: what it unpacks to, and how far its sheets reach."""

import html
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from xqhz_desktop.services.workbooks.content import DAMAGED, NO_WORKBOOK, PASSWORD, UNSAFE, Refused

MAX_MEMBERS = 20_000
MAX_UNPACKED = 800 << 20  # bytes of all parts that are read; 220,000 rows of 20 columns are 150 MB
MAX_RATIO = 250  # of a large part; the plainest true sheets reach about 60
LARGE = 16 << 20  # a small part may be packed as tightly as it likes
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELLS = 16_000_000  # a sheet's rows × columns: calamine keeps 32 bytes for each

HUGE = "解压后大得不合常理，可能是恶意文件，请不要导入，并向发来的人核实"
FAR = "{}到 {} 还有内容，大得读不下，请删除远处多余的行和列，或拆成几个工作簿后再导入"

_READ = re.compile(r"\.(?:xml|rels|bin)$", re.I)
_UNREAD = re.compile(
    r"(?:^|/)(?:media|embeddings|printersettings|theme|drawings|charts)/|vba", re.I
)
_CHUNK = 256 * 1024
_OVERLAP = 512  # the beginning of a cell may lie across two chunks
# The filled cells that are far out, as writers write them: these alone are counted. A far cell that
# has only a format is none to calamine; what is dressed up to slip by meets the memory limit.
_FILLED = rb'"[^<>]*(?<!/)>\s*<(?!/)'
_FAR_COLUMN = re.compile(rb' r="([A-Z]{3}\d{1,7})' + _FILLED)
_FAR_ROW = re.compile(rb'<row r="(?:[89]\d{5}|\d{7})"')
_FAR_DOWN = re.compile(rb' r="([A-Z]{1,3}(?:[89]\d{5}|\d{7}))' + _FILLED)
_SHEET = re.compile(rb"<(?:\w+:)?worksheet\b")
_WORKBOOK = re.compile(r"(workbook|content)\d*\.(xml|bin)")  # some programs number it
_DATE1904 = re.compile(rb"\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']", re.I)
_WORKBOOK_PROPERTIES = 153  # BrtWbProp of an .xlsb


@dataclass(frozen=True, slots=True)
class Archive:
    """What a checked zip says before it is parsed."""

    unpacked: int  # bytes of all parts that will be read
    date1904: bool


def check_archive(data: bytes) -> Archive:
    """Looks through a workbook's zip; raises Refused for what must not be parsed."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _check(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise Refused(DAMAGED) from error


def _check(archive: zipfile.ZipFile) -> Archive:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise Refused(HUGE)
    if any(member.flag_bits & 1 for member in members) or _is_encrypted(archive):
        raise Refused(PASSWORD)
    parts = [member for member in members if _is_read(member.filename)]
    if not any(_kind(part.filename) for part in parts):
        raise Refused(NO_WORKBOOK)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or any(map(_is_bomb, parts)):
        raise Refused(HUGE)
    for part in parts:
        _look_through(archive, part)
    return Archive(unpacked, any(_is_1904(archive, part) for part in parts))


def _is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether the parts of an .ods are encrypted, each by itself."""
    try:
        part = archive.getinfo("META-INF/manifest.xml")
    except KeyError:
        return False
    return not _is_bomb(part) and b"encryption-data" in archive.read(part)


def _is_read(name: str) -> bool:
    path = name.replace("\\", "/")
    return bool(_READ.search(path)) and not _UNREAD.search(path)


def _kind(name: str) -> str:
    """Which part makes this zip a workbook, if this is it."""
    found = _WORKBOOK.fullmatch(_last(name))
    return f"{found[1]}.{found[2]}" if found else ""


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > LARGE and part.file_size > MAX_RATIO * part.compress_size


def _look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpacks a part once, chunk by chunk: entity definitions, and cells far away."""
    if part.filename.lower().endswith(".bin"):
        return
    reach = _Reach()
    tail, is_sheet = b"", False
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            text = tail + chunk
            if b"<!DOCTYPE" in text:
                raise Refused(UNSAFE)
            is_sheet = is_sheet or bool(_SHEET.search(text[:4096]))
            if is_sheet and reach.is_too_far(text):
                raise Refused(FAR.format(_sheet_of(archive, part), reach.last))
            tail = text[-_OVERLAP:]


@dataclass(slots=True)
class _Reach:
    """How far the cells of one sheet reach, and which cell reaches so far."""

    row: int = 0
    column: int = 20  # of the cells that are not far out nobody asks where they are
    last: str = ""
    rows: int = 0  # counted from the first far cell on, wherever they say they are

    def is_too_far(self, text: bytes) -> bool:
        """Counts the far cells of a chunk; whether calamine would need too much memory."""
        pattern = _FAR_DOWN if _FAR_ROW.search(text) else _FAR_COLUMN
        for found in pattern.finditer(text):
            address = found[1].decode("ascii")
            letters = address.rstrip("0123456789")
            row, column = int(address[len(letters) :]), _column(letters)
            if row > self.row or column > self.column:
                self.row, self.column = max(row, self.row), max(column, self.column)
                self.last = address
        if not self.last:
            return False
        self.rows += text.count(b"<row ")
        beyond = self.row > MAX_ROWS or self.column > MAX_COLUMNS
        return beyond or max(self.row, self.rows) * self.column > MAX_CELLS


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _sheet_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """The sheet that a part holds, for a sentence; empty where it cannot be told."""
    texts = {_last(m.filename): m for m in archive.infolist()}
    if not {"workbook.xml", "workbook.xml.rels"} <= texts.keys():
        return ""
    targets = {
        _attribute(tag, "Id"): _last(_attribute(tag, "Target"))
        for tag in _tags(archive, texts["workbook.xml.rels"], "Relationship")
    }
    for tag in _tags(archive, texts["workbook.xml"], "sheet"):
        if targets.get(_attribute(tag, r"\w+:id")) == _last(part.filename):
            return f"的工作表“{_attribute(tag, 'name')}”"
    return ""


def _tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> list[str]:
    text = archive.read(part).decode("utf-8", "replace")
    return re.findall(rf"<(?:\w+:)?{name}\b[^>]*>", text)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\s{name}=\"([^\"]*)\"", tag)
    return html.unescape(found[1]) if found else ""


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].lower()


def _is_1904(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether this is the workbook's own part and counts days from 1904."""
    match _kind(part.filename):
        case "workbook.xml":
            return bool(_DATE1904.search(archive.read(part)))
        case "workbook.bin":
            return _binary_1904(archive.read(part))
    return False


def _binary_1904(raw: bytes) -> bool:
    place = 0
    while place < len(raw):
        kind, place = _varint(raw, place, 2)
        size, place = _varint(raw, place, 4)
        if kind == _WORKBOOK_PROPERTIES:
            return bool(raw[place : place + 1] and raw[place] & 1)
        place += size
    return False


def _varint(raw: bytes, place: int, most: int) -> tuple[int, int]:
    """A number in seven-bit pieces and the place behind it. Record kinds keep their marks."""
    number = 0
    for shift in range(most):
        if place >= len(raw):
            break
        piece = raw[place]
        place += 1
        number |= (piece & 0x7F) << (7 * shift)
        if piece < 0x80:
            break
    return number, place
