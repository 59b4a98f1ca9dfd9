"""What people call a row of any table, and the record that a clerk means by a key."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import select

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.base.text import code, firm_key, fold
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.store.models import Contact, Guardian

# What tells a record from others; never an ID number or a phone.
_NAMING = ("name", "code", "user", "number", "status")
# By which columns a clerk may ask for a record, beside its number in the table.
KEYS: dict[str, tuple[str, ...]] = {
    "students": ("id_number", "student_no", "name"),
    "teachers": ("staff_no", "name"),
    "part_timers": ("id_number", "name"),
    "firms": ("uscc", "name"),
    "agreements": ("code",),
    "bases": ("code", "name"),
    "majors": ("name", "code"),
    "classes": ("name",),
    "cohorts": ("name",),
    "batches": ("name",),
    "contacts": ("name",),
    "guardians": ("name",),
}
_LABELS = {
    "attachment": "附件",
    "certificate": "证书",
    "contact": "企业联系人",
    "firm_name": "企业名称",
    "firm_status": "企业状态",
    "guardian": "监护人",
    "placement_event": "实习变动",
    "remedy": "整改记录",
    "quarantined_row": "待更正",
    "source": "导入来源",
}


@cache
def register_of(table: str) -> str | None:
    """The register that a table keeps; None for a table that no register lists."""
    return next((name for name in REGISTERS if model_of(name).__tablename__ == table), None)


def touched(rows: Mapping[str, int]) -> dict[str, int]:
    """Counts by table as counts by register, as `Changes` holds them."""
    named = {"quarantined_row": "quarantine"}
    return {register_of(table) or named.get(table, table): n for table, n in rows.items()}


def table_label(table: str) -> str:
    """What people call a table's rows."""
    register = register_of(table)
    return REGISTERS[register].label if register else _LABELS.get(table, table)


def label_of(row: Mapping[str, Any]) -> str:
    """What names a row, read from its columns; "" where nothing does."""
    return next((str(row[name]) for name in _NAMING if row.get(name)), "")


_LARGEST = 2**63 - 1  # that SQLite can compare


def record_named(office: Office, register: str, key: str) -> int:
    """The id of the record that a key means: an ID number, a code, a name, or #12 for its number.

    Raises UserError (2): nothing or more than one is called so.
    """
    model, label = _model(register)
    written = fold(key)
    if written.startswith("#") and written[1:].isdigit():
        number = min(int(written[1:][:20]), _LARGEST)
        statements = [select(model.id).where(model.id == number)]
    else:
        columns = [getattr(model, name) for name in KEYS.get(register, ())]
        statements = [select(model.id).where(column.in_(_spellings(key))) for column in columns]
    with office.engine.connect() as connection:
        for statement in statements:
            found = connection.execute(statement).scalars().all()
            if len(found) == 1:
                return int(found[0])
            if found:
                raise UserError(
                    f"{label}里有 {len(found)} 条符合，请改用号码，或用“#编号”指定其中一条：#"
                    f"{'、#'.join(map(str, sorted(found)[:5]))}。",
                    EXIT_USAGE,
                )
    raise UserError(f"{label}里没有找到要的记录，请核对号码、姓名或“#编号”。", EXIT_USAGE)


def _model(register: str) -> tuple[Any, str]:
    """The model of a register, or of people whom no register lists; and what it is called."""
    if register in REGISTERS:
        return model_of(register), REGISTERS[register].label
    return {"contacts": (Contact, "企业联系人"), "guardians": (Guardian, "监护人")}[register]


def _spellings(key: str) -> set[str]:
    return {key.strip(), fold(key), code(key), firm_key(key)}
