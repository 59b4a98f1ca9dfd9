"""The command line: the same verbs as the window, stable for scripts."""

import argparse
import json
import logging
import os
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from xqhz_desktop import __version__
from xqhz_desktop.base.errors import (
    EXIT_BUG,
    EXIT_NO_SPACE,
    EXIT_OK,
    EXIT_REJECTED,
    EXIT_USAGE,
    Cancelled,
    UserError,
)
from xqhz_desktop.base.log import kept_log
from xqhz_desktop.base.paths import DataFolder, default_data_folder
from xqhz_desktop.commands import accounts, daily, keeping, moving, people, undoing, unlocking
from xqhz_desktop.commands.speaking import agreed, answer, any_register, say, told_task

if TYPE_CHECKING:
    from xqhz_desktop.policy.results import Indicator, Period
    from xqhz_desktop.services.office import Office
    from xqhz_desktop.services.workbooks.plan import Plan


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code that README lists."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except UserError as error:
        say(error.message)
        return error.code
    except Cancelled:
        say("已取消，没有写入任何数据。")
        return EXIT_OK
    except KeyboardInterrupt:
        say("已中断，没有写入任何数据。")
        return EXIT_OK
    except BrokenPipeError:  # the reader of our answer has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except OSError as error:
        say(f"文件读写出错，请检查磁盘空间和权限：{error.strerror or error}。")
        return EXIT_NO_SPACE


def _run(options: argparse.Namespace) -> int:
    if options.command is None:
        _need_display()
        from xqhz_desktop.app import run

        return run(options.data_dir, temporary=options.temp)
    with ExitStack() as stack:
        folder = _folder(options, stack)
        log = stack.enter_context(kept_log(folder))
        try:
            moving.must_be_reading(options)
            _must_go_elsewhere(folder, options)
            if options.command in moving.FOLDER_COMMANDS:
                return moving.FOLDER_COMMANDS[options.command](folder, options)
            # What backups there are may be read without the key.
            if options.command != "backups" or options.second:
                folder = unlocking.unlocked(folder, options)
                options.who = unlocking.who(folder, options)
            if options.command in keeping.FOLDER_COMMANDS:
                return keeping.FOLDER_COMMANDS[options.command](folder, options)
            return _on_office(folder, options)
        except (UserError, Cancelled, OSError):
            raise
        except Exception as error:
            logging.getLogger("xqhz").exception("bug")
            said = f"程序出错了，这是我们的问题，没有写完的都已退回；请把日志发给开发者：{log}"
            raise UserError(said, EXIT_BUG) from error


def _on_office(folder: DataFolder, options: argparse.Namespace) -> int:
    from xqhz_desktop.services.privacy import erasing
    from xqhz_desktop.services.safety import health

    try:
        with moving.opened(folder, options, datetime.now) as office:
            if not office.looking:
                health.must_be_sound(office)
            unlocking.first_start(office, options)
            moving.begin(office, options)
            for warning in filter(None, (health.clock_warning(office), erasing.returned(office))):
                say(warning)
            return _COMMANDS[options.command](office, options)
    except UserError as error:
        raise health.advised(error, folder) from error


def _must_go_elsewhere(folder: DataFolder, options: argparse.Namespace) -> None:
    """No answer is written over the records or their backups."""
    for name in ("output", "folder", "target", "to", "save"):
        place = getattr(options, name, None)
        if isinstance(place, Path) and options.command not in ("rebuild", "unpack", "demo"):
            folder.must_not_hold(place)


def _need_display() -> None:
    """Qt ends the process where it finds no display; say a sentence instead."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named):
        raise UserError("这里没有显示器，不能打开窗口；命令行用法见 xqhz --help。", EXIT_USAGE)


def _folder(options: argparse.Namespace, stack: ExitStack) -> DataFolder:
    if options.command == "demo":
        return DataFolder(Path(options.folder) / "data")
    if options.temp:
        return DataFolder(Path(stack.enter_context(tempfile.TemporaryDirectory())))
    return DataFolder(options.data_dir) if options.data_dir else default_data_folder()


def _answer_json(value: Any) -> int:
    answer(json.dumps(value, ensure_ascii=False, indent=1))
    return EXIT_OK


# ---------------------------------------------------------------- commands


def _import(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.importing import apply_import, plan_import
    from xqhz_desktop.services.reporting import plan_as_json
    from xqhz_desktop.services.workbooks.plan import Choices

    _must_exist(options.paths)
    plan = plan_import(office, options.paths, told_task())
    readable = any(sheet.file for sheet in plan.sheets)
    if not options.json:
        _show_plan(plan)
    _name_left_out(plan)
    if readable and not options.dry_run and (options.yes or _wanted(plan)):
        changes = apply_import(office, plan, Choices(), told_task())
        say("已导入。" if changes else "与库中完全相同，没有需要写入的内容。")
    if options.json:  # once it is true
        _answer_json(plan_as_json(plan))
    if not readable:
        say("没有可以导入的工作簿，请检查文件。")
    return EXIT_REJECTED if plan.unreadable or not readable else EXIT_OK


def _must_exist(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise UserError(f"找不到文件或文件夹，请检查路径：{path}")


def _wanted(plan: "Plan") -> bool:
    return not plan.empty and agreed("按以上计划导入吗？")


def _show_plan(plan: "Plan") -> None:
    for sheet in plan.sheets:
        place = " / ".join(part for part in (sheet.file, sheet.sheet) if part)
        if sheet.register is None:
            answer(f"{place}：{sheet.why}，不导入")
            continue
        answer(
            f"{place}：{sheet.label} {sheet.rows} 行，新增 {sheet.new}，变更 {sheet.changed}，"
            f"疑为同一条 {sheet.near}，相同 {sheet.same}，待更正 {sheet.rows - sheet.valid}"
        )
        for problem in sheet.problems:
            answer(f"  {problem.cell} {problem.message}")


def _name_left_out(plan: "Plan") -> None:
    for _, message in plan.unreadable:
        say(message)
    if plan.passed_over:
        say("不是工作簿，已跳过：" + "、".join(plan.passed_over))


def _indicators(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.numbers import numbers

    found = numbers(office)
    if options.json:
        return _answer_json(found.as_json())
    for period in found.periods:
        answer(period.label)
        for indicator in found.indicators(period).values():
            answer(f"  {indicator.label}：{_shown(indicator)}")
    if waiting := sum(found.quarantined.values()):
        answer(f"另有 {waiting} 行待更正未计入。")
    return EXIT_OK


def _shown(indicator: "Indicator") -> str:
    if indicator.value is None:
        return "—"
    if indicator.unit == "%":
        return f"{indicator.value:.2%}（{indicator.top:g} / {indicator.bottom:g}）"
    return f"{indicator.value:g} {indicator.unit}"


def _check(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.numbers import numbers
    from xqhz_desktop.services.reporting import check_as_json

    said = check_as_json(office, numbers(office))
    if options.json:
        return _answer_json(said)
    for finding in said["findings"]:
        source = finding.get("source")
        place = f"{source['file']} {source['sheet']} 第 {source['row']} 行" if source else ""
        mark = "（待更正）" if finding.get("quarantined") else ""
        answer(f"[{finding['severity']}] {place}{mark} {finding['message']} {finding['article']}")
    return EXIT_OK


def _yearbook(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.reports.pdf import write_pdf
    from xqhz_desktop.reports.yearbook import year_book
    from xqhz_desktop.services.yearbook import gather

    period = _period(options)
    data = gather(office, period, office.now().date())
    pages = write_pdf(year_book(data), options.output, task=told_task())
    answer(f"年度总结报告（{period.label}）：{pages} 页，{options.output}")
    return EXIT_OK


def _period(options: argparse.Namespace) -> "Period":
    from xqhz_desktop.policy.periods import period_named

    name = options.school_year or str(options.year)
    try:
        return period_named(name)
    except ValueError as error:
        raise UserError(f"年份写法不对：{name}，请写成 2024 或 2023-2024。", 2) from error


def _export(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.services.outgoing.export import export_register, publish_register

    register, path, task = options.register, options.output, told_task()
    if options.public:
        count = publish_register(office, register, path, task=task)
    else:
        today = office.now().date()
        count = export_register(office, register, path, today, reason=options.unmasked, task=task)
    answer(f"已导出 {count} 行：{options.output}")
    return EXIT_OK


def _demo(office: "Office", options: argparse.Namespace) -> int:
    from xqhz_desktop.demo import run_demo

    return run_demo(office, Path(options.folder), answer)


_COMMANDS: dict[str, Callable[["Office", argparse.Namespace], int]] = {
    "import": _import,
    "indicators": _indicators,
    "check": _check,
    "yearbook": _yearbook,
    "export": _export,
    **keeping.COMMANDS,
    "demo": _demo,
    **accounts.COMMANDS,
    **daily.COMMANDS,
    **moving.COMMANDS,
    **people.COMMANDS,
    **undoing.COMMANDS,
    **unlocking.COMMANDS,
}


# What argparse says, and how the office would say it.
_SAID = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
    (r"argument (.+): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能写 \2，可写的有：\3"),
    (r"argument (.+): invalid \w+ value: (.+)", r"\1 写成了 \2，请写编号或数字"),
    (r"argument (?:台账|--register): (没有“.+)", r"\1"),
    (r"argument (.+): expected .+", r"\1 后面缺少内容"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 不能与 \2 同时写"),
    (r"one of the arguments (.+) is required", r"要写明其中一项：\1"),
)


def _in_chinese(message: str) -> str:
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(words)
    return message


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        """End with 2."""
        say(f"命令写法不对，请用 {self.prog} --help 查看用法：{_in_chinese(message)}。")
        raise SystemExit(EXIT_USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="xqhz", description="校企合作台账：不带命令则打开窗口。")
    parser.add_argument("--version", action="version", version=f"xqhz {__version__}")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="数据文件夹")
    parser.add_argument("--temp", action="store_true", help="用一个临时的空数据文件夹")
    commands = parser.add_subparsers(dest="command", metavar="命令")
    add = commands.add_parser("import", help="导入工作簿或整个文件夹")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--dry-run", action="store_true", help="只看计划，不写入")
    add.add_argument("--yes", action="store_true", help="照计划写入，不再询问")
    for name, text in (("indicators", "各年度指标"), ("check", "合规检查")):
        commands.add_parser(name, help=text).add_argument("--json", action="store_true")
    add.add_argument("--json", action="store_true")
    book = commands.add_parser("yearbook", help="打印年度总结报告（PDF）")
    which = book.add_mutually_exclusive_group(required=True)
    which.add_argument("--year", type=int, metavar="2024")
    which.add_argument("--school-year", metavar="2023-2024")
    book.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    out = commands.add_parser("export", help="导出一个台账")
    out.add_argument("register", type=any_register, metavar="台账")
    out.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    how = out.add_mutually_exclusive_group()
    how.add_argument("--unmasked", metavar="用途", help="不遮盖号码，写明用途，记入操作链")
    how.add_argument("--public", action="store_true", help="公示名单：只留可以公开的列")
    keeping.declare(commands)
    accounts.declare(commands)
    daily.declare(commands)
    undoing.declare(commands)
    people.declare(commands)
    demo = commands.add_parser("demo", help="用示例学校走一遍全过程")
    demo.add_argument("folder", nargs="?", default="xqhz-demo", metavar="DIR")
    moving.declare(parser, commands)
    unlocking.declare(parser, commands)
    for one in (parser, *commands.choices.values()):
        one._positionals.title, one._optionals.title = "要写明的", "可选的"  # no public way
    return parser
