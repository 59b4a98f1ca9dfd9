"""The end of an erasure: attachments' files, the search index, free pages and the log.

It can be done again at any time, and an opening completes what was cut off.
"""

import logging

from sqlalchemy import Engine, select

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.store import erasure
from xqhz_desktop.store.attachments import Store, referred
from xqhz_desktop.store.models import Action
from xqhz_desktop.store.sealing import overwrite

_log = logging.getLogger(__name__)


def go_on(folder: DataFolder, engine: Engine) -> None:
    """Complete what was cut off; where that cannot be now, a later opening does."""
    try:
        finish(folder, engine)
    except (UserError, OSError) as error:
        _log.warning("an erasure is not complete yet: %s", error)


def finish(folder: DataFolder, engine: Engine) -> bool:
    """Complete an erasure; whether one was to be completed.

    Raises UserError: no space (7), somebody reads an older state (4), and OSError; then the next
    opening goes on.
    """
    with engine.connect() as connection:
        if not erasure.is_due(connection):
            return False
        said = connection.execute(select(Action.summary).where(Action.kind == "erase")).scalars()
        files = {sha256 for one in said if one for sha256 in one.get("files", ())}
        known = referred(connection.connection.driver_connection)
    store = Store(folder.attachments, folder.key)
    for sha256 in sorted(files - known.keys()):
        store.forget(sha256)
    for path in folder.root.glob(f"{folder.search.name}*"):
        overwrite(path)
    erasure.clean(engine)
    return True
