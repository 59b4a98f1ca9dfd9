"""The import as two verbs: make a plan, which writes nothing; apply it, all or nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import delete, insert
from sqlalchemy.exc import OperationalError

from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_USAGE, UserError
from xqhz_desktop.base.paths import resources
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.changes import Changes
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.safety import backups
from xqhz_desktop.services.workbooks.applying import Applier
from xqhz_desktop.services.workbooks.heads import headings_at, lacking, shape_at
from xqhz_desktop.services.workbooks.plan import Choices, Fate, Plan, SheetPlan
from xqhz_desktop.services.workbooks.planning import make_plan
from xqhz_desktop.store.models import HeadingMapping


def sample_folder() -> Path:
    """The workbooks of the sample school."""
    return resources() / "sample"


def plan_import(office: Office, paths: Sequence[Path], task: Task) -> Plan:
    """Read workbooks and compare them with the records; writes nothing.

    Raises Cancelled. Unreadable files are named in the plan.
    """
    return make_plan(office.engine, paths, task)


def remember_headings(
    office: Office,
    sheet: SheetPlan,
    register: str,
    columns: Mapping[str, str],
    header: Sequence[int] = (),
) -> None:
    """Keep what a clerk said a sheet's headings mean: field → column letter.

    `header` are the rows (from 0) that hold the headings, where he said that, too. Every later
    sheet of the same shape is read so; the plan has to be made anew. Raises UserError (2) where
    the register cannot be read from these columns.
    """
    header = header or sheet.header
    keys = {one.letter: one.key for one in headings_at(sheet, header)}
    said = {field: keys[letter] for field, letter in columns.items() if letter in keys}
    if missing := lacking(register, said):
        raise UserError(f"还要指定哪一列是{'、'.join(missing)}。", EXIT_USAGE)
    shape = shape_at(sheet, header)
    with office.acting("mapping", _mapping_title("更正列对应", sheet)) as (connection, _):
        connection.execute(delete(HeadingMapping).where(HeadingMapping.shape == shape))
        connection.execute(
            insert(HeadingMapping).values(shape=shape, register=register, columns=said)
        )


def forget_headings(office: Office, sheet: SheetPlan) -> None:
    """Read sheets of this shape by their headings alone again; the plan has to be made anew."""
    with office.acting("mapping", _mapping_title("恢复自动识别", sheet)) as (connection, _):
        connection.execute(delete(HeadingMapping).where(HeadingMapping.shape == sheet.shape))


def _mapping_title(what: str, sheet: SheetPlan) -> str:
    return f"{what}：{sheet.file} {sheet.sheet}".strip()


def apply_import(
    office: Office,
    plan: Plan,
    choices: Choices,
    task: Task,
    *,
    backup: bool = True,
    title: str = "",
) -> Changes:
    """Write a plan: a backup first where none has all, then one transaction and one action.

    The action is called after its files, unless it has a title of its own.

    Raises UserError: a file is no longer as it was shown (3), the disk is full (7); Cancelled.
    Then nothing was written.
    """
    _must_be_as_shown(plan)
    if plan.empty and not (choices.clear or choices.take_other):
        return Changes()
    if backup and not office.is_empty():
        task.step(0, 1, "备份")
        backups.back_up_if_new(office, "导入前")
    try:
        with office.acting("import", title or _title(plan)) as (connection, action):
            touched = Applier(connection, action, plan, choices).apply(task)
    except OperationalError as error:
        raise UserError(
            "数据没有写入：磁盘空间不足或文件被占用，请检查后重试。", EXIT_NO_SPACE
        ) from error
    return Changes(action, touched)


def _must_be_as_shown(plan: Plan) -> None:
    for path, digest in plan.digests.items():
        with suppress(OSError):  # what is gone meanwhile was read whole
            if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                raise UserError(f"“{path.name}”在预览之后改动过，请重新读取再导入。")


def _title(plan: Plan) -> str:
    files = list(dict.fromkeys(sheet.file for sheet in plan.sheets if sheet.register))
    name = files[0] if len(files) == 1 else f"{len(files)} 个工作簿"
    parts = [
        f"{fate.value} {count:,}"
        for fate in (Fate.NEW, Fate.CHANGED, Fate.NEAR, Fate.QUARANTINED)
        if (count := plan.count(fate))
    ]
    return f"导入 {name}：" + "，".join(parts or ["更新来源"])
