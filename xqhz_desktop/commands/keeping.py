"""The commands that keep the records safe: backups, restore, repair, attachments, plain export.

Those of `FOLDER_COMMANDS` take the data folder as it lies there, since its database may be
damaged or gone.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_OK, EXIT_USAGE, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.commands.speaking import agreed, answer, any_register, clock, say, told_task

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office
    from xqhz_desktop.services.safety.backups import Backup


def backup(office: "Office", options: argparse.Namespace) -> int:
    """Make a backup; a copy goes to the place that is named, or to the second place."""
    from xqhz_desktop.services.safety import second_place
    from xqhz_desktop.services.safety.backups import attachments_in, listed

    folder = office.folder
    name = office.backup("手动")
    answer(f"已备份并核对：{folder.backups / name}")
    made = next(one for one in listed(folder.backups) if one.name == name)
    if made.note and made.note.attachments + made.note.missing:
        answer(attachments_in(made.note))
    if options.to:
        second_place.copy_to(folder, options.to, made, office.now())
        answer(f"已加密另存并读回核对：{options.to / name}")
    elif copied := second_place.copy_newest(folder, office.now()):
        answer(f"已加密存入第二存放处并读回核对：{copied}")
    elif advice := second_place.reminder(folder, office.now()):
        say(advice)
    if plain := second_place.plain_there(folder):
        say(f"第二存放处还有 {plain} 份没有加密的旧备份，请确认不需要后自行删除。")
    return EXIT_OK


def _backups(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services.safety import restoring, second_place
    from xqhz_desktop.services.safety.backups import listed

    if options.second:
        restoring.must_be_permitted(folder, options.who, "改第二存放处")
        say(f"第二存放处：{second_place.choose(folder, options.second).path}")
    found = listed(folder.backups)
    if options.json:
        answer(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=1))
        return EXIT_OK
    for one in found:
        answer(_line(one))
    if not found:
        say("还没有备份。")
    if advice := second_place.reminder(folder, clock()):
        say(advice)
    return EXIT_OK


def _as_json(one: "Backup") -> dict[str, Any]:
    from xqhz_desktop.services.safety.backups import sound

    rows = one.note.rows if one.note else None
    return {
        "name": one.name,
        "made": one.moment.isoformat(),
        "why": one.why,
        "rows": rows,
        "attachments": one.note.attachments if one.note else None,
        "sound": sound(one),
    }


def _line(one: "Backup") -> str:
    from xqhz_desktop.services.safety.backups import counts

    if one.note is None:
        state = "没有核对记录"
    else:
        state = counts(one.note.rows) if one.whole else "已损坏，原样留着"
    return f"{one.name}  {one.moment:%Y-%m-%d %H:%M}  {one.why}  {state}"


def _restore(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services.access import encryption
    from xqhz_desktop.services.safety import restoring
    from xqhz_desktop.services.safety.backups import counts

    if options.which is None:
        _backups(folder, argparse.Namespace(second=None, json=False))
        say("要恢复哪一份，请把它的名字写在 restore 后面。")
        return EXIT_OK
    source = restoring.found(folder, options.which)
    if not (options.yes or agreed(f"用 {source.name} 换下现在的数据吗？")):
        say("没有恢复；加上 --yes 可不再询问。现在的数据会整份移到 set-aside 文件夹留着。")
        return EXIT_OK
    access = encryption.access(folder, source, options.secrets.current)
    done = restoring.restore(folder, options.who, clock, source, told_task(), access)
    before = "读不出或没有" if done.before is None else counts(done.before)
    answer(f"恢复前：{before}\n恢复后：{counts(done.after)}")
    answer(f"已恢复：{done.name}；原来的数据移到了 {done.aside}")
    if done.warning:
        say(done.warning)
    return EXIT_OK


def _repair(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services.safety.repairing import repair

    done = repair(folder, options.who, clock, told_task(), _places(folder, options))
    answer(f"索引已重建，原文件移到了 {done.aside}" if done.aside else "数据库完好。")
    if done.found:
        answer(f"找回附件文件 {done.found} 个。")
    if done.missing:
        say(f"还有 {done.missing} 个附件的文件哪里都没有，请插上备份盘后用“repair --from”再找。")
    return EXIT_DAMAGED if done.missing else EXIT_OK


def _places(folder: DataFolder, options: argparse.Namespace) -> list[tuple[Path, bytes | None]]:
    """A further folder of backups, and the key of what lies there."""
    from xqhz_desktop.services.access import encryption
    from xqhz_desktop.services.safety.backups import listed

    if options.source is None:
        return []
    found = listed(options.source)
    if not found:
        raise UserError(f"这个文件夹里没有备份，请换一个：{options.source}", EXIT_USAGE)
    access = encryption.access(folder, found[0].path, options.secrets.current)
    return [(options.source, access.key), (options.source, None)]


def attach(office: "Office", options: argparse.Namespace) -> int:
    """Attach files to a record."""
    from xqhz_desktop.services.naming import record_named
    from xqhz_desktop.services.safety import attachments

    record = record_named(office, options.register, options.key)
    for path in options.files:  # all of them, or none
        attachments.must_be_fit(path)
    for path in options.files:
        attachments.add(office, options.register, record, path, options.note)
    found = attachments.of(office, options.register, record)
    answer(f"已添加 {len(options.files)} 个附件，这条记录现在有 {len(found)} 个。")
    return EXIT_OK


def attachments(office: "Office", options: argparse.Namespace) -> int:
    """List the attachments of a record, or all; save copies of them."""
    from xqhz_desktop.services.naming import record_named
    from xqhz_desktop.services.safety import attachments as service

    if options.register is None:
        found = service.all_of(office)
    elif options.key is None:
        raise UserError("请在台账后面写明是哪条记录。", EXIT_USAGE)
    else:
        record = record_named(office, options.register, options.key)
        found = service.of(office, options.register, record)
    for one in found:
        saved = service.open_copy(office, one.id, options.save) if options.save else None
        answer(f"{service.line(one)}{f'  {saved}' if saved else ''}")
    if not found:
        say("没有附件。")
    return EXIT_OK


def export_all(office: "Office", options: argparse.Namespace) -> int:
    """Every record, unmasked, as a folder of workbooks."""
    from xqhz_desktop.services.safety import plain_export

    done = plain_export.export_all(office, options.folder, options.reason, told_task())
    files = f"、{done.files:,} 个附件" if done.files else ""
    answer(f"已导出 {len(done.rows)} 张表、{sum(done.rows.values()):,} 行{files}：{done.folder}")
    if done.missing:
        say(f"有 {done.missing} 个附件的文件不见了或已损坏，没有导出；请用“repair”命令找回。")
    say("里面的身份证号和电话没有遮盖，请妥善保管。")
    return EXIT_OK


def _rebuild(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services.safety.backups import counts
    from xqhz_desktop.services.safety.rebuilding import rebuild

    rows = rebuild(options.folder, folder, options.who, clock, told_task())
    answer(f"已重建：{counts(rows)}；{folder.database}")
    return EXIT_OK


FOLDER_COMMANDS: dict[str, Callable[[DataFolder, argparse.Namespace], int]] = {
    "backups": _backups,
    "rebuild": _rebuild,
    "repair": _repair,
    "restore": _restore,
}
COMMANDS: dict[str, Callable[["Office", argparse.Namespace], int]] = {
    "attach": attach,
    "attachments": attachments,
    "backup": backup,
    "export-all": export_all,
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
    mend = commands.add_parser("repair", help="修复索引，从备份找回附件")
    mend.add_argument("--from", type=Path, dest="source", metavar="DIR", help="另一个备份文件夹")
    scan = commands.add_parser("attach", help="给一条记录添加附件（扫描件、照片）")
    scan.add_argument("register", type=any_register, metavar="台账")
    scan.add_argument("key", metavar="号码|姓名|#编号")
    scan.add_argument("files", nargs="+", type=Path, metavar="FILE")
    scan.add_argument("--note", default="", metavar="说明")
    scans = commands.add_parser("attachments", help="有哪些附件；另存出来")
    scans.add_argument("register", nargs="?", type=any_register, metavar="台账")
    scans.add_argument("key", nargs="?", metavar="号码|姓名|#编号")
    scans.add_argument("--save", type=Path, metavar="DIR", help="另存到这个文件夹")
    anew = commands.add_parser("rebuild", help="从导出的文件夹重建数据库")
    anew.add_argument("folder", type=Path, metavar="DIR")
