"""The chapter on what the yearly check found: counts by rule, then lists, red first."""

from itertools import groupby

from xqhz_desktop.policy.results import SEVERITY_ORDER, SEVERITY_WORDS, STATUS_WORDS, Finding
from xqhz_desktop.policy.yearbook import YearBookData
from xqhz_desktop.reports.blocks import Block, Column, Heading, Note, Paragraph, Table, every
from xqhz_desktop.reports.figures import BarChart, Series
from xqhz_desktop.reports.yearbook import words
from xqhz_desktop.reports.yearbook.parts import chart

_PERIOD_WORDS = {"school_year": "学年", "year": "年度", "intake": "级"}


def compliance(data: YearBookData) -> list[Block]:
    """合规检查: how many of each weight, each rule with its article, every finding by name."""
    heading = Heading(1, "九、合规检查")
    if not data.findings:
        return [heading, Paragraph("本期检查未发现问题。")]
    rules = by_rule(data.findings)
    return [
        heading,
        Paragraph(_text(data)),
        Note("红线、警示、提示表示轻重；检查只作提醒，不改变台账记录。标“待更正”的行未计入指标。"),
        _counts(rules),
        _chart(data, rules),
        *(block for rule in rules for block in _list(data, rule)),
    ]


def by_rule(findings: tuple[Finding, ...]) -> list[list[Finding]]:
    """Findings in groups of one rule and weight, red first, then amber, then hints."""
    order = sorted(findings, key=lambda one: (SEVERITY_ORDER[one.severity], one.rule))
    return [list(ones) for _, ones in groupby(order, key=lambda one: (one.severity, one.rule))]


def _text(data: YearBookData) -> str:
    counts = {
        severity: sum(one.severity == severity for one in data.findings)
        for severity in SEVERITY_WORDS
    }
    parts = [f"{word}{counts[severity]:,}条" for severity, word in SEVERITY_WORDS.items()]
    return f"按规则逐条检查，共发现问题{len(data.findings):,}条，其中{'、'.join(parts)}。"


def _counts(rules: list[list[Finding]]) -> Table:
    rows = tuple(
        (
            SEVERITY_WORDS[ones[0].severity],
            ones[0].label,
            f"{len(ones):,}",
            f"{sum(one.quarantined for one in ones):,}",
            "；".join(dict.fromkeys(one.article for one in ones if one.article)) or words.NONE,
            STATUS_WORDS[ones[0].status],
        )
        for ones in rules
    )
    columns = (
        Column("级别", "center"),
        Column("规则"),
        Column("条数", "right"),
        Column("其中待更正", "right"),
        Column("依据"),
        Column("性质"),
    )
    groups = frozenset(
        number
        for number in range(1, len(rules))
        if rules[number][0].severity != rules[number - 1][0].severity
    )
    return Table("检查结果汇总", columns, rows, groups=groups)


def _chart(data: YearBookData, rules: list[list[Finding]]) -> Block:
    names = tuple(f"{SEVERITY_WORDS[ones[0].severity]}：{ones[0].label}" for ones in rules)
    series = (Series("条数", tuple(float(len(ones)) for ones in rules)),)
    figure = BarChart(names, series, "条", lying=True)
    return chart(data, "各规则问题条数", figure, height_mm=16.0 + 6.5 * max(5, min(34, len(rules))))


def _list(data: YearBookData, ones: list[Finding]) -> list[Block]:
    first = ones[0]
    rows = tuple(
        (
            f"{number}",
            f"{one.period}{_PERIOD_WORDS[one.period_kind]}",
            _who(data, one),
            one.message + ("（待更正）" if one.quarantined else ""),
        )
        for number, one in enumerate(ones, 1)
    )
    columns = (Column("序号", "right"), Column("期间"), Column("对象"), Column("情况"))
    title = f"{SEVERITY_WORDS[first.severity]}：{first.label}"
    return [Heading(2, title), Table(first.label, columns, rows, groups=every(rows))]


def _who(data: YearBookData, one: Finding) -> str:
    if one.major:
        return one.major
    register = "quarantine" if one.quarantined else one.register
    return data.names.get((register, one.record), f"第{one.record}号记录")
