"""What a plain export holds: the tables of the database, in the words of the office."""

from dataclasses import dataclass

from sqlalchemy import Connection

from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.services.records import columns_of, model_of

MANIFEST = "清单.json"
PIECES = "长文本"
# The history of single rows stays behind: it is the size of all else, and only undo needs it.
LEFT_OUT = frozenset({"change", "current_action", "alembic_version"})
_TABLES = {
    "action": "操作记录",
    "attachment": "附件",
    "audit_entry": "操作链",
    "calendar_day": "节假日与调休",
    "certificate": "证书",
    "contact": "企业联系人",
    "department": "专业部",
    "draft": "草稿",
    "firm_name": "企业曾用名",
    "firm_status": "企业状态",
    "guardian": "监护人",
    "handout": "拆分下发",
    "heading_mapping": "列对应",
    "layout": "列布局",
    "placement_event": "实习变动",
    "put_off": "暂缓事项",
    "quarantined_row": "待更正",
    "remedy": "整改记录",
    "school_term": "学期",
    "setting": "设置",
    "source": "导入来源",
    "target": "指标目标值",
    "user": "用户",
    "word": "词语",
}
_COLUMNS = {"id": "编号", "source_id": "来源编号", "source_row": "来源行"}
_NAMING = ("name", "title", "file")  # the columns by which a reader knows a record


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what people call it, its kind, and the table that it refers to."""

    name: str
    label: str
    kind: str  # TEXT, INTEGER or REAL
    refers: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what people call it, and its columns."""

    name: str
    label: str
    columns: tuple[Column, ...]

    @property
    def naming(self) -> str | None:
        """The column by which a reader knows a row of it."""
        names = {column.name for column in self.columns}
        return next((name for name in _NAMING if name in names), None)


def tables_of(connection: Connection) -> dict[str, Table]:
    """The tables that a plain export holds, by name, as the database has them."""
    found = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY name"
    )
    names = [row[0] for row in found if row[0] not in LEFT_OUT]
    registers = {model_of(name).__tablename__: name for name in REGISTERS}
    return {name: _table(connection, name, registers.get(name)) for name in names}


def _table(connection: Connection, name: str, register: str | None) -> Table:
    labels = dict(_COLUMNS)
    label = _TABLES.get(name, name)
    if register is not None:
        declared = REGISTERS[register]
        label = declared.label
        kept = columns_of(declared)
        labels |= {kept[field.name]: field.label for field in declared.stored()}
    refers = {
        row[3]: row[2] for row in connection.exec_driver_sql(f'PRAGMA foreign_key_list("{name}")')
    }
    columns = [
        Column(row[1], labels.get(row[1]) or row[1], row[2], refers.get(row[1]))
        for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')
    ]
    columns.sort(key=lambda column: column.name != "id")  # what others refer to comes first
    return Table(name, label, tuple(columns))
