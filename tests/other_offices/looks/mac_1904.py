"""Workbooks of the 1904 system, no title rows, captions numbered and broken into lines, small
tables beside and below, statistics sheets with words of the registers in them."""

import random

from tests.other_offices.look import Book, Look, Table, Words, groups, read_headings
from tests.other_offices.rows import INTAKES
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm name:（一）企业⏎全称 uscc:（二）统一社会⏎信用代码 kind:（三）企业⏎性质 ind:（四）行业⏎分类
        staff:（五）职工⏎人数（人） contact:（六）企业⏎对接人 phone:（七）对接人⏎联系方式
        form:（八）合作⏎形式 district:（九）所在⏎区县
    agreement code:1.协议⏎编号 firm:2.合作⏎企业 sign:3.签订⏎时间 start:4.协议⏎起始日
        end:5.协议⏎截止日 content:6.主要⏎内容 note:7.其他⏎说明
    student cls:1.行政⏎班级 name:2.姓名 sex:3.性别 idn:4.居民身份⏎证号码 birth:5.出生⏎日期
        nation:6.民族⏎成分 sid:7.学籍⏎号 mcode:8.专业⏎代码 major:9.专业⏎名称 enter:10.入学⏎时间
        registered:11.学籍⏎状况 phone:12.联系⏎方式 +address:13.户籍⏎地址
    placement firm:1.接收⏎单位 job:2.岗位⏎工种 name:3.学生⏎姓名 idn:4.居民身份⏎证号码
        cls:5.行政⏎班级 phone:6.学生⏎联系方式 start:7.上岗⏎时间 end:8.离岗⏎时间 arr:9.安排⏎形式
        match:10.专业⏎对口 pay:11.实习⏎工资（元） ref:12.同岗职工⏎工资（元） agree:13.三方协议⏎有无
        ins:14.实习⏎责任保险 night:15.夜间⏎上岗 mentor:16.企业⏎指导人 tutor:17.学校⏎指导教师
    apprentice cohort:1.学徒⏎班级 name:2.学徒⏎姓名 idn:3.居民身份⏎证号码 sid:4.学籍⏎号
        registered:5.学籍⏎状况 firm:6.用工⏎企业 wno:7.员工⏎编号 job:8.岗位⏎工种 cno:9.用工合同⏎编号
        csign:10.用工合同⏎签订日期 cend:11.用工合同⏎到期日期 start:12.入岗⏎时间 end:13.期满⏎时间
        mentor:14.企业⏎师傅 tutor:15.学校⏎导师 pay:16.月⏎工资
    teacher tid:1.人事⏎编号 name:2.教工⏎姓名 idn:3.居民身份⏎证号码 sex:4.性别 edu:5.学历⏎层次
        title:6.职称 type:7.教师⏎类别 major:8.任教⏎专业 entry:9.进校⏎年月 leave:10.离岗⏎时间
        dual:11.是否⏎双师 ddate:12.双师⏎认定时间
    part_timer name:1.姓名 idn:2.居民身份⏎证号码 unit:3.所在⏎企业 title:4.职业⏎技能等级
        course:5.担任⏎课程 start:6.受聘⏎起始日 end:7.受聘⏎截止日 hours:8.每周⏎课时数
    stint tid:1.人事⏎编号 name:2.教工⏎姓名 firm:3.实践⏎企业 job:4.实践⏎岗位 start:5.实践⏎起始日
        end:6.实践⏎截止日 days:7.实践⏎天数 passed:8.考核⏎结果
    base code:1.基地⏎编号 name:2.基地⏎名称 kind:3.基地⏎类别 place:4.所在⏎位置 seats:5.工位数⏎（个）
        major:6.服务⏎专业 owner:7.管理⏎人员
    booking date:1.使用⏎日期 slot:2.使用⏎时间 base:3.基地⏎名称 user:4.使用⏎单位 aud:5.使用⏎对象
        func:6.基地⏎功能 content:7.项目⏎内容 people:8.使用⏎人数 owner:9.负责⏎教师 note:10.备注
    course major:1.适用⏎专业 cat:2.课程⏎类别 course:3.课程⏎名称 total:4.总⏎学时 theory:5.理论⏎学时
        practice:6.实践⏎学时 exam:7.考核⏎形式
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校集中安排", "校企合作企业接收"), "自主": ("学生自行联系",)},
    "match": {True: ("√", "基本对口"), False: ("×",)},
    "agree": {True: ("有",), False: ("无",)},
    "ins": {True: ("√",), False: ("×",)},
    "night": {True: ("√",), False: ("×", None)},
    "dual": {True: ("是",), False: ("否",)},
    "passed": {True: ("优秀", "合格"), False: ("不合格",)},
    "registered": {True: ("正常", "在籍"), False: ("休学",)},
    "type": {
        "专业课教师": ("专业课",),
        "实习指导教师": ("实习指导",),
        "公共基础课教师": ("公共基础课",),
    },
    "func": {
        "技能实训": ("学生实训", "实训"),
        "技能培训": ("职工培训",),
        "技能鉴定": ("职业技能等级认定",),
        "技能大赛": ("技能竞赛",),
    },
    "aud": {
        "在校学生": ("在校生",),
        "企业职工": ("企业员工",),
        "城乡劳动者": ("社会人员",),
    },
    "no_contract": {None: ("办理中", None)},
    "cancelled": {True: ("取消（改期另报）",)},
}
SLOTS = {
    "am": ("上午", "8点-12点"),
    "pm": ("下午", "13：30—17：30"),
    "evening": ("晚上", "18:30-20:30"),
    "1-2": ("8:00～10:00",),
    "3-4": ("10：00-12：00",),
}
ASIDE = (
    ("专业", "人数", "集中", "对口"),
    ("焊接技术应用", 52, 44, 47),
    ("会计事务", 31, 25, 26),
    ("合计", 83, 69, 73),
)
UNDER = (
    ("姓名", "职责", "联系电话"),
    ("沈国华", "科长", "15400010001"),
    ("卫晓燕", "干事", "16900020002"),
)
STATISTICS = (
    ("校企合作情况统计",),
    ("企业名称", "实习人数", "平均工资（元）", "对口率"),
    ("滨河北港重工有限责任公司", 12, 2750, "91.7%"),
    ("东岭轨道车辆部件有限公司", 9, 2810, "88.9%"),
)
LISTS = (("企业性质", "安排形式", "学籍状况"), ("民营", "集中", "正常"), ("国有", "自主", "休学"))


def books(world: World, rng: random.Random) -> list[Book]:
    """Two registers a workbook, statistics beside them."""
    rows = world.rows
    other = {"统计": STATISTICS, "选项": LISTS}

    def book(file: str, **tables: Table) -> Book:
        return Book(file, tables, since_1904=True, other=other)

    classes = {str(c): Table("student", found)
               for (c,), found in groups(rows["student"], "cls").items()}  # fmt: skip
    plans = {f"{i}级": Table("course", [r for r in rows["course"] if r.v["intake"] == i],
                            total="合计", aside=ASIDE) for i in INTAKES}  # fmt: skip
    return [
        book("企业与协议.xlsx", 企业=Table("firm", rows["firm"], under=UNDER),
             协议=Table("agreement", rows["agreement"])),
        book("学生.xlsx", **classes),
        book("实习与学徒.xlsx", 实习=Table("placement", rows["placement"], aside=ASIDE),
             学徒=Table("apprentice", rows["apprentice"], under=UNDER)),
        book("师资.xlsx", 专任=Table("teacher", rows["teacher"], aside=ASIDE),
             外聘=Table("part_timer", rows["part_timer"]), 实践=Table("stint", rows["stint"])),
        book("基地.xlsx", 基地=Table("base", rows["base"], under=UNDER),
             使用=Table("booking", rows["booking"], aside=ASIDE)),
        book("教学计划.xlsx", **plans),
    ]  # fmt: skip


LOOK = Look(
    "mac_1904",
    HEADINGS,
    WORDS,
    ("real", "real", "serial_1904", "cn", "month_cn", "dot0"),
    books,
    slots=SLOTS,
    money=("{}", "{:,}"),
)
