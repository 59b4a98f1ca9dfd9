"""Which page stands at which place; imported once the records are open."""

from collections.abc import Callable, Mapping

from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.page import Page
from xqhz_desktop.ui.pages.backups import BackupsPage
from xqhz_desktop.ui.pages.batch import BatchPage
from xqhz_desktop.ui.pages.board import BoardPage
from xqhz_desktop.ui.pages.findings import FindingsPage
from xqhz_desktop.ui.pages.handing_out import HandingOutPage
from xqhz_desktop.ui.pages.history import HistoryPage
from xqhz_desktop.ui.pages.importing import ImportPage
from xqhz_desktop.ui.pages.register import RegisterPage
from xqhz_desktop.ui.pages.security import SecurityPage
from xqhz_desktop.ui.pages.settings import SettingsPage
from xqhz_desktop.ui.pages.start import StartPage
from xqhz_desktop.ui.pages.waiting import WaitingPage
from xqhz_desktop.ui.pages.yearbook import YearBookPage

_PAGES: dict[str, Callable[[Desk], Page]] = {
    "start": StartPage,
    "board": BoardPage,
    "batch": BatchPage,
    "import": ImportPage,
    "waiting": WaitingPage,
    "handing_out": HandingOutPage,
    "findings": FindingsPage,
    "yearbook": YearBookPage,
    "backups": BackupsPage,
    "history": HistoryPage,
    "security": SecurityPage,
    "settings": SettingsPage,
}


def page_of(place: str, desk: Desk, registers: Mapping[str, tuple[str, tuple[str, ...]]]) -> Page:
    """A new page of a place. Raises KeyError for a place that there is none of."""
    if place in registers:
        return RegisterPage(desk, *registers[place])
    return _PAGES[place](desk)
