"""Columns whose heading nobody understands, but whose words can only be one thing."""

from xqhz_desktop.base.text import fold, is_blank
from xqhz_desktop.registers.kinds import Kind
from xqhz_desktop.registers.words import meaning
from xqhz_desktop.services.workbooks.layout import Layout
from xqhz_desktop.services.workbooks.reading import Sheet

_TELLING = frozenset({"function", "audience", "arrangement", "category"})
_SAMPLE = 200  # cells looked at
_ENOUGH = 0.9  # share of them that the list of words must understand


def add_by_words(sheet: Sheet, layout: Layout) -> None:
    """Give a choice that no heading named the unnamed column that speaks its words.

    A column has to use at least two meanings, so that a constant word proves nothing.
    """
    for declared in layout.register.fields:
        telling = declared.kind is Kind.CHOICE and declared.words in _TELLING
        if not telling or declared.name in layout.columns:
            continue
        shares = {column: _share(sheet, layout, column, declared.words) for column in _free(layout)}
        best = max(shares, key=lambda column: shares[column], default=None)
        if best is not None and shares[best] >= _ENOUGH:
            layout.columns[declared.name] = best


def _free(layout: Layout) -> list[int]:
    used = set(layout.columns.values())
    return [column for column, path in enumerate(layout.paths) if any(path) and column not in used]


def _share(sheet: Sheet, layout: Layout, column: int, words: str) -> float:
    rows = (sheet.rows[place] for place in layout.data[:_SAMPLE])
    cells = [fold(row[column]) for row in rows if column < len(row)]
    said = [meaning(words, cell) for cell in cells if not is_blank(cell)]
    understood = [one for one in said if one is not None]
    return len(understood) / len(said) if len(set(understood)) >= 2 else 0.0
