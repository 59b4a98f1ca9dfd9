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
from xqhz_desktop.services.numbers import school_name
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy.masking import masked, may_leave_unmasked

_HEADER_ROW = 2  # counted from 0: title, unit line, headings


def export_register(
    office: Office, register: str, path: Path, today: date, *, reason: str | None = None
) -> int:
    """Write a register's records, masked, to an .xlsx; returns how many rows.

    With a reason numbers are whole, and the audit chain says who took them out, and why.
    Title, unit line, 序号, 合计 and the line of signatures stand as the office prints them.
    Raises UserError: no word in the reason (2), only looking (4), the file cannot be written (7),
    not permitted (9).
    """
    office.folder.must_not_hold(path)
    if reason is not None:
        may_leave_unmasked(office, f"导出“{REGISTERS[register].label}”台账", reason)
    ids = tables.ids(office, register)
    rows = tables.read_values(office, register, ids)
    partial = path.with_name(path.name + ".partial")
    try:
        partial.touch()  # what cannot be written is known before any work
        _write(office, register, rows, partial, today, mask=reason is None)
        os.replace(partial, path)
    except OSError as error:
        raise UserError(
            f"导出没有写成，请检查文件是否正被打开、磁盘是否已满：{path}", EXIT_NO_SPACE
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return len(rows)


def _write(
    office: Office,
    register: str,
    rows: list[dict[str, Any]],
    path: Path,
    today: date,
    *,
    mask: bool,
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
        shown = [_shown(field, values[field.name], today, mask=mask) for field in fields]
        _write_row(sheet, _HEADER_ROW + number, number, shown, styles)
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
    sheet: Any, row: int, number: int, values: list[Any], styles: dict[str, Any]
) -> None:
    sheet.write_number(row, 0, number, styles["number"])
    for place, value in enumerate(values, start=1):
        if value is None:
            sheet.write_blank(row, place, None, styles["text"])
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, styles["date"])
        elif isinstance(value, (int, float)):
            sheet.write_number(row, place, value, styles["number"])
        else:
            sheet.write_string(row, place, value, styles["text"])


def _shown(field: Field, value: Any, today: date, *, mask: bool) -> Any:
    """What the cell holds: a date, a number, a text, or nothing."""
    if field.kind is Kind.TIMES and value is not None:
        return clock_text(value)
    if value is None or (isinstance(value, (int, float, date)) and not isinstance(value, bool)):
        return value
    text = tables.show(field, value)
    return masked(field, text, today) if mask else text


def _page(sheet: Any, last: int, columns: int) -> None:
    """A4 landscape, one page wide, the header repeated, page x of y."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, last + 1, columns)
