"""Makes XqhzIcons.ttf: the few icons of Font Awesome 6 Free (solid) that the window shows.

Run by hand, offline, where the font lies:

    python resources/icons/make_icons.py fontawesome6-solid-webfont-6.7.2.ttf

The family gets a name of its own, as the Open Font License asks of a changed font.
OFL-XqhzIcons.txt is its licence. Code points stay those of Font Awesome; `ui/icons.py` names them.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
TARGET = HERE / "XqhzIcons.ttf"
FAMILY = "Xqhz Icons"
COPYRIGHT = (
    "Copyright (c) 2024 Fonticons, Inc. (https://fontawesome.com), with Reserved Font Name "
    "'Font Awesome'. A subset of Font Awesome 6 Free Solid."
)
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


def codes() -> list[int]:
    """The code points that the window names."""
    sys.path.insert(0, str(HERE.parents[1]))
    from xqhz_desktop.ui.icons import CODES

    return sorted(CODES.values())


def named(font: TTFont) -> None:
    """Replace every name of the font by our own."""
    table = font["name"]
    table.names = []
    texts = {0: COPYRIGHT, 1: FAMILY, 2: "Regular", 4: FAMILY, 6: "XqhzIcons", 13: LICENCE}
    for number, text in texts.items():
        table.setName(text, number, 3, 1, 0x409)
    for tag in ("SVG ", "CFF "):
        assert tag not in font


def main(source: Path) -> None:
    """Write the subset."""
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=codes())
    subsetter.subset(font)
    named(font)
    font.save(TARGET)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
