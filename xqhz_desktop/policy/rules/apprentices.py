"""Rules of apprentices: age, year of study, contract and agreement, both identities, mentors."""

from collections.abc import Iterator
from datetime import date, timedelta

from xqhz_desktop.base.facts import Apprentice, Mentorship
from xqhz_desktop.base.period import birthday_at, day_text, holds, peak_of_persons
from xqhz_desktop.policy.indicators.apprentices import has_dual_identity, in_training
from xqhz_desktop.policy.periods import judged_years
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.rules.persons import days_until_age, in_first_year
from xqhz_desktop.policy.school import School, grouped

_ENTERPRISE = "企业新型学徒制"


def apprentice_under_16(school: School) -> Iterator[Case]:
    """At the firm before the 16th birthday: the rule of internships holds there as well."""
    age = school.settings.minimum_age
    for row in school.facts.apprentices:
        if days := days_until_age(row.id_number, age, row.start):
            message = f"学徒入岗时未满{age}周岁（还差{days}天），请立即停止该安排。"
            yield Case(row.id, row.start, message)


def apprentice_first_year(school: School) -> Iterator[Case]:
    """At the firm in the first year of study."""
    for row in school.facts.apprentices:
        if in_first_year(row.intake, row.start):
            message = f"{row.intake}级学徒在一年级时即入岗，请推迟入岗日期。"
            yield Case(row.id, row.start, message)


def under_16_labour_contract(school: School) -> Iterator[Case]:
    """A labour contract signed before the 16th birthday."""
    age = school.settings.minimum_age
    for row in school.facts.apprentices:
        if row.contract is None or row.contract_signed is None:
            continue
        if days := days_until_age(row.id_number, age, row.contract_signed):
            message = f"签订劳动合同时未满{age}周岁（还差{days}天），请与企业解除并另行处理。"
            yield Case(row.id, row.contract_signed, message)


def short_labour_contract(school: School) -> Iterator[Case]:
    """A labour contract of less than a year in 企业新型学徒制 (人社部发〔2021〕39号)."""
    for row in school.facts.apprentices:
        signed, end = row.contract_signed, row.contract_end
        if row.kind != _ENTERPRISE or not row.contract or signed is None or end is None:
            continue
        if end < birthday_at(signed, 1) - timedelta(1):
            yield Case(row.id, signed, "企业新型学徒的劳动合同不足1年，请续签至1年以上。")


def apprentice_without_mentors(school: School) -> Iterator[Case]:
    """双师育徒 asks for a firm's master and a school's mentor; a blank is 未填.

    They stand with the apprentice or among the mentorships.
    """
    mentored = {(one.student, one.side) for one in school.facts.mentorships}
    for row in school.facts.apprentices:
        named = (("企业师傅", row.firm_mentor), ("学校导师", row.school_mentor))
        lacking = (side for side, name in named if not name and (row.student, side) not in mentored)
        if missing := "、".join(lacking):
            yield Case(row.id, row.start, f"学徒的{missing}未填，请补填。")


def guardian_not_signed(school: School) -> Iterator[Case]:
    """学徒协议 of a minor that the guardian has not signed; blank is another matter."""
    age = school.settings.adult_age
    for row in school.facts.apprentices:
        if row.guardian_signed is False and days_until_age(row.id_number, age, row.start):
            message = "未成年学徒的学徒协议缺监护人签字，请补签后再入岗。"
            yield Case(row.id, row.start, message)


def mentor_over_load(school: School) -> Iterator[Case]:
    """A mentor with more apprentices on one day than the school's limit.

    Named is the mentorship that exceeds it, the one that began last; of mentors of one name
    without a number, those of another firm are others.
    """
    firms = {row.student: row.firm for row in school.facts.apprentices}
    mentors = grouped(school.facts.mentorships, lambda one: _mentor(one, firms))
    for rows in mentors.values():
        persons = grouped(rows, lambda row: str(row.student))
        peak = peak_of_persons(
            {name: [(row.start, row.end) for row in own] for name, own in persons.items()}
        )
        if peak.day is not None and peak.most > school.settings.mentor_load:
            yield _overloaded(rows, peak.most, peak.day, school.settings.mentor_load)


def _mentor(one: Mentorship, firms: dict[int, int | None]) -> tuple[object, ...]:
    if one.mentor_no or one.side == "学校导师":
        return one.side, one.mentor_no or one.mentor
    return one.side, one.mentor, firms.get(one.student)


def _overloaded(rows: list[Mentorship], most: int, day: date, limit: int) -> Case:
    there = [row for row in rows if holds(row.start, row.end, day)]
    last = max(there, key=lambda row: (row.start, row.id))
    message = (
        f"{last.side}“{last.mentor}”{day_text(day)}同时带徒{most}人，超过{limit}人，"
        "请另行安排师傅或导师。"
    )
    return Case(last.id, day, message, others=tuple(row.id for row in there if row is not last))


def apprentice_without_dual_identity(school: School) -> Iterator[Case]:
    """In training on 31 December without school roll or a labour contract in force."""
    for period in judged_years(school.facts):
        for row in in_training(school, period.as_of):
            if not has_dual_identity(row, period.as_of):
                message = f"截至{period.name}年底{_lacking(row)}，不具有双重身份，请补办。"
                yield Case(row.id, period.as_of, message, period_kind="year", period=period.name)


def _lacking(row: Apprentice) -> str:
    if row.registered is not True:
        return "学籍未注册" if row.registered is False else "学籍状态未填"
    return "劳动合同不在有效期内" if row.contract else "没有劳动合同编号"
