"""Whatever stands in a cell, reading ends in a value, a reason or a doubt, and an import holds."""

import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.books import Table, firm, placement, student, table
from tests.services.desk import Desk
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.workbooks import cells
from xqhz_desktop.services.workbooks.cells import MESSAGES, Bad, Doubt
from xqhz_desktop.services.workbooks.plan import Fate

NOW = datetime.datetime(2025, 3, 1, 9, 30)
# One of each kind, and of each list of words.
FIELDS = {
    f"{field.kind.value} {field.words or field.link}".strip(): field
    for register in REGISTERS.values()
    for field in register.fields
}
WRITTEN = (
    *("2024.9.1", "2024年9月", "9月1日", "20240901", "2024-9-31", "45536", "１２", "至今", "长期"),
    *("1-2节", "8:00-10:00", "25:00", "3.5E+17", "1e999", "-", "/", "无", "√", "×", "是", "否"),
    *("371300********1234", "13800138000/13900139000", "1,200元/月", "三千", "#REF!", "=1+1"),
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(WRITTEN),
    st.tuples(st.sampled_from(WRITTEN), st.text(max_size=5)).map("".join),
    st.text("0123456789Xx-./年月日:：至元 ", max_size=25),
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    TEXTS,
)


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_any_cell_of_any_field_is_a_value_a_reason_or_a_doubt(field: Field) -> None:
    read: Callable[[object], Any] = cells.reader(field, date1904=False, year=2024, words={})

    @given(CELLS)
    @settings(max_examples=150)
    def holds(cell: object) -> None:
        found = read(cell)
        if isinstance(found, Bad | Doubt):
            assert found.reason in MESSAGES
        elif found is not None:
            # A period is two days until the row is made.
            parts = found if isinstance(found, tuple) else (found,)
            json.dumps([cells.plain(part) for part in parts], allow_nan=False)

    holds()


PEOPLE = table(student(1), student(2), student(3))
FIRMS = table(firm(1, "甲机械有限公司"), firm(2, "乙电子有限公司"))
WORK = table(placement(1, "甲机械有限公司"), placement(2, "乙电子有限公司"))
Spoilt = list[tuple[int, int, int, object]]  # which table, row, column, what stands there


def spoil(changes: Spoilt) -> dict[str, Table]:
    """The small office with some cells exchanged for anything."""
    made = {
        name: [[*line] for line in rows]
        for name, rows in (("学生.xlsx", PEOPLE), ("企业.xlsx", FIRMS), ("实习.xlsx", WORK))
    }
    for which, row, column, cell in changes:
        lines = [*made.values()][which]
        line = lines[1 + row % (len(lines) - 1)]
        line[column % len(line)] = cell
    return made


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A clerk at an empty office."""
    folder: Path = tmp_path_factory.mktemp("any") / "office"
    with Office.open(DataFolder(folder), "测试", lambda: NOW) as office:
        yield Desk(office)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 19), CELLS), max_size=12
    )
)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_an_import_of_any_cells_accounts_for_every_row_and_can_be_undone(
    desk: Desk, changes: Spoilt
) -> None:
    before = desk.dump()
    plan = desk.plan(spoil(changes))
    known = [sheet for sheet in plan.sheets if sheet.register]
    assert all(sheet.valid <= sheet.rows for sheet in known)
    assert desk.dump() == before
    if desk.apply(plan):
        again = desk.plan(spoil(changes))
        assert again.count(Fate.NEW) == 0
        desk.undo()
    assert desk.dump() == before
