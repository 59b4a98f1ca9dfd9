"""The main job on the sample school, from the folder of workbooks to the year book."""

from collections.abc import Callable
from pathlib import Path

from xqhz_desktop.base.task import Task
from xqhz_desktop.services.office import Office

Say = Callable[[str], None]


def run_demo(office: Office, folder: Path, say: Say) -> int:
    """Import the sample school, compute, check and print into the folder; says what it made."""
    from xqhz_desktop.services.importing import apply_import, plan_import, sample_folder
    from xqhz_desktop.services.workbooks.plan import Choices, Fate

    plan = plan_import(office, [sample_folder()], Task())
    counts = "，".join(f"{fate.value} {plan.count(fate):,}" for fate in Fate)
    say(f"示例学校：读入 {len({sheet.file for sheet in plan.sheets})} 个工作簿，{counts}")
    changes = apply_import(office, plan, Choices(), Task())
    say("已写入台账。" if changes else "与库中完全相同，没有需要写入的内容。")
    _numbers(office, say)
    _paper(office, folder, say)
    return 0


def _numbers(office: Office, say: Say) -> None:
    from xqhz_desktop.services.numbers import numbers

    found = numbers(office)
    period = found.current("year")
    targets = [one for one in found.indicators(period).values() if one.target]
    for one in targets:
        assert one.target is not None
        value = "—" if one.value is None else f"{one.value:.1%}"
        say(f"{period.label} {one.label}：{value}（达标值 {one.target.reach:.0%}）")
    red = sum(finding.severity == "red" for finding in found.findings)
    say(f"合规检查：{len(found.findings):,} 条，其中红色 {red} 条")
    say(f"另有 {sum(found.quarantined.values())} 行待更正未计入")


def _paper(office: Office, folder: Path, say: Say) -> None:
    from xqhz_desktop.reports.pdf import write_pdf
    from xqhz_desktop.reports.yearbook import year_book
    from xqhz_desktop.services.numbers import numbers
    from xqhz_desktop.services.outgoing.export import export_register
    from xqhz_desktop.services.yearbook import gather

    today = office.now().date()
    found = numbers(office)
    for kind in ("year", "school_year"):
        period = found.current(kind)
        path = folder / f"年度总结报告_{period.label}.pdf"
        pages = write_pdf(year_book(gather(office, period, today)), path, task=Task())
        say(f"{path}：{pages} 页")
    path = folder / "岗位实习台账.xlsx"
    say(f"{path}：{export_register(office, 'placements', path, today)} 行")
    say(f"数据文件夹：{office.folder.root}")
