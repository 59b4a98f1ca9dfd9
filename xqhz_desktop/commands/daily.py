"""The commands of a clerk's day: find, what waits, templates, rosters out, twins of firms."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xqhz_desktop.base.errors import EXIT_OK, EXIT_USAGE, UserError
from xqhz_desktop.commands.speaking import record_number, workbook_register

if TYPE_CHECKING:
    from xqhz_desktop.services.office import Office


def _find(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.registers.catalogue import REGISTERS
    from xqhz_desktop.services.find import WAITING, catch_up, find

    if not office.looking:
        catch_up(office)
    hits = find(office, " ".join(options.words))
    for hit in hits:
        label = "待更正" if hit.register == WAITING else REGISTERS[hit.register].label
        print(f"{label}  {hit.text}")
    if not hits:
        print("没有找到。")
    return EXIT_OK


def _todo(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.base.period import day_text
    from xqhz_desktop.services.numbers import numbers
    from xqhz_desktop.services.worklist import worklist

    lines = worklist(office, numbers(office), office.now())
    for line in lines:
        off = f"（暂缓到 {day_text(line.until)}）" if line.until else ""
        print(f"{line.count:>5}  {line.label}：{line.why}{off}")
    if not lines:
        print("没有待处理的事项。")
    return EXIT_OK


def _template(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.outgoing.templates import write_template

    write_template(office, options.register, options.output)
    print(f"模板已写好：{options.output}")
    return EXIT_OK


def _hand_back(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.outgoing.handing_back import hand_back

    count = hand_back(office, options.output, options.reason, options.register)
    print(f"已写出 {count} 行待更正：{options.output}")
    return EXIT_OK


def _hand_out(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.outgoing.handing_out import hand_out, handouts, split_by

    if options.register is None:
        for sent in handouts(office, out_only=True):
            print(f"{sent.sent}  {sent.file}  {sent.rows} 行  还没有收回")
        return EXIT_OK
    if options.by is None or options.folder is None:
        raise UserError("请写明按哪个字段拆分（--by）和放在哪个文件夹（-o）。", EXIT_USAGE)
    field = _field(options.by, {one.label: one.name for one in split_by(options.register)})
    known = {one.label: one.name for one in _shown(options.register)}
    fill = [_field(label, known) for label in options.fill]
    for path in hand_out(office, options.register, field, options.folder, fill):
        print(path)
    return EXIT_OK


def _shown(register: str) -> Any:
    from xqhz_desktop.services.tables import shown_fields

    return shown_fields(register)


def _field(label: str, known: dict[str, str]) -> str:
    if label not in known:
        raise UserError(f"没有“{label}”这个字段，可用的有：{'、'.join(known)}。", EXIT_USAGE)
    return known[label]


def _merge(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.merging import merge, preview, twins

    if options.kept is not None and options.gone is None:
        raise UserError("缺少第二个编号：请再写明并入的是哪家企业。", EXIT_USAGE)
    if options.kept is None:
        for pair in twins(office):
            (kept, name), (gone, other) = pair.kept, pair.gone
            print(f"{kept} {name}  ←  {gone} {other}")
        return EXIT_OK
    seen = preview(office, options.kept, options.gone)
    print(f"“{seen.gone}”并入“{seen.kept}”，随同移过去的记录 {sum(seen.moves.values())} 条。")
    if not options.yes:
        print("没有合并；确认后请加上 --yes，合并以后可以撤销。")
        return EXIT_OK
    merge(office, options.kept, options.gone)
    print("已合并，可以撤销。")
    return EXIT_OK


COMMANDS: dict[str, Callable[["Office", argparse.Namespace], int]] = {
    "find": _find,
    "todo": _todo,
    "template": _template,
    "hand-back": _hand_back,
    "hand-out": _hand_out,
    "merge-firms": _merge,
}


def declare(commands: Any) -> None:
    """The arguments of these commands."""
    find = commands.add_parser("find", help="按姓名、号码、企业、拼音等任何一部分查找")
    find.add_argument("words", nargs="+", metavar="词")
    commands.add_parser("todo", help="待处理的事项")
    empty = commands.add_parser("template", help="一个台账的空白模板")
    empty.add_argument("register", type=workbook_register, metavar="台账")
    _output(empty)
    back = commands.add_parser("hand-back", help="把待更正的行按原表样式发回")
    back.add_argument("--register", type=workbook_register, metavar="台账")
    back.add_argument("--reason", required=True, metavar="用途")
    _output(back)
    out = commands.add_parser("hand-out", help="拆分下发一个台账；不写台账则列出没有收回的")
    out.add_argument("register", nargs="?", type=workbook_register, metavar="台账")
    out.add_argument("--by", metavar="字段", help="按哪个字段拆分，如 班级")
    out.add_argument("--fill", nargs="*", default=[], metavar="字段", help="请对方填写的字段")
    out.add_argument("-o", dest="folder", type=Path, metavar="DIR")
    merge = commands.add_parser("merge-firms", help="列出疑似重复的企业，或合并两家")
    merge.add_argument("kept", nargs="?", type=record_number, metavar="保留的编号")
    merge.add_argument("gone", nargs="?", type=record_number, metavar="并入的编号")
    merge.add_argument("--yes", action="store_true", help="不再询问")


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
