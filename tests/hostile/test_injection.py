"""What was written to be run as a formula leaves the program as text, in every file it makes."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.cli.command_line import Here
from tests.hostile.corpus import book
from tests.hostile.spiteful import INJECTED
from tests.services.books import firm, placement, student, table


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Here:
    """A school whose names, firms and classes are formulas."""
    place = tmp_path_factory.mktemp("injected")
    people = [
        student(at, 姓名=text, 班级=text, 专业名称=text) for at, text in enumerate(INJECTED, 1)
    ]
    firms = [firm(at, text, 企业性质="民营") for at, text in enumerate(INJECTED, 1)]
    work = [placement(at, text, 实习岗位=text) for at, text in enumerate(INJECTED, 1)]
    (place / "books").mkdir()
    for name, rows in (("学生", people), ("企业", firms), ("实习", work)):
        book(place / "books" / f"{name}.xlsx", table(*rows))
    made = Here(place / "data")
    assert made("import", place / "books", "--yes").code == 0
    assert made.count("student") >= len(INJECTED) - 1
    return made


def books(place: Path) -> Iterator[Path]:
    """Every workbook in a folder."""
    yield from sorted(place.rglob("*.xlsx"))


def formulas(path: Path) -> list[str]:
    """The parts of a workbook that have a formula, a link or a connection in them."""
    with zipfile.ZipFile(path) as archive:
        return [
            name
            for name in archive.namelist()
            if "externalLink" in name
            or "connections" in name
            or (name.startswith("xl/worksheets/") and b"<f" in archive.read(name))
        ]


@pytest.mark.parametrize("register", ["students", "firms", "placements"])
def test_an_export_holds_no_formula(here: Here, tmp_path: Path, register: str) -> None:
    path = tmp_path / f"{register}.xlsx"
    assert here("export", register, "-o", path).code == 0
    assert formulas(path) == []
    cells = [
        cell
        for line in openpyxl.load_workbook(path).active.iter_rows()
        for cell in line
        if isinstance(cell.value, str) and cell.value.lstrip().startswith(("=", "+", "-", "@"))
    ]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_neither_does_the_export_of_everything(here: Here, tmp_path: Path) -> None:
    assert here("export-all", tmp_path / "out", "--reason", "检查").code == 0
    made = list(books(tmp_path / "out"))
    assert len(made) > 5
    assert [path.name for path in made if formulas(path)] == []


def test_what_was_exported_comes_back_letter_by_letter(here: Here, tmp_path: Path) -> None:
    assert here("export-all", tmp_path / "out", "--reason", "检查").code == 0
    new = Here(tmp_path / "new")
    assert new("rebuild", tmp_path / "out").code == 0
    for command in ("indicators", "check"):
        assert new(command, "--json").json == here(command, "--json").json
