"""Whether the database is sound: a quick look at the start, a thorough one after a crash."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from xqhz_desktop.base.errors import EXIT_DAMAGED, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import backups
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.backup import read_json, write_json
from xqhz_desktop.store.database import integrity

THOROUGH_EVERY = timedelta(days=7)
CLOCKS_DIFFER = timedelta(hours=1)  # no more than that by themselves


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the database found; the sentence is empty where all is well."""

    thorough: bool
    sentence: str

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
    if wrong:
        return Health(thorough, "数据文件有损坏，请不要再写入；" + advice(office.folder))
    if thorough:
        office.after_crash = False
        now = office.now().isoformat(timespec="seconds")
        write_json(office.folder.health, {"thorough": now})
    return Health(thorough, "")


def thorough_due(office: Office) -> bool:
    """Whether the program was not closed properly, or the last thorough look is a week old."""
    try:
        last = datetime.fromisoformat(str(read_json(office.folder.health).get("thorough")))
        week_gone = not timedelta(0) <= office.now() - last < THOROUGH_EVERY
    except (ValueError, TypeError):
        week_gone = True
    return office.after_crash or week_gone


def must_be_sound(office: Office) -> None:
    """The thorough look where it is due, and none else. Raises UserError (5)."""
    if thorough_due(office) and not (health := look(office)).sound:
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
    """The same error; one that tells of damage and names no backup gets the advice, too."""
    if error.code != EXIT_DAMAGED or "xqhz-" in error.message:
        return error
    return UserError(error.message + advice(folder), EXIT_DAMAGED)
