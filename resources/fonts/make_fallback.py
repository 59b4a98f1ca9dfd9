"""Makes XqhzFallbackSC-Regular.ttf: the Chinese characters that the four Noto SC files lack.

Run by hand, offline, where NotoSansCJK-Regular.ttc (Debian's fonts-noto-cjk) lies:

    python resources/fonts/make_fallback.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

The outlines go from CFF to TrueType because paper embeds glyf outlines only. The family gets a name
of its own, as the Open Font License asks of a changed font. OFL-XqhzFallbackSC.txt is its licence.
"""

import sys
import unicodedata
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
FAMILY = "Xqhz Fallback SC"
TARGET = HERE / "XqhzFallbackSC-Regular.ttf"
COVERED_BY = (
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
    "NotoSerifSC-Regular.ttf",
    "NotoSerifSC-Bold.ttf",
)
COPYRIGHT = (
    "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'. "
    "A subset of Noto Sans CJK SC with TrueType outlines."
)
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
# One unit of 1,000 is finer than any printer shows at text sizes.
MAX_CURVE_ERROR = 1.0
# The source's own date would do as well; a fixed one makes the same file on every run.
EPOCH_SECONDS = 3_700_000_000


def covered() -> set[int]:
    """The characters that every one of the four shipped fonts has."""
    maps = [set(TTFont(HERE / name).getBestCmap()) for name in COVERED_BY]
    return set.intersection(*maps)


def simplified(collection: Path) -> TTFont:
    """The Simplified Chinese member of the collection; raises LookupError if there is none."""
    for font in TTCollection(collection).fonts:
        if font["name"].getDebugName(4) == "Noto Sans CJK SC":
            return font
    raise LookupError(f"no Noto Sans CJK SC in {collection.name}")


def wanted(source: TTFont) -> dict[int, str]:
    """The Chinese characters of the source that are nowhere else: code point to glyph name."""
    have = covered()
    return {
        code: glyph
        for code, glyph in sorted(source.getBestCmap().items())
        if code not in have and unicodedata.name(chr(code), "").startswith("CJK ")
    }


def build(source: TTFont, cmap: dict[int, str]) -> FontBuilder:
    """A TrueType font of just these characters, with the line height of the shipped fonts."""
    order = [".notdef", *dict.fromkeys(cmap.values())]
    metrics = {name: source["hmtx"][name] for name in order}
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(outlines(source, order))
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=1160, descent=-288)
    builder.setupOS2(
        sTypoAscender=880, sTypoDescender=-120, usWinAscent=1160, usWinDescent=288, fsType=0
    )
    builder.setupNameTable(names())
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=EPOCH_SECONDS, modified=EPOCH_SECONDS)
    builder.font.recalcTimestamp = False
    return builder


def outlines(source: TTFont, order: list[str]) -> dict[str, object]:
    """The glyphs with quadratic curves, off by less than a unit of the em."""
    glyphs = source.getGlyphSet()
    drawn: dict[str, object] = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, MAX_CURVE_ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
    return drawn


def names() -> dict[str, str]:
    """The name table: a family of its own and the licence it stands under."""
    return {
        "copyright": COPYRIGHT,
        "familyName": FAMILY,
        "styleName": "Regular",
        "uniqueFontIdentifier": "XqhzFallbackSC-Regular 1.0",
        "fullName": f"{FAMILY} Regular",
        "version": "Version 1.0",
        "psName": "XqhzFallbackSC-Regular",
        "licenseDescription": LICENCE,
        "licenseInfoURL": "https://scripts.sil.org/OFL",
    }


def main(arguments: list[str]) -> int:
    """Writes the font beside this script; 2 when the collection is not named."""
    if len(arguments) != 1:
        print("usage: make_fallback.py NotoSansCJK-Regular.ttc", file=sys.stderr)
        return 2
    source = simplified(Path(arguments[0]))
    cmap = wanted(source)
    build(source, cmap).save(TARGET)
    print(f"{TARGET.name}: {len(cmap)} characters, {TARGET.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
