"""The look of paper: measures in points, sizes of type, colours."""

from typing import Final

MM: Final = 72 / 25.4
A4: Final = (210 * MM, 297 * MM)
MARGIN: Final = 25 * MM

ACCENT: Final = "#1A5FB4"
WEAK: Final = "#E6F0FB"
TEXT: Final = "#1B2430"
SECOND: Final = "#4B5768"
HINT: Final = "#5F6A7A"
LINE: Final = "#DDE2E9"
GOOD: Final = "#1E7B4F"
WARN: Final = "#9A5B00"
BAD: Final = "#B3261E"

BODY_SIZE: Final = 11.0
BODY_LEADING: Final = 17.6
NOTE_SIZE: Final = 8.5
NOTE_LEADING: Final = 13.5
CAPTION_SIZE: Final = 9.5
TABLE_SIZE: Final = 8.5
TABLE_LEADING: Final = 11.5
ROW_PADDING: Final = 2.2
CELL_PADDING: Final = 4.0
HEADING_SIZE: Final = {1: 18.0, 2: 13.0, 3: 11.0}

# Where the first baseline lies below the top of a line, in parts of the type size.
ASCENT: Final = 0.88
