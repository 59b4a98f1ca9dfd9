"""Columns by which a sheet that the program sent out is known again, whatever its name is now."""

WAITING = "待更正编号"  # the row that waits, in a sheet that was handed back to be corrected
HANDOUT = "下发编号"  # the part of a roster that was handed out to be filled in


def letter_of(headings: dict[str, str], mark: str) -> str | None:
    """The letter of the column that holds the numbers of a mark; None where there is none."""
    return next((letter for letter, text in headings.items() if text == mark), None)
