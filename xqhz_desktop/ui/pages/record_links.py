"""The links of a record in the panel: each line opens that record, each heading all of a kind."""

from collections.abc import Sequence

from xqhz_desktop.services.links import Links
from xqhz_desktop.ui.desk import Desk, Rows
from xqhz_desktop.ui.lines import Lines
from xqhz_desktop.ui.words import counted


class LinksView(Lines):
    """What a record refers to, its parts, and what refers to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("关联的记录")
        self._desk = desk

    def show_links(self, name: str, found: Sequence[Links]) -> None:
        """Show what a record of that name is linked to."""
        self.clear()
        for links in found:
            self._add_group(name, links)
        if not found:
            self.add("没有与它关联的记录。", tone="hint")

    def _add_group(self, name: str, links: Links) -> None:
        if self.count():
            self.add_space()
        if links.up or not links.register:
            self.add(links.label, tone="hint")
        else:
            why = f"{name}的{links.label}" if name else links.label
            self.add(
                f"{counted(len(links.ids), links.label)} ›",
                lambda: self._go(links.register, links.ids, why),
                tone="accent",
                bold=True,
            )
        for one in links.shown:
            self._add_line(links.register, one.id, one.text, up=links.up)
        if len(links.ids) > len(links.shown):
            self.add(f"……共 {len(links.ids):,} 条", tone="hint")

    def _add_line(self, register: str, record: int, text: str, *, up: bool) -> None:
        if register:
            shown, tone = (f"{text} ›", "accent") if up else (text, "")
            self.add(shown, lambda: self._go(register, (record,), text), tone=tone)
        else:
            self.add(text)

    def _go(self, register: str, ids: tuple[int, ...], why: str) -> None:
        self._desk.go("register", Rows(register, ids, why))
