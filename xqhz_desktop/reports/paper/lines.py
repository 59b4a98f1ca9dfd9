"""Where Chinese lines may break: no closing mark begins a line, no opening mark ends one."""

import re
from collections.abc import Callable
from functools import lru_cache

OPENING = "“‘（《〈【「『〔［｛([{￥$"
CLOSING = "，。；：、？！）》〉】」』〕］｝”’…—～·％‰℃,.;:?!)]}%"

Measure = Callable[[str], float]

_WORD = r"[0-9A-Za-zÀ-ÿ*#@]+(?:[.,:/_@&+\-'*][0-9A-Za-zÀ-ÿ*]+)*"
_ATOM = re.compile(
    rf"\n|[ \t\u3000]+|[{re.escape(OPENING)}]*(?:{_WORD}|[^\s])[{re.escape(CLOSING)}]*|\s"
)


@lru_cache(maxsize=8192)
def atoms(text: str) -> tuple[str, ...]:
    """The text in pieces between which a line may break; joined they are the text again."""
    return tuple(_ATOM.findall(text))


def break_lines(text: str, width: float, measure: Measure, indent: float = 0.0) -> list[str]:
    """Lines no wider than `width`, the first shorter by `indent`; at least one line.

    A piece wider than a whole line is broken between any two characters. White space at a
    break is left out, all else is kept.
    """
    if "\n" not in text and measure(text) <= width - indent:
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _fill(paragraph, width, measure, 0.0 if lines else indent)
    return lines


def _fill(text: str, width: float, measure: Measure, indent: float) -> list[str]:
    lines, line, room = [], "", width - indent
    for atom in atoms(text):
        wide = measure(atom)
        if wide <= room:
            line, room = line + atom, room - wide
        elif atom.isspace():
            continue
        elif wide <= width:
            lines.append(line)
            line, room = atom, width - wide
        else:
            *full, line = _chop(line + atom, width, measure, 0.0 if lines else indent)
            lines += full
            room = width - measure(line)
    return [each.rstrip(" ") for each in (*lines, line)]


def _chop(text: str, width: float, measure: Measure, indent: float) -> list[str]:
    lines, line, room = [], "", width - indent
    for letter in text:
        wide = measure(letter)
        if line and wide > room:
            lines.append(line)
            line, room = "", width
        line, room = line + letter, room - wide
    return [*lines, line]
