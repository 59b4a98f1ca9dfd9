"""Everything in one workbook: a sheet a register, one header row, no titles, many more columns."""

import random

from tests.other_offices.look import Book, Look, Table, Words, read_headings
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm no:序号 name:合作单位 +legal:法定代表人 uscc:社会信用代码 kind:单位性质 ind:行业
        +capital:注册资本(万元) staff:员工总数 district:所属区县 contact:企业联系人
        phone:联系人手机 form:合作方式 year:合作起始年 note:备注
    agreement no:序号 firm:合作单位 code:合同编号 sign:签约日期 start:生效日期 end:终止日期
        content:合作项目 owner:经手人 +remark_state:归档情况 note:备注
    student no:序号 sid:学号 name:学生姓名 sex:性别 idn:公民身份号码 birth:出生年月日 nation:民族
        +politics:政治面貌 mcode:专业代码 major:专业名称 cls:所在班级 enter:入学日期
        registered:学籍情况 phone:学生电话 +guardian:监护人关系 +guardian_phone:监护人电话
        +address:家庭住址 +score:中考成绩 note:备注
    placement no:序号 cls:所在班级 sid:学号 name:学生姓名 idn:公民身份号码 phone:学生电话
        +class_teacher:班主任 +guardian_phone:家长电话 firm:实习企业 +firm_phone:企业电话
        job:岗位名称 start:实习开始时间 end:实习结束时间 arr:落实方式 match:专业对口情况
        pay:月报酬(元) ref:同岗位标准(元) agree:是否签订三方协议 ins:是否购买保险 night:是否上夜班
        mentor:企业带教师傅 tutor:带队教师 +evaluation:实习鉴定 note:备注
    apprentice no:序号 cohort:学徒班 name:学徒姓名 idn:公民身份号码 sid:学号 registered:学籍情况
        firm:所在企业 wno:企业工号 job:学徒岗位 cno:劳动合同号 csign:劳动合同签订日
        cend:劳动合同终止日 start:培养起始日 end:培养结束日 mentor:企业导师 tutor:校内导师
        pay:学徒月薪 note:备注
    teacher no:序号 tid:职工号 name:教师姓名 sex:性别 idn:公民身份号码 edu:最高学历
        title:专业技术职称 type:教师类型 major:所教专业 entry:进校日期 status:在岗状态
        leave:离校日期 dual:是否"双师型" ddate:双师认定日期 +politics:政治面貌 note:备注
    part_timer no:序号 name:兼职教师姓名 idn:公民身份号码 unit:原工作单位 title:职业资格
        course:承担课程 hours:每周课时 start:聘任开始日期 end:聘任结束日期 note:备注
    stint no:序号 tid:职工号 name:教师姓名 major:所属专业 firm:实践单位 job:实践内容 form:实践方式
        start:实践开始日期 end:实践结束日期 days:实践天数 passed:考核等次 note:备注
    base no:序号 code:实训室编号 name:实训室名称 kind:实训室类型 place:所在位置 seats:工位数量
        major:面向专业 owner:管理人员 note:备注
    booking no:序号 date:使用日期 week:星期 slot:使用时段 base:实训室名称 user:使用部门
        aud:服务对象 func:使用功能 people:人数 content:使用内容 owner:负责教师 +checked:审批人
        note:备注
    course no:序号 intake:年级 major:专业 cat:课程类型 course:课程 term:开设学期 +credits:学分
        total:总课时 theory:理论课时 practice:实践课时 exam:考核方式 note:备注
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校推荐", "学校安排"), "自主": ("学生自行联系", "自找单位")},
    "match": {True: ("Y",), False: ("N",)},
    "agree": {True: ("Y",), False: ("N",)},
    "ins": {True: ("Y",), False: ("N",)},
    "night": {True: ("Y",), False: ("N", None)},
    "dual": {True: ("Y",), False: ("N", None)},
    "passed": {True: ("合格", "优秀"), False: ("不合格",)},
    "registered": {True: ("在籍", "正常"), False: ("休学", "退学")},
    "type": {
        "专业课教师": ("专业课",), "实习指导教师": ("实习指导",), "公共基础课教师": ("公共基础课",),
    },
    "intake": {2019: ("2019级",), 2020: ("2020级",), 2021: ("2021级",)},
    "func": {
        "技能实训": ("实训教学", "实训"), "技能培训": ("职工培训", "培训"),
        "技能鉴定": ("技能等级认定",), "技能大赛": ("技能竞赛",),
    },
    "aud": {
        "在校学生": ("本校学生", "在校生"), "企业职工": ("企业员工",), "城乡劳动者": ("社会人员",),
    },
    "no_contract": {None: ("无", None)},
    "cancelled": {True: ("已取消",)},
}  # fmt: skip
SHEETS = {
    "firm": "企业", "agreement": "协议", "student": "学生", "placement": "实习",
    "apprentice": "学徒", "teacher": "教师", "part_timer": "兼职", "stint": "企业实践",
    "base": "实训室", "booking": "实训室使用", "course": "课程",
}  # fmt: skip
HELP = (
    ("填表说明",),
    ("1", "各表第一行为表头，请勿改动；日期请写成2023/9/1"),
    ("2", "实习企业须与“企业”表中的单位名称一致"),
)
COUNTS = (
    ("学年", "实习人数", "集中人数", "集中率"),
    ("2021-2022", 31, 26, "83.9%"),
    ("2022-2023", 27, 22, "81.5%"),
)


def books(world: World, rng: random.Random) -> list[Book]:
    """One file."""
    tables = {SHEETS[k]: Table(k, world.rows[k]) for k in SHEETS}
    return [Book("校企合作总台账.xlsx", tables, other={"说明": HELP, "统计": COUNTS})]


LOOK = Look("one_book", HEADINGS, WORDS, ("real", "real", "slash", "dash"), books, quirks=0.05)
