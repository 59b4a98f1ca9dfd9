"""Views of a register that somebody saved: filters, order and columns under a name.

They are rows of the settings, so that they travel with the records and are in every backup.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.registers.catalogue import REGISTERS
from xqhz_desktop.registers.kinds import Kind
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.narrowing import (
    AnyEmpty,
    Between,
    ChangedBy,
    Contains,
    Empty,
    Filter,
    OneOf,
)
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.models import VIEW, Setting

_LONGEST = 20  # characters of a name
_SOON = timedelta(days=90)
_DATES = (Kind.DATE, Kind.END_DATE)
_FILTERS: dict[str, Callable[..., Filter]] = {
    one.__name__: one for one in (OneOf, Between, Empty, Contains, AnyEmpty, ChangedBy)
}


@dataclass(frozen=True, slots=True)
class View:
    """What a table shows, and how: `order` is (field, descending), no columns are one's own."""

    name: str
    filters: tuple[Filter, ...] = ()
    order: tuple[str, bool] | None = None
    columns: tuple[str, ...] = ()


def standing(office: Office, register: str) -> list[View]:
    """The views that the program brings: 到期, 缺项, 我改过的, where the register has such."""
    fields = REGISTERS[register].stored()
    today = office.now().date()
    views = [View("我改过的", (ChangedBy(office.who),))]
    lacking = tuple(one.name for one in fields if one.expected)
    if lacking:
        views.insert(0, View("缺项", (AnyEmpty(lacking),)))
    if any(one.name == "end" for one in fields):
        soon = Between("end", today, today + _SOON)
        views.insert(0, View("到期", (soon,), ("end", False)))
    return views


def saved(office: Office, register: str) -> list[View]:
    """The views of the register that whoever is at work has saved, by name.

    One whose fields the register no longer has is left out.
    """
    with office.engine.connect() as connection:
        found = [_read(register, *row) for row in _rows(connection, office.who, register)]
    return sorted((view for view in found if view), key=lambda view: view.name)


def save(office: Office, register: str, view: View) -> Changes:
    """Keep a view under its name, in place of an older one of that name.

    Raises UserError: no name, one too long or one of the program's (2); not permitted (9).
    """
    name = view.name.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise UserError(f"视图名称请填写 1 到 {_LONGEST} 个字，不要换行。", EXIT_USAGE)
    if name in (one.name for one in standing(office, register)):
        raise UserError(f"“{name}”是程序自带的视图，请换一个名称。", EXIT_USAGE)
    key = _key(office.who, register, name)
    label = REGISTERS[register].label
    with office.acting("view", f"保存视图：{label} {name}") as (connection, action):
        connection.execute(delete(Setting).where(Setting.name == key))
        connection.execute(insert(Setting).values(name=key, value=_written(register, view)))
    return Changes(action, {"setting": 1})


def forget(office: Office, register: str, name: str) -> Changes:
    """Let a saved view go. Raises UserError: there is none of that name (2), not permitted (9)."""
    key = _key(office.who, register, name)
    if name not in (view.name for view in saved(office, register)):
        raise UserError(f"没有名为“{name}”的视图。", EXIT_USAGE)
    title = f"删除视图：{REGISTERS[register].label} {name}"
    with office.acting("view", title) as (connection, action):
        connection.execute(delete(Setting).where(Setting.name == key))
    return Changes(action, {"setting": 1})


def _key(who: str, register: str, name: str) -> str:
    """Names may hold any mark, so they stand in a list and not between colons."""
    return VIEW + json.dumps([who, register, name], ensure_ascii=False)


def _rows(connection: Connection, who: str, register: str) -> list[tuple[str, dict[str, Any]]]:
    statement = select(Setting.name, Setting.value).where(Setting.name.like(f"{VIEW}%"))
    parts = (
        (json.loads(row.name.removeprefix(VIEW)), row.value)
        for row in connection.execute(statement)
    )
    return [(name, value) for (theirs, of, name), value in parts if (theirs, of) == (who, register)]


def _written(register: str, view: View) -> dict[str, Any]:
    """All columns as the register has them say nothing of columns."""
    usual = tuple(one.name for one in REGISTERS[register].stored())
    return {
        "filters": [_as_json(one) for one in view.filters],
        "order": view.order,
        "columns": () if view.columns == usual else view.columns,
    }


def _as_json(chosen: Filter) -> dict[str, Any]:
    values = {name: _plain(value) for name, value in asdict(chosen).items()}
    return {"kind": type(chosen).__name__, **values}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(register: str, name: str, value: dict[str, Any]) -> View | None:
    known = {one.name: one.kind for one in REGISTERS[register].stored()}
    columns, order = tuple(value["columns"]), value["order"]
    asked = {*columns, *([order[0]] if order else []), *_fields(value["filters"])}
    if not asked <= known.keys():
        return None
    filters = tuple(_filter(dict(one), known) for one in value["filters"])
    return View(name, filters, (order[0], order[1]) if order else None, columns)


def _fields(filters: list[dict[str, Any]]) -> set[str]:
    named = {one["field"] for one in filters if one["field"]}
    return named | {name for one in filters for name in one.get("fields", ())}


def _filter(one: dict[str, Any], kinds: dict[str, Kind]) -> Filter:
    made = _FILTERS[one.pop("kind")]
    dated = kinds.get(one["field"]) in _DATES
    return made(**{name: _typed(value, dated and name in _VALUES) for name, value in one.items()})


_VALUES = ("values", "low", "high")


def _typed(value: Any, dated: bool) -> Any:
    """A kept value as it was: lists as tuples, and under a heading of dates texts as dates."""
    if isinstance(value, list):
        return tuple(_typed(one, dated) for one in value)
    return date.fromisoformat(value) if dated and isinstance(value, str) else value
