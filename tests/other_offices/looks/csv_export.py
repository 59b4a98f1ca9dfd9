"""An old system's exports: a csv a register, each in another encoding, codes, not words."""

import random

from tests.other_offices.look import Book, Look, Table, Words, read_headings
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm uscc:信用代码 name:公司名称 kind:企业类型 ind:国民经济行业代码 staff:从业人数
        district:所在地区 contact:联系人姓名 phone:联系人电话 form:合作模式
    agreement code:协议号 firm:公司名称 sign:签字日期 start:协议生效日 end:协议到期日
        content:协议名称 owner:承办人
    student sid:学籍号 name:姓名 sex:性别 idn:证件号码 birth:出生日期 nation:民族名称 cls:班级名称
        mcode:专业编码 major:专业名称 enter:入校年月 registered:学籍状态 phone:手机号码
        +address:家庭地址
    placement name:姓名 idn:证件号码 cls:班级名称 phone:手机号码 firm:单位 job:职位 start:开始日期
        end:结束日期 arr:安排形式 match:对口否 pay:实发工资 ref:试用期工资标准 agree:三方协议签订
        ins:实习保险 night:夜班安排 mentor:单位指导人 tutor:学校指导人 note:附注
    apprentice cohort:班级名称 name:姓名 idn:证件号码 sid:学籍号 registered:学籍状态 firm:公司名称
        wno:员工工号 job:工作岗位 cno:合同编号 csign:合同签订日 cend:合同到期日 start:学徒开始日期
        end:学徒结束日期 mentor:师傅 tutor:学校导师 pay:月工资
    teacher tid:人员编号 name:姓名 sex:性别 idn:证件号码 edu:学历 title:职称 type:任课类型
        major:任教专业 entry:到校时间 leave:离岗日期 dual:双师资格 ddate:双师取得时间
    part_timer name:姓名 idn:证件号码 unit:所在单位 title:职业资格等级 course:授课课程 hours:周课时
        start:聘用起始 end:聘用截止
    stint tid:人员编号 name:姓名 firm:实践企业 job:实践项目 form:实践形式 start:开始日期
        end:结束日期 days:天数 passed:考核结果
    base code:基地代码 name:基地名称 kind:基地类别 place:详细地点 seats:工位 major:服务专业
        owner:负责人
    booking date:日期 slot:时间段 base:基地名称 user:使用单位 aud:培训对象 func:项目类型
        content:项目内容 people:参加人数 owner:负责人 note:附注
    course intake:年级 major:专业名称 course:科目 cat:课程性质 total:总学时 theory:理论学时
        practice:实训学时 term:学期 +credits:学分
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校推荐",), "自主": ("自主联系",)},
    "match": {True: (1,), False: (0,)},
    "agree": {True: (1,), False: (0,)},
    "ins": {True: (1,), False: (0,)},
    "night": {True: (1,), False: (0,)},
    "dual": {True: (1,), False: (0,)},
    "passed": {True: ("合格",), False: ("不合格",)},
    "registered": {True: ("在籍",), False: ("退学",)},
    "type": {
        "专业课教师": ("专业课",),
        "实习指导教师": ("实习指导",),
        "公共基础课教师": ("公共基础课",),
    },
    "intake": {2019: (2019,), 2020: (2020,), 2021: (2021,)},
    "func": {
        "技能实训": ("技能实训",),
        "技能培训": ("培训",),
        "技能鉴定": ("鉴定",),
        "技能大赛": ("技能竞赛",),
    },
    "aud": {
        "在校学生": ("在校学生",),
        "企业职工": ("企业员工",),
        "城乡劳动者": ("社会人员",),
    },
    "no_contract": {None: (None,)},
    "cancelled": {True: ("预约已取消",)},
}
SLOTS = {
    "am": ("8:00-12:00", "08:00-12:00"),
    "pm": ("13:30-17:30",),
    "evening": ("18:30-20:30",),
    "day": ("8:00-12:00，13:30-17:30",),
    "1-2": ("08:00-10:00",),
    "3-4": ("10:00-12:00",),
    "5-6": ("13:30-15:30",),
    "7-8": ("15:30-17:30",),
}
FILES = {
    "firm": ("firms_export.csv", "utf-8-sig comma"),
    "agreement": ("agreements_export.csv", "utf-16 tab"),
    "student": ("xsxx.csv", "gb18030 comma"),
    "placement": ("sxxx.csv", "utf-8 comma"),
    "apprentice": ("xtxx.csv", "gb18030 tab"),
    "teacher": ("jsxx.csv", "utf-8-sig semicolon"),
    "part_timer": ("wpjs.csv", "utf-16 tab"),
    "stint": ("qysj.csv", "gb18030 comma"),
    "base": ("jd.csv", "utf-8-sig comma"),
    "booking": ("jdyy.csv", "utf-16 comma"),
    "course": ("kc.csv", "utf-8-sig tab"),
}


def books(world: World, rng: random.Random) -> list[Book]:
    """A file a register; file names say nothing that anybody could use."""
    return [
        Book(file, {"": Table(kind, world.rows[kind])}, written)
        for kind, (file, written) in FILES.items()
    ]


LOOK = Look(
    "csv_export",
    HEADINGS,
    WORDS,
    ("compact", "dash", "dash", "slash"),
    books,
    slots=SLOTS,
    quirks=0.03,
)
