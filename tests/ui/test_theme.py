"""Colours that can be read, in the light and in the dark; icons that are there."""

from dataclasses import asdict, fields

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtWidgets import QApplication

from xqhz_desktop.base.paths import resources
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.icons import CODES, icon
from xqhz_desktop.ui.tokens import DARK, LIGHT, Tokens

SETS = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@SETS
@pytest.mark.parametrize("text", ["text", "second", "hint", "accent", "good", "warn", "bad"])
@pytest.mark.parametrize("ground", ["surface", "window"])
def test_every_text_can_be_read_on_its_ground(tokens: Tokens, text: str, ground: str):
    colours = asdict(tokens)
    assert contrast(colours[text], colours[ground]) >= 4.5


@SETS
def test_text_on_weak_and_accent_grounds_can_be_read(tokens: Tokens):
    assert contrast(tokens.text, tokens.weak) >= 4.5
    assert contrast(tokens.accent, tokens.weak) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    for ground in (tokens.bad_weak, tokens.warn_weak, tokens.good_weak):
        assert contrast(tokens.text, ground) >= 4.5


def test_dark_is_a_second_set_of_the_same_tokens():
    assert len(DARK.series) == len(LIGHT.series)
    same = [
        one.name for one in fields(Tokens) if getattr(DARK, one.name) == getattr(LIGHT, one.name)
    ]
    assert same == []


def test_every_icon_is_in_the_font():
    with TTFont(resources() / "icons" / "XqhzIcons.ttf") as font:
        assert set(CODES.values()) <= set(font.getBestCmap())


@pytest.mark.parametrize("name", CODES)
def test_an_icon_leaves_ink(dressed: QApplication, name: str):
    image = icon(name, "#1A5FB4").pixmap(24, 24).toImage()
    inked = sum(image.pixelColor(x, y).alpha() > 128 for x in range(24) for y in range(24))
    assert inked > 20


def test_the_window_is_set_in_the_shipped_font(dressed: QApplication):
    assert dressed.font().families()[0] == "Noto Sans SC"
    assert dressed.font().pointSizeF() == 10
    theme.apply(dressed, dark=True)
    assert theme.tokens() is DARK
    theme.apply(dressed)
