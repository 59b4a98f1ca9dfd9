"""A person who is to be erased, traces of every kind, and a look at every byte for them."""

from tests.services.books import apprentice, id_number, placement, student, table, wrong
from tests.services.desk import Desk
from tests.services.small_office import FIRM, OFFICE
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy import erasing

NAME = "欧阳清扬"
PHONE = "15477001234"
PARENT, PARENT_PHONE = "欧阳远山", "15477005678"
NUMBER = id_number(77)
TYPO = wrong(id_number(78))
ME = {"姓名": NAME, "身份证号": NUMBER, "联系电话": PHONE}
WORDS = (NAME, PHONE, PARENT, PARENT_PHONE, NUMBER, TYPO, "154-7700-1234", "欧阳")

BOOKS = {
    **OFFICE,
    "12学生.xlsx": table(
        student(77, **ME, 监护人姓名=PARENT, 监护人电话=PARENT_PHONE),
        student(4, 备注=f"与{NAME}同桌，电话154-7700-1234"),
        student(5, 备注="欠费，联系154-7700-1234"),
    ),
    "13实习.xlsx": table(placement(77, FIRM, **ME), placement(77, FIRM, **ME | {"身份证号": TYPO})),
    "14欧阳清扬学徒.xlsx": table(apprentice(77, FIRM, **ME)),
}


def everything(office: Office) -> bytes:
    """Every byte of the database and of what lies beside it."""
    paths = [one for one in office.folder.root.rglob("*") if one.is_file()]
    return b"".join(one.read_bytes() for one in paths if one.parent.name != "backups")


def found(said: bytes) -> list[str]:
    """The words of the person that stand somewhere."""
    return [word for word in WORDS for form in ("utf-8", "utf-16-le") if word.encode(form) in said]


def me(desk: Desk) -> int:
    """The number of the person's record."""
    return int(desk.one("SELECT id FROM student WHERE id_number = ?", NUMBER))


def erase(desk: Desk, register: str = "students", row: int | None = None) -> erasing.ErasurePlan:
    """Erase the person as a clerk does: look at the plan, then do it."""
    plan = erasing.plan(desk.office, register, me(desk) if row is None else row)
    erasing.erase(desk.office, plan, "家长书面要求")
    return plan
