"""What of a person is shown unless somebody asks for more, and the asking."""

import re
from datetime import date
from typing import TYPE_CHECKING

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.identity import mask_id, mask_phone
from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.services.access.roles import Role

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office

_LONG = re.compile(r"\d{11}")  # as many digits as a mobile number has


def is_personal(field: Field) -> bool:
    """Whether the field holds an ID number or a phone."""
    return field.kind in (Kind.ID_NUMBER, Kind.PHONE) or field.link == "students"


def masked(field: Field, text: str, today: date) -> str:
    """The text as it may be seen: ID numbers and phones shortened, all else as it is."""
    if not text or not is_personal(field):
        return text
    return mask_phone(text) if field.kind is Kind.PHONE else mask_id(text, today)


def masked_if_number(field: Field, text: str, today: date) -> str:
    """What was typed for a person as it may be seen: names stay, whole numbers are shortened."""
    return masked(field, text, today) if _LONG.search(text) else text


def unmask(office: "Office") -> None:
    """Show whole numbers until the records are closed or masked again; the audit chain says so.

    Nobody is asked why: parents have to be phoned. Raises UserError for who only looks (4, 9).
    """
    if not office.unmasked:
        office.must_be(Role.CLERK, "显示完整的身份证号和电话")
        office.record("unmask", "显示完整的身份证号和电话")
        office.unmasked = True


def mask_again(office: "Office") -> None:
    """Show shortened numbers again."""
    office.unmasked = False


def may_leave_unmasked(office: "Office", what: str, reason: str) -> None:
    """Record why whole numbers leave the program; without this they must not.

    Raises UserError: no reason was given (2), not permitted (4, 9).
    """
    office.must_be(Role.CLERK, f"{what}不遮盖的号码")
    if not reason.strip():
        raise UserError("不遮盖的号码要离开程序，请写明用途。", EXIT_USAGE)
    office.record("export", f"{what}，未遮盖；用途：{reason.strip()}")
