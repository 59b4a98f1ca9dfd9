"""Empty workbooks for a register that need no explanation, and come back as they are meant."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.examples import choices, example
from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.outgoing.book import HINT, MUST, Page, new_book, width_of
from xqhz_desktop.services.records import LINK_LABELS, model_of
from xqhz_desktop.services.workbooks.marks import EXAMPLE, EXAMPLE_NOTE

_HEADER_ROW = 1  # counted from 0: the note, the headings, the example, then what is typed
_ROWS = 1000  # prepared for typing
_NOTE = (
    f"带 * 的列必填；日期写成 2026-09-01；有下拉箭头的格请从中选；“{EXAMPLE}”不会导入；"
    "填好后在程序里点“导入”。"
)
_DAYS = (Kind.DATE, Kind.END_DATE)
_FIGURES = (Kind.AMOUNT, Kind.COUNT)
_PERSONS = frozenset({"students", "teachers"})  # never listed
_MOST_LISTED = 2000


def write_template(office: Office, register: str, path: Path) -> None:
    """Write an empty .xlsx for a register: headings, lists to choose from, one example row.

    ID numbers and phones are text, so that Excel spoils none; the example row is never imported.
    Raises UserError where the file cannot be written (7).
    """
    office.folder.must_not_hold(path)
    declared = REGISTERS[register]
    fields = columns(declared)
    with new_book(path) as book:
        page = book.sheet(declared.label)
        page.columns([8, *map(width_of, fields)])
        page.line(0, _NOTE, HINT)
        headings = (field.label + MUST * bool(field.missing) for field in fields)
        page.heading(_HEADER_ROW, ["序号", *headings])
        for place, field in enumerate(fields, start=1):
            _prepare(page, place, field, choices(field) or _known(office, field))
        _write_example(page, fields)
        page.set_up((_HEADER_ROW, _HEADER_ROW), _HEADER_ROW + 31, 1)


def columns(register: Register) -> tuple[Field, ...]:
    """The columns of a template: what the register keeps, in order."""
    return tuple(field for field in register.stored() if field.kind is not Kind.PERIOD)


def _prepare(page: Page, place: int, field: Field, words: Sequence[str]) -> None:
    """How the cells of a column are kept, and what a cell says when it is chosen."""
    page.made.set_column(place, place, width_of(field), page.book.style(_kept_as(field)))
    rows = (_HEADER_ROW + 2, _HEADER_ROW + 1 + _ROWS)
    said = {"input_title": field.label[:32], "input_message": _hint(field, bool(words))}
    page.choose(rows, place, words, **said)


def _kept_as(field: Field) -> dict[str, object]:
    if field.kind in _DAYS:
        return {"num_format": "yyyy-mm-dd", "align": "left"}
    return {} if field.kind in _FIGURES else {"num_format": "@"}


def _write_example(page: Page, fields: Sequence[Field]) -> None:
    style = page.book.style(HINT, italic=True, num_format="@")
    said = (EXAMPLE_NOTE if field.name == "note" else example(field) for field in fields)
    line = [EXAMPLE, *said]
    page.write(_HEADER_ROW + 1, line, [style] * len(line))


def _known(office: Office, field: Field) -> list[str]:
    """The names in the register that the field refers to, or takes its words from."""
    register = "classes" if field.name == "class_name" else field.link
    if not register or register in _PERSONS:
        return []
    named = getattr(model_of(register), LINK_LABELS[register])
    with office.engine.connect() as connection:
        found = connection.execute(select(named).distinct().order_by(named).limit(_MOST_LISTED))
        return [str(row[0]) for row in found if row[0]]


def _hint(field: Field, listed: bool) -> str:
    must = "必填。" if field.missing else ""
    if choices(field):
        return f"{must}请从列表中选择。"
    also = "可从列表中选择，也可填写新的。" if listed else ""
    shown = f"例如：{example(field)}。" if example(field) else "按实际情况填写。"
    return f"{must}{also}{shown}"
