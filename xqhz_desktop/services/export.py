"""A register as a workbook that Excel shows well and that comes back as “nothing changed”."""

import os
from datetime import date
from pathlib import Path
from typing import Any

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.base.times import clock_text
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.masking import is_personal, masked
from xqhz_desktop.services.numbers import school_name
from xqhz_desktop.services.office import Office

_HEADER_ROW = 2  # counted from 0: title, unit line, headings


def export_register(office: Office, register: str, path: Path, today: date) -> int:
    """Write a register's records, masked, to an .xlsx; returns how many rows.

    Title, unit line, 序号, 合计 and the line of signatures stand as the office prints them.
    Raises UserError (7) where the file cannot be written.
    """
    ids = tables.ids(office, register)
    rows = tables.read_values(office, register, ids)
    partial = path.with_name(path.name + ".partial")
    try:
        partial.touch()  # what cannot be written is known before any work
        _write(office, register, rows, partial, today)
        os.replace(partial, path)
    except OSError as error:
        raise UserError(
            f"导出没有写成，请检查文件是否正被打开、磁盘是否已满：{path}", EXIT_NO_SPACE
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return len(rows)


def _write(
    office: Office, register: str, rows: list[dict[str, Any]], path: Path, today: date
) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    declared = REGISTERS[register]
    fields = declared.stored()
    # No cell is ever a formula or a link, whatever it begins with.
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    )
    styles = _styles(book)
    sheet = book.add_worksheet(declared.label[:31])
    title = f"{school_name(office)}{declared.label}台账"
    sheet.merge_range(0, 0, 0, len(fields), title, styles["title"])
    sheet.write(1, 0, f"填报日期：{today:%Y-%m-%d}", styles["plain"])
    sheet.write(_HEADER_ROW, 0, "序号", styles["head"])
    sheet.set_column(0, 0, 6)
    for place, field in enumerate(fields, start=1):
        sheet.set_column(place, place, max(field.width, len(field.label) * 2) + 2)
        sheet.write(_HEADER_ROW, place, field.label, styles["head"])
    for number, values in enumerate(rows, start=1):
        _write_row(sheet, _HEADER_ROW + number, number, fields, values, styles, today)
    last = _HEADER_ROW + len(rows) + 1
    sheet.write(last, 0, "合计", styles["head"])
    sheet.write(last, 1, f"{len(rows)} 条", styles["head"])
    sheet.write(last + 1, 0, "制表人：　　　　审核人：　　　　日期：", styles["plain"])
    _page(sheet, last, len(fields))
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def _styles(book: Any) -> dict[str, Any]:
    cell = {"border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "plain": book.add_format({}),
        "head": book.add_format({**cell, "bold": True, "align": "center", "text_wrap": True}),
        "text": book.add_format({**cell, "num_format": "@"}),
        "date": book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "left"}),
        "number": book.add_format(cell),
    }


def _write_row(
    sheet: Any,
    row: int,
    number: int,
    fields: tuple[Field, ...],
    values: dict[str, Any],
    styles: dict[str, Any],
    today: date,
) -> None:
    sheet.write_number(row, 0, number, styles["number"])
    for place, field in enumerate(fields, start=1):
        value = values[field.name]
        if value is None:
            sheet.write_blank(row, place, None, styles["text"])
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, styles["date"])
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(row, place, value, styles["number"])
        else:
            sheet.write_string(row, place, _text(field, value, today), styles["text"])


def _text(field: Field, value: Any, today: date) -> str:
    if field.kind is Kind.TIMES:
        return clock_text(value)
    text = tables.show(field, value)
    return masked(field, text, today) if is_personal(field) else text


def _page(sheet: Any, last: int, columns: int) -> None:
    """A4 landscape, one page wide, the header repeated, page x of y."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, last + 1, columns)
