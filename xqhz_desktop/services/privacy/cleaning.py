"""The end of an erasure: attachments' files, the search index, free pages and the log.

It can be done again at any time, and an opening completes what was cut off.
"""

import logging

from sqlalchemy import Engine, select

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.store import erasure
from xqhz_desktop.store.attachments import Store, referred
from xqhz_desktop.store.backup import read_json, write_json
from xqhz_desktop.store.models import Action
from xqhz_desktop.store.sealing import overwrite

_COUNT = "count"
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
        erased = select(Action.summary).where(Action.kind == "erase")
        said = connection.execute(erased).scalars().all()
        files = {sha256 for one in said if one for sha256 in one.get("files", ())}
        known = referred(connection.connection.driver_connection)
    write_json(folder.erased, {_COUNT: max(remembered(folder), len(said))})
    store = Store(folder.attachments, folder.key)
    for sha256 in sorted(files - known.keys()):
        store.forget(sha256)
    for path in folder.root.glob(f"{folder.search.name}*"):
        overwrite(path)
    erasure.clean(engine)
    return True


def remembered(folder: DataFolder) -> int:
    """How many persons were erased from this folder, those of before a restore too."""
    count = read_json(folder.erased).get(_COUNT)
    return count if isinstance(count, int) else 0
