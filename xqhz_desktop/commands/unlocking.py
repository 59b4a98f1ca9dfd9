"""The commands about encryption, and where passwords come from: never from an argument."""

import argparse
import getpass
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xqhz_desktop.base.errors import EXIT_OK, EXIT_USAGE, EXIT_WRONG_KEY, UserError
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.commands.speaking import agreed, answer, say

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office


class Secrets:
    """Passwords in the order in which they are asked for: lines of a file or of standard input.

    With neither they are typed at a prompt, where there is a terminal.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        """Nothing is read before it is asked for."""
        self._file: Path | None = options.key_file
        self._piped = bool(options.password_stdin)
        self._lines: Iterator[str] | None = None

    def current(self) -> str:
        """The password in force, or the recovery code. Raises UserError (10)."""
        return self._given() or self._typed("密码（或恢复码）：")

    def new(self) -> str:
        """A new password, typed twice at a prompt. Raises UserError (2, 10)."""
        if given := self._given():
            return given
        password = self._typed("新密码：")
        if self._typed("再输一次新密码：") != password:
            raise UserError("两次输入的密码不一样，没有改动，请再试。", EXIT_USAGE)
        return password

    def _given(self) -> str:
        """The next line; "" where none was to be given."""
        if self._file is None and not self._piped:
            return ""
        if self._lines is None:
            self._lines = self._read()
        line = next(self._lines, "").rstrip("\r\n")
        if not line:
            raise UserError("没有给出密码，请每行写一个密码。", EXIT_WRONG_KEY)
        return line

    def _read(self) -> Iterator[str]:
        if self._file is None:
            return iter(sys.stdin.readline, "")
        try:
            return iter(self._file.read_text(encoding="utf-8-sig").splitlines())
        except (OSError, ValueError) as error:
            raise UserError(f"密钥文件读不出来，请检查路径：{self._file}", EXIT_USAGE) from error

    @staticmethod
    def _typed(prompt: str) -> str:
        if not sys.stdin.isatty():
            raise UserError(
                "数据已加密或要加密，请用 --password-stdin 或 --key-file 给出密码。",
                EXIT_WRONG_KEY,
            )
        return getpass.getpass(prompt, stream=sys.stderr)


def unlocked(folder: DataFolder, options: argparse.Namespace) -> DataFolder:
    """The folder, with its key where it is encrypted. Raises UserError (5, 10)."""
    from xqhz_desktop.services.access import encryption

    options.secrets, options.secret, options.opened_by = Secrets(options), "", ""
    if not encryption.needs_key(folder):
        return folder
    options.secret = options.secrets.current()
    entered = encryption.entered(folder, options.secret, options.user or "")
    options.opened_by = entered.user
    return entered.folder


def who(folder: DataFolder, options: argparse.Namespace) -> str:
    """Who is at work: whose password it was, who was named, the system's account.

    By the recovery code it is the only 管理员, where nobody is named. Raises UserError (10): the
    one who is named has another password.
    """
    from xqhz_desktop.services.access import at_work, passwords

    if options.opened_by:
        return str(options.opened_by)
    account = options.user or getpass.getuser()
    if not account.isprintable():
        raise UserError("用户名里有看不见的字符，请重新输入。", EXIT_USAGE)
    if folder.key is not None:
        return account if options.user else at_work.only_admin(folder) or account
    if options.user and passwords.has_password(folder, account):
        options.secret = options.secrets.current()
        if not passwords.verify(folder, account, options.secret):
            raise UserError(f"“{account}”的密码不对，请再输一次。", EXIT_WRONG_KEY)
    return account


def first_start(office: "Office", options: argparse.Namespace) -> None:
    """Make the recovery code of a folder that has none yet, and show it, this once."""
    from xqhz_desktop.services.access.first_start import prepare

    if options.temp or office.looking:
        return
    if first := prepare(office.folder, office.who):
        say(f"恢复码：{first.code}")
        say(
            "请把恢复码抄下来锁在别处：忘了密码、要打开 U 盘上的加密副本，都只有它管用，"
            "程序不再显示它；要打印请用“recovery-code -o 文件.pdf”换一个新的。"
        )
        first.keep()


# ---------------------------------------------------------------- commands


def encrypt(office: "Office", options: argparse.Namespace) -> int:
    """Turn encryption on, and say what is still plain and who has no password yet."""
    from xqhz_desktop.services.access import encryption, passwords

    if office.folder.key is None:
        known = passwords.has_password(office.folder, office.who)
        password = _current(options) if known else options.secrets.new()
        saved = encryption.turn_on(office, password, _show)
        answer(f"数据已加密，第一份加密备份已核对：{office.folder.backups / saved}")
        say("原来的恢复码照样能打开数据；找不到它了，请马上用“recovery-code”换一个。")
    elif not options.purge_plain_backups:
        raise UserError("数据已经加密了；要换密码请用“password”命令。", EXIT_USAGE)
    if shut_out := passwords.without_password(office):
        say(f"还没有密码、打不开数据的用户：{'、'.join(shut_out)}；请用“user password 姓名”设。")
    return _deal_with_plain(office, options)


def _current(options: argparse.Namespace) -> str:
    """The password of who is at work, asked for once."""
    return options.secret or str(options.secrets.current())


def _show(code: str) -> None:
    answer(f"恢复码：{code}")
    say("请把恢复码抄写或打印出来，锁在别处；忘了密码只有它能打开数据，程序不再显示它。")
    if sys.stdin.isatty() and sys.stdout.isatty():
        say("抄好后按回车键，开始加密。")
        input()


def _deal_with_plain(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.access.plain_copies import plain_copies, purge

    left = plain_copies(office.folder)
    if not left:
        return EXIT_OK
    question = f"删除 {len(left)} 份未加密的旧备份吗？删了就不能再用它们恢复。"
    if options.purge_plain_backups and (options.yes or agreed(question)):
        answer(f"已删除 {purge(office)} 份未加密的旧备份。")
        return EXIT_OK
    for path in left:
        say(f"还没有加密：{path}")
    say(
        f"还有 {len(left)} 份旧备份没有加密，谁拿到都能看；确认不再需要后，"
        "请用“encrypt --purge-plain-backups”删除，U 盘上的旧备份请自行删除。"
    )
    return EXIT_OK


def decrypt(office: "Office", options: argparse.Namespace) -> int:
    """Turn encryption off."""
    from xqhz_desktop.services.access import encryption

    encryption.turn_off(office)
    answer("已解除加密，现在谁拿到数据文件都能看；加密的旧备份仍要用原来的密码打开。")
    return EXIT_OK


def password(office: "Office", options: argparse.Namespace) -> int:
    """Change the password of who is at work, or give them their first one."""
    from xqhz_desktop.services.access import passwords

    if options.secret or passwords.has_password(office.folder, office.who):
        passwords.change_password(office, _current(options), options.secrets.new())
        answer("密码已更改，恢复码不变。")
    else:
        passwords.set_password(office, office.who, options.secrets.new())
        answer(f"“{office.who}”现在有密码了；以后用 --user {office.who} 打开时要输入它。")
    return EXIT_OK


def recovery_code(office: "Office", options: argparse.Namespace) -> int:
    """Make and show a new recovery code, on paper too."""
    from xqhz_desktop.services.access import passwords

    code = passwords.new_code(office)
    answer(f"恢复码：{code}")
    say("原来的恢复码已作废；请把新的抄写或打印出来，锁在别处。")
    if options.output:
        _print(office, code, options.output)
        say(f"已印成一页：{options.output}；打印后请删掉这个文件。")
    return EXIT_OK


def _print(office: "Office", code: str, path: Path) -> None:
    from xqhz_desktop.reports.pdf import write_pdf
    from xqhz_desktop.reports.recovery_sheet import Sheet, recovery_sheet
    from xqhz_desktop.services.access.encryption import kept_ring
    from xqhz_desktop.services.numbers import school_name

    ring, day = kept_ring(office.folder), office.now().date()
    write_pdf(recovery_sheet(Sheet(school_name(office), code, ring.id, day, office.who)), path)


COMMANDS = {
    "encrypt": encrypt,
    "decrypt": decrypt,
    "password": password,
    "recovery-code": recovery_code,
}


def declare(parser: argparse.ArgumentParser, commands: Any) -> None:
    """The arguments of these commands, and where every command takes a password from."""
    on = commands.add_parser("encrypt", help="加密数据和以后的备份")
    on.add_argument("--purge-plain-backups", action="store_true", help="删除未加密的旧备份")
    on.add_argument("--yes", action="store_true", help="不再询问")
    commands.add_parser("decrypt", help="解除加密")
    commands.add_parser("password", help="更改密码（两行：原密码，新密码）")
    code = commands.add_parser("recovery-code", help="更换恢复码")
    code.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="印成一页")
    _from_where(parser, None)
    for one in _below(commands):
        _from_where(one, argparse.SUPPRESS)  # said after the command, it counts as well


def _below(commands: Any) -> Iterator[argparse.ArgumentParser]:
    for one in commands.choices.values():
        yield one
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from _below(action)


def _from_where(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument("--user", metavar="姓名", default=default, help="以哪个用户打开")
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--password-stdin", action="store_true", default=default, help="密码从标准输入读取"
    )
    way.add_argument(
        "--key-file", type=Path, metavar="FILE", default=default, help="密码写在这个文件里"
    )
