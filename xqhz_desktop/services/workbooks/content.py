"""What a file is, by its bytes; and the text of one that is not a workbook of Excel's own."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path

from xqhz_desktop.services.workbooks.compound import COMPOUND_MAGIC, is_workbook_storage


class Refused(Exception):
    """Why a file is not read: what follows its name in the sentence that the user sees."""


DAMAGED = "已损坏或不完整，请在 Excel 或 WPS 中打开、另存为 .xlsx 后再导入"
PASSWORD = "有打开密码，请在 Excel 或 WPS 中取消密码、保存后再导入"
NO_WORKBOOK = "不是 Excel 工作簿，请换成真正的 .xlsx、.xls 或 .csv 文件后再导入"
EMPTY = "是空文件，请重新导出后再导入"
OLD = "是 Excel 97 以前的旧格式，请在 Excel 或 WPS 中另存为 .xlsx 后再导入"
WEB_ARCHIVE = "是存成一个文件的网页，请在 Excel 或 WPS 中打开、另存为 .xlsx 后再导入"
NO_TABLE = "是网页文件，里面没有表格，请在 Excel 或 WPS 中打开、另存为 .xlsx 后再导入"
UNSAFE = "含有不安全的 XML 定义，请在 Excel 或 WPS 中打开、另存为 .xlsx 后再导入"
UNKNOWN_ENCODING = "的文字编码认不出，请在 Excel 或 WPS 中另存为 .xlsx 后再导入"
OPEN_QUOTE = "第 {} 行的英文引号没有成对，请改正后再导入"

# By these names a file claims to be a workbook: what it is not is said, and not passed over.
CLAIMS = frozenset(
    (
        *(".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".ods"),
        *(".xls", ".xlt", ".et", ".ett"),
        *(".csv", ".tsv", ".tab"),
    )
)
MAYBE_TEXT = frozenset((".txt", ".prn", ""))
SAMPLE = 64 * 1024  # bytes by which text is judged
LARGEST_LOOK = 64 << 20  # bytes of an OLE2 file that are looked into
MAX_CELL = 64 << 20  # characters
MAX_DIRECTORY = 0xFFFF  # members of a zip that is looked into


class Content(Enum):
    """What the first bytes say."""

    EMPTY = "empty"
    ZIP = "zip"
    COMPOUND = "compound"
    OLD = "old"
    WEB_PAGE = "web page"
    WEB_ARCHIVE = "web archive"
    XML_SHEET = "XML sheet"
    TEXT = "text"
    OTHER = "other"


_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
# Files that carry text in their beginning, or could be taken for UTF-16.
_FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
)
_WEB_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)?(?:<!doctype\s+html|<(?:html|head|body|meta|style|table|div)\b)",
    re.I | re.S,
)
_XML = re.compile(r"\s*<\?xml\b", re.I)
_MARKUP = re.compile(r"\s*[<{\[]")
_SEPARATOR = re.compile(r"[\r\n\t,;]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\ufffe\uffff]")


def content_of(head: bytes) -> Content:
    """What a file is, from its beginning (some 64 KB; all of it where it is smaller)."""
    if not head:
        return Content.EMPTY
    if head.startswith(b"PK\x03\x04"):
        return Content.ZIP
    if head.startswith(COMPOUND_MAGIC):
        return Content.COMPOUND
    if head.startswith(_OLD_BIFF):
        return Content.OLD
    text = None if head.startswith(_FOREIGN) else _sample_text(head)
    if text is None:
        return Content.TEXT if _is_nearly_utf8(head) else Content.OTHER
    return _markup(text)


def _markup(text: str) -> Content:
    if text.lower().startswith("mime-version:"):
        return Content.WEB_ARCHIVE
    if _WEB_PAGE.match(text):
        return Content.WEB_PAGE
    if not _XML.match(text):
        return Content.TEXT
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return Content.XML_SHEET
    return Content.WEB_PAGE if "<html" in text.lower() else Content.OTHER


# ------------------------------------------------------------------ is it worth reading?


def is_workbook(path: Path) -> bool:
    """Whether a file should be read as a workbook: it claims to be one, or its content is one.

    A false claim is a workbook too: reading it says what it is. Raises OSError.
    """
    suffix = path.suffix.lower()
    if suffix in CLAIMS:
        return True
    head = _beginning(path, SAMPLE)
    match content_of(head):
        case Content.ZIP:
            return _is_workbook_zip(path)
        case Content.COMPOUND:
            return is_workbook_storage(_beginning(path, LARGEST_LOOK))
        case Content.TEXT:
            return suffix in MAYBE_TEXT and _is_table(head)
    return False


def _is_workbook_zip(path: Path) -> bool:
    if _members(path) >= MAX_DIRECTORY:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower().replace("\\", "/") for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    if "content.xml" in names:
        return b"opendocument.spreadsheet" in _beginning(path, 100)
    return any(re.search(r"xl/workbook\d*\.(?:xml|bin)$", name) for name in names)


def _beginning(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _members(path: Path) -> int:
    """How many members a zip says it has; MAX_DIRECTORY stands for as many or more."""
    with path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        file.seek(max(0, file.tell() - 65557))
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[place + 10 : place + 12], "little") if place >= 0 else 0


def _is_table(head: bytes) -> bool:
    """Whether text has columns: the same number of separators in most of its first lines."""
    text = _sample_text(head)
    if text is None or _MARKUP.match(text):
        return False
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter_of(text)))
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    return width > 1 and times >= 2 and times * 2 > sum(widths.values())


# ------------------------------------------------------------------ text


def _sample_text(head: bytes) -> str | None:
    """The text of a file's beginning; None where it is no text. Its last character may be cut."""
    for cut in range(4):
        try:
            return decode(head[: len(head) - cut])
        except Refused:
            continue
    return None


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16 or GB18030, with or without a byte order mark.

    Raises Refused where they are in none of them, or are no text at all.
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            if encoding == "utf-8" and _is_nearly_utf8(data):
                break  # in GB18030 it would be nonsense
            continue
        if _is_text(text, encoding):
            return text.removeprefix("\ufeff")
    raise Refused(DAMAGED if b"\0" in data or _is_nearly_utf8(data) else UNKNOWN_ENCODING)


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 were it once: cut off, or hurt in few places."""
    text = data.decode("utf-8", "replace")
    hurt = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - hurt
    return 0 < hurt * 20 < whole


def _is_text(text: str, encoding: str) -> bool:
    """Whether what was decoded makes sense; almost any bytes decode as UTF-16."""
    if _UNPRINTABLE.search(text):
        return False
    return not encoding.startswith("utf-16-") or bool(_SEPARATOR.search(text))


def _encodings(data: bytes) -> Sequence[str]:
    """The encodings worth trying, likeliest first."""
    if data.startswith(b"\xef\xbb\xbf"):
        return ("utf-8",)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\0" in data[:SAMPLE]:
        # Commas, digits and line ends have a zero byte: behind them, or before them.
        behind, before = data[1:SAMPLE:2].count(0), data[0:SAMPLE:2].count(0)
        return ("utf-16-le",) if behind > before else ("utf-16-be",)
    return ("utf-8", "gb18030")


def delimiter_of(text: str) -> str:
    """Which of comma, tab and semicolon parts the columns: the one that parts them most alike."""
    lines = [line for line in text[:SAMPLE].splitlines()[:60] if line.strip()]
    return max(",\t;", key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> int:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
    return max(((width - 1) * times for width, times in widths.items()), default=0)


def read_text(data: bytes) -> Iterator[list[str]]:
    """The records of a csv as Excel shows them: one record, one row. Raises Refused."""
    csv.field_size_limit(MAX_CELL)
    text = decode(data)
    delimiter, text = _said_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or delimiter_of(text))
    number, last, lines = 0, 0, 0
    for record in reader:
        number, last, lines = number + 1, lines, reader.line_num
        yield [_protected(cell) for cell in record]
    # A quote that nothing closes swallows all rows to the end of the file.
    if lines - last > 1 and text.count('"') % 2:
        raise Refused(OPEN_QUOTE.format(number))


def _said_delimiter(text: str) -> tuple[str, str]:
    """The delimiter that a first line `sep=;` names, which Excel obeys and hides."""
    if found := re.match(r"sep=([,;\t])\r?\n", text, re.I):
        return found[1], text[found.end() :]
    return "", text


def _protected(cell: str) -> str:
    """A cell written `="0123"` to keep Excel from making it a number."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1]
    return cell
