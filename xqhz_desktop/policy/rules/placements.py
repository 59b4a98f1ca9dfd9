"""Rules that one placement keeps or not, judged on its first day (教职成〔2021〕4号)."""

import re

from xqhz_desktop.base.facts import Placement
from xqhz_desktop.policy.indicators.build import tidy
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.rules.persons import days_until_age, in_first_year
from xqhz_desktop.policy.school import School

_VENUES = re.compile("酒吧|夜总会|歌厅|洗浴中心|电子游戏厅|网吧")


def case_of(placement: Placement, message: str, case: str = "") -> Case:
    """A placement that does not keep a rule, from its first day, in its school year."""
    return Case(
        placement.id,
        placement.start,
        message,
        case,
        period=placement.batch_year,
        quarantined=placement.quarantined,
    )


def filed_beforehand(placement: Placement) -> bool:
    """Whether the authorities were told by the first day; a filing without a date counts."""
    told = placement.filed_date
    return placement.filed is True and (told is None or told <= placement.start)


def under_16(school: School, placement: Placement) -> Case | None:
    """Placed before the 16th birthday (Art 16(2)); on the birthday itself is legal."""
    age = school.settings.minimum_age
    days = days_until_age(placement.id_number, age, placement.start)
    message = f"入岗时未满{age}周岁（距{age}周岁还差{days}天），请立即停止该实习安排。"
    return case_of(placement, message) if days else None


def first_year(school: School, placement: Placement) -> Case | None:
    """Placed before 1 September after the year of entry (Art 16(1))."""
    if not in_first_year(placement.intake, placement.start):
        return None
    return case_of(
        placement,
        f"{placement.intake}级学生在一年级时即安排岗位实习，请立即停止或改为认识实习。",
    )


def no_agreement(school: School, placement: Placement) -> Case | None:
    """三方协议 explicitly not signed; blank is another rule's matter."""
    if placement.agreement is not False:
        return None
    return case_of(placement, "三方协议未签订，未签订不得安排实习，请补签后再上岗。")


def no_insurance(school: School, placement: Placement) -> Case | None:
    """实习责任保险 explicitly not taken out."""
    if placement.insurance is not False:
        return None
    return case_of(placement, "未投保实习责任保险，请补办投保，费用不得由学生承担。")


def night_shift(school: School, placement: Placement) -> Case | None:
    """A night shift, which needs filing beforehand."""
    if placement.night_shift is not True or filed_beforehand(placement):
        return None
    return case_of(placement, "安排了夜班，未事先报备的请立即调整班次。")


def overtime(school: School, placement: Placement) -> Case | None:
    """Overtime, which needs filing beforehand."""
    if placement.overtime is not True or filed_beforehand(placement):
        return None
    return case_of(placement, "安排了加班，未事先报备的请立即调整工作时间。")


def intermediary(school: School, placement: Placement) -> Case | None:
    """Placed through an agency or for money (Art 16(6))."""
    if placement.intermediary is not True:
        return None
    return case_of(placement, "经中介机构或有偿代理安排实习，请立即停止，改由学校直接安排。")


def heavy_work(school: School, placement: Placement) -> Case | None:
    """Work of intensity III and above, or barred to minors or women (Art 16(3)(4)(7))."""
    if placement.heavy_work is not True:
        return None
    return case_of(
        placement, "从事Ⅲ级及以上强度的劳动或未成年人、女学生的禁忌劳动，请立即调整岗位。"
    )


def fees(school: School, placement: Placement) -> Case | None:
    """A deposit or fee was taken, or a certificate kept back."""
    if placement.fees is not True:
        return None
    return case_of(placement, "收取了押金、费用或扣押了证件，请立即退还。")


def pay_below_80pct(school: School, placement: Placement) -> Case | None:
    """Paid less than four fifths of the same post's wage (Art 18); exactly that is legal."""
    pay, wage = placement.pay, placement.reference_pay
    share = school.settings.pay_share
    if pay is None or wage is None:
        return None
    if _cents(pay) * share.denominator >= _cents(wage) * share.numerator:
        return None
    low = f"实发报酬{tidy(pay)}元/月，低于同岗位工资{tidy(wage)}元/月的{float(share):.0%}"
    return case_of(placement, f"{low}，请与企业核定。")


def _cents(yuan: float) -> int:
    """Whole 分: amounts are compared exactly, never as floats."""
    return round(yuan * 100)


def no_consent(school: School, placement: Placement) -> Case | None:
    """知情同意书 explicitly missing: of a minor, or of anyone whom the school placed."""
    if placement.consent is not False:
        return None
    days = days_until_age(placement.id_number, school.settings.adult_age, placement.start)
    if placement.arranged is False and not days:
        return None
    if days:
        return case_of(placement, "未成年学生缺学生及监护人知情同意书，请补齐后再上岗。", "minor")
    return case_of(placement, "缺学生及监护人知情同意书，请补齐。")


def barred_venue(school: School, placement: Placement) -> Case | None:
    """A firm or post whose name holds one of the venues that Art 16(5) bars."""
    firm = school.firms.get(placement.firm)
    text = (firm.name if firm else "") + placement.position
    word = _VENUES.search(text)
    if word is None:
        return None
    return case_of(
        placement, f"实习单位或岗位名称含“{word[0]}”，属不得安排实习的场所的，请立即停止。"
    )


def firm_not_a_partner(school: School, placement: Placement) -> Case | None:
    """The firm stands in no row of the register of partners (the school's own rule)."""
    firm = school.outsider(placement.firm)
    if firm is None:
        return None
    message = f"实习单位“{firm.name}”不在合作企业台账中，请登记该企业或核对名称。"
    return case_of(placement, message, _found(placement))


def firm_without_valid_agreement(school: School, placement: Placement) -> Case | None:
    """A partner without an agreement signed and in force on the first day (the school's rule)."""
    firm = school.partner(placement.firm)
    if firm is None or school.has_agreement(firm.id, placement.start):
        return None
    message = f"合作企业“{firm.name}”在入岗当天没有已签订且在期限内的协议，请补签或续签。"
    return case_of(placement, message, _found(placement))


def _found(placement: Placement) -> str:
    return "self_found" if placement.arranged is False else ""


def placement_without_end(school: School, placement: Placement) -> Case | None:
    """Still there, end not filled; a quarantined row's blank end is its bad cell."""
    if placement.end is not None or placement.quarantined:
        return None
    return case_of(placement, "在岗，结束日期未填，请在实习结束后补填。")
