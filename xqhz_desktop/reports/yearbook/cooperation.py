"""The chapters on firms, post internship and apprentices."""

from xqhz_desktop.policy.yearbook import YearBookData
from xqhz_desktop.reports.blocks import Block, Heading, Paragraph
from xqhz_desktop.reports.yearbook import words
from xqhz_desktop.reports.yearbook.parts import (
    indicator_table,
    tally_chart,
    tally_table,
    trend_chart,
)


def firms(data: YearBookData) -> list[Block]:
    """合作企业与协议: how many partners, how many with an agreement in force."""
    now, last = data.indicators, data.last_year
    all_firms, valid = now.get("partner_firms"), now.get("firms_with_valid_agreement")
    text = (
        f"截至期末，合作企业台账共有合作企业{words.value(all_firms)}"
        f"{words.against_last_year(all_firms, last.get('partner_firms'))}；"
        f"其中协议有效的{words.value(valid)}"
        f"{words.against_last_year(valid, last.get('firms_with_valid_agreement'))}。"
    )
    names = ("partner_firms", "firms_with_valid_agreement")
    return [
        Heading(1, "二、合作企业与协议"),
        Paragraph(text),
        indicator_table(data, "合作企业与协议主要指标", names, "firms", "agreements"),
        *trend_chart(data, "合作企业与协议有效企业", names, "firms", "agreements"),
        *_tally(data, "行业分布", "合作企业行业分布", "firms_by_industry", "行业"),
        *_tally(data, "单位性质", "合作企业单位性质", "firms_by_nature", "单位性质"),
        *_ends(data),
    ]


def _tally(data: YearBookData, title: str, caption: str, key: str, what: str) -> list[Block]:
    if not data.tallies.get(key):
        return []
    return [
        Heading(2, title),
        *tally_chart(data, caption, key, "家", "企业数"),
        *tally_table(data, caption, key, what, "企业数（家）"),
    ]


def _ends(data: YearBookData) -> list[Block]:
    key, caption = "agreements_by_end_year", "有效协议到期年份"
    if not data.tallies.get(key):
        return []
    return [
        Heading(2, "协议到期情况"),
        *tally_chart(data, caption, key, "份", "协议数"),
        *tally_table(data, caption, key, "到期年份", "协议数（份）"),
    ]


def internships(data: YearBookData) -> list[Block]:
    """岗位实习: students, arranged by the school, matched to their major; by major and firm."""
    names = (
        "internship_rows",
        "internship_students",
        "concentrated_students",
        "concentrated_rate",
        "matched_students",
        "matched_rate",
        "placement_rate",
        "agreement_rate",
        "consent_rate",
        "insurance_rate",
        "inspection_rate",
        "pass_rate",
        "retained_rate",
        "employed_rate",
    )
    rates = ("concentrated_rate", "matched_rate")
    return [
        Heading(1, "三、岗位实习"),
        Paragraph(_interns(data)),
        indicator_table(data, "岗位实习主要指标", names, "placements"),
        *trend_chart(data, "集中岗位实习率与专业对口率", rates, "placements"),
        *trend_chart(data, "岗位实习学生人数", ("internship_students",), "placements"),
        *_interns_by(data, "分专业情况", "各专业岗位实习学生", "placements_by_major", "专业"),
        *_interns_by(data, "实习单位", "接收学生较多的实习单位", "placements_by_firm", "实习单位"),
    ]


def _interns(data: YearBookData) -> str:
    now, last = data.indicators, data.last_year
    students, rate = now.get("internship_students"), now.get("concentrated_rate")
    matched = now.get("matched_rate")
    return (
        f"本期共有岗位实习学生{words.value(students)}"
        f"{words.against_last_year(students, last.get('internship_students'))}。"
        f"其中学校集中安排{words.value(now.get('concentrated_students'))}，"
        f"集中岗位实习率{words.value(rate)}"
        f"{words.against_last_year(rate, last.get('concentrated_rate'))}"
        f"{words.against_target(rate)}；"
        f"专业对口{words.value(now.get('matched_students'))}，对口率{words.value(matched)}"
        f"{words.against_last_year(matched, last.get('matched_rate'))}。"
    )


def _interns_by(data: YearBookData, title: str, caption: str, key: str, what: str) -> list[Block]:
    if not data.tallies.get(key):
        return []
    return [
        Heading(2, title),
        *tally_chart(data, caption, key, "人", "实习学生", "集中安排"),
        *tally_table(data, caption, key, what, "实习学生（人）", "集中安排"),
    ]


def apprentices(data: YearBookData) -> list[Block]:
    """学徒制: in training on the as-of day, with both identities; by cohort."""
    now, last = data.indicators, data.last_year
    training, rate = now.get("apprentices_in_training"), now.get("dual_identity_rate")
    text = (
        f"截至期末，在培学徒{words.value(training)}"
        f"{words.against_last_year(training, last.get('apprentices_in_training'))}；"
        f"具有学生、学徒双重身份的{words.value(now.get('apprentices_dual_identity'))}，"
        f"双重身份率{words.value(rate)}"
        f"{words.against_last_year(rate, last.get('dual_identity_rate'))}"
        f"{words.against_target(rate)}。"
    )
    counts = ("apprentices_in_training", "apprentices_dual_identity")
    key, caption = "apprentices_by_cohort", "各学徒班在培学徒"
    return [
        Heading(1, "四、学徒制"),
        Paragraph(text),
        indicator_table(data, "学徒制主要指标", (*counts, "dual_identity_rate"), "apprentices"),
        *trend_chart(data, "在培学徒与双重身份学徒", counts, "apprentices"),
        *tally_chart(data, caption, key, "人", "在培学徒", "双重身份"),
        *tally_table(data, caption, key, "学徒班", "在培学徒（人）", "双重身份"),
    ]
