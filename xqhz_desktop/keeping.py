"""The commands that keep the records safe: backups, restore, plain export, rebuild.

Those of `FOLDER_COMMANDS` take the data folder as it lies there, since its database may be
damaged or gone.
"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xqhz_desktop.base.errors import EXIT_OK
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task

if TYPE_CHECKING:
    from xqhz_desktop.services.backups import Backup
    from xqhz_desktop.services.office import Office


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005 - a front door reads the clock


def _answer(text: str) -> None:
    print(text, flush=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def backup(office: "Office", options: argparse.Namespace) -> int:
    """Make a backup; a copy goes to the place that is named, or to the second place."""
    from xqhz_desktop.services import second_place
    from xqhz_desktop.services.backups import listed

    folder = office.folder
    name = office.backup("手动")
    _answer(f"已备份并核对：{folder.backups / name}")
    if options.to:
        made = next(one for one in listed(folder.backups) if one.name == name)
        second_place.copy_to(options.to, made, office.now())
        _answer(f"已另存并读回核对：{options.to / name}")
    elif copied := second_place.copy_newest(folder, office.now()):
        _answer(f"已存入第二存放处并读回核对：{copied}")
    elif advice := second_place.reminder(folder, office.now()):
        _say(advice)
    return EXIT_OK


def _backups(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services import second_place
    from xqhz_desktop.services.backups import listed

    if options.second:
        _say(f"第二存放处：{second_place.choose(folder, options.second).path}")
    found = listed(folder.backups)
    if options.json:
        _answer(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=1))
        return EXIT_OK
    for one in found:
        _answer(_line(one))
    if not found:
        _say("还没有备份。")
    if advice := second_place.reminder(folder, _now()):
        _say(advice)
    return EXIT_OK


def _as_json(one: "Backup") -> dict[str, Any]:
    from xqhz_desktop.services.backups import sound

    rows = one.note.rows if one.note else None
    return {
        "name": one.name,
        "made": one.moment.isoformat(),
        "why": one.why,
        "rows": rows,
        "sound": sound(one),
    }


def _line(one: "Backup") -> str:
    from xqhz_desktop.services.backups import counts

    if one.note is None:
        state = "没有核对记录"
    else:
        state = counts(one.note.rows) if one.whole else "已损坏，原样留着"
    return f"{one.name}  {one.moment:%Y-%m-%d %H:%M}  {one.why}  {state}"


def _restore(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services import encryption, restoring
    from xqhz_desktop.services.backups import counts

    if options.which is None:
        _backups(folder, argparse.Namespace(second=None, json=False))
        _say("要恢复哪一份，请把它的名字写在 restore 后面。")
        return EXIT_OK
    source = restoring.found(folder, options.which)
    if not (options.yes or _agreed(f"用 {source.name} 换下现在的数据吗？")):
        _say("没有恢复；加上 --yes 可不再询问。现在的数据会整份移到 set-aside 文件夹留着。")
        return EXIT_OK
    access = encryption.access(folder, source, options.secrets.current)
    done = restoring.restore(folder, options.who, _now, source, _task(), access)
    before = "读不出或没有" if done.before is None else counts(done.before)
    _answer(f"恢复前：{before}\n恢复后：{counts(done.after)}")
    _answer(f"已恢复：{done.name}；原来的数据移到了 {done.aside}")
    return EXIT_OK


def export_all(office: "Office", options: argparse.Namespace) -> int:
    """Every record, unmasked, as a folder of workbooks."""
    from xqhz_desktop.services import plain_export

    done = plain_export.export_all(office, options.folder, options.reason, _task())
    _answer(f"已导出 {len(done.rows)} 张表、{sum(done.rows.values()):,} 行：{done.folder}")
    _say("里面的身份证号和电话没有遮盖，请妥善保管。")
    return EXIT_OK


def _rebuild(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services.backups import counts
    from xqhz_desktop.services.rebuilding import rebuild

    rows = rebuild(options.folder, folder, options.who, _now, _task())
    _answer(f"已重建：{counts(rows)}；{folder.database}")
    return EXIT_OK


def _agreed(question: str) -> bool:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    _say(f"{question}输入 y 确认：")
    return input().strip().lower() in ("y", "yes", "是")


def _task() -> Task:
    if not sys.stderr.isatty():
        return Task()
    return Task(lambda done, total, what: _say(f"[{done}/{total}] {what}"))


FOLDER_COMMANDS: dict[str, Callable[[DataFolder, argparse.Namespace], int]] = {
    "backups": _backups,
    "rebuild": _rebuild,
    "restore": _restore,
}


def declare(commands: Any) -> None:
    """The arguments of these commands."""
    save = commands.add_parser("backup", help="备份并核对")
    save.add_argument("--to", type=Path, metavar="DIR", help="另存一份到这个文件夹（如 U 盘）")
    show = commands.add_parser("backups", help="有哪些备份")
    show.add_argument("--json", action="store_true")
    show.add_argument("--second", type=Path, metavar="DIR", help="记住第二存放处（如 U 盘）")
    back = commands.add_parser("restore", help="恢复一份备份；不写名字则列出")
    back.add_argument("which", nargs="?", metavar="NAME|PATH")
    back.add_argument("--yes", action="store_true", help="不再询问")
    out = commands.add_parser("export-all", help="导出全部资料（未遮盖），可据此重建")
    out.add_argument("folder", type=Path, metavar="DIR")
    out.add_argument("--reason", required=True, metavar="用途")
    anew = commands.add_parser("rebuild", help="从导出的文件夹重建数据库")
    anew.add_argument("folder", type=Path, metavar="DIR")
