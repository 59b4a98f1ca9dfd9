"""Empty workbooks for a register that need no explanation, and come back as they are meant."""

import os
from pathlib import Path
from typing import Any

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.words import LISTS

EXAMPLE = "示例"  # a row that begins with it is no record
_ROWS = 1000  # prepared for typing
_TEXTS = frozenset({Kind.ID_NUMBER, Kind.PHONE, Kind.USCC, Kind.CODE, Kind.NAME, Kind.TEXT})
_WRITTEN: dict[Kind, str] = {
    Kind.NAME: "姓名",
    Kind.ID_NUMBER: "18 位身份证号",
    Kind.USCC: "18 位统一社会信用代码",
    Kind.PHONE: "11 位手机号",
    Kind.DATE: "2026-09-01",
    Kind.END_DATE: "2027-02-28",
    Kind.AMOUNT: "3000",
    Kind.COUNT: "40",
    Kind.TIMES: "1-2节",
}
_MOST_LISTED = 250  # characters of a list of words that Excel takes


def write_template(register: str, path: Path) -> None:
    """Write an empty .xlsx for a register: headings, lists to choose from, one example row.

    ID numbers and phones are text, so that Excel spoils none; the example row is never imported.
    Raises UserError (7) where the file cannot be written.
    """
    declared = REGISTERS[register]
    partial = path.with_name(path.name + ".partial")
    try:
        partial.touch()  # what cannot be written is known before any work
        _write(declared, partial)
        os.replace(partial, path)
    except OSError as error:
        raise UserError(
            f"模板没有写成，请检查文件是否正被打开、磁盘是否已满：{path}", EXIT_NO_SPACE
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def columns(register: Register) -> tuple[Field, ...]:
    """The columns of a template: what the register keeps, in order."""
    return tuple(field for field in register.stored() if field.kind is not Kind.PERIOD)


def _write(register: Register, path: Path) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    head = {"bold": True, "align": "center", "border": 1, "text_wrap": True, "bg_color": "#E6F0FB"}
    styles = {
        "head": book.add_format(head),
        "must": book.add_format({**head, "font_color": "#B3261E"}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "plain": book.add_format({}),
        "example": book.add_format({"italic": True, "font_color": "#5F6A7A", "num_format": "@"}),
    }
    sheet = book.add_worksheet(register.label[:31])
    sheet.write_string(0, 0, "序号", styles["head"])
    sheet.write_string(1, 0, EXAMPLE, styles["example"])
    sheet.set_column(0, 0, 6)
    for place, field in enumerate(columns(register), start=1):
        _write_column(sheet, place, field, styles)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def _write_column(sheet: Any, place: int, field: Field, styles: dict[str, Any]) -> None:
    must = bool(field.missing)
    sheet.write_string(0, place, field.label, styles["must" if must else "head"])
    sheet.write_string(1, place, _example(field), styles["example"])
    kind = "date" if field.kind in (Kind.DATE, Kind.END_DATE) else "plain"
    if field.kind in _TEXTS or field.kind is Kind.LINK:
        kind = "text"
    sheet.set_column(place, place, max(field.width, len(field.label) * 2) + 2, styles[kind])
    said = {"input_title": field.label[:32], "input_message": _hint(field)}
    words = choices(field)
    if words and len(",".join(words)) <= _MOST_LISTED:
        rule = {"validate": "list", "source": words, "error_type": "warning"}
        sheet.data_validation(2, place, _ROWS, place, {**rule, **said})
    else:
        sheet.data_validation(2, place, _ROWS, place, {"validate": "any", **said})


def choices(field: Field) -> list[str]:
    """The words that a cell of the field may hold; empty where it is no choice."""
    if field.kind is Kind.FLAG:
        return ["是", "否"]
    if field.kind is not Kind.CHOICE or field.words not in LISTS:
        return []
    return list(dict.fromkeys(str(word) for word in LISTS[field.words].exact.values()))


def _example(field: Field) -> str:
    if words := choices(field):
        return words[0]
    return _WRITTEN.get(field.kind, field.label)


def _hint(field: Field) -> str:
    must = "必填。" if field.missing else ""
    if choices(field):
        return f"{must}请从列表中选择。"
    return f"{must}例如：{_example(field)}"[:255]
