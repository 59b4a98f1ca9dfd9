"""The house rules that a machine can hold: sizes, walls, docstrings, fonts, and what stays out."""

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import xqhz_desktop

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "resources" / "fonts"
SHIPPED = (
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
    "NotoSerifSC-Regular.ttf",
    "NotoSerifSC-Bold.ttf",
)
FOLDERS = (".ci", "db", "docs", "resources", "tests", "xqhz_desktop")
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".spec", ".csv", ".qss", ".json", ".mako", ".ini", ""}
# Written in pieces: this file is searched as well.
FOREIGN = re.compile(
    "|".join(
        (
            r"/wor" + r"k/",
            r"/roo" + r"t/",
            r"/hom" + r"e/[a-z]",
            r"[A-Z]:\\User" + r"s\\",
            r"py" + r"pi\.",
            r"python" + r"hosted",
            r"npm" + r"js",
            r"deb\." + r"debian",
        )
    )
)


def tracked() -> list[Path]:
    """The files under version control that are there; those of our folders where git cannot say."""
    names = listed_by_git() or [
        *(path for path in ROOT.iterdir()),
        *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*")),
    ]
    return [path for path in names if path.is_file() and "__pycache__" not in path.parts]


def listed_by_git() -> list[Path]:
    """What git lists; nothing where there is no git, or where the folder is no clone."""
    if not shutil.which("git"):
        return []
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def modules() -> list[Path]:
    """Every Python module of the program, its tools and its tests."""
    return [path for path in tracked() if path.suffix == ".py"]


def test_there_are_files_to_hold_to_the_rules():
    assert ROOT / "dev.py" in modules()
    assert ROOT / "xqhz_desktop" / "__init__.py" in modules()


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    assert project["version"] == xqhz_desktop.__version__
    assert f"## {xqhz_desktop.__version__}" in read(ROOT / "CHANGELOG.md")


def test_no_module_is_longer_than_400_lines():
    lengths = {str(path.relative_to(ROOT)): len(read(path).splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_every_module_says_what_it_is_for():
    silent = [str(path) for path in modules() if not ast.get_docstring(ast.parse(read(path)))]
    assert silent == []


def test_no_file_names_a_machine_or_a_registry():
    named = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in tracked()
        if path.suffix in TEXT
        # A sample .csv is GBK, as clerks' are; an address is ASCII in either.
        if (found := FOREIGN.search(path.read_text("utf-8", errors="replace")))
    ]
    assert named == []


def test_the_walls_between_the_rooms_stand():
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_command_line_starts_without_the_heavy_libraries():
    heavy = {
        "PySide6",
        "alembic",
        "matplotlib",
        "openpyxl",
        "pikepdf",
        "pypinyin",
        "python_calamine",
        "reportlab",
        "xlsxwriter",
    }
    code = "import sys, xqhz_desktop.cli; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "xqhz_desktop" in done.stdout.split()
    assert heavy & set(done.stdout.split()) == set()


def test_qt_is_the_pinned_version():
    assert importlib.metadata.version("PySide6-Essentials") == "6.11.3"


def test_a_void_qt_call_keeps_its_reference_to_none(qtbot):
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    # 6.12.0 on Python 3.11 loses one a call; Python 3.12 counts None no more.
    assert sys.getrefcount(None) > before - 100


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_font_has_every_character_of_the_standard_list(name, shared):
    text = (shared / "codes" / "tongyong_8105.txt").read_text("utf-8")
    characters = {character for character in text if character > "\u3000"}
    assert len(characters) >= 8105
    assert characters - covered(name) == set()


def test_the_fallback_font_has_the_rarer_characters():
    rare = covered("XqhzFallbackSC-Regular.ttf")
    assert set("𡋾𠮷") <= rare
    assert rare & set.intersection(*map(covered, SHIPPED)) == set()


@pytest.mark.parametrize("family", ["NotoSansSC", "NotoSerifSC", "XqhzFallbackSC"])
def test_a_font_lies_beside_its_licence(family):
    assert "SIL OPEN FONT LICENSE" in read(FONTS / f"OFL-{family}.txt")


def covered(name: str) -> set[str]:
    """The characters of a font file."""
    with TTFont(FONTS / name, lazy=True) as font:
        return {chr(code) for code in font.getBestCmap()}


def read(path: Path) -> str:
    """The text of a source file."""
    return path.read_text("utf-8")
