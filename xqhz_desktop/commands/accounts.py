"""The commands about who may do what, and the audit chain."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xqhz_desktop.base.errors import EXIT_DAMAGED, EXIT_OK
from xqhz_desktop.base.period import logged_text

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office


def user(office: "Office", options: argparse.Namespace) -> int:
    """List the users, or change one of them."""
    return _USER[options.what or "list"](office, options)


def _list(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.access.users import users

    found = users(office)
    for account in found:
        print(f"{account.name}  {account.label}")
    if not found:
        print("还没有用户，谁打开都按管理员对待；请用“user add 姓名 管理员”添加第一名。")
    return EXIT_OK


def _add(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.access import users
    from xqhz_desktop.services.access.roles import LABELS, role_named

    role = role_named(options.role)
    users.add(office, options.name, role)
    print(f"已添加用户“{options.name}”，角色：{LABELS[role]}。")
    return EXIT_OK


def _role(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.access import users
    from xqhz_desktop.services.access.roles import LABELS, role_named

    role = role_named(options.role)
    users.set_role(office, options.name, role)
    print(f"“{options.name}”现在的角色：{LABELS[role]}。")
    return EXIT_OK


def _remove(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.access import users

    users.deactivate(office, options.name)
    print(f"已停用用户“{options.name}”；以前的操作仍记在这个名下。")
    return EXIT_OK


def _password(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.access import passwords

    passwords.set_password(office, options.name, options.secrets.new())
    print(f"已给“{options.name}”设了密码；请本人尽快用“password”命令改掉。")
    return EXIT_OK


_USER: dict[str, Callable[["Office", argparse.Namespace], int]] = {
    "list": _list,
    "add": _add,
    "role": _role,
    "remove": _remove,
    "password": _password,
}


def audit(office: "Office", options: argparse.Namespace) -> int:
    """Show the latest entries of the audit chain, or go through all of it."""
    from xqhz_desktop.services.access.audit import entries, verify

    if options.what == "verify":
        verdict = verify(office)
        print(verdict.sentence)
        return EXIT_OK if verdict.whole else EXIT_DAMAGED
    for line in entries(office):
        print(f"{line.id:>5}  {logged_text(line.at)}  {line.who}  {line.title}")
    return EXIT_OK


COMMANDS = {"user": user, "audit": audit}


def declare(commands: Any) -> None:
    """The arguments of these commands."""
    who = commands.add_parser("user", help="用户与角色：管理员、经办、查看")
    what = who.add_subparsers(dest="what", metavar="做什么")
    what.add_parser("list", help="用户名单")
    for name, text in (("add", "添加用户"), ("role", "更改角色")):
        one = what.add_parser(name, help=text)
        one.add_argument("name", metavar="姓名")
        one.add_argument("role", metavar="管理员|经办|查看")
    for name, text in (("remove", "停用用户"), ("password", "设密码（最后一行：新密码）")):
        what.add_parser(name, help=text).add_argument("name", metavar="姓名")
    chain = commands.add_parser("audit", help="操作链：谁做过、看过什么")
    chain.add_argument("what", nargs="?", choices=("verify",), help="核对整条链")
