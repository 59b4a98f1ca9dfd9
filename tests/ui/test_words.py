"""What people read: full-width punctuation, one word for one thing, nothing technical."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HAN = r"[\u4e00-\u9fff“”《》（）]"
# Half-width marks beside Chinese; the colon of a time and the point of a number stand alone.
HALF_WIDTH = re.compile(
    rf"{HAN} ?[,;:?!](?![0-9A-Za-z])|{HAN}\.(?![\w*])|[,;?!]{HAN}|\({HAN}|{HAN}\)"
)
# One word for one thing: what is said instead → where it was met.
ONE_WORD = {
    "质量年报|年终总结|年度报告": "年度总结报告",
    "严重(?!不足)": "红线",
    "隔离区|隔离的行|坏行|待修正|待纠正": "待更正",
    "实习生(?!产)": "实习学生",
    "顶岗实习": "岗位实习",
    "企业导师": "企业师傅",
    "企业实践经历表": "教师企业实践",
    "市级方案|工作方案": "市级计划、工作计划",
    "库里|数据库文件": "库中、数据文件",
    "预览清单|导入计划": "清单",
    "上一年": "上年",
    "异常(?!$)|.异常|报错|堆栈|线程|进程(?!表)|字符串|参数|缓存|隔离": "a word of the office",
}
PATTERN = re.compile(r"\\[dsw]|\(\?|\[\^")  # what a regular expression looks like
SHOWN = ("ui", "commands", "services", "reports", "policy", "store")
# Words that are looked for in workbooks, not shown; and the head of a table that is printed so.
READ = {"headings.py", "layout.py", "context.py", "school_name.py", "sheet.py", "tallies.py"}


def literals(path: Path) -> Iterator[str]:
    """The texts of a module, f-strings as one, docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            inside.add(id(node.value))
        if isinstance(node, ast.JoinedStr) and id(node) not in inside:
            inside |= {id(part) for part in node.values}
            parts = (part.value if isinstance(part, ast.Constant) else "0" for part in node.values)
            yield "".join(map(str, parts))
    for node in ast.walk(tree):
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if text and id(node) not in inside:
            yield node.value


def values(node: object) -> Iterator[str]:
    """The texts in a TOML document."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for one in node.values():
            yield from values(one)
    elif isinstance(node, list):
        for one in node:
            yield from values(one)


def guide() -> list[tuple[str, str]]:
    """The lines of the guide, without what is typed at a command line and where links go."""
    lines: list[tuple[str, str]] = []
    for path in sorted((ROOT / "resources" / "guide").glob("*.md")):
        text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", path.read_text("utf-8"), flags=re.S)
        lines += [(path.name, line) for line in text.splitlines()]
    return lines


@cache
def sentences() -> list[tuple[str, str]]:
    """Every Chinese text that the program shows, with the file that says it."""
    found: list[tuple[str, str]] = []
    for room in SHOWN:
        for path in sorted((ROOT / "xqhz_desktop" / room).rglob("*.py")):
            if path.name not in READ:
                found += [(path.name, text) for text in literals(path)]
    for path in sorted((ROOT / "xqhz_desktop").glob("*.py")):
        found += [(path.name, text) for text in literals(path)]
    for path in sorted((ROOT / "db").glob("*.toml")):
        found += [(path.name, text) for text in values(tomllib.loads(path.read_text("utf-8")))]
    found += guide()
    return [
        (name, text)
        for name, text in found
        if re.search(r"[\u4e00-\u9fff]", text) and not PATTERN.search(text)
    ]


def test_the_texts_of_every_room_are_read():
    names = {name for name, _ in sentences()}
    assert {"plan_words.py", "settings.py", "cells.py", "rules.toml", "failures.py"} <= names
    assert {"daily.py", "erasing.md"} <= names


def test_chinese_texts_have_full_width_punctuation():
    wrong = [(name, text) for name, text in sentences() if HALF_WIDTH.search(text)]
    assert [one for one in wrong if "*." not in one[1]] == []  # a filter of file names


@pytest.mark.parametrize(
    "text", ["已保存:第 1 页", "请核对,再导入。", "好了.", "协议(三方)", "完成!"]
)
def test_half_width_punctuation_would_be_seen(text):
    assert HALF_WIDTH.search(text)


@pytest.mark.parametrize("text", ["8:00-10:00 有课", "第 3.5 行", "2024-09-01 的样子", "1,204 行"])
def test_times_and_numbers_keep_their_marks(text):
    assert not HALF_WIDTH.search(text)


@pytest.mark.parametrize(("instead", "word"), ONE_WORD.items())
def test_one_thing_has_one_name(instead, word):
    found = [(name, text) for name, text in sentences() if re.search(instead, text)]
    assert found == [], f"say {word}"


def test_a_message_of_what_to_do_ends_as_a_sentence():
    """What is refused is said in whole sentences, and each says what to do."""
    said = [
        (path.name, argument)
        for path in sorted((ROOT / "xqhz_desktop").rglob("*.py"))
        for argument in refusals(path)
    ]
    assert len(said) > 20
    assert [one for one in said if not re.search(r"。$|：0$|。0$", one[1])] == []


def refusals(path: Path) -> Iterator[str]:
    """The first argument of every UserError, where it is a text."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "UserError"
            and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
        ):
            yield text_of(node.args[0])


def text_of(node: ast.Constant | ast.JoinedStr) -> str:
    """A literal's text, with 0 for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values
    )
