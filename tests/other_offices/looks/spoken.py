"""Headings as a clerk would ask them over the telephone, one line each, and answers in kind."""

import random

from tests.other_offices.look import Book, Look, Table, Words, groups, read_headings
from tests.other_offices.rows import INTAKES, Row
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm name:哪家企业 uscc:营业执照上的信用代码 kind:什么性质 ind:属于什么行业 staff:有多少职工
        contact:找谁联系 phone:联系人手机号码 form:怎么合作 note:其他
    agreement firm:和哪家企业签的 code:协议号 sign:哪天签的 start:从哪天开始 end:到哪天结束
        content:协议内容 note:其他
    student cls:哪个班 name:学生名字 idn:身份证 sex:男女 birth:生日 nation:什么民族 sid:学生学号
        mcode:专业代码 major:学什么专业 enter:哪年哪月入学 registered:有没有学籍
        phone:学生自己的电话 +guardian_phone:家里的电话 note:其他
    placement cls:哪个班 name:学生名字 idn:身份证 phone:学生自己的电话 firm:在哪家企业实习
        job:做什么岗位 start:哪天去的 end:哪天结束 arr:学校安排的还是自己找的 match:专业对不对口
        pay:每月发多少钱 ref:同岗位正式员工每月多少钱 agree:三方协议签了没有 ins:买没买实习保险
        night:上不上夜班 mentor:企业里谁带 tutor:学校里谁管 note:其他
    apprentice cohort:哪个学徒班 name:学徒名字 idn:身份证 sid:学生学号 registered:有没有学籍
        firm:在哪家企业当学徒 job:做什么岗位 wno:企业给的工号 cno:劳动合同编号
        csign:劳动合同哪天签的 cend:劳动合同哪天到期 start:哪天开始当学徒 end:哪天出师
        mentor:企业师傅是谁 tutor:学校导师是谁 pay:每月发多少钱 note:其他
    teacher tid:工号 name:老师名字 sex:男女 idn:身份证 edu:什么学历 title:什么职称 type:教什么课
        entry:哪年哪月来校 leave:哪年哪月离校 dual:是不是双师型 ddate:哪年哪月认定的双师
        note:其他
    part_timer name:老师名字 idn:身份证 unit:在哪个单位上班 title:什么职称 course:教哪门课
        hours:每周几节课 start:哪天开始聘 end:聘到哪天 note:其他
    stint tid:工号 name:老师名字 firm:去了哪家企业 job:做什么岗位 start:哪天去的 end:哪天回的
        days:一共多少天 passed:考核合不合格 note:其他
    base code:基地编号 name:基地叫什么名字 kind:什么类型 place:在哪里 seats:有多少工位
        major:给哪个专业用 owner:谁负责 note:其他
    booking date:哪天用 slot:第几节课 base:用哪个基地 user:谁用 aud:给什么人用 func:用来做什么
        people:多少人 content:具体做什么 owner:谁负责 note:其他
    course course:什么课 cat:哪类课 total:一共多少学时 theory:理论多少学时 practice:实践多少学时
        exam:怎么考 note:其他
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校安排的", "学校安排"), "自主": ("自己找的", "自己联系的")},
    "match": {True: ("对口",), False: ("不对口",)},
    "agree": {True: ("签了", "已经签了"), False: ("没签", "还没签")},
    "ins": {True: ("买了", "学校买的"), False: ("没买", "没有")},
    "night": {True: ("上",), False: ("不上", None)},
    "dual": {True: ("是",), False: ("不是", None)},
    "passed": {True: ("合格",), False: ("不合格",)},
    "registered": {True: ("有",), False: ("没有", "退学了")},
    "type": {
        "专业课教师": ("专业课",),
        "实习指导教师": ("实习指导",),
        "公共基础课教师": ("公共课", "文化基础课"),
    },
    "func": {
        "技能实训": ("实训", "上实训课"),
        "技能培训": ("培训",),
        "技能鉴定": ("鉴定", "考证"),
        "技能大赛": ("比赛",),
    },
    "aud": {
        "在校学生": ("学生", "我校学生"),
        "企业职工": ("企业的员工", "职工"),
        "城乡劳动者": ("社会人员", "农民工"),
    },
    "no_contract": {None: ("没有", "还没签", None)},
    "cancelled": {True: ("取消了",)},
}


def sheets(kind: str, rows: list[Row], key: str) -> dict[str, Table]:
    """A sheet for each value of a column."""
    return {str(value): Table(kind, found) for (value,), found in groups(rows, key).items()}


def books(world: World, rng: random.Random) -> list[Book]:
    """A workbook a register, with sheets where the register is long."""
    rows = world.rows
    plans = {}
    for (intake, major), found in groups(rows["course"], "intake", "major").items():
        plans[f"{str(intake)[2:]}级{major}"] = Table("course", found, (f"{intake}级{major}专业",))
    assert len(plans) == 2 * len(INTAKES)
    return [
        Book("企业.xlsx", {"企业": Table("firm", rows["firm"]),
                         "协议": Table("agreement", rows["agreement"])}),
        Book("学生.xlsx", sheets("student", rows["student"], "cls")),
        Book("实习.xlsx", sheets("placement", rows["placement"], "cls")),
        Book("学徒.xlsx", sheets("apprentice", rows["apprentice"], "cohort")),
        Book("老师.xlsx", {"本校": Table("teacher", rows["teacher"]),
                         "外聘": Table("part_timer", rows["part_timer"]),
                         "下企业": Table("stint", rows["stint"])}),
        Book("基地.xlsx", {"基地": Table("base", rows["base"]),
                         "使用": Table("booking", rows["booking"])}),
        Book("课.xlsx", plans),
    ]  # fmt: skip


LOOK = Look(
    "spoken",
    HEADINGS,
    WORDS,
    ("cn", "dot", "month_cn", "slash", "short"),
    books,
    money=("{}", "{}元", "{}块"),
    people=("{}", "{}个人", "{}左右"),
    quirks=0.1,
)
