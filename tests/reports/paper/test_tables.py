"""Tables fill the width, align at the point and part between rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.reports.blocks import Column, Table
from xqhz_desktop.reports.paper.tables import fitted, table_piece, tail_of


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("78.3%", ".3%"),
        ("80%", "%"),
        ("1,204", ""),
        ("1,204.5", ".5"),
        ("-3.25", ".25"),
        ("—", ""),
        ("", ""),
    ],
)
def test_figures_are_aligned_where_the_point_is_or_would_be(text: str, tail: str) -> None:
    assert tail_of(text) == tail


CELLS = st.text(alphabet="校企合作ABC12.", max_size=60)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8), st.floats(150, 700))
def test_columns_fill_the_width_whatever_stands_in_them(
    rows: list[tuple[str, ...]], width: float
) -> None:
    table = Table("表", (Column("甲"), Column("乙"), Column("丙")), tuple(rows))
    assert sum(fitted(table, width)) == pytest.approx(width)


def test_the_widest_column_gives_way_first() -> None:
    table = Table("表", (Column("甲"), Column("乙")), (("短", "很长的一段说明文字" * 20),))
    narrow, broad = fitted(table, 300)
    assert narrow < 40
    assert broad > 250


def test_a_part_of_a_table_and_its_rest_are_the_table() -> None:
    rows = tuple((f"{number}",) for number in range(100))
    piece = table_piece(Table("表", (Column("号"),), rows), "表1", 400)
    parts = piece.split(400, 300)
    assert parts is not None
    first, rest = parts
    assert first.height(400) <= 300
    assert [*first.rows, *rest.rows] == [*piece.rows]
    assert rest.continued


def test_no_part_fits_into_less_than_head_and_a_row() -> None:
    piece = table_piece(Table("表", (Column("号"),), (("1",),) * 20), "表1", 400)
    assert piece.split(400, 30) is None
