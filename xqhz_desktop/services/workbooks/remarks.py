"""What a row under a table's header is where it is no record: a total, a note, an example."""

import re
from collections.abc import Mapping, Sequence

from xqhz_desktop.base.text import fold, is_blank
from xqhz_desktop.registers.examples import example
from xqhz_desktop.registers.kinds import Kind, Register
from xqhz_desktop.services.workbooks.marks import EXAMPLE, EXAMPLE_NOTE
from xqhz_desktop.services.workbooks.reading import Cell

_TOTAL = re.compile(
    r"^(合计|总计|小计|共计|累计|总数|本页合计|本页小计|平均|平均值|.{0,12}(合计|小计|总计))[:：]?(\d.*)?$"
    r"|^实践教学比例|^.{0,8}(比例|占比|百分比)[:：]?$|^示例$"
)
_NOTE = re.compile(
    r"^(注|备注|说明|填表说明|填报说明|填写说明|时间说明|附注|注释|注意|附件)[:：\d.、]|^注\d*[.:、]"
    r"|^(制表人?|填表人?|填报人|审核人?|审批人?|复核人?|负责人签字|单位负责人|经办人签字|主管领导|分管领导|校长"
    r"|填报单位|填报日期|填表日期|制表日期|制表单位|制表时间|单位盖章|盖章)[(（]?.{0,8}[:：]"
)


def is_column_numbers(row: Sequence[Cell]) -> bool:
    """The row under a form's header that counts its columns, 甲 乙 1 2 3, or says their codes."""
    cells = [fold(cell) for cell in row if cell is not None]
    counts = [text for text in cells if re.fullmatch(r"[甲乙丙丁戊A-Z]|栏次|[(]?\d{1,2}[)]?", text)]
    codes = [text for text in cells if re.fullmatch(r"[A-Za-z][A-Za-z_.]*\d{0,2}", text)]
    return len(cells) >= 3 and len(cells) in (len(counts), len(codes))


def is_example(row: Sequence[Cell], register: Register, columns: Mapping[str, int]) -> bool:
    """Whether it is still the example of a template; typed over, it is a record."""
    if EXAMPLE not in row and EXAMPLE_NOTE not in row:
        return False
    for name, column in columns.items():
        field = register.field(name)
        said = fold(row[column]) if column < len(row) else ""
        if field.missing and said not in ("", fold(example(field))):
            return False
    return True


def is_remark(row: Sequence[Cell], filled: int) -> bool:
    """A total, a note or a line of signatures: said by the first text of the row."""
    first = next((cell for cell in row if cell is not None), None)
    if not isinstance(first, str):
        return False
    text = fold(first)
    if _TOTAL.match(text):
        return True
    return bool(_NOTE.match(text)) or (len(text) > 24 and filled <= 1)


def speaks(cell: Cell, kind: Kind) -> bool:
    """Whether a cell can hardly be anything but what its column holds."""
    if cell is None or is_blank(text := fold(cell)):
        return False
    if kind in (Kind.ID_NUMBER, Kind.USCC, Kind.LINK):
        return bool(re.fullmatch(r"[0-9A-Z*]{15,20}", text.upper()))
    if kind in (Kind.DATE, Kind.END_DATE, Kind.PERIOD, Kind.TIMES):
        return not isinstance(cell, (int, float, str)) or bool(
            re.search(r"\d.*[.\-/年月:节]", text)
        )
    return kind is Kind.PHONE and bool(re.fullmatch(r"\d{7,12}(\.0)?", text))
