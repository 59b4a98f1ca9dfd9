"""Finding a firm by a name as written: its own, a former one, or one that this import brings."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

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
