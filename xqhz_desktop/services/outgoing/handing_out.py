"""拆分下发 and 收回: a roster as one workbook for each class or firm, and what is still out."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_USAGE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services import tables
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.outgoing.templates import choices
from xqhz_desktop.services.privacy.masking import masked
from xqhz_desktop.services.workbooks.marks import HANDOUT
from xqhz_desktop.store.models import Handout

NOBODY = "未填"  # the part of the rows in which the field says nothing
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\[\]\x00-\x1f\']')
_MOST = 500  # workbooks of one handing out


@dataclass(frozen=True, slots=True)
class Sent:
    """A workbook that was sent out: whose part of which register, when, and when it came back."""

    id: int
    register: str
    value: str
    file: str
    rows: int
    sent: date
    returned: date | None


def split_by(register: str) -> tuple[Field, ...]:
    """The fields by which a register is split: what several records have in common."""
    kinds = (Kind.TEXT, Kind.NAME, Kind.CHOICE, Kind.LINK)
    return tuple(
        field
        for field in tables.shown_fields(register)
        if field.kind in kinds and field.name not in ("name", "note") and field.link != "students"
    )


def parts(
    office: Office, register: str, field: str, ids: Sequence[int] | None = None
) -> dict[str, int]:
    """Whose part would have how many rows. Raises UserError as `hand_out`: none, too many (2)."""
    return {value: len(rows) for value, rows in _parts(office, register, field, ids).items()}


def hand_out(
    office: Office,
    register: str,
    field: str,
    folder: Path,
    fill: Collection[str] = (),
    ids: Sequence[int] | None = None,
    task: Task | None = None,
) -> list[Path]:
    """Write one .xlsx for each value of the field into a folder; their paths.

    Only the columns of `fill` can be typed in, headings and all else are locked. Numbers are
    masked, and a masked one comes back as no change. What is out is on record until it returns.
    Raises UserError: nothing to hand out, too many parts, a name is taken (2), the folder cannot
    be written (7), not permitted (4, 9); Cancelled. Then no workbook is left.
    """
    office.must_be(Role.CLERK, "拆分下发")
    office.folder.must_not_hold(folder)
    split = _parts(office, register, field, ids)
    label = REGISTERS[register].label
    made: list[tuple[Path, list[Any], int]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with office.acting("handout", f"拆分下发{label}：{len(split)} 份") as (connection, _):
            for value, rows in split.items():
                (task or Task()).step(len(made), len(split), value)
                path = _free(folder, f"{label}_{value}")
                said: dict[str, Any] = {
                    "register": register,
                    "field": field,
                    "value": value,
                    "file": path.name,
                }
                said |= {"rows": len(rows), "sent": office.now().date()}
                key = connection.execute(insert(Handout).values(**said)).inserted_primary_key
                assert key is not None
                made.append((path, rows, key[0]))
                _write(path, register, rows, key[0], frozenset(fill), office.now().date())
    except BaseException as error:
        for path, *_ in made:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UserError(
                f"没有写成，请检查文件夹的权限和剩余空间：{folder}", EXIT_NO_SPACE
            ) from error
        raise
    return [path for path, *_ in made]


def handouts(office: Office, *, out_only: bool = False) -> list[Sent]:
    """What was handed out, the newest first; with `out_only` what has not come back."""
    columns = (Handout.id, Handout.register, Handout.value, Handout.file, Handout.rows)
    statement = select(*columns, Handout.sent, Handout.returned).order_by(Handout.id.desc())
    if out_only:
        statement = statement.where(Handout.returned.is_(None))
    with office.engine.connect() as connection:
        return [Sent(*row) for row in connection.execute(statement)]


def _parts(
    office: Office, register: str, field: str, ids: Sequence[int] | None
) -> dict[str, list[dict[str, Any]]]:
    declared = REGISTERS[register].field(field)
    wanted = tables.ids(office, register) if ids is None else ids
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for values in tables.read_values(office, register, wanted):
        parts[tables.show(declared, values[field]) or NOBODY].append(values)
    if not parts:
        raise UserError("没有可以下发的行，请先选定要下发的记录。", EXIT_USAGE)
    if len(parts) > _MOST:
        raise UserError(
            f"按“{declared.label}”会拆成 {len(parts)} 份，太多了，请换一个字段或先筛选。",
            EXIT_USAGE,
        )
    return dict(sorted(parts.items()))


def _free(folder: Path, stem: str) -> Path:
    """A name that is not taken: what was sent out before is never written over."""
    safe = _FORBIDDEN.sub(" ", stem).strip(" .")[:80]
    number, path = 1, folder / f"{safe}.xlsx"
    while path.exists():
        number += 1
        path = folder / f"{safe}-{number}.xlsx"
    return path


def _write(
    path: Path, register: str, rows: list[Any], number: int, fill: frozenset[str], today: date
) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    # No cell is ever a formula or a link, whatever it begins with.
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    cell = {"border": 1, "num_format": "@"}
    head = {**cell, "bold": True, "align": "center", "text_wrap": True}
    styles = {
        "head": book.add_format(head),
        "shut": book.add_format({**cell, "bg_color": "#F4F6F9"}),
        "open": book.add_format({**cell, "locked": False}),
    }
    fields = tables.shown_fields(register)
    sheet = book.add_worksheet(REGISTERS[register].label[:31])
    for place, heading in enumerate(("序号", *(field.label for field in fields), HANDOUT)):
        sheet.write_string(0, place, heading, styles["head"])
    for place, field in enumerate(fields, start=1):
        style = styles["open" if field.name in fill else "shut"]
        sheet.set_column(place, place, max(field.width, len(field.label) * 2) + 2)
        for at, values in enumerate(rows, start=1):
            text = masked(field, tables.show(field, values[field.name]), today)
            sheet.write_string(at, place, text, style)
        if field.name in fill and (words := choices(field)):
            rule = {"validate": "list", "source": words, "error_type": "warning"}
            sheet.data_validation(1, place, len(rows), place, rule)
    for at in range(1, len(rows) + 1):
        sheet.write_number(at, 0, at, styles["shut"])
        sheet.write_string(at, len(fields) + 1, str(number), styles["shut"])
    _finish(sheet, len(rows), len(fields) + 1)
    try:
        book.close()
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def _finish(sheet: Any, rows: int, last: int) -> None:
    """Locked but for what is to be filled in; A4 landscape, the header on every page."""
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True})
    sheet.set_column(0, 0, 6)
    sheet.set_column(last, last, 8)
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, rows, last)
