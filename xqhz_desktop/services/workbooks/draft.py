"""The rows of a sheet while they are read: columns of values, with their faults and doubts."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from xqhz_desktop.registers.kinds import Register
from xqhz_desktop.services.workbooks.context import Context

Column = list[Any]


@dataclass(slots=True)
class Draft:
    """Values by field and place; a fault makes its row bad, a doubt is only warned of."""

    register: Register
    context: Context
    size: int
    columns: dict[str, Column] = field(default_factory=dict)
    faults: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    doubts: list[tuple[int, str, str]] = field(default_factory=list)
    doubted: set[tuple[int, str]] = field(default_factory=set)

    def fault(self, place: int, name: str, reason: str) -> None:
        """Say why a cell makes its row bad."""
        self.faults[place].append((name, reason))

    def doubt(self, place: int, name: str, reason: str) -> None:
        """Warn of a cell; its row stays good."""
        self.doubts.append((place, name, reason))
        self.doubted.add((place, name))

    def has_said(self, place: int, name: str) -> bool:
        """Whether that cell, or the period it came from, is already faulty or doubted."""
        same = {name, "period"} if name in ("start", "end") else {name}
        faulty = any(n in same for n, _ in self.faults.get(place, ()))
        return faulty or (place, name) in self.doubted
