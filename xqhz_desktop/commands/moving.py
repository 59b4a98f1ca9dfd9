"""The commands about where the records lie, looking, another computer, and handing over.

Those of `FOLDER_COMMANDS` take the data folder as it lies there.
"""

import argparse
import getpass
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xqhz_desktop.base.errors import EXIT_LOCKED, EXIT_OK, EXIT_USAGE, UserError
from xqhz_desktop.base.paths import DataFolder, account_root
from xqhz_desktop.commands import unlocking
from xqhz_desktop.commands.speaking import agreed, answer, clock, say, told_task

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office
    from xqhz_desktop.services.safety.packing import Carried

# What reads and writes nothing into the data folder; the rest is refused where one only looks.
READING = frozenset(
    {
        "attachments",
        "audit",
        "backups",
        "check",
        "export",
        "find",
        "history",
        "indicators",
        "template",
        "todo",
        "yearbook",
    }
)


# ---------------------------------------------------------------- opening


def must_be_reading(options: argparse.Namespace) -> None:
    """Raises UserError (4) for a command that writes, where one only looks."""
    if options.look and options.command not in READING:
        raise UserError(
            f"“{options.command}”要写入，现在是只看不改；请去掉 --look，等那边关闭后再做。",
            EXIT_LOCKED,
        )


def opened(
    folder: DataFolder, options: argparse.Namespace, now: Callable[[], datetime]
) -> "AbstractContextManager[Office]":
    """The office of a command; with --look one that can only be read. Raises UserError."""
    from xqhz_desktop.services.office import Office
    from xqhz_desktop.services.safety.viewing import looking, seen

    if options.look:
        say(seen(folder))
        return looking(folder, options.who, now)
    options.first_password = ""
    if not folder.database.exists():
        _prepare(folder, options)
    encrypting = options.command == "encrypt" or bool(options.first_password)
    try:
        return Office.open(folder, options.who, now, encrypting=encrypting)
    except UserError as error:
        if error.code != EXIT_LOCKED:
            raise
        said = f"{error.message.rstrip('。')}；只想看看，可以加 --look。"
        raise UserError(said, EXIT_LOCKED) from error


def _prepare(folder: DataFolder, options: argparse.Namespace) -> None:
    """Before a first start makes anything: a better disk is named, a stick needs a password."""
    from xqhz_desktop.services.safety import places

    if folder.root == account_root():
        if there := places.surviving():
            raise UserError(
                f"{there} 里有以前的数据；请用“xqhz place {there}”接着用，"
                "要另建一份请用 --data-dir 指定别的文件夹。",
                EXIT_USAGE,
            )
        if said := places.warning(folder):
            say(said)
    if options.command != "encrypt" and places.must_be_encrypted(folder):
        say("数据在可移动的磁盘上，必须加密；请设一个密码。")
        options.first_password = options.secrets.new()


def begin(office: "Office", options: argparse.Namespace) -> None:
    """Encrypt what a first start has begun on a removable disk."""
    from xqhz_desktop.services.access import encryption

    if not office.looking and options.first_password:
        encryption.turn_on(office, options.first_password, answer)


# ---------------------------------------------------------------- places


def _place(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services.safety import places

    if options.folder is None:
        return _show_place(folder)
    target = options.folder.absolute()
    if places.has_records(target) or not places.has_records(folder.root):
        places.must_be_own(target)
        places.choose(target)
        answer(f"以后打开的数据文件夹：{target}（没有移动任何数据）")
        return EXIT_OK
    plan = f"数据在 {folder.root}；要复制到 {target}，核对后以后都用那里，原来的文件夹整份留着。"
    if not (options.yes or agreed(plan)):
        say(f"{plan}没有移动；加上 --yes 可不再询问。")
        return EXIT_OK
    return _move(unlocking.unlocked(folder, options), target, options)


def _show_place(folder: DataFolder) -> int:
    from xqhz_desktop.base.disks import kind_of
    from xqhz_desktop.services.safety import places
    from xqhz_desktop.services.safety.second_place import second_place

    answer(f"数据文件夹：{folder.root}（{places.LABELS[kind_of(folder.root)]}）")
    try:
        places.must_be_fit(folder, encrypting=not folder.database.exists())
    except UserError as error:
        say(error.message)
    second = second_place(folder).path
    answer(f"第二存放处：{second}" if second else "第二存放处：还没有")
    wanted = places.proposal()
    if wanted.folder != folder.root:
        answer(f"建议放在：{wanted.folder}。{wanted.why}")
    if said := places.warning(folder):
        say(said)
    return EXIT_OK


def _move(folder: DataFolder, target: Path, options: argparse.Namespace) -> int:
    from xqhz_desktop.services.safety import relocating
    from xqhz_desktop.services.safety.backups import counts

    done = relocating.move(folder, target, unlocking.who(folder, options), clock, told_task())
    answer(f"原来：{counts(done.rows)}\n现在：{counts(done.there)}；其他文件 {done.files} 个")
    answer(f"数据已移到：{target}")
    say(f"原来的文件夹还在，不再使用：{folder.root}；确认无误后请自行删除。")
    return EXIT_OK


# ---------------------------------------------------------------- another computer


def pack(office: "Office", options: argparse.Namespace) -> int:
    """Everything in one encrypted file."""
    from xqhz_desktop.services.safety import packing

    done = packing.make(office, options.file, told_task())
    _compare(done, "已打包", "读回核对")
    answer(f"换机包：{done.path}")
    if done.missing:
        say(f"有 {done.missing} 个附件的文件早已不见或损坏，包里也没有；请先用“repair”找回。")
    say("在新电脑上用“xqhz unpack”解包，要输入现在的密码或恢复码；以前的备份请另外带上。")
    return EXIT_OK


def _unpack(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services.safety import packing

    secrets = unlocking.Secrets(options)
    who = options.user or getpass.getuser()
    done = packing.unpack(options.file, folder, secrets.current, who, clock, told_task())
    _compare(done, "打包时", "解包后")
    answer(f"已解包：{folder.root}")
    say("密码和恢复码与原来的电脑相同。")
    if options.data_dir:
        say(f"要以后默认打开这里，请用“xqhz place {folder.root.absolute()}”。")
    if done.aside:
        say(f"原来的空数据文件夹移到了 {done.aside}，可以删除。")
    return EXIT_OK


def _compare(done: "Carried", before: str, after: str) -> None:
    answer(f"{before}：{done.packed}\n{after}：{done.unpacked}")


# ---------------------------------------------------------------- handing over


def handover(office: "Office", options: argparse.Namespace) -> int:
    """工作移交清单 as a PDF."""
    from xqhz_desktop.reports.handover import handover_list
    from xqhz_desktop.reports.pdf import write_pdf
    from xqhz_desktop.services.handover import gather

    pages = write_pdf(handover_list(gather(office, options.to or "")), options.output)
    answer(f"工作移交清单：{pages} 页，{options.output}")
    return EXIT_OK


COMMANDS: dict[str, Callable[["Office", argparse.Namespace], int]] = {
    "handover": handover,
    "pack": pack,
}
# They ask for the password themselves, or for that of another computer.
FOLDER_COMMANDS: dict[str, Callable[[DataFolder, argparse.Namespace], int]] = {
    "place": _place,
    "unpack": _unpack,
}


def declare(parser: argparse.ArgumentParser, commands: Any) -> None:
    """The arguments of these commands, and --look."""
    place = commands.add_parser("place", help="数据文件夹在哪里；写上文件夹则以后用那里")
    place.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    place.add_argument("--yes", action="store_true", help="不再询问")
    out = commands.add_parser("pack", help="换电脑：把全部资料打成一个加密的换机包")
    out.add_argument("file", type=Path, metavar="FILE.xqhzpack")
    back = commands.add_parser("unpack", help="换电脑：在新电脑上解开换机包")
    back.add_argument("file", type=Path, metavar="FILE.xqhzpack")
    over = commands.add_parser("handover", help="打印工作移交清单（PDF）")
    over.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    over.add_argument("--to", metavar="接收人")
    text = "只看不改：别人正在用也能看"
    parser.add_argument("--look", action="store_true", help=text)
    for name in READING & set(commands.choices):
        commands.choices[name].add_argument(
            "--look", action="store_true", default=argparse.SUPPRESS, help=text
        )
