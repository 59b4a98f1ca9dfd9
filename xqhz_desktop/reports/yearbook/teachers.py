"""The chapters on teachers and on their practice in enterprises."""

from xqhz_desktop.policy.yearbook import YearBookData
from xqhz_desktop.reports.blocks import Block, Heading, Paragraph
from xqhz_desktop.reports.yearbook import words
from xqhz_desktop.reports.yearbook.parts import (
    indicator_table,
    tally_chart,
    tally_table,
    trend_chart,
)


def staff(data: YearBookData) -> list[Block]:
    """师资: full-time, dual-qualified by both divisors, part-time."""
    names = (
        "fulltime_teachers",
        "professional_teachers",
        "dual_qualified",
        "dual_share_of_fulltime",
        "dual_qualified_professional",
        "dual_share_of_professional",
        "part_time_teachers",
        "part_time_share",
    )
    shares = ("dual_share_of_fulltime", "dual_share_of_professional")
    key, caption = "teachers_by_category", "各类专任教师"
    return [
        Heading(1, "五、师资"),
        Paragraph(_staff(data)),
        indicator_table(data, "师资主要指标", names, "teachers", "part_timers"),
        *trend_chart(data, "双师型教师占比（两种口径）", shares, "teachers"),
        *trend_chart(data, "兼职教师占比", ("part_time_share",), "part_timers"),
        *tally_chart(data, caption, key, "人", "专任教师", "双师型"),
        *tally_table(data, caption, key, "教师类别", "专任教师（人）", "双师型"),
    ]


def _staff(data: YearBookData) -> str:
    now, last = data.indicators, data.last_year
    all_teachers, share = now.get("fulltime_teachers"), now.get("dual_share_of_fulltime")
    part = now.get("part_time_share")
    return (
        f"截至期末，专任教师{words.value(all_teachers)}"
        f"{words.against_last_year(all_teachers, last.get('fulltime_teachers'))}，"
        f"其中专业课教师（含实习指导教师）{words.value(now.get('professional_teachers'))}。"
        f"双师型教师{words.value(now.get('dual_qualified'))}，占专任教师{words.value(share)}"
        f"{words.against_last_year(share, last.get('dual_share_of_fulltime'))}"
        f"{words.against_target(share)}；按专业课教师计算，"
        f"占{words.value(now.get('dual_share_of_professional'))}。"
        f"兼职教师{words.value(now.get('part_time_teachers'))}，兼职教师占比{words.value(part)}"
        f"{words.against_last_year(part, last.get('part_time_share'))}"
        f"{words.against_target(part)}。"
    )


def practice(data: YearBookData) -> list[Block]:
    """教师企业实践: who has enough days in the rolling window."""
    now, last = data.indicators, data.last_year
    rate = now.get("teachers_practice_rate")
    text = (
        f"专业课教师（含实习指导教师）{words.value(now.get('professional_teachers'))}中，"
        f"企业实践达标{words.value(now.get('teachers_practice_180_days'))}，"
        f"达标率{words.value(rate)}"
        f"{words.against_last_year(rate, last.get('teachers_practice_rate'))}"
        f"{words.against_target(rate)}"
        f"{_month(data)}。"
    )
    names = (
        "professional_teachers",
        "teachers_practice_180_days",
        "teachers_practice_rate",
        "teachers_practice_month_rate",
    )
    key, caption = "practice_days", "近五年企业实践天数分布"
    return [
        Heading(1, "六、教师企业实践"),
        Paragraph(text),
        indicator_table(data, "教师企业实践主要指标", names, "stints", "teachers"),
        *trend_chart(data, "教师企业实践达标率", ("teachers_practice_rate",), "stints"),
        *tally_chart(data, caption, key, "人", "教师"),
        *tally_table(data, caption, key, "企业实践天数", "教师（人）"),
    ]


def _month(data: YearBookData) -> str:
    month = data.indicators.get("teachers_practice_month_rate")
    if month is None or month.value is None:
        return ""
    return f"；年度企业实践率{words.value(month)}{words.against_target(month)}"
