"""The bureau's own blank forms: 表号 lines, three-level headings with a row of column numbers under
them, columns that say what a whole other office would say, no 序号, words as in the decree."""

import random

from tests.other_offices.look import Book, Look, Table, Words, groups, read_headings
from tests.other_offices.rows import INTAKES, YEARS
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm uscc:合作企业|代码 name:合作企业|名称 kind:合作企业|登记注册类型 ind:合作企业|行业门类代码
        staff:合作企业|年末从业人员数 contact:联系人|姓名 phone:联系人|联系电话 form:合作内容
    agreement code:校企合作协议|编号 firm:校企合作协议|企业名称 sign:校企合作协议|签订日期
        start:校企合作协议|有效期|开始日期 end:校企合作协议|有效期|结束日期 content:主要条款
    student idn:居民身份证号 name:学生姓名 sex:性别 birth:出生日期 nation:民族 sid:全国学籍号
        registered:学籍注册情况 cls:就读班级 major:就读专业|名称 mcode:就读专业|代码 enter:入学年月
        phone:联系电话 +politics:政治面貌
    placement idn:学生|居民身份证号 name:学生|姓名 cls:学生|就读班级 phone:学生|联系电话
        firm:岗位实习|实习企业|名称 job:岗位实习|实习企业|岗位名称
        mentor:岗位实习|实习企业|企业指导人员姓名 start:岗位实习|实习时间|起始日期
        end:岗位实习|实习时间|终止日期 arr:岗位实习|实习安排形式
        match:岗位实习|实习岗位与专业是否对口 pay:权益保障|实习报酬（元／月）|实际支付
        ref:权益保障|实习报酬（元／月）|相同岗位工资标准 agree:权益保障|是否签订三方协议
        ins:权益保障|是否投保实习责任保险 night:权益保障|是否安排夜班 tutor:校内指导教师姓名
    apprentice idn:学徒|居民身份证号 name:学徒|姓名 cohort:学徒|学徒班 sid:学生身份|全国学籍号
        registered:学生身份|学籍注册情况 firm:企业员工身份|企业名称
        cno:企业员工身份|劳动合同|合同编号 csign:企业员工身份|劳动合同|签订日期
        cend:企业员工身份|劳动合同|终止日期 wno:企业员工身份|职工编号 job:企业员工身份|岗位名称
        pay:企业员工身份|月工资 start:培养周期|起始日期 end:培养周期|终止日期
        mentor:导师姓名|企业导师 tutor:导师姓名|学校导师
    teacher tid:教职工号 idn:居民身份证号 name:教师姓名 sex:性别 edu:最高学历 title:专业技术职务
        type:专任教师类别 entry:来校年月 leave:离校年月 dual:“双师型”教师|是否“双师型”
        ddate:“双师型”教师|认定日期
    part_timer idn:居民身份证号 name:兼职教师姓名 unit:所在工作单位 title:职业资格或职称
        course:任教课程名称 start:聘用合同|起始日期 end:聘用合同|终止日期 hours:周授课时数
    stint tid:教职工号 name:教师姓名 firm:企业实践|企业名称 job:企业实践|岗位 form:企业实践|形式
        start:企业实践|起始日期 end:企业实践|终止日期 days:企业实践|天数 passed:考核结果
    base code:基地编号 name:实训基地名称 kind:基地类型 seats:工位数 place:建设地点 major:面向专业
        owner:基地负责人
    booking date:使用日期 slot:使用时段 base:实训基地名称 user:使用单位或班级 aud:服务人群
        func:服务功能 content:项目名称 people:服务人数 owner:项目负责人 note:备注
    course major:专业名称 course:课程名称 cat:课程类型 total:教学学时|总数
        theory:教学学时|其中|理论教学 practice:教学学时|其中|实践教学
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校统一安排", "校企合作安排"), "自主": ("学生自主选择",)},
    "match": {True: ("是",), False: ("否",)},
    "agree": {True: ("是",), False: ("否",)},
    "ins": {True: ("是",), False: ("否",)},
    "night": {True: ("是",), False: ("否",)},
    "dual": {True: ("是",), False: ("否",)},
    "passed": {True: ("合格",), False: ("不合格",)},
    "registered": {True: ("已注册",), False: ("未注册",)},
    "type": {
        "专业课教师": ("专业课教师",),
        "实习指导教师": ("实习指导教师",),
        "公共基础课教师": ("公共基础课教师",),
    },
    "func": {
        "技能实训": ("技能实训",),
        "技能培训": ("技能培训",),
        "技能鉴定": ("职业技能等级认定",),
        "技能大赛": ("技能大赛",),
    },
    "aud": {
        "在校学生": ("在校学生",),
        "企业职工": ("企业职工",),
        "城乡劳动者": ("城乡劳动者",),
    },
    "no_contract": {None: ("无",)},
    "cancelled": {True: ("取消",)},
}
SLOTS = {"am": ("上午",), "pm": ("下午",), "evening": ("晚上",), "day": ("全天",)}
UNIT = "学校名称：滨河市职业中等专业学校　　学校标识码：2137000001　　计量单位：人、元、学时"
SIGNED = ("单位负责人：　　　　统计负责人：　　　　填表人：　　　　报出日期：2024年3月1日",)
FORMS = {
    "firm": ("职教合作1表", "合作企业情况"), "agreement": ("职教合作2表", "校企合作协议情况"),
    "student": ("职教合作3表", "在校学生情况"), "placement": ("职教合作4表", "学生岗位实习情况"),
    "apprentice": ("职教合作5表", "现代学徒制培养情况"), "teacher": ("职教合作6表", "专任教师情况"),
    "part_timer": ("职教合作7表", "兼职教师情况"), "stint": ("职教合作8表", "教师企业实践情况"),
    "base": ("职教合作9表", "实训基地情况"),
}  # fmt: skip


def form(world: World, kind: str) -> Table:
    """One of the bureau's tables."""
    number, title = FORMS[kind]
    above = (f"表　　号：{number}", "制定机关：滨河市教育局", title)
    return Table(kind, world.rows[kind], above, UNIT, below=SIGNED, numbered=True)


def books(world: World, rng: random.Random) -> list[Book]:
    """Two volumes of forms, one of bookings, one of plans."""
    first = {FORMS[k][0]: form(world, k) for k in ("firm", "agreement", "student", "placement")}
    second = {
        FORMS[k][0]: form(world, k)
        for k in ("apprentice", "teacher", "part_timer", "stint", "base")
    }
    use = {}
    for year in YEARS:
        rows = [r for r in world.rows["booking"] if r.v["date"].year == year]
        above = ("表　　号：职教合作10表", "实训基地服务情况", f"{year}年")
        use[f"10表-{year}"] = Table("booking", rows, above, UNIT, below=SIGNED, numbered=True)
    plans = {}
    for intake in INTAKES:
        for (major,), rows in groups(world.rows["course"], "major").items():
            rows = [r for r in rows if r.v["intake"] == intake]
            above = ("表　　号：职教合作11表", "专业教学学时情况", f"{intake}级")
            table = Table("course", rows, above, UNIT, total="合　　计", numbered=True)
            plans[f"{intake}{str(major)[:2]}"] = table
    return [
        Book("上册.xlsx", first),
        Book("下册.xlsx", second),
        Book("基地服务.xlsx", use),
        Book("学时.xlsx", plans),
    ]


LOOK = Look(
    "bureau_form",
    HEADINGS,
    WORDS,
    ("dash", "real", "cn", "month_cn", "compact_number"),
    books,
    slots=SLOTS,
    quirks=0.08,
)
