"""What a cell may say: words to choose from, and an example for whoever fills it in."""

from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.registers.words import LISTS

_BY_KIND: dict[Kind, str] = {
    Kind.NAME: "张三",
    Kind.ID_NUMBER: "18 位身份证号",
    Kind.USCC: "18 位统一社会信用代码",
    Kind.PHONE: "11 位手机号",
    Kind.DATE: "2026-09-01",
    Kind.END_DATE: "2027-02-28",
    Kind.AMOUNT: "3000",
    Kind.COUNT: "40",
    Kind.TIMES: "1-2节",
}
_BY_LINK: dict[str, str] = {
    "students": "18 位身份证号",
    "teachers": "T001",
    "firms": "示例机械有限公司",
    "bases": "数控实训室",
    "majors": "数控技术应用",
    "classes": "2026级数控1班",
    "cohorts": "2026级数控学徒班",
}
_BY_NAME: dict[str, str] = {
    "class_name": "2026级数控1班",
    "student_no": "20260001",
    "staff_no": "T001",
    "nation": "汉族",
    "major_code": "660103",
    "industry": "C34",
    "position": "数控车工",
    "guardian_relation": "父亲",
    "unit": "示例机械有限公司",
    "education": "本科",
    "title": "讲师",
    "intake": "2026级",
    "weeks": "24",
    "weekly_hours": "4",
    "total": "60",
    "theory": "20",
    "practice": "40",
    "credits": "4",
}


def choices(field: Field) -> list[str]:
    """The words that a cell of the field may hold; empty where it is no choice."""
    if field.kind is Kind.FLAG:
        return ["是", "否"]
    if field.kind is not Kind.CHOICE or field.words not in LISTS:
        return []
    return list(dict.fromkeys(str(word) for word in LISTS[field.words].exact.values()))


def example(field: Field) -> str:
    """What a cell of the field may look like."""
    if words := choices(field):
        return words[0]
    known = _BY_NAME.get(field.name) or _BY_LINK.get(field.link) or _BY_KIND.get(field.kind)
    return known or f"（{field.label}）"
