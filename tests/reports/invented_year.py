"""An invented school's year, small or as large as a year book gets: `invented(rows=4000)`."""

import re
from datetime import date

from xqhz_desktop.policy.citations import target_of
from xqhz_desktop.policy.indicators.definitions import DEFINITIONS
from xqhz_desktop.policy.periods import calendar_year, intake, school_year
from xqhz_desktop.policy.results import Finding, Indicator, Period, Severity, Target
from xqhz_desktop.reports.yearbook import Listing, Part, YearBookData

SCHOOL = "示例市工业中等专业学校"
NAMES = ("王𬭊", "李䶮", "张建国", "欧阳小雨", "𡋾文", "𠮷明", "阿依古丽·买买提", "赵一诺")
MAJORS = (
    "数控技术应用",
    "机电技术应用",
    "工业机器人技术应用",
    "汽车运用与维修",
    "计算机应用",
    "电子商务",
    "物流服务与管理",
    "高星级饭店运营与管理",
    "幼儿保育",
    "建筑工程施工",
)
TARGETS = (
    Target("concentrated_rate", 2019, 0.8, 1.0, "本市校企合作工作计划", "plan"),
    Target("dual_share_of_fulltime", 2022, 0.7, None, "本市校企合作工作计划", "plan"),
    Target("part_time_share", 2019, 0.2, None, "本市校企合作工作计划", "plan"),
    Target("practice_share", 2019, 0.5, None, "本市校企合作工作计划", "plan"),
    Target("teachers_practice_rate", 2016, 1.0, None, "教师〔2016〕3号", "law"),
    Target("dual_identity_rate", 2019, 1.0, None, "学校设定", "setting"),
)
COUNTS = {
    "internship_rows": 625,
    "internship_students": 617,
    "concentrated_students": 483,
    "matched_students": 564,
    "fulltime_teachers": 198,
    "professional_teachers": 133,
    "teachers_practice_180_days": 66,
    "dual_qualified": 101,
    "dual_qualified_professional": 99,
    "part_time_teachers": 24,
    "apprentices_in_training": 137,
    "apprentices_dual_identity": 125,
    "partner_firms": 176,
    "firms_with_valid_agreement": 126,
    "bookings": 1282,
    "booked_hours": 4580,
    "cancelled_rows": 38,
    "double_booking_pairs": 2,
    "working_days": 251,
}
RATES = {
    "concentrated_rate": ("concentrated_students", "internship_students"),
    "matched_rate": ("matched_students", "internship_students"),
    "teachers_practice_rate": ("teachers_practice_180_days", "professional_teachers"),
    "dual_share_of_fulltime": ("dual_qualified", "fulltime_teachers"),
    "dual_share_of_professional": ("dual_qualified_professional", "professional_teachers"),
    "part_time_share": ("part_time_teachers", "fulltime_teachers"),
    "dual_identity_rate": ("apprentices_dual_identity", "apprentices_in_training"),
}


def indicator(
    name: str,
    period: Period,
    value: float | None,
    top: float | None = None,
    bottom: float | None = None,
    part: str = "",
    subpart: str = "",
) -> Indicator:
    words = DEFINITIONS[name]
    return Indicator(
        name,
        words.label,
        words.unit,
        value,
        words.register,
        period,
        top,
        bottom,
        part=part,
        subpart=subpart,
        target=target_of(TARGETS, name, period.as_of.year),
        definition=re.sub(r"\{.*?\}", "若干", words.text),
        source=words.source,
        status=words.status,
    )


def year(period: Period, growth: float = 1.0) -> dict[str, Indicator]:
    counts = {name: round(count * growth) for name, count in COUNTS.items()}
    ones = {name: indicator(name, period, count) for name, count in counts.items()}
    for name, (top, bottom) in RATES.items():
        one, other = round(counts[top] * growth), counts[bottom]
        ones[name] = indicator(name, period, round(one / other, 4), one, other)
    ones["utilisation_overall"] = indicator("utilisation_overall", period, 0.1412, 7371, 52208)
    return ones


def breakdowns(period: Period) -> dict[str, list[Indicator]]:
    functions = ("技能实训", "技能培训", "技能鉴定", "技能大赛")
    audiences = ("在校学生", "企业职工", "城乡劳动者")
    hours = [2874, 956.5, 749.5]
    name = "booked_hours_by_function_and_audience"
    return {
        name: [
            indicator(name, period, round(one / 2 ** (place + 1), 1), part=part, subpart=sub)
            for place, part in enumerate(functions)
            for sub, one in zip(audiences, hours, strict=True)
        ],
        "booked_hours_by_audience": [
            indicator("booked_hours_by_audience", period, one, part=sub)
            for sub, one in zip(audiences, hours, strict=True)
        ],
        "utilisation_by_base": [
            indicator(
                "utilisation_by_base", period, 0.3 - n / 100, 600 - 20 * n, 2008, f"JD{n:02d}"
            )
            for n in range(26)
        ],
    }


def practice_shares() -> tuple[Indicator, ...]:
    ones = []
    for entry in (2021, 2022, 2023):
        ones.append(indicator("practice_share", intake(entry), 0.5865, 15878, 27072))
        for n, major in enumerate(MAJORS):
            practice = 1160 + 45 * n
            share = round(practice / 2400, 4)
            ones.append(indicator("practice_share", intake(entry), share, practice, 2400, major))
    return tuple(ones)


def tallies() -> dict[str, tuple[Part, ...]]:
    firms = tuple(Part(f"示例{name}科技有限公司", 40 - n, 30 - n) for n, name in enumerate(MAJORS))
    return {
        "firms_by_industry": (Part("制造业", 88), Part("信息技术", 40), Part("住宿餐饮", 48)),
        "agreements_by_end_year": (Part("2024年", 12), Part("2025年", 60), Part("2026年", 54)),
        "placements_by_major": tuple(Part(m, 80 - 4 * n, 60 - 4 * n) for n, m in enumerate(MAJORS)),
        "placements_by_firm": firms,
        "apprentices_by_cohort": (Part("2022数控学徒班", 70, 66), Part("2023机电学徒班", 67, 59)),
        "teachers_by_category": (Part("专业课教师", 110, 86), Part("实习指导教师", 23, 13)),
        "practice_days": (Part("0天", 15), Part("1—59天", 22), Part("180天及以上", 66)),
        "hours_by_month": tuple(Part(f"{month}月", 300 + 13 * month) for month in range(1, 13)),
    }


def findings() -> tuple[Finding, ...]:
    rules: tuple[tuple[str, str, Severity, str, int], ...] = (
        ("firm_not_a_partner", "实习单位不是合作企业", "hint", "学校设定", 30),
        ("under_16", "未满16周岁", "red", "教职成〔2021〕4号第十六条第（二）项", 3),
        ("pay_below_80pct", "实习报酬低于80%", "amber", "教职成〔2021〕4号第十八条", 12),
    )
    return tuple(
        Finding(
            rule,
            label,
            severity,
            "placements",
            number,
            "school_year",
            "2023-2024",
            article,
            "setting" if severity == "hint" else "law",
            f"{label}（第{number}例）。",
            quarantined=number == 1,
        )
        for rule, label, severity, article, count in rules
        for number in range(1, count + 1)
    )


def roster(count: int, caption: str) -> Listing:
    rows = tuple(
        (
            f"{n}",
            f"2022{n:05d}",
            NAMES[n % len(NAMES)],
            MAJORS[n % len(MAJORS)],
            "示例市精密机械制造有限责任公司" + "第二分公司" * (n % 3),
            "2023年9月1日",
            "2024年2月29日",
            f"{2000 + n % 700 + (n % 2) / 2:,}",
            "371300********1234" if n % 2 else "**************1234",
        )
        for n in range(1, count + 1)
    )
    heads = ("序号", "学号", "姓名", "专业", "实习单位", "开始", "结束", "月报酬（元）", "身份证号")
    return Listing(caption, heads, rows, frozenset({0, 7}))


def invented(rows: int = 60, *, by_calendar: bool = False) -> YearBookData:
    make, first = (calendar_year, 2024) if by_calendar else (school_year, 2023)
    period = make(first)
    trend = tuple(year(make(first - n), 1 - 0.05 * n) for n in (2, 1, 0))
    return YearBookData(
        school=SCHOOL,
        period=period,
        printed_on=date(2024, 10, 15),
        indicators=trend[-1],
        last_year=trend[-2],
        trend=trend,
        breakdowns=breakdowns(period),
        last_breakdowns=breakdowns(make(first - 1)),
        practice_shares=practice_shares(),
        tallies=tallies(),
        findings=findings(),
        names={
            (register, n): f"{NAMES[n % len(NAMES)]}（2022级）"
            for register in ("placements", "quarantine")
            for n in range(1, 20)
        },
        base_names={f"JD{n:02d}": f"{MAJORS[n % 10][:4]}实训中心{n // 10 + 1}" for n in range(26)},
        quarantined={"placements": 3, "bookings": 1},
        appendix=(roster(rows, "岗位实习学生名单"),),
    )
