"""Whether the database is sound: a quick look at the start, a thorough one after a crash."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from xqhz_desktop.base.errors import EXIT_DAMAGED, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import attachments, backups
from xqhz_desktop.store.backup import read_json, write_json
from xqhz_desktop.store.database import integrity

THOROUGH_EVERY = timedelta(days=7)
_REPAIR = "请退出程序，用“repair”命令修复。"
_OF_INDEX = re.compile(
    r"(row \d+ missing from|wrong # of entries in|row \d+ values differ from"
    r"|rowid not at end-of-record for row \d+ of) index \S+"
)
CLOCKS_DIFFER = timedelta(hours=1)  # no more than that by themselves


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the database found; the sentence is empty where all is well.

    `repairable` says that only indexes are bad; the warning, that files of attachments are gone.
    """

    thorough: bool
    sentence: str
    repairable: bool = False
    warning: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing wrong was found."""
        return not self.sentence


def look(office: Office) -> Health:
    """Look at every page, and at every entry too where that is due: after a crash, and weekly.

    Reads the whole file: for a thread of its own. A damaged file is left as it is.
    """
    thorough = thorough_due(office)
    try:
        with office.engine.connect() as connection:
            wrong = integrity(connection, thorough=thorough)
    except UserError as error:
        if error.code != EXIT_DAMAGED:
            raise
        wrong = [error.message]
    if wrong and only_indexes(wrong):
        return Health(thorough, "数据文件的索引有损坏，记录都在；" + _REPAIR, repairable=True)
    if wrong:
        return Health(thorough, "数据文件有损坏，请不要再写入；" + advice(office.folder))
    if not thorough:
        return Health(thorough, "")
    office.after_crash = False
    now = office.now().isoformat(timespec="seconds")
    write_json(office.folder.health, {"thorough": now})
    return Health(thorough, "", warning=_attachments(office))


def only_indexes(wrong: Iterable[str]) -> bool:
    """Whether all that SQLite found wrong is about indexes, which can be made anew."""
    return all(_OF_INDEX.fullmatch(line) for line in wrong)


def absent(office: Office) -> int:
    """How many attachments have lost their file; no file is read."""
    store = attachments.store_of(office)
    return sum(not store.holds(one.sha256) for one in attachments.all_of(office))


def _attachments(office: Office) -> str:
    """Tidy the files of attachments; a sentence where some are gone."""
    gone = absent(office)
    if not office.looking:
        attachments.sweep(office)
    return f"有 {gone} 个附件的文件不见了；" + _REPAIR if gone else ""


def thorough_due(office: Office) -> bool:
    """Whether the program was not closed properly, or the last thorough look is a week old."""
    try:
        last = datetime.fromisoformat(str(read_json(office.folder.health).get("thorough")))
        week_gone = not timedelta(0) <= office.now() - last < THOROUGH_EVERY
    except (ValueError, TypeError):
        week_gone = True
    return office.after_crash or week_gone


def must_be_sound(office: Office) -> None:
    """A look at every page, the thorough one where it is due. Raises UserError (5)."""
    if not (health := look(office)).sound:
        raise UserError(health.sentence, EXIT_DAMAGED)


def clock_warning(office: Office) -> str:
    """A sentence where the computer's clock stands before the last thing that was done."""
    _, at = backups.latest_action(office)
    try:
        ahead = datetime.fromisoformat(at) - office.now()
    except ValueError:
        return ""
    if ahead <= CLOCKS_DIFFER:
        return ""
    return f"电脑的时钟比上次保存的时间（{at[:16].replace('T', ' ')}）还早，请先校准日期和时间。"


def advice(folder: DataFolder) -> str:
    """What to do about a damaged database: the newest backup whose every byte is right."""
    good = backups.newest_good(folder)
    if good is None:
        return "没有完好的备份，请把整个数据文件夹另存一份，再联系开发者。"
    return f"最近的完好备份是 {good.name}，请恢复它；损坏的文件会原样留着。"


def advised(error: UserError, folder: DataFolder) -> UserError:
    """The same error; one that tells of damage and of no way out gets the advice, too."""
    if error.code != EXIT_DAMAGED or any(way in error.message for way in ("xqhz-", "repair")):
        return error
    return UserError(error.message + advice(folder), EXIT_DAMAGED)
