"""The order of the year book's chapters."""

from xqhz_desktop.policy.yearbook import YearBookData
from xqhz_desktop.reports.blocks import Block, Contents, Cover, Report
from xqhz_desktop.reports.yearbook import annex, bases, cooperation, plans, teachers
from xqhz_desktop.reports.yearbook.compliance import compliance
from xqhz_desktop.reports.yearbook.key_page import in_words, key_page, span

TITLE = "校企合作年度总结报告"

_CHAPTERS = (
    key_page,
    cooperation.firms,
    cooperation.internships,
    cooperation.apprentices,
    teachers.staff,
    teachers.practice,
    bases.bases,
    plans.plans,
    compliance,
    annex.lists,
    annex.definitions,
)


def year_book(data: YearBookData) -> Report:
    """The whole year book of one calendar or school year."""
    cover = Cover(
        TITLE,
        f"统计期间：{span(data)}",
        data.school,
        data.period.label,
        in_words(data.printed_on),
    )
    blocks: list[Block] = [cover, Contents()]
    for chapter in _CHAPTERS:
        blocks += chapter(data)
    return Report(TITLE, data.school, data.period.label, data.printed_on, tuple(blocks))
