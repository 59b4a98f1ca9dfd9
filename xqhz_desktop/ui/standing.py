"""How the opened records stand: what the window does of itself, and what it has to tell.

All that reads is imported late: the window is painted before.
"""

from typing import TYPE_CHECKING

from xqhz_desktop.base.paths import DataFolder

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office

_NO_CODE = "还没有恢复码：忘了密码、要打开 U 盘上的副本都靠它，请制作一个并打印出来。"


def is_asked(office: "Office") -> bool:
    """Whether whoever is at work would be asked for something when they come back."""
    from xqhz_desktop.services.access.passwords import has_password

    return office.folder.key is not None or has_password(office.folder, office.who)


def must_encrypt(folder: DataFolder) -> bool:
    """Whether plain records lie where they must not be plain."""
    from xqhz_desktop.services.safety.places import must_be_encrypted

    return must_be_encrypted(folder)


def lock_minutes(office: "Office") -> int:
    """After how many minutes without work the window locks itself; 0 for never."""
    from xqhz_desktop.services import settings

    return settings.lock_minutes(office)


def look_in(office: "Office", *, temporary: bool) -> tuple[str, str, str]:
    """What is wrong with the records, else what is to be remembered; its tone and its page."""
    from xqhz_desktop.services.access.beginning import has_ring
    from xqhz_desktop.services.privacy.erasing import returned
    from xqhz_desktop.services.safety.health import absent, clock_warning, look
    from xqhz_desktop.services.safety.second_place import reminder
    from xqhz_desktop.ui.pages.health_card import sentence_of

    health = look(office)
    if said := sentence_of(health, absent(office)):
        return said, "warn" if health.sound else "bad", "backups"
    if said := clock_warning(office) or returned(office):
        return said, "warn", "history"
    if not temporary and not has_ring(office.folder):
        return _NO_CODE, "warn", "security"
    said = "" if office.is_empty() else reminder(office.folder, office.now())
    return said, "", "backups"
