"""工作移交: what a clerk who leaves hands over, gathered from the records and the data folder."""

import platform
from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Connection, false, func, or_, select

from xqhz_desktop import __version__
from xqhz_desktop.base.disks import kind_of
from xqhz_desktop.policy.handover import HandoverData, Kept, Login, Paper
from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.services import tables
from xqhz_desktop.services.access.passwords import has_password
from xqhz_desktop.services.access.users import users
from xqhz_desktop.services.numbers import Numbers, numbers, school_name
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.records import model_of
from xqhz_desktop.services.safety import backups, places
from xqhz_desktop.services.safety.second_place import reminder, second_place
from xqhz_desktop.store.models import Agreement, Apprentice, Attachment, Placement, Stint


def gather(office: Office, receiver: str = "") -> HandoverData:
    """The state of everything at this moment. Takes as long as the yearly check."""
    folder, now, found = office.folder, office.now(), numbers(office)
    advice = (places.warning(folder), reminder(folder, now))
    return HandoverData(
        school=school_name(office),
        day=now.date(),
        giver=office.who,
        receiver=receiver,
        program=__version__,
        encrypted=folder.key is not None,
        logins=_logins(office),
        places=_places(office),
        kept=_kept(office, found),
        red=_red(found),
        papers=_papers(office),
        reminders=tuple(said for said in advice if said),
    )


def _logins(office: Office) -> tuple[Login, ...]:
    return tuple(
        Login(one.name, one.label, has_password(office.folder, one.name)) for one in users(office)
    )


def _places(office: Office) -> tuple[tuple[str, str], ...]:
    folder = office.folder
    second, listed = second_place(folder), backups.listed(folder.backups)
    newest = f"{listed[0].name}（{listed[0].why}）" if listed else "还没有"
    copied = f"（上次存入 {second.copied:%Y-%m-%d %H:%M}）" if second.copied else ""
    return (
        ("电脑", platform.node()),
        ("数据文件夹", f"{folder.root.absolute()}（{places.LABELS[kind_of(folder.root)]}）"),
        ("备份文件夹", f"{folder.backups.absolute()}，共 {len(listed)} 份"),
        ("最近的备份", newest),
        ("备份的第二存放处", f"{second.path}{copied}" if second.path else "还没有选定"),
    )


def _kept(office: Office, found: Numbers) -> tuple[Kept, ...]:
    with office.engine.connect() as connection:
        rows = select(Attachment.table_name, func.count()).group_by(Attachment.table_name)
        attached = {row[0]: row[1] for row in connection.execute(rows)}
    return tuple(
        Kept(
            register.label,
            tables.count(office, register.name),
            attached.get(model_of(register.name).__tablename__, 0),
            found.quarantined.get(register.name, 0),
        )
        for register in IMPORTED
    )


def _red(found: Numbers) -> tuple[tuple[str, int], ...]:
    """Open red findings by rule, the most first."""
    counted = Counter(one.label for one in found.open_findings if one.severity == "red")
    return tuple(counted.most_common())


# ---------------------------------------------------------------- papers

Condition = ColumnElement[bool]


def _papers(office: Office) -> tuple[Paper, ...]:
    """The papers that a record should have; unknown is lacking until somebody has seen it."""
    today = office.now().date()
    placed = or_(Placement.end.is_(None), Placement.end >= today)
    trained, agreed = Apprentice.end >= today, Agreement.end >= today
    with office.engine.connect() as connection:
        return (
            _paper(connection, "placements", "三方协议", Placement.agreement.is_not(True), placed),
            _paper(connection, "placements", "知情同意书", Placement.consent.is_not(True), placed),
            _paper(connection, "placements", "实习保险", Placement.insurance.is_not(True), placed),
            _paper(connection, "apprentices", "学徒协议", _blank(Apprentice.agreement_no), trained),
            _paper(connection, "apprentices", "劳动合同", _blank(Apprentice.contract_no), trained),
            _paper(connection, "stints", "考核结果", _blank(Stint.result), false()),
            _paper(connection, "agreements", "协议扫描件（附件）", _without_scan(), agreed),
        )


def _blank(column: Any) -> Condition:
    return or_(column.is_(None), column == "")


def _without_scan() -> Condition:
    own = Attachment.table_name == Agreement.__tablename__
    return Agreement.id.not_in(select(Attachment.row_id).where(own))


def _paper(
    connection: Connection, register: str, paper: str, lacking: Condition, under_way: Condition
) -> Paper:
    total = select(func.count()).select_from(model_of(register))
    statements = (total.where(lacking), total.where(lacking, under_way), total)
    counted = [int(connection.execute(one).scalar() or 0) for one in statements]
    return Paper(REGISTERS[register].label, paper, *counted)
