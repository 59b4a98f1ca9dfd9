"""The first start of a school: its key ring and its recovery code, whether encrypted or not."""

import contextlib
from dataclasses import dataclass, field

from xqhz_desktop.base.errors import EXIT_NO_SPACE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.access import encryption
from xqhz_desktop.store import keyring
from xqhz_desktop.store.keyring import Ring


@dataclass(frozen=True, slots=True)
class FirstStart:
    """A ring that nobody has written yet, and its recovery code, which is known only here.

    Show the code, then `keep`: cut off between the two, the next start shows another one.
    """

    folder: DataFolder
    who: str  # at whose start it was made; the sheet names them
    code: str = field(repr=False)
    ring: Ring = field(repr=False)

    def keep(self) -> None:
        """Write the ring into the folder, which is made where it is missing. UserError (7)."""
        try:
            self.folder.root.mkdir(parents=True, exist_ok=True)
            encryption.put_back(self.folder, self.ring)
        except OSError as error:
            said = "密钥文件没有写成，刚才的恢复码作废；请检查磁盘空间后再试。"
            raise UserError(said, EXIT_NO_SPACE) from error


def prepare(folder: DataFolder, who: str) -> FirstStart | None:
    """A ring without users and the recovery code of a folder that has no ring; else None.

    A ring that was being replaced when the program was cut off is put back. Nothing else is
    written before `keep`.
    """
    if keyring.read(folder.keys) is not None or encryption.is_encrypted(folder):
        return None
    if (former := keyring.read(keyring.previous(folder.keys))) is not None:
        with contextlib.suppress(OSError):
            encryption.put_back(folder, former)
        return None
    ring, _, code = keyring.make()
    return FirstStart(folder, who, code, ring)
