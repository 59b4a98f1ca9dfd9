"""What of a person is shown unless somebody asks for more."""

from datetime import date

from xqhz_desktop.base.identity import mask_id, mask_phone
from xqhz_desktop.registers.kinds import Field, Kind


def is_personal(field: Field) -> bool:
    """Whether the field holds an ID number or a phone."""
    return field.kind in (Kind.ID_NUMBER, Kind.PHONE) or field.link == "students"


def masked(field: Field, text: str, today: date) -> str:
    """The text as it may be seen: ID numbers and phones shortened, all else as it is."""
    if not text or not is_personal(field):
        return text
    return mask_phone(text) if field.kind is Kind.PHONE else mask_id(text, today)
