"""Erasing a person on request: planned and shown, then gone from the records and their history.

The audit chain stays whole; copies that were made before expire by themselves, or are for people
to destroy, and are named.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.exc import IntegrityError

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.services.access.audit import BLANKED
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.naming import table_label, touched
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy import cleaning
from xqhz_desktop.services.privacy.expiry import Expiry, expiring, holding
from xqhz_desktop.services.privacy.person import GONE
from xqhz_desktop.services.privacy.traces import Traces, traces
from xqhz_desktop.store import erasure
from xqhz_desktop.store.models import Action, Attachment, Draft, Model, Source, User
from xqhz_desktop.store.references import delete_rows, loosen

_DOING = "按要求删除个人信息"


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What erasing a person would do, to be shown before; counts are by what people call them."""

    register: str
    row_id: int
    name: str
    records: dict[str, int]  # deleted, of all registers
    waiting: int  # rows that wait for correction, deleted
    drafts: int  # half-typed forms, deleted
    mentions: dict[str, int]  # other records that lose a name or number of the person
    history: int  # rows of the journal that are emptied
    titles: int  # titles of actions and audit entries that are emptied
    actions: tuple[tuple[int, str], ...]  # can then no longer be undone
    sources: tuple[str, ...]  # workbooks from which the person came, with sheet and row
    shared: tuple[str, ...]  # what others have as well and therefore stays with them
    backups: tuple[Expiry, ...]  # that hold the person, the one that goes last first
    aside: int  # states that a restore has set aside; nothing deletes them by itself
    first: int  # the action with which the person came
    is_user: bool

    def sentences(self) -> list[str]:
        """The plan in the words of the office, a sentence each."""
        return [*self._going(), *self._history(), *self._copies()]

    def _going(self) -> list[str]:
        gone = f"的记录：{_counted(self.records)}" if self.records else "的姓名和电话"
        said = [f"永久删除 {self.name} {gone}，不能撤销，也不能放回。"]
        if self.waiting:
            said.append(f"待更正的行也会删除：{self.waiting} 行。")
        if self.drafts:
            said.append(f"没填完而写到本人的草稿也会删除：{self.drafts} 份。")
        if self.mentions:
            said.append(f"其他记录里写到本人的地方改为空白：{_counted(self.mentions)}。")
        if self.shared:
            said.append(f"别人也用的 {len(self.shared)} 个姓名或电话在别人的记录里保留。")
        if self.is_user:
            said.append("本人也是本程序的用户，操作记录里的操作人姓名保留。")
        return said

    def _history(self) -> list[str]:
        said = [f"历史里清空 {self.history} 行明细、{self.titles} 个标题；操作链保持完整。"]
        if self.actions:
            names = "、".join(f"{number} 号“{title}”" for number, title in self.actions[:5])
            many = f"等 {len(self.actions)} 次操作" if len(self.actions) > 5 else ""
            said.append(f"以后不能再撤销：{names}{many}。")
        return said

    def _copies(self) -> list[str]:
        said = []
        if self.backups:
            last, slow = self.backups[0].gone, max(one.slowly for one in self.backups)
            said.append(
                f"已有的 {len(self.backups)} 份备份里还有本人：每天都备份，最后一份到 {_day(last)}"
                f" 过期，每周只备份一次则到 {_day(slow)}；用它们恢复之后要再删除一次。"
            )
        if self.aside:
            said.append(f"恢复备份时移到 set-aside 文件夹的 {self.aside} 份旧数据，请自行销毁。")
        if self.sources:
            said.append(f"原始表格请自行处理：{'；'.join(self.sources)}。")
        return [*said, "第二存放处、U 盘、导出的表格和打印的纸张，请自行销毁。"]


def _counted(counts: dict[str, int]) -> str:
    return "、".join(f"{label} {count} 条" for label, count in counts.items())


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# ---------------------------------------------------------------- plan


def plan(office: Office, register: str, row_id: int) -> ErasurePlan:
    """What erasing the person of a record would do; nothing is written.

    The register is one of `whose.SUBJECTS`. Raises UserError: there is no such record (2), not
    permitted (4, 9).
    """
    office.must_be(Role.ADMIN, _DOING)
    with office.engine.connect() as connection:
        return _plan(office, connection, register, row_id, traces(connection, register, row_id))


def _plan(
    office: Office, connection: Connection, register: str, row_id: int, found: Traces
) -> ErasurePlan:
    records = {table_label(name): len(rows) for name, rows in found.family.rows.items() if rows}
    mentions: dict[str, int] = defaultdict(int)
    for table, _ in found.edits:
        mentions[table_label(table)] += 1
    first, latest = min(found.actions, default=1), _latest(connection)
    titled = select(Action.id, Action.title).where(Action.id.in_(found.actions))
    users = select(User.id).where(User.name == found.subject.name)
    return ErasurePlan(
        register=register,
        row_id=row_id,
        name=found.subject.name,
        records=records,
        waiting=len(found.waiting),
        drafts=len(found.drafts),
        mentions=dict(mentions),
        history=len(found.changes),
        titles=len(found.titles) + len(found.entries),
        actions=tuple(
            (row.id, row.title) for row in connection.execute(titled.order_by(Action.id))
        ),
        sources=_came_from(connection, found),
        shared=tuple(sorted(found.subject.shared)),
        backups=tuple(expiring(holding(office.folder.backups, first, latest + 1), office.now())),
        aside=sum(1 for _ in office.folder.set_aside.glob("*/*.db")),
        first=first,
        is_user=connection.execute(users).first() is not None,
    )


def _latest(connection: Connection) -> int:
    return connection.execute(select(func.max(Action.id))).scalar() or 0


def _came_from(connection: Connection, found: Traces) -> tuple[str, ...]:
    """文件 / 表 / 第 N 行 of the person's records and waiting rows."""
    places: set[tuple[str, str, int]] = set()
    for table, rows in (*found.family.rows.items(), ("quarantined_row", set(found.waiting))):
        columns = Model.metadata.tables[table].columns
        if "source_id" in columns and rows:
            statement = select(Source.file, Source.sheet, columns.source_row).join_from(
                Source, columns.source_id.table, Source.id == columns.source_id
            )
            places |= {
                tuple(row) for row in connection.execute(statement.where(columns.id.in_(rows)))
            }
    return tuple(
        " / ".join(filter(None, (file, sheet, f"第 {row} 行")))
        for file, sheet, row in sorted(places)
    )


# ---------------------------------------------------------------- erase


def erase(office: Office, plan: ErasurePlan, reason: str) -> Changes:
    """Do what a shown plan says; it cannot be undone.

    Killed at any moment, nothing has happened, or the next opening completes it. Raises UserError:
    no reason, or one that names the person (2), the records have changed since the plan (3), not
    permitted (4, 9); erased, but the file is not clean yet (4, 7).
    """
    _must_say_why(plan, reason)
    title = _title(office, reason)
    with office.acting("erase", title) as (connection, action):
        found = traces(connection, plan.register, plan.row_id)
        fresh = _plan(office, connection, plan.register, plan.row_id, found)
        if replace(fresh, backups=plan.backups) != plan:
            raise UserError("这个人的记录刚才有变动，请重新查看要删除的内容再确认。")
        erasure.begin(connection)
        _write(connection, action, found)
    office.index.close()
    cleaning.finish(office.folder, office.engine)
    return Changes(action, touched(_counts(found)))


def _counts(found: Traces) -> dict[str, int]:
    """Rows by table that went or lost some words: open pages read them again."""
    counts = Counter({table: len(rows) for table, rows in found.family.rows.items()})
    counts.update(table for table, _ in found.edits)
    if found.waiting:
        counts["quarantined_row"] += len(found.waiting)
    return dict(counts)


def _must_say_why(plan: ErasurePlan, reason: str) -> None:
    """The reason stays in the audit chain for ever."""
    if not reason.strip():
        raise UserError("删除个人信息请写明原因，如“家长书面要求”。", EXIT_USAGE)
    if plan.name in reason or re.search(r"\d{7}", reason):
        raise UserError("原因会留在操作链里，请不要写本人的姓名和号码。", EXIT_USAGE)


def _title(office: Office, reason: str) -> str:
    with office.engine.connect() as connection:
        count = select(func.count()).where(Action.kind == "erase")
        number = (connection.execute(count).scalar() or 0) + 1
    return f"{_DOING}（第 {number} 号）；原因：{reason.strip()}"


def _write(connection: Connection, action: int, found: Traces) -> None:
    files = _files(connection, found)
    waiting = {"quarantined_row": set(found.waiting)} if found.waiting else {}
    for (table, row), values in found.edits.items():
        _strike(connection, table, row, values)
    connection.execute(delete(Draft).where(Draft.id.in_(found.drafts)))
    loosen(connection, found.family.loose)
    delete_rows(connection, dict(found.family.rows) | waiting)
    changed = update(Source).where(Source.id.in_(found.sources)).values(file=GONE, sheet="")
    connection.execute(changed)
    erasure.blank(connection, found.changes)
    erasure.blank_own(connection, action)
    erasure.blank_titles(connection, found.titles, found.entries, BLANKED)
    summary = {"actions": sorted(found.actions), "first": min(found.actions, default=action)}
    changed = update(Action).where(Action.id == action).values(summary=summary | {"files": files})
    connection.execute(changed)


def _strike(connection: Connection, table: str, row: int, values: dict[str, Any]) -> None:
    """Write a row without the person; where it would then be like another, it says so instead."""
    target = Model.metadata.tables[table]
    changed = update(target).where(target.c.id == row)
    try:
        with connection.begin_nested():
            connection.execute(changed.values(values))
    except IntegrityError:
        said = {name: GONE if value is None else value for name, value in values.items()}
        connection.execute(changed.values(said))


def _files(connection: Connection, found: Traces) -> list[str]:
    """The contents that were attached to the person's records, ever."""
    live = select(Attachment.sha256).where(
        Attachment.id.in_(found.family.rows.get("attachment", ()))
    )
    former = text(
        "SELECT json_extract(coalesce(after, before), '$.sha256') FROM change"
        " WHERE table_name = 'attachment' AND id IN (SELECT value FROM json_each(:ids))"
    )
    ids: dict[str, Any] = {"ids": str(sorted(found.changes))}
    return sorted({*connection.execute(live).scalars(), *connection.execute(former, ids).scalars()})


# ---------------------------------------------------------------- what waits for backups


@dataclass(frozen=True, slots=True)
class Waiting:
    """One erasure, by its number and not by a name, and the backups that still hold the person."""

    number: int
    action: int
    at: str
    backups: tuple[Expiry, ...]

    @property
    def over(self) -> bool:
        """Whether no backup holds the person any more."""
        return not self.backups


def waiting(office: Office) -> list[Waiting]:
    """All erasures, the latest first, and when the last backup of each will have expired."""
    statement = select(Action.id, Action.at, Action.summary).where(Action.kind == "erase")
    with office.engine.connect() as connection:
        found = connection.execute(statement.order_by(Action.id)).all()
    listed = []
    for number, row in enumerate(found, start=1):
        first = (row.summary or {}).get("first", 1)
        held = holding(office.folder.backups, first, row.id)
        listed.append(Waiting(number, row.id, row.at, tuple(expiring(held, office.now()))))
    return listed[::-1]


def returned(office: Office) -> str:
    """A sentence where a restored backup is older than an erasure, and the person back; else ""."""
    with office.engine.connect() as connection:
        count = select(func.count()).where(Action.kind == "erase")
        missing = cleaning.remembered(office.folder) - (connection.execute(count).scalar() or 0)
    if missing <= 0:
        return ""
    return (
        f"恢复的备份早于 {missing} 次按要求删除，那些人的信息又回来了；"
        "请对照当时的书面要求重新删除。"
    )
