"""What a plan will do, said in words: what is written, what is not and why, and on the button."""

from dataclasses import dataclass
from datetime import date

from xqhz_desktop.services.workbooks.plan import Fate, Plan
from xqhz_desktop.ui.pages.plan_groups import Group, groups_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan with what is shown of it, put together before the window sees it."""

    plan: Plan
    counts: dict[Fate, int]
    groups: list[Group]

    @property
    def rows(self) -> int:
        """How many rows the import writes into registers."""
        return sum(self.counts[fate] for fate in (Fate.NEW, Fate.CHANGED, Fate.NEAR))

    @property
    def waiting(self) -> int:
        """How many bad rows are put aside that did not wait before."""
        return sum(not bad.known for bad in self.plan.bad)

    @property
    def written(self) -> str:
        """What is written once the button is pressed."""
        fates = (Fate.NEW, Fate.CHANGED, Fate.NEAR)
        parts = [f"{fate.value} {self.counts[fate]:,} 行" for fate in fates if self.counts[fate]]
        if self.plan.closes:
            parts.append(f"销去待更正 {len(self.plan.closes):,} 行")
        if not parts and not self.plan.empty:
            parts.append("只更新记录的来源" if not self.waiting else "没有可以写入台账的行")
        if parts:
            return f"将写入：{'，'.join(parts)}。"
        if any(sheet.register for sheet in self.plan.sheets):
            return "没有要写入的行，库中已是最新。"
        return "没有认出可以导入的表，请核对每张表的表头，或选择台账的工作簿。"

    @property
    def left_out(self) -> str:
        """What is not written, and why; empty where everything is."""
        sheets = sum(sheet.register is None for sheet in self.plan.sheets)
        ignored = sum(len(sheet.ignored) for sheet in self.plan.sheets if sheet.register)
        unread = len(self.plan.unreadable) + len(self.plan.passed_over)
        reasons = (
            (self.counts[Fate.SAME], "行与库中相同"),
            (self.waiting, "行有问题，放到“待更正”，不计入指标"),
            (len(self.plan.bad) - self.waiting, "行早已待更正"),
            (sheets, "张表没有认出表头"),
            (ignored, "列没有对应的字段"),
            (unread, "个文件没有读入"),
        )
        parts = [f"{count:,} {why}" for count, why in reasons if count]
        return f"不写入：{'；'.join(parts)}。" if parts else ""

    def verb(self, *, clearing: bool) -> str:
        """What the button does."""
        if self.rows:
            return f"导入 {self.rows:,} 行"
        if self.waiting:
            return f"存入待更正 {self.waiting:,} 行"
        if self.plan.closes:
            return f"销去待更正 {len(self.plan.closes):,} 行"
        if clearing:
            return "清空勾选的列"
        return "没有要写入的行" if self.plan.empty else "更新来源"


def prepared(plan: Plan, today: date) -> Shown:
    """The plan counted and grouped; for a working thread, a plan may be long."""
    return Shown(plan, {fate: plan.count(fate) for fate in Fate}, groups_of(plan, today))
