"""Tables exported for the national platform: its own field names, a row of field codes under the
header, words with their code in front, days as eight digits, no titles at all."""

import random

from tests.other_offices.look import Book, Look, Table, Words, read_headings
from tests.other_offices.rows import YEARS
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm +school_code:学校代码 name:企业名称 uscc:企业统一社会信用代码 kind:企业性质码
        ind:企业行业类别码 staff:企业在职员工数 +firm_address:企业详细地址 contact:企业联系人姓名
        phone:企业联系人电话 form:合作形式码
    agreement +school_code:学校代码 code:协议编码 firm:合作企业名称 sign:协议签订日期
        start:协议生效日期 end:协议失效日期 content:合作内容
    student +school_code:学校代码 sid:学号 name:学生姓名 sex:性别码 idn:身份证件号 birth:出生日期
        nation:民族码 cls:班级名称 mcode:专业号 major:专业名称 intake:入学年份 +schooling:学制码
        registered:学籍状态码 phone:学生联系电话
    placement +school_code:学校代码 sid:学号 name:学生姓名 idn:学生身份证件号 +term_code:学期码
        major:专业名称 cls:班级名称 intake:入学年份 start:实习开始日期 end:实习结束日期
        firm:实习企业名称 job:实习岗位名称 match:是否对口 arr:实习安排码
        +score_level:实习成绩 agree:是否签订三方协议 ins:是否购买实习保险 night:是否安排夜班
        pay:实习报酬 ref:同岗位员工报酬 +abroad:是否赴国外 tutor:校内指导教师姓名
        +tutor_phone:校内指导教师电话 mentor:企业指导人员姓名 +firm_phone:企业指导人员电话
        phone:学生联系电话
    apprentice +school_code:学校代码 name:学徒姓名 idn:学徒身份证件号 sid:学号 cohort:学徒制班名称
        registered:学籍状态码 firm:培养企业名称 wno:学徒企业工号 job:学徒岗位名称
        cno:劳动合同编号 csign:劳动合同签订日期 cend:劳动合同结束日期 start:学徒培养开始日期
        end:学徒培养结束日期 mentor:企业导师姓名 tutor:学校导师姓名 pay:学徒月工资
    teacher +school_code:学校代码 tid:教工号 name:教师姓名 sex:性别码 idn:身份证件号 edu:学历码
        title:专业技术职务码 type:教师类别码 entry:来校日期 leave:离校日期 dual:是否双师型教师
        ddate:双师型认定日期
    part_timer +school_code:学校代码 name:教师姓名 idn:身份证件号 unit:所在单位名称
        title:职业资格等级 course:任教课程名称 hours:周课时数 start:聘任开始日期 end:聘任结束日期
    stint +school_code:学校代码 tid:教工号 name:教师姓名 firm:实践企业名称 job:实践岗位名称
        form:实践形式码 start:实践开始日期 end:实践结束日期 days:实践时长（天） passed:考核结果码
    base +school_code:学校代码 code:实训基地编号 name:实训基地名称 kind:实训基地类型码
        +area:建筑面积（平方米） seats:工位数（个） place:实训基地地址 major:面向专业名称
        owner:负责人姓名
    booking +school_code:学校代码 base:实训基地名称 date:使用日期 slot:使用时间段 user:使用单位名称
        aud:服务对象码 func:服务类型码 people:参加人数 content:项目名称 owner:负责人姓名 note:备注
    course +school_code:学校代码 intake:入学年份 major:专业名称 course:课程名称 cat:课程性质码
        total:总学时数 theory:理论学时数 practice:实践学时数 exam:考核方式码
    """
)
YES_NO = {True: ("1-是",), False: ("0-否",)}
WORDS: Words = {
    "arr": {"集中": ("1-学校统一安排", "3-校企合作安排"), "自主": ("2-学生自主选择",)},
    "match": YES_NO,
    "agree": YES_NO,
    "ins": YES_NO,
    "night": YES_NO,
    "dual": YES_NO,
    "passed": {True: ("1-合格",), False: ("2-不合格",)},
    "registered": {True: ("1-在籍",), False: ("2-休学", "3-退学")},
    "sex": {"男": ("1-男", "男"), "女": ("2-女", "女")},
    "type": {
        "专业课教师": ("2-专业课教师",),
        "实习指导教师": ("3-实习指导教师",),
        "公共基础课教师": ("1-公共基础课教师",),
    },
    "func": {
        "技能实训": ("01-技能实训",),
        "技能培训": ("02-技能培训",),
        "技能鉴定": ("03-技能鉴定",),
        "技能大赛": ("04-技能大赛",),
    },
    "aud": {
        "在校学生": ("1-在校学生",),
        "企业职工": ("2-企业职工",),
        "城乡劳动者": ("3-城乡劳动者",),
    },
    "no_contract": {None: (None, "无")},
    "cancelled": {True: ("已取消",)},
}
SHEETS = {
    "firm": "ODS_HZQYSJ", "agreement": "ODS_XQHZXY", "student": "ODS_XSJBSJ",
    "placement": "ODS_SXJCSJ", "apprentice": "ODS_XTJBSJ", "teacher": "ODS_JZGJBSJ",
    "part_timer": "ODS_JZJSSJ", "stint": "ODS_JSQYJZSJSJ", "base": "ODS_SXJDSJ",
    "course": "ODS_ZYKCSJ",
}  # fmt: skip
CODES = (
    ("代码表", "代码", "名称"),
    ("实习安排码", "1", "学校统一安排"),
    ("实习安排码", "2", "学生自主选择"),
    ("实习安排码", "3", "校企合作安排"),
    ("学籍状态码", "1", "在籍"),
)


def books(world: World, rng: random.Random) -> list[Book]:
    """A workbook a table, the code list beside it; bookings a year."""
    made = [
        Book(f"{code}.xlsx", {code: Table(kind, world.rows[kind], coded=True)},
             other={"代码对照": CODES})
        for kind, code in SHEETS.items()
    ]  # fmt: skip
    for year in YEARS:
        rows = [r for r in world.rows["booking"] if r.v["date"].year == year]
        made.append(Book(f"ODS_SXJDSY_{year}.xlsx", {"数据": Table("booking", rows, coded=True)}))
    return made


LOOK = Look(
    "platform",
    HEADINGS,
    WORDS,
    ("compact", "compact_number", "compact"),
    books,
    quirks=0.0,
)
