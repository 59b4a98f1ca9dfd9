"""The recovery code: 25 letters and digits that people can copy, with a check letter."""

import secrets

# Crockford's base 32: no I, L, O, U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110")
_BETWEEN = str.maketrans("", "", " -—–－　\t\r\n")
_DATA = 24  # letters of five bits each: 120 bits
_GROUP = 5


def fresh() -> str:
    """A new random code, in groups: XXXXX-XXXXX-XXXXX-XXXXX-XXXXX."""
    values = [secrets.randbelow(32) for _ in range(_DATA)]
    check = next(value for value in range(32) if not _syndrome([*values, value]))
    return _grouped("".join(_ALPHABET[value] for value in [*values, check]))


def read(text: str) -> str | None:
    """The code as it was printed, however it was typed; None where it is none or misspelt.

    Small letters, other groups, and I, L, O for 1, 1, 0 are understood. Any one wrong letter and
    any two exchanged ones are noticed.
    """
    letters = text.translate(_BETWEEN).upper().translate(_MISREAD)
    if len(letters) != _DATA + 1 or any(letter not in _ALPHABET for letter in letters):
        return None
    if _syndrome([_ALPHABET.index(letter) for letter in letters]):
        return None
    return _grouped(letters)


def _syndrome(values: list[int]) -> int:
    """The code as a polynomial over GF(32) at a primitive element: 0 for a right code.

    All of the 25 weights differ, so that no exchange of two letters leaves it 0.
    """
    found = 0
    for value in values:
        found <<= 1
        if found & 32:
            found ^= 0b100101  # x⁵ + x² + 1
        found ^= value
    return found


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
