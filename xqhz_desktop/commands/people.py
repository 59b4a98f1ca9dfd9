"""The commands about what is kept of persons: erasing one on request, a copy without real ones."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xqhz_desktop.base.errors import EXIT_OK, EXIT_USAGE, UserError
from xqhz_desktop.commands.speaking import answer, say

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office
    from xqhz_desktop.services.privacy.erasing import Waiting

ERASABLE = ("students", "teachers", "part_timers", "contacts", "guardians", "firms")


def erase(office: "Office", options: argparse.Namespace) -> int:
    """Erase a person, once the plan was shown; without a record, what waits for old backups."""
    from xqhz_desktop.services.naming import record_named
    from xqhz_desktop.services.privacy import erasing

    if options.register is None:
        return _waiting(office)
    if options.key is None:
        raise UserError("请在台账后面写明是谁：身份证号、学号、工号或 #编号。", EXIT_USAGE)
    plan = erasing.plan(
        office, options.register, record_named(office, options.register, options.key)
    )
    for sentence in plan.sentences():
        answer(sentence)
    for one in plan.backups:
        answer(f"  备份 {one.name}：{one.gone} 至 {one.slowly} 过期")
    if not (options.yes or _typed(plan.name)):
        say("没有删除；加上 --yes 可不再询问。")
        return EXIT_OK
    changes = erasing.erase(office, plan, options.reason)
    answer(f"已永久删除，涉及 {sum(changes.registers.values())} 条记录。")
    return EXIT_OK


def _typed(name: str) -> bool:
    """What cannot be undone is confirmed by typing the name."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    say("要永久删除，请输入本人的姓名：")
    return input().strip() == name


def _waiting(office: "Office") -> int:
    from xqhz_desktop.services.privacy.erasing import waiting

    found = waiting(office)
    for one in found:
        answer(f"第 {one.number} 号  {one.at}  {_held(one)}")
    if not found:
        say("还没有按要求删除过个人信息。")
    return EXIT_OK


def test_copy(office: "Office", options: argparse.Namespace) -> int:
    """Make a copy of the records with invented persons."""
    from xqhz_desktop.services.privacy.test_copy import make

    rows = make(office, options.folder)
    answer(f"测试副本已做好，里面的人都是编造的，共 {sum(rows.values()):,} 行：{options.folder}")
    return EXIT_OK


def _held(one: "Waiting") -> str:
    if one.over:
        return "备份里也没有了"
    slowly = max(backup.slowly for backup in one.backups)
    return (
        f"还在 {len(one.backups)} 份备份里，最后一份每天备份到 {one.backups[0].gone} 过期，"
        f"每周备份到 {slowly} 过期"
    )


COMMANDS = {"erase": erase, "test-copy": test_copy}


def declare(commands: Any) -> None:
    """The arguments of these commands."""
    gone = commands.add_parser(
        "erase", help="按要求永久删除一个人的信息（firms 删联系人）；不写则列出以往的"
    )
    gone.add_argument("register", nargs="?", choices=ERASABLE, metavar="台账")
    gone.add_argument("key", nargs="?", metavar="KEY", help="身份证号、学号、工号、姓名或 #编号")
    gone.add_argument("--reason", default="", metavar="原因")
    gone.add_argument("--yes", action="store_true", help="不再询问")
    copy = commands.add_parser("test-copy", help="做一份人名号码都是编造的副本，供排查问题")
    copy.add_argument("folder", type=Path, metavar="DIR")
