"""What a register is, said in flat and dull values: kinds, fields, registers."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a field's cells are read, shown and compared."""

    TEXT = "text"
    NAME = "name"  # a person's name
    CODE = "code"  # student, staff, agreement numbers: text that may come as a number
    ID_NUMBER = "id_number"
    USCC = "uscc"
    PHONE = "phone"
    DATE = "date"
    END_DATE = "end_date"  # a month alone is its last day
    PERIOD = "period"  # start and end in one cell
    AMOUNT = "amount"  # yuan, hours, credits
    COUNT = "count"  # people, seats
    CHOICE = "choice"  # a word from a list of words
    FLAG = "flag"  # yes, no, unknown; read by a list of words
    TIMES = "times"  # the time of a booking
    LINK = "link"  # another register's record


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a register. `name` is the model's attribute (a link's without `_id`).

    `missing` is the reason that makes a row bad when the cell is blank; `expected` cells are only
    warned of. `words` names the list of words that reads a choice or flag; `link` the register
    linked to. A field that is not `stored` only feeds others (序号, 起止时间, 天数); one that is
    `public` may stand in a 公示名单.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    aliases: str = ""  # other headings, separated by spaces
    missing: str = ""
    expected: bool = False
    words: str = ""
    link: str = ""
    stored: bool = True
    public: bool = False
    width: int = 10  # in characters of 10 pt


@dataclass(frozen=True, slots=True)
class Register:
    """A register (台账): what a clerk calls it and its columns.

    `identity` are the fields that make two rows the same record; `near` those that make two rows
    probably the same. `needs` are groups of fields of which a sheet must have one each. `entity`
    are the words by which a heading speaks of the register's own subject.
    """

    name: str
    label: str
    model: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    near: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)

    def stored(self) -> tuple[Field, ...]:
        """The fields that the database keeps."""
        return tuple(field for field in self.fields if field.stored)
