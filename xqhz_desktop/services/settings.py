"""What the school sets for itself: its name, its thresholds, its targets; each change an action."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, insert, select, update

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.base.paths import migrations
from xqhz_desktop.policy.indicators.definitions import DEFINITIONS
from xqhz_desktop.policy.results import Status, Target
from xqhz_desktop.policy.settings import DEFAULTS, Settings, settings_from
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.seeds import target_rows
from xqhz_desktop.store.models import SCHOOL_NAME, Setting, TargetRow

_LOCK_MINUTES = "lock_minutes"
_UNTIL_LOCKED = 15  # minutes without a key or the mouse, until somebody says otherwise
_LONGEST_UNTIL_LOCKED = 480
_LONGEST_NAME = 60
_KEYS = ("indicator", "from_year")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A setting as it stands: its words, its value, and who says so.

    `status` and `source` are those of the value that the program brings, or the school's own.
    """

    name: str
    label: str
    kind: str  # number, share or choice
    status: Status
    source: str
    unit: str = ""
    most: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    value: object = None

    @property
    def text(self) -> str:
        """The value as the reader sees it: 180 天, 80%, 专任教师."""
        return self._written(self.value)

    @property
    def own(self) -> bool:
        """Whether the school has set another value than the program's."""
        return bool(self.value != getattr(DEFAULTS, self.name))

    def _written(self, value: object) -> str:
        if isinstance(value, Fraction):
            return share_text(value)
        return self.choices.get(str(value), f"{value} {self.unit}".strip())

    def with_value(self, value: object) -> "Threshold":
        """The same with a value; the school's own value says which one it stands for."""
        made = replace(self, value=value)
        if not made.own:
            return made
        before = self._written(getattr(DEFAULTS, self.name))
        return replace(made, status="setting", source=f"学校设定，原为 {before}：{self.source}")


def share_text(share: Fraction) -> str:
    """A share as a percentage with no needless digits: 80%, 66.5%."""
    return f"{float(share * 100):.10g}%"


def school_settings(connection: Connection) -> Settings:
    """The settings as they stand. Raises UserError where one has a value that is none."""
    try:
        return settings_from(_kept(connection))
    except (ValueError, ArithmeticError) as error:
        raise UserError("设置里有读不出的值，请在“设置”页逐项核对，改好后再看。") from error


def _kept(connection: Connection) -> dict[str, object]:
    """What the school has set, as it is written; names of other versions are passed over."""
    rows = connection.execute(select(Setting.name, Setting.value))
    return {row.name: row.value for row in rows if hasattr(DEFAULTS, row.name)}


def _readable(name: str, kept: Mapping[str, object]) -> object:
    """A setting's value; one that is none is shown as the program's, to be set anew."""
    try:
        settings = settings_from({name: kept[name]}) if name in kept else DEFAULTS
    except (ValueError, ArithmeticError):
        settings = DEFAULTS
    return getattr(settings, name)


def read_targets(connection: Connection) -> tuple[Target, ...]:
    """The dated targets as they stand."""
    names = ("indicator", "from_year", "reach", "strive", "source", "status")
    columns: list[Any] = [getattr(TargetRow, name) for name in names]
    return tuple(Target(*row) for row in connection.execute(select(*columns)))


def targets(office: Office) -> tuple[Target, ...]:
    """The dated targets as they stand."""
    with office.engine.connect() as connection:
        return read_targets(connection)


def thresholds(office: Office) -> list[Threshold]:
    """Every threshold and definition in the order of the settings, with its value and source."""
    with office.engine.connect() as connection:
        kept = _kept(connection)
    return [one.with_value(_readable(one.name, kept)) for one in _declared()]


def set_school_name(office: Office, name: str) -> Changes:
    """Name the school; returns nothing changed where that is its name already.

    Raises UserError for no name, one too long, or one of more than a line.
    """
    said = name.strip()
    if not said:
        raise UserError("学校名称没有填写，请填写学校全称。")
    if len(said) > _LONGEST_NAME:
        raise UserError(f"学校名称超过 {_LONGEST_NAME} 个字，请填写学校全称。")
    if not said.isprintable():
        raise UserError("学校名称里有换行或看不见的字符，请重新输入。")
    return _put(office, SCHOOL_NAME, said, f"设置学校名称：{said}")


def lock_minutes(office: Office) -> int:
    """After how many minutes without work the window locks itself; 0 for never."""
    wanted = select(Setting.value).where(Setting.name == _LOCK_MINUTES)
    with office.engine.connect() as connection:
        found = connection.execute(wanted).scalar_one_or_none()
    return _UNTIL_LOCKED if found is None else int(str(found))


def set_lock_minutes(office: Office, minutes: int) -> Changes:
    """Say after how many minutes without work the window locks itself; 0 for never.

    Raises UserError: less than nothing or longer than a day's work (3), not permitted (9).
    """
    if not 0 <= minutes <= _LONGEST_UNTIL_LOCKED:
        raise UserError(f"自动锁定请填写 0 到 {_LONGEST_UNTIL_LOCKED} 分钟，0 为从不。")
    said = f"{minutes} 分钟不操作" if minutes else "从不"
    return _put(office, _LOCK_MINUTES, minutes, f"设置自动锁定：{said}")


def set_threshold(office: Office, name: str, text: str) -> Changes:
    """Give a threshold another value, as a person writes it: 180, 80%, 0.8, 专任教师.

    Raises UserError where the text is no value of its kind; KeyError for a name that is none.
    """
    known = next((one for one in thresholds(office) if one.name == name), None)
    if known is None:
        raise KeyError(name)
    value = _read(known, text)
    changed = known.with_value(value)
    kept = value if known.kind != "share" else share_text(Fraction(str(value)))
    title = f"设置“{known.label}”：{known.text} → {changed.text}"
    return _put(office, name, kept, title) if value != known.value else Changes()


def set_target(
    office: Office, indicator: str, from_year: int, reach: str, strive: str = ""
) -> Changes:
    """Set what an indicator is to reach from a year on, and what is striven for (may be blank).

    A value other than the program's is the school's setting and says so. Raises UserError for a
    text that is no value, a target that nobody can reach, or a 力争值 under the 达标值.
    """
    label, unit = DEFINITIONS[indicator].label, DEFINITIONS[indicator].unit
    target = _target(indicator, from_year, _limit(reach, unit), _limit(strive, unit, blank=True))
    with office.engine.connect() as connection:
        before = _known(connection, indicator, from_year)
    if before == target:
        return Changes()
    title = f"设置“{label}”{from_year}年起的目标：达标值 {reach.strip()}"
    said = f"{title}，力争值 {strive.strip()}" if strive.strip() else title
    with office.acting("setting", said) as (connection, action):
        _write_target(connection, target, known=before is not None)
    return Changes(action, {"target": 1})


def _declared() -> list[Threshold]:
    with (migrations() / "thresholds.toml").open("rb") as file:
        return [Threshold(**row) for row in tomllib.load(file)["threshold"]]


def _read(known: Threshold, text: str) -> object:
    """The value that a person wrote for a threshold."""
    said = unicodedata.normalize("NFKC", text).strip()
    if known.kind == "choice":
        said = next((name for name, word in known.choices.items() if word == said), said)
    else:
        said = "".join(said.removesuffix(known.unit).split())
    try:
        value: object = getattr(settings_from({known.name: said}), known.name)
    except (ValueError, ZeroDivisionError):
        raise UserError(_refusal(known)) from None
    if isinstance(value, int) and value > known.most:
        raise UserError(_refusal(known))
    return value


def _refusal(known: Threshold) -> str:
    if known.kind == "share":
        return f"“{known.label}”请填写大于 0%、不超过 100% 的比例，例如 80%。"
    if known.kind == "choice":
        return f"“{known.label}”请选择：{'或'.join(known.choices.values())}。"
    return f"“{known.label}”请填写 1 到 {known.most} 之间的整数（{known.unit}）。"


def _limit(text: str, unit: str, *, blank: bool = False) -> float | None:
    """The value of a target as written: 80%, 0.8, 80 of a share; a plain number of the rest."""
    said = "".join(unicodedata.normalize("NFKC", text).split())
    if not said and blank:
        return None
    try:
        number = Fraction(said.removesuffix("%"))
    except (ValueError, ZeroDivisionError):
        raise UserError("目标请填写数字，比例写成 80% 的样子。") from None
    if unit == "%" and (said.endswith("%") or number > 1):
        number /= 100
    if number <= 0 or (unit == "%" and number > 1):
        raise UserError("目标请填写大于 0 的数，比例不超过 100%。")
    return float(number)


def _target(indicator: str, from_year: int, reach: float | None, strive: float | None) -> Target:
    assert reach is not None
    if strive is not None and strive < reach:
        raise UserError("力争值不能低于达标值，请核对后重新填写。")
    brought = next((row for row in target_rows() if _same(row, indicator, from_year)), None)
    if brought is None:
        return Target(indicator, from_year, reach, strive, "学校设定", "setting")
    if (brought["reach"], brought["strive"]) == (reach, strive):
        return Target(indicator, from_year, reach, strive, brought["source"], brought["status"])
    source = f"学校设定，不同于{brought['source'].removeprefix('学校设定：')}"
    return Target(indicator, from_year, reach, strive, source, "setting")


def _same(row: Mapping[str, Any], indicator: str, from_year: int) -> bool:
    return (row["indicator"], row["from_year"]) == (indicator, from_year)


def _is(indicator: str, from_year: int) -> tuple[Any, ...]:
    return TargetRow.indicator == indicator, TargetRow.from_year == from_year


def _known(connection: Connection, indicator: str, from_year: int) -> Target | None:
    found = (one for one in read_targets(connection) if one.indicator == indicator)
    return next((one for one in found if one.from_year == from_year), None)


def _write_target(connection: Connection, target: Target, *, known: bool) -> None:
    names = ("reach", "strive", "source", "status")
    values = {name: getattr(target, name) for name in names}
    if known:
        where = _is(target.indicator, target.from_year)
        connection.execute(update(TargetRow).where(*where).values(**values))
    else:
        keys = {name: getattr(target, name) for name in _KEYS}
        connection.execute(insert(TargetRow).values(**keys, **values))


def _put(office: Office, name: str, value: object, title: str) -> Changes:
    with office.engine.connect() as connection:
        found = select(Setting.value).where(Setting.name == name)
        before = connection.execute(found).scalar_one_or_none()
    if before == value:
        return Changes()
    with office.acting("setting", title) as (connection, action):
        if before is None:
            connection.execute(insert(Setting).values(name=name, value=value))
        else:
            connection.execute(update(Setting).where(Setting.name == name).values(value=value))
    return Changes(action, {"setting": 1})
