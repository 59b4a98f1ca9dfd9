"""Columns by which a sheet that the program wrote is known again, whatever its name is now."""

WAITING = "待更正编号"  # the row that waits, in a sheet that was handed back to be corrected
HANDOUT = "下发编号"  # the part of a roster that was handed out to be filled in
RECORD = "台账编号"  # the record that a row is; its heading names the register and the school
WHY = "错误原因"  # beside a row that was handed back
LISTS_SHEET = "可选内容"  # the hidden sheet of the words that cells are chosen from
EXAMPLE = "示例行"  # stands before the example of a template
EXAMPLE_NOTE = "示例行，不会导入"  # and at its end


def letter_of(headings: dict[str, str], mark: str) -> str | None:
    """The letter of the column that holds the numbers of a mark; None where there is none."""
    return next((letter for letter, text in headings.items() if text == mark), None)


def record_heading(register: str, school: str) -> str:
    """The heading over the numbers of a register's records; `school` tells two offices apart."""
    return f"{RECORD} {register} {school}"


def read_record_heading(text: object) -> tuple[str, str] | None:
    """The register and the school that such a heading names; None where it is another."""
    parts = text.split(" ") if isinstance(text, str) else []
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == RECORD else None


def is_mark(heading: str) -> bool:
    """Whether a heading was put there by the program, beside the fields of the register."""
    return heading in (WAITING, HANDOUT, WHY) or read_record_heading(heading) is not None


def number_in(cell: object) -> int | None:
    """The number of a record in a cell under such a heading; None where there is none."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str) and cell.strip().isascii() and cell.strip().isdecimal():
        return int(cell)
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else None
