"""Finding a firm by a name as written: its own, a former one, or one that this import brings."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from xqhz_desktop.base.text import firm_key
from xqhz_desktop.store.models import Firm, FirmName


class FirmNames:
    """Keys of names → firms. Never by likeness: near twins are different firms."""

    def __init__(self, connection: Connection) -> None:
        """Read the names that the database knows; a partner's own name goes first."""
        rows = connection.execute(
            select(FirmName.key, FirmName.kind, FirmName.firm_id, Firm.partner)
            .join(Firm, Firm.id == FirmName.firm_id)
            .order_by(Firm.partner.desc(), FirmName.kind != "current", FirmName.firm_id)
        )
        self.known: dict[str, int] = {}
        self.partner_keys: set[str] = set()
        for key, _, firm, partner in rows:
            self.known.setdefault(key, firm)
            if partner:
                self.partner_keys.add(key)
        self.coming: dict[str, str] = {}

    def add(self, rows: Iterable[tuple[dict[str, Any], int | None]]) -> None:
        """Learn the firms that an import brings: (values, id of the known record)."""
        for values, record in rows:
            reference = f"#{record}" if record else f"new:{values['uscc']}"
            self.coming.setdefault(firm_key(values["name"]), reference)
            if former := values.get("former_name"):
                self.coming.setdefault(firm_key(former), reference)

    def reference(self, name: str) -> str:
        """What stands for the firm while a plan is made: equal for equal firms."""
        key = firm_key(name)
        if key in self.known and (key in self.partner_keys or key not in self.coming):
            return f"#{self.known[key]}"
        return self.coming.get(key, f"key:{key}")


def accepted_codes(connection: Connection) -> set[str]:
    """The codes that fail their check and that a clerk has accepted, with a note."""
    noted = select(Firm.uscc).where(Firm.uscc.is_not(None), Firm.uscc_note.is_not(None))
    return {str(code) for code in connection.execute(noted).scalars()}


def name_firms(
    connection: Connection, firms: Iterable[tuple[int | None, dict[str, Any], bool]]
) -> None:
    """Each firm is found by its own name and by its former ones; an old own name stays.

    `firms` are (id, values that say a name or a former name, whether it is new).
    """
    rows = connection.execute(select(FirmName.firm_id, FirmName.key, FirmName.kind))
    known = {(row.firm_id, row.key): row.kind for row in rows}
    for firm, values, new in firms:
        for kind, name in _names_in(values):
            key = firm_key(name)
            old = known.get((firm, key))
            if old is None:
                said = {"firm_id": firm, "name": name, "key": key, "kind": kind}
                connection.execute(insert(FirmName).values(said))
                known[(firm, key)] = kind
            elif kind == "current" and old != "current":
                found = (FirmName.firm_id == firm, FirmName.key == key)
                connection.execute(update(FirmName).where(*found).values(kind="current"))
            if kind == "current" and not new:
                _retire_names(connection, firm, key)


def _names_in(values: dict[str, Any]) -> list[tuple[str, str]]:
    said = (("current", values.get("name")), ("former", values.get("former_name")))
    return [(kind, name) for kind, name in said if name]


def _retire_names(connection: Connection, firm: int | None, key: str) -> None:
    connection.execute(
        update(FirmName)
        .where(FirmName.firm_id == firm, FirmName.key != key, FirmName.kind == "current")
        .values(kind="former")
    )
