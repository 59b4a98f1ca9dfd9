"""The audit chain as people read it: who did or looked at what, and whether it is whole."""

from dataclasses import dataclass

from sqlalchemy import func, select

from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import backups
from xqhz_desktop.store import audit
from xqhz_desktop.store.models import AuditEntry

BLANKED = "（已按要求删除个人信息）"
_WHY = {
    "missing": "编号不连续，有记录被删除",
    "chain": "与前面的记录接不上，有记录被改动、插入或删除",
    "digest": "内容被改动",
    "changes": "所记操作的明细被改动或删除",
    "action": "与操作历史里写的不一样，有一处被改动",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the chain as a list shows it."""

    id: int
    at: str
    who: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain is whole, in one sentence."""

    whole: bool
    sentence: str


def entries(office: Office, limit: int | None = 200) -> list[Line]:
    """The latest entries, the newest first."""
    columns = (AuditEntry.id, AuditEntry.at, AuditEntry.who, AuditEntry.kind, AuditEntry.title)
    statement = select(*columns).order_by(AuditEntry.id.desc()).limit(limit)
    with office.engine.connect() as connection:
        found = connection.execute(statement).all()
    return [Line(*row[:4], BLANKED if row.title is None else row.title) for row in found]


def verify(office: Office) -> Verdict:
    """Go through the whole chain and name the first broken entry.

    That its end was cut off, or all of it written anew, is told by the heads that the notes of the
    backups keep; those of before a restore went another way.
    """
    with office.engine.connect() as connection:
        broken = audit.verify(connection)
        count = connection.execute(select(func.count()).select_from(AuditEntry)).scalar() or 0
    if broken is not None and broken.why == "unsaid":
        return Verdict(
            False,
            f"操作历史里的 {broken.action} 号操作（{broken.at.replace('T', ' ')}，{broken.who}）"
            "不在操作链里，是绕过程序写入的；请与最近的备份核对。",
        )
    if broken is not None:
        return Verdict(
            False,
            f"操作链从第 {broken.entry} 条（{broken.at.replace('T', ' ')}，{broken.who}）起不可信："
            f"{_WHY[broken.why]}；请与最近的备份核对。",
        )
    if cut := _cut_off(office):
        return Verdict(
            False,
            f"操作链里没有备份 {cut} 时已有的记录，之后的内容被删掉或重写过；请与那份备份核对。",
        )
    return Verdict(True, f"操作链完整，共 {count:,} 条记录，都与写入时一致。")


def _cut_off(office: Office) -> str:
    """The name of a backup whose end of the chain the chain has no more; "" where there is none."""
    turned = select(func.max(AuditEntry.at)).where(AuditEntry.kind.in_(("restore", "rebuild")))
    with office.engine.connect() as connection:
        since = connection.execute(turned).scalar() or ""
        for one in backups.listed(office.folder.backups):
            if one.note is None or not one.whole or not one.note.chain or one.note.made <= since:
                continue
            known = select(AuditEntry.id).where(AuditEntry.chain == one.note.chain)
            if connection.execute(known).first() is None:
                return one.name
    return ""
