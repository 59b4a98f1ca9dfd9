"""The project's fonts on paper: embedded once each, with fallback from font to font.

A `ChainFont` speaks reportlab's protocol of dynamic fonts. Unlike reportlab's own TrueType font
it makes one two-byte font of each file instead of many of 256 characters, and its ToUnicode map
is right above U+FFFF as well, so that text copied out is the text put in.
"""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
)
from reportlab.pdfbase.ttfonts import TTFontFace

from xqhz_desktop.base.paths import resources

SERIF = "XqhzSerif"
SANS = "XqhzSans"
BOLD = "XqhzBold"

_CHAINS = {
    SERIF: ("NotoSerifSC-Regular", "NotoSansSC-Regular", "XqhzFallbackSC-Regular"),
    SANS: ("NotoSansSC-Regular", "NotoSerifSC-Regular", "XqhzFallbackSC-Regular"),
    BOLD: ("NotoSansSC-Bold", "NotoSerifSC-Bold", "XqhzFallbackSC-Regular"),
}
_SPACE = 0x20


@cache
def face(name: str) -> TTFontFace:
    """The parsed font file of resources/fonts; kept for the life of the process."""
    return TTFontFace(str(resources() / "fonts" / f"{name}.ttf"))


@cache
def chain(name: str) -> "ChainFont":
    """The font of a role (SERIF, SANS, BOLD), made known to reportlab."""
    font = ChainFont(name, _CHAINS[name])
    pdfmetrics.registerFont(font)
    return font


def is_invisible(letter: str) -> bool:
    """Whether a character is there but never drawn: joiners, direction and variation marks."""
    code = ord(letter)
    return (
        0x200B <= code <= 0x200F
        or 0x202A <= code <= 0x202E
        or 0x2060 <= code <= 0x206F
        or 0xFE00 <= code <= 0xFE0F
        or code == 0xFEFF
        or 0xE0100 <= code <= 0xE01EF
    )


def named(letter: str) -> str:
    """What stands for a character that no font has: 〔U+XXXXX〕."""
    return f"〔U+{ord(letter):04X}〕"


class Glyph:
    """Where one character is drawn: the place in the chain, width in 1/1000 em, stand-in text."""

    __slots__ = ("instead", "place", "width")

    def __init__(self, place: int, width: float, instead: str = "") -> None:
        self.place = place
        self.width = width
        self.instead = instead


class _Glyphs(dict[str, Glyph]):
    """Characters looked up once; `widths` serves measuring."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, letter: str) -> Glyph:
        glyph = self[letter] = self._find(letter)
        return glyph

    def _find(self, letter: str) -> Glyph:
        if is_invisible(letter):
            return Glyph(0, 0.0)
        code = _SPACE if letter < " " else ord(letter)
        for place, name in enumerate(self.names):
            if code in face(name).charToGlyph:
                return Glyph(place, face(name).charWidths[code])
        instead = named(letter)
        return Glyph(0, sum(self[each].width for each in instead), instead)


class _Widths(dict[str, float]):
    def __init__(self, glyphs: _Glyphs) -> None:
        super().__init__()
        self.glyphs = glyphs

    def __missing__(self, letter: str) -> float:
        width = self[letter] = self.glyphs[letter].width
        return width


class _Used:
    """The characters of one document, numbered in each font file in order of first use."""

    def __init__(self, glyphs: _Glyphs) -> None:
        self.glyphs = glyphs
        self.letters: list[list[str]] = [[] for _ in glyphs.names]
        self.codes: dict[str, tuple[int, bytes]] = {}
        self.internal = ""

    def code(self, letter: str) -> tuple[int, bytes]:
        """The place in the chain and the two bytes that draw the character."""
        known = self.codes.get(letter)
        if known is None:
            place = self.glyphs[letter].place
            self.letters[place].append(letter)
            known = self.codes[letter] = (place, len(self.letters[place]).to_bytes(2, "big"))
        return known


class ChainFont:
    """Several font files as one font: each character comes from the first that has it."""

    _multiByte = 1  # noqa: N815
    _dynamicFont = 1  # noqa: N815
    shapable = False

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        self.fontName = name
        self.face = face(names[0])
        self.encoding = _UTF8()
        self.glyphs = _Glyphs(names)
        self._widths = _Widths(self.glyphs)
        self._used: WeakKeyDictionary[PDFDocument, _Used] = WeakKeyDictionary()

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """The width of the text in points."""
        return sum(map(self._widths.__getitem__, text)) * size / 1000

    def splitString(  # noqa: N802
        self, text: str, doc: PDFDocument, encoding: str = "utf8"
    ) -> list[tuple[int, bytes]]:
        """The text in runs of one font file each: its place in the chain, the codes."""
        code = self._of(doc).code
        runs = groupby(map(code, self._drawn(text)), key=lambda pair: pair[0])
        return [(place, b"".join(pair[1] for pair in run)) for place, run in runs]

    def getSubsetInternalName(self, subset: int, doc: PDFDocument) -> str:  # noqa: N802
        """The name by which a page's content calls the font file at this place of the chain."""
        used = self._of(doc)
        if not used.internal:
            used.internal = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = "/" + used.internal
            doc.delayedFonts.append(self)
        return f"/{used.internal}+{subset}"

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802
        """Put the used font files into the document; reportlab calls it once, at the end."""
        used = self._used.pop(doc)
        for place, letters in enumerate(used.letters):
            if letters:
                name = f"{used.internal}+{place}"
                doc.idToObject["BasicFonts"].dict[name] = self._font(doc, place, letters)

    def _of(self, doc: PDFDocument) -> _Used:
        used = self._used.get(doc)
        if used is None:
            used = self._used[doc] = _Used(self.glyphs)
        return used

    def _drawn(self, text: str) -> Iterator[str]:
        for letter in text:
            yield from self.glyphs[letter].instead or letter

    def _font(self, doc: PDFDocument, place: int, letters: list[str]) -> object:
        source = face(self.glyphs.names[place])
        label = f"{_tag(self.fontName, place)}+{source.name.decode('ascii')}"
        codes = [_code_in(source, letter) for letter in letters]
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(label),
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": doc.Reference(_descriptor(doc, source, label, codes)),
                "CIDToGIDMap": doc.Reference(_stream(_glyph_numbers(source, codes))),
                "DW": 1000,
                "W": PDFArray([1, PDFArray([self.glyphs[each].width for each in letters])]),
            }
        )
        return doc.Reference(
            PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("Type0"),
                    "BaseFont": PDFName(label),
                    "Encoding": PDFName("Identity-H"),
                    "DescendantFonts": PDFArray([doc.Reference(descendant)]),
                    "ToUnicode": doc.Reference(_stream(_to_unicode(letters).encode("ascii"))),
                }
            )
        )


class _UTF8:
    """What reportlab asks of a font's encoding."""

    name = "UTF-8"


def _tag(name: str, place: int) -> str:
    """The six letters that mark a subset; they differ between the subsets of one document."""
    return f"{name[4:8].upper().ljust(4, 'X')}X{'ABCDEF'[place]}"


def _code_in(source: TTFontFace, letter: str) -> int:
    return _SPACE if letter < " " or is_invisible(letter) else ord(letter)


def _descriptor(
    doc: PDFDocument, source: TTFontFace, label: str, codes: list[int]
) -> PDFDictionary:
    subset: bytes = source.makeSubset(codes)
    file = _stream(subset)
    file.dictionary["Length1"] = len(subset)
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(label),
            "Flags": 4,
            "FontBBox": PDFArray(source.bbox),
            "Ascent": source.ascent,
            "Descent": source.descent,
            "CapHeight": source.capHeight,
            "ItalicAngle": 0,
            "StemV": source.stemV,
            "FontFile2": doc.Reference(file),
        }
    )


def _glyph_numbers(source: TTFontFace, codes: list[int]) -> bytes:
    """Code → glyph of the subset, which numbers its glyphs in order of first use, from 1."""
    numbers: dict[int, int] = {}
    found = [numbers.setdefault(source.charToGlyph[code], len(numbers) + 1) for code in codes]
    return b"\0\0" + b"".join(number.to_bytes(2, "big") for number in found)


def _to_unicode(letters: list[str]) -> str:
    pairs = [
        f"<{number:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
        for number, letter in enumerate(letters, 1)
    ]
    sections = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(
        f"{len(section)} beginbfchar\n" + "\n".join(section) + "\nendbfchar" for section in sections
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def _stream(content: bytes) -> PDFStream:
    return PDFStream(content=content)
