"""A workbook a class in folders a year: three-level headings, the class only in the title,
start and end in one cell, 附件 lines above the title, the unit line one merged cell."""

import random

from tests.other_offices.look import Book, Look, Table, Words, groups, read_headings
from tests.other_offices.rows import INTAKES, YEARS
from tests.other_offices.world import MAJORS, World

HEADINGS = read_headings(
    """
    firm no:序号 uscc:企业基本情况|组织机构代码⏎（统一社会信用代码） name:企业基本情况|企业全称
        kind:企业基本情况|经济类型 ind:企业基本情况|所属行业 staff:企业基本情况|职工总数（人）
        contact:联络人|姓名 phone:联络人|手机号码 form:合作内容 note:说明
    agreement no:序号 code:协议书编号 firm:企业全称 content:协议内容 sign:签署时间
        start+end:有效期限 owner:校方经办人 note:说明
    student no:序号 name:学生基本情况|个人信息|姓名 sex:学生基本情况|个人信息|性别
        nation:学生基本情况|个人信息|民族 idn:学生基本情况|个人信息|身份证件号
        birth:学生基本情况|个人信息|出生年月日 phone:学生基本情况|个人信息|手机
        sid:学生基本情况|学籍信息|学籍号 mcode:学生基本情况|学籍信息|专业代码
        registered:学生基本情况|学籍信息|学籍 +guardian_name:家庭情况|监护人|姓名
        +guardian_phone:家庭情况|监护人|电话 +dorm:家庭情况|住宿情况 note:备注
    placement no:序号 name:实习学生|基本信息|姓名 idn:实习学生|基本信息|身份证件号
        phone:实习学生|联系方式|本人电话 +guardian_phone:实习学生|联系方式|家长电话
        firm:实习单位|单位名称 job:实习单位|岗位 mentor:实习单位|企业指导人员 start+end:实习期限
        arr:实习方式 match:是否对口 pay:劳动报酬（元/月）|学生实习补贴
        ref:劳动报酬（元/月）|该岗位职工工资 agree:协议与保险|三方协议⏎签订情况
        ins:协议与保险|实习责任险 night:是否安排夜班 tutor:校方指导老师 note:备注
    apprentice no:序号 name:学徒|姓名 idn:学徒|身份证件号 sid:学徒|学籍|学籍号
        registered:学徒|学籍|学籍 cno:企业员工|劳动合同|编号 csign:企业员工|劳动合同|签订时间
        cend:企业员工|劳动合同|终止时间 wno:企业员工|员工编号 job:企业员工|岗位
        pay:企业员工|工资（元） start+end:培养期限 mentor:双导师|企业导师 tutor:双导师|学校导师
        note:备注
    teacher no:序号 name:姓名 tid:教师编号 sex:性别 idn:身份证件号 entry:来校时间 type:课程类别
        edu:学历学位 title:职称 dual:双师型教师|是否认定 ddate:双师型教师|资格认定年月 status:现状
        leave:离校时间 note:备注
    part_timer no:序号 name:姓名 idn:身份证件号 unit:所在单位及部门 title:技能等级 course:任教课程
        hours:周学时 start+end:聘用期限 note:备注
    stint no:序号 tid:教师编号 name:姓名 firm:实践企业名称 job:实践任务 start+end:实践起止时间
        days:累计天数 passed:考核结论 note:备注
    base no:序号 code:场所编号 name:场所名称 kind:性质 seats:可用工位（个） major:适用专业
        owner:管理员 place:位置 note:备注
    booking no:序号 base:场所名称 date:日期 slot:上课节次 user:使用班级或单位 aud:使用对象
        func:用途 content:实训项目 people:人数 owner:任课教师 note:备注
    course no:序号 cat:课程性质 course:课程名称 theory:学时数|理论讲授 practice:学时数|实践教学
        total:学时数|合计 exam:考核形式 term:开课学期 note:备注
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校统一安排", "集中实习"), "自主": ("自主实习", "自己联系")},
    "match": {True: ("对口", "相近"), False: ("不对口",)},
    "agree": {True: ("已签订",), False: ("尚未签订", "未签")},
    "ins": {True: ("已购买",), False: ("未购买",)},
    "night": {True: ("是",), False: ("否",)},
    "dual": {True: ("√",), False: (None, "×")},
    "passed": {True: ("合格", "良好"), False: ("不合格",)},
    "registered": {True: ("已注册",), False: ("未注册", "休学")},
    "type": {
        "专业课教师": ("专业课教师",), "实习指导教师": ("实习指导教师",),
        "公共基础课教师": ("公共基础课教师",),
    },
    "func": {
        "技能实训": ("学生实训",), "技能培训": ("技能培训",), "技能鉴定": ("职业技能等级认定",),
        "技能大赛": ("大赛",),
    },
    "aud": {"在校学生": ("学生",), "企业职工": ("企业职工",),
            "城乡劳动者": ("农民工", "下岗失业人员")},
    "no_contract": {None: ("未签", "办理中")},
    "cancelled": {True: ("取消：设备检修", "取消")},
}  # fmt: skip
SLOTS = {
    "am": ("1-4节", "上午"),
    "pm": ("5-8节", "下午"),
    "evening": ("9-10节",),
    "day": ("1-8节",),
}
UNIT = "填报单位：滨河职业中专校企合作处　　　　填报日期：2024年3月15日　　　　单位：人、元"
NOTES = ("注：1.本表一式两份。", "填表人：王老师　　审核人：李主任")


def class_books(world: World) -> list[Book]:
    """Two sheets a class: who is in it, and who of it is where."""
    placed = groups(world.rows["placement"], "cls")
    made = []
    for (name,), rows in groups(world.rows["student"], "cls").items():
        above = ("附件1：", "滨河职业中专", f"{name}学生基本信息登记表")
        tables = {"学生名册": Table("student", rows, above, UNIT, below=NOTES)}
        if (name,) in placed:
            above = ("附件2：", "滨河职业中专", f"{name}岗位实习情况登记表")
            tables["岗位实习"] = Table("placement", placed[name,], above, UNIT, below=NOTES)
        made.append(Book(f"{str(name)[:5]}/{name}.xlsx", tables))
    return made


def apprentice_books(world: World) -> list[Book]:
    """A workbook a cohort; its firm stands in the unit line."""
    made = []
    for (name,), rows in groups(world.rows["apprentice"], "cohort").items():
        firm = rows[0].v["firm"].v["name"]
        table = Table("apprentice", rows, (f"{name}现代学徒制培养情况表",), f"合作企业：{firm}")
        made.append(Book(f"学徒/{name}.xlsx", {"学徒": table}))
    return made


def plan_book(world: World, intake: int) -> Book:
    """A workbook an intake, a sheet a major; both are named in the title only."""
    tables = {}
    for number, major in enumerate(MAJORS, 1):
        rows = [r for r in world.rows["course"] if (r.v["intake"], r.v["major"]) == (intake, major)]
        title = f"{intake}级{major}专业教学计划表"
        tables[f"表{number}"] = Table("course", rows, (title,), total="合计")
    return Book(f"教学计划/教学计划{intake}.xlsx", tables)


def books(world: World, rng: random.Random) -> list[Book]:
    """Folders of classes, cohorts and plans; the rest in workbooks of one sheet."""
    titles = {
        "firm": "合作企业基本情况统计表", "agreement": "校企合作协议签订情况表",
        "teacher": "专任教师情况一览表", "part_timer": "外聘兼职教师情况一览表",
        "stint": "教师企业实践情况汇总表", "base": "校内外实训场所情况表",
    }  # fmt: skip
    made = class_books(world) + apprentice_books(world)
    made += [plan_book(world, intake) for intake in INTAKES]
    for number, (kind, title) in enumerate(titles.items(), 3):
        table = Table(kind, world.rows[kind], (f"附件{number}", title), UNIT, below=NOTES)
        made.append(Book(f"{title}.xlsx", {"Sheet1": table}))
    for year in YEARS:
        rows = [r for r in world.rows["booking"] if r.v["date"].year == year]
        table = Table("booking", rows, (f"{year}年实训场所使用安排表",), UNIT, repeat=15)
        made.append(Book(f"使用安排{year}.xlsx", {"Sheet1": table}))
    return made


LOOK = Look(
    "per_class",
    HEADINGS,
    WORDS,
    ("dot", "dot0", "cn", "month"),
    books,
    periods=("{0}-{1}", "{0}至{1}", "{0}—{1}", "{0}～{1}", "{0}-{2}"),
    slots=SLOTS,
    money=("{}", "{}元"),
)
