"""Names of files that come from elsewhere, made fit for every system."""

import re
import unicodedata

LONGEST = 120  # characters
_MOST_BYTES = 220  # of UTF-8: file systems allow 255, and a number or ending may be added
_SUFFIX = 20  # characters of an ending that is kept when a name is cut
_NO_NAME = "附件"
# Windows' own rules: what no name may hold, what none may end with, what none may be.
_BARRED = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)")
# Letters that are not seen: controls, marks that turn the direction, halves of letters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# What starts by a double click.
_PROGRAMS = re.compile(
    r"(?i)\.(exe|com|scr|pif|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|wsh|hta|msi|msp|msc|lnk|url|scf"
    r"|reg|cpl|jar|inf|gadget|application|appref-ms)$"
)


def safe_name(name: str) -> str:
    """A name that is one part of a path on every system, and shows as what it is.

    Folders before it, unseen letters and whatever Windows reserves are gone or replaced; a long
    name keeps its ending. Never empty.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in _UNSEEN)
    tidy = " ".join(seen.translate(_BARRED).split()).strip(". ")
    tidy = _shortened(tidy).strip(". ") or _NO_NAME
    return f"_{tidy}" if _RESERVED.match(tidy) else tidy


def _shortened(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > _SUFFIX:
        stem, ending = name, ""
    else:
        ending = dot + suffix
    stem = stem[: LONGEST - len(ending) - 1]
    room = _MOST_BYTES - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore") + ending


def is_program(name: str) -> bool:
    """Whether a file of that name is run, not shown, when somebody opens it."""
    return bool(_PROGRAMS.search(safe_name(name)))
