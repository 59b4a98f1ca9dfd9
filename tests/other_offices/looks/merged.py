"""Groups merged downwards: the firm over its interns, the day over its bookings, the teacher over
his stints. Periods in words, class only as a short name, intake and major in merged columns."""

import random

from tests.other_offices.look import Book, Look, Table, Words, read_headings
from tests.other_offices.rows import YEARS, Row
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm district:区县 no:序号 name:企业名称（全称） uscc:社会统一信用代码 ind:行业类别
        kind:企业类别 staff:员工人数 contact:企业联络员 phone:联络员电话 form:合作项目
    agreement firm:企业名称（全称） code:协议号 content:合作事项 sign:签订日期
        start+end:协议起止时间 note:备注
    student major:专业 mcode:专业代码 cls:班级 no:序号 name:姓名 sex:性别 nation:民族 idn:证件号码
        birth:出生年月日 sid:学籍号 registered:学籍 phone:本人联系电话
        +guardian_phone:监护人联系电话
    placement firm:实习单位（全称） no:序号 cls:班级 name:姓名 idn:证件号码 phone:联系电话
        job:工作岗位 mentor:单位负责实习指导的师傅 start+end:实习时间 arr:组织形式
        match:专业是否对口 pay:月实习报酬 ref:本岗位职工月工资 agree:是否签三方协议
        ins:是否投保实习责任险 night:是否夜班 tutor:学校跟踪指导教师 note:备注
    apprentice firm:合作企业 cohort:学徒班名称 no:序号 name:姓名 idn:证件号码 sid:学籍号
        registered:学籍 cno:劳动合同编号 csign:合同签订日期 cend:合同终止日期 wno:在企工号 job:岗位
        start+end:学徒期 mentor:企业带徒师傅 tutor:学校指导教师 pay:学徒月工资 note:备注
    teacher major:教研室 no:序号 tid:工号 name:教师 sex:性别 idn:证件号码 edu:学历 title:职称
        type:岗位类别 entry:入职时间 leave:离职时间 dual:双师型 ddate:双师型认定年月 note:备注
    part_timer unit:派出单位 no:序号 name:姓名 idn:证件号码 title:职务或技能等级 course:任教课程
        hours:周课时数 start+end:聘任期 note:备注
    stint tid:工号 name:教师 start+end:实践时段 days:天数（天） firm:实践单位 job:岗位 form:形式
        passed:考核 note:备注
    base no:序号 kind:类别 code:编号 name:名称 place:地点 seats:工位（个） major:服务面向专业
        owner:管理员 note:备注
    booking date:日期 week:星期 base:实训基地（室） slot:节次 user:班级/单位 aud:面向对象
        func:用途分类 content:实训内容 people:实到人数 owner:指导教师 note:备注
    course intake:年级 major:专业 cat:课程类别 no:序号 course:课程 total:课时|总课时
        theory:课时|理论课时 practice:课时|实践课时 exam:考核 note:备注
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校统一组织", "学校集中安排"), "自主": ("自主选择", "分散")},
    "match": {True: ("对口", "是"), False: ("不对口", "否")},
    "agree": {True: ("是",), False: ("否", "尚未签订")},
    "ins": {True: ("是", "已投保"), False: ("否", "未投保")},
    "night": {True: ("是",), False: ("否", None)},
    "dual": {True: ("是",), False: ("否", None)},
    "passed": {True: ("合格", "优秀"), False: ("不合格",)},
    "registered": {True: ("已注册",), False: ("未注册",)},
    "type": {
        "专业课教师": ("专业课教师",),
        "实习指导教师": ("实习指导教师",),
        "公共基础课教师": ("公共基础课教师",),
    },
    "intake": {2019: ("2019级",), 2020: ("2020级",), 2021: ("2021级",)},
    "func": {
        "技能实训": ("学生实训",),
        "技能培训": ("技能培训",),
        "技能鉴定": ("技能鉴定",),
        "技能大赛": ("技能大赛",),
    },
    "aud": {
        "在校学生": ("在校学生",),
        "企业职工": ("企业职工",),
        "城乡劳动者": ("城乡劳动者",),
    },
    "no_contract": {None: ("未签",)},
    "cancelled": {True: ("取消",)},
}
SLOTS = {"am": ("上午",), "pm": ("下午",), "evening": ("晚上",), "day": ("全天", "1-8节")}


def by(rows: list[Row], *keys: str) -> list[Row]:
    """Rows put together by some columns, which stay in order otherwise."""
    return sorted(rows, key=lambda r: tuple(sort_key(r.v[k]) for k in keys))


def sort_key(value: object) -> str:
    """Firms by name, everything else as text."""
    return str(value.v["name"] if isinstance(value, Row) else value)


def books(world: World, rng: random.Random) -> list[Book]:
    """A workbook a register, its groups merged."""
    rows, title = world.rows, "滨河职业学院中职部"

    def one(file: str, kind: str, above: str, *keys: str) -> Book:
        table = Table(kind, by(rows[kind], *keys), (title + above,), merge=keys)
        return Book(file, {"表": table})

    made = [
        one("a.xlsx", "firm", "合作企业名录", "district"),
        one("b.xlsx", "agreement", "协议台账", "firm"),
        one("c.xlsx", "student", "在籍学生名册", "major", "mcode", "cls"),
        one("d.xlsx", "placement", "岗位实习学生汇总", "firm"),
        one("e.xlsx", "apprentice", "学徒名册", "firm", "cohort"),
        one("f.xlsx", "teacher", "教师名册", "major"),
        one("g.xlsx", "part_timer", "兼职教师名册"),
        one("h.xlsx", "stint", "教师下企业实践台账", "tid", "name"),
        one("i.xlsx", "base", "实训基地名册"),
        one("k.xlsx", "course", "课程设置与学时", "intake", "major", "cat"),
    ]
    sheets = {}
    for year in YEARS:
        booked = [r for r in rows["booking"] if r.v["date"].year == year]
        sheets[str(year)] = Table("booking", booked, ("实训室使用安排",), merge=("date", "week"))
    return [*made, Book("j.xlsx", sheets)]


LOOK = Look(
    "merged",
    HEADINGS,
    WORDS,
    ("cn", "month_cn", "cn", "dot"),
    books,
    periods=("{0}至{1}", "自{0}至{1}", "{0} — {1}"),
    slots=SLOTS,
    money=("{}元/月", "{}元", "{}"),
    quirks=0.1,
    short_class=True,
)
