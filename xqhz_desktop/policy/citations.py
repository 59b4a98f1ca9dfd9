"""The seed lists of targets and rules: who says so, since when, and with what weight."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xqhz_desktop.base.paths import migrations
from xqhz_desktop.policy.results import Severity, Status, Target


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule as it holds from a day on (None: ever since).

    `cases` weigh a named case differently; without `severity` only those cases are findings.
    """

    since: date | None
    article: str
    status: Status
    severity: Severity | None = None
    cases: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name, with the register whose records it judges and its texts, oldest first."""

    name: str
    label: str
    register: str
    texts: tuple[RuleText, ...]
    setting: str = ""  # the field of Settings that it is measured by

    def at(self, day: date) -> RuleText | None:
        """The text that holds on `day`, None where none was in force yet."""
        held = [text for text in self.texts if text.since is None or text.since <= day]
        return held[-1] if held else None


def read_targets(path: Path | None = None) -> tuple[Target, ...]:
    """The dated targets of a TOML file, by default of the program's seed list."""
    rows = tomllib.loads((path or migrations() / "targets.toml").read_text("utf-8"))["target"]
    return tuple(
        Target(
            indicator=row["indicator"],
            from_year=row["from_year"],
            reach=row["reach"],
            strive=row.get("strive"),
            source=row["source"],
            status=row["status"],
        )
        for row in rows
    )


def read_rules(path: Path | None = None) -> dict[str, Rule]:
    """The rules of a TOML file by name, by default of the program's seed list."""
    rows = tomllib.loads((path or migrations() / "rules.toml").read_text("utf-8"))["rule"]
    return {
        row["name"]: Rule(
            name=row["name"],
            label=row["label"],
            register=row["register"],
            texts=tuple(map(_rule_text, row["text"])),
            setting=row.get("setting", ""),
        )
        for row in rows
    }


def _rule_text(row: Mapping[str, object]) -> RuleText:
    return RuleText(**{"since": None, **row})  # type: ignore[arg-type]


def target_of(targets: Iterable[Target], indicator: str, year: int) -> Target | None:
    """The target that holds for an indicator in a year: the latest one not begun after it."""
    held = [one for one in targets if one.indicator == indicator and one.from_year <= year]
    return max(held, key=lambda one: one.from_year, default=None)
