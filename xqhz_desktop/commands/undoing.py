"""The commands that take back: the history, undo, deleting records and putting them back."""

import argparse
from typing import TYPE_CHECKING, Any

from xqhz_desktop.base.errors import EXIT_OK, UserError
from xqhz_desktop.base.period import logged_text
from xqhz_desktop.commands.speaking import agreed, answer, any_register, record_number, say
from xqhz_desktop.registers.catalogue import REGISTERS

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office


def history(office: "Office", options: argparse.Namespace) -> int:
    """The latest actions, or the records that were deleted and are not back."""
    from xqhz_desktop.services.history import actions

    if options.deleted:
        return _deleted(office)
    for line in actions(office):
        state = "（已撤销）" if line.undone else ""
        state += f"（{line.why_not}）" if line.why_not else ""
        answer(f"{line.id:>5}  {logged_text(line.at)}  {line.who}  {line.title}{state}")
    return EXIT_OK


def _deleted(office: "Office") -> int:
    from xqhz_desktop.services.deleting import deleted

    found = deleted(office)
    for one in found:
        answer(f"{one.change:>7}  {logged_text(one.at)}  {one.who}  {one.label}  {one.what}")
    if found:
        say("要放回哪一条，请把它前面的编号写在“put-back”后面。")
    else:
        say("没有已删除而未放回的记录。")
    return EXIT_OK


def undo(office: "Office", options: argparse.Namespace) -> int:
    """Take back an action; where later ones changed the same records, only if that is agreed."""
    from xqhz_desktop.services.history import later
    from xqhz_desktop.services.history import undo as take_back

    over = options.over
    if not over and (after := later(office, options.action)):
        for number, title in after:
            say(f"后来改过同样记录的操作：{number:>5}  {title}")
        over = agreed("仍然撤销吗？这些记录会回到那次操作之前，后来的改动不再有效。")
        if not over:
            raise UserError("没有撤销；请先撤销后来的操作，或加上 --over 仍然撤销。")
    changes = take_back(office, options.action, over=over)
    answer(f"已撤销，涉及 {sum(changes.registers.values())} 条记录。")
    return EXIT_OK


def delete(office: "Office", options: argparse.Namespace) -> int:
    """Delete records; what refers to them goes along only where that was said."""
    from xqhz_desktop.services import deleting
    from xqhz_desktop.services.naming import record_named

    ids = [record_named(office, options.register, key) for key in options.keys]
    going = deleting.going(office, options.register, ids)
    label = REGISTERS[options.register].label
    along = "".join(f"、{name} {n} 条" for name, n in (going.along | going.parts).items())
    question = f"删除{label} {going.records} 条{along if options.along else ''}吗？可以再放回。"
    if not (options.yes or agreed(question)):
        say("没有删除；加上 --yes 可不再询问。")
        return EXIT_OK
    changes = deleting.delete(
        office, options.register, ids, options.reason, with_what_belongs=options.along
    )
    answer(f"已删除，涉及 {sum(changes.registers.values())} 条记录；可用“put-back”放回。")
    return EXIT_OK


def put_back(office: "Office", options: argparse.Namespace) -> int:
    """Put deleted records back."""
    from xqhz_desktop.services.history import put_back as back

    changes = back(office, options.numbers)
    answer(f"已放回，涉及 {sum(changes.registers.values())} 条记录。")
    return EXIT_OK


COMMANDS = {"history": history, "undo": undo, "delete": delete, "put-back": put_back}


def declare(commands: Any) -> None:
    """The arguments of these commands."""
    take_back = commands.add_parser("undo", help="撤销最近一次操作，或指定编号的操作")
    take_back.add_argument("action", nargs="?", type=record_number, metavar="编号")
    take_back.add_argument("--over", action="store_true", help="后来的改动也一起退回")
    told = commands.add_parser("history", help="操作历史")
    told.add_argument("--deleted", action="store_true", help="已删除、可以放回的记录")
    gone = commands.add_parser("delete", help="删除记录（可以放回）")
    gone.add_argument("register", type=any_register, metavar="台账")
    gone.add_argument("keys", nargs="+", metavar="KEY", help="身份证号、编号、名称或 #编号")
    gone.add_argument("--along", action="store_true", help="用着它们的记录一并删除")
    gone.add_argument("--reason", default="", metavar="原因")
    gone.add_argument("--yes", action="store_true", help="不再询问")
    back = commands.add_parser("put-back", help="放回已删除的记录（编号见 history --deleted）")
    back.add_argument("numbers", nargs="+", type=record_number, metavar="编号")
