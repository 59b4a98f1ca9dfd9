"""Rules of one placement's papers: signed before the start, insured for its days, filed."""

import re

from xqhz_desktop.base.facts import Placement
from xqhz_desktop.base.period import day_text
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.rules.persons import days_until_age
from xqhz_desktop.policy.rules.placements import case_of, filed_beforehand
from xqhz_desktop.policy.school import School

_PAYERS = ("学生", "家长", "监护人", "本人", "个人", "自费", "自己")
_BETWEEN = re.compile(r"[、，,；;/和与及]")
_ASIDE = re.compile(r"[（(].*?[）)]")


def agreement_after_start(school: School, placement: Placement) -> Case | None:
    """三方协议 signed after the first day; on the day itself is in time."""
    signed = placement.agreement_date
    if signed is None or signed <= placement.start:
        return None
    message = f"三方协议于{day_text(signed)}签订，晚于入岗日期，请核对日期并说明原因。"
    return case_of(placement, message)


def consent_after_start(school: School, placement: Placement) -> Case | None:
    """知情同意书 signed after the first day, of those of whom it is asked."""
    signed = placement.consent_date
    if signed is None or signed <= placement.start:
        return None
    minor = days_until_age(placement.id_number, school.settings.adult_age, placement.start) > 0
    if placement.arranged is False and not minor:
        return None
    message = f"知情同意书于{day_text(signed)}签署，晚于入岗日期，请核对日期并说明原因。"
    return case_of(placement, message, "minor" if minor else "")


def insurance_gap(school: School, placement: Placement) -> Case | None:
    """Insurance that begins after the first day, or ends before the last.

    Of one who is still there, it must not have run out by today.
    """
    first, last = placement.insured_from, placement.insured_until
    if first is not None and first > placement.start:
        message = f"保险自{day_text(first)}起生效，晚于入岗日期，请核对保单，补办投保。"
        return case_of(placement, message)
    there_until = placement.end or school.today
    if last is not None and there_until is not None and last < there_until:
        message = f"保险于{day_text(last)}到期，没有保到实习结束，请续保，费用不得由学生承担。"
        return case_of(placement, message)
    return None


def insurance_paid_by_student(school: School, placement: Placement) -> Case | None:
    """The student's side pays for the insurance, or a part of it."""
    if not placement.payer:
        return None
    payers = _BETWEEN.split(_ASIDE.sub("", placement.payer))
    if not any(payer.strip().startswith(_PAYERS) for payer in payers):
        return None
    return case_of(placement, "实习责任保险的费用由学生承担，请退还学生，由学校或企业支付。")


def away_unfiled(school: School, placement: Placement) -> Case | None:
    """In another province or abroad, and not filed beforehand; a blank is 未填."""
    if placement.cross_province is not True and placement.abroad is not True:
        return None
    if filed_beforehand(placement):
        return None
    where = "赴国（境）外实习" if placement.abroad else "跨省实习"
    if placement.filed is None:
        return case_of(placement, f"{where}的报备情况未填，请核实后补填。", "unknown")
    if placement.filed:
        return case_of(placement, f"{where}的报备晚于入岗日期，请核对日期并说明原因。")
    return case_of(placement, f"{where}未经主管部门同意并报备，请补报，未同意的请调整实习单位。")


def firm_not_on_list(school: School, placement: Placement) -> Case | None:
    """Arranged by the school at a firm that is not on its batch's list, where it has one."""
    listed = school.listed.get(placement.batch or 0)
    if listed is None or placement.firm in listed or placement.arranged is False:
        return None
    return case_of(placement, "实习单位不在本批次的实习单位名单中，请补入名单或核对单位。")
