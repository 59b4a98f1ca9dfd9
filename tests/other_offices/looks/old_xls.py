"""Old .xls books: merged titles, headers again and again, totals, hidden rows, two-digit years,
and suffixes that lie."""

import random

from tests.other_offices.look import Book, Look, Table, Words, groups, read_headings, school_year
from tests.other_offices.rows import INTAKES, YEARS
from tests.other_offices.world import MAJORS, World

HEADINGS = read_headings(
    """
    firm no:编号 name:单位名称 uscc:统一信用代码 kind:所有制性质 ind:所属行业代码 staff:在岗人数
        contact:联络方式|联系人员 phone:联络方式|手机 +legal:法人代表 form:合作形式 note:备注
    agreement no:编号 firm:签约企业名称 code:协议号码 sign:签订年月日 start:合作期限|自
        end:合作期限|至 content:合作内容摘要 note:备注
    student no:编号 sid:学号 name:学生姓名 sex:性␣别 nation:民␣族 idn:身␣份␣证␣号␣码
        birth:出␣生␣年␣月 mcode:所学专业|专业代码 major:所学专业|专业名称 enter:入学年月
        registered:是否注册学籍 phone:本人手机 note:备␣注
    placement no:编号 cls:班␣级 name:学生姓名 idn:身␣份␣证␣号␣码 phone:本人手机 firm:实习单位名称
        job:从事岗位 start:实习起止|自 end:实习起止|至 arr:单位来源 match:与所学专业是否相关
        pay:每月报酬|实习生 ref:每月报酬|同岗职工 agree:协议签订情况 ins:保险购买情况
        night:有无夜班 mentor:单位指导老师 tutor:学校指导老师 note:备␣注
    apprentice no:编号 name:学徒姓名 idn:身␣份␣证␣号␣码 sid:学号 registered:是否注册学籍
        cno:劳动合同|合同号 csign:劳动合同|签订日 cend:劳动合同|到期日 wno:厂内工号 job:学徒工种
        start:培养起 end:培养止 mentor:带徒师傅 tutor:校方导师 pay:月工资额 note:备␣注
    teacher no:编号 tid:教师工号 name:教师姓名 sex:性␣别 idn:身␣份␣证␣号␣码 entry:参加本校工作时间
        leave:离开本校时间 type:教师分类 edu:文化程度 title:技术职称 major:专业
        dual:双师型教师|是／否 ddate:双师型教师|认定日期 note:备␣注
    part_timer no:编号 name:外聘教师姓名 idn:身␣份␣证␣号␣码 unit:现工作单位 title:技术等级
        course:所授课程 hours:周节数 start:聘期|自 end:聘期|至 note:备␣注
    stint no:编号 tid:教师工号 name:教师姓名 firm:实践锻炼企业 job:锻炼岗位 start:锻炼时间|自
        end:锻炼时间|至 days:合计天数 passed:鉴定结论 note:备␣注
    base no:编号 code:基地编码 name:实训基地名称 kind:基地性质 place:座落地点 seats:工位数（个）
        major:服务专业 owner:保管员 note:备␣注
    booking no:编号 date:使用日期 week:星期 slot:节␣次 base:实训基地 user:班级（单位） aud:人员类别
        func:活动类别 content:活动内容 people:人␣数 owner:指导教师 note:备␣注
    course no:编号 course:课␣程␣名␣称 total:教学时数|合计 theory:教学时数|讲授
        practice:教学时数|实习实训 exam:考试或考查 note:备␣注
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校联系", "集中"), "自主": ("自找", "自主")},
    "match": {True: ("相关",), False: ("不相关",)},
    "agree": {True: ("已签",), False: ("未签",)},
    "ins": {True: ("已投保", "有"), False: ("未投保", "无")},
    "night": {True: ("有",), False: ("无", None)},
    "dual": {True: ("是",), False: ("否", None)},
    "passed": {True: ("合格",), False: ("不合格",)},
    "registered": {True: ("是",), False: ("否",)},
    "type": {
        "专业课教师": ("专业课教师",),
        "实习指导教师": ("实习指导教师",),
        "公共基础课教师": ("文化课教师", "公共基础课教师"),
    },
    "func": {
        "技能实训": ("实训",),
        "技能培训": ("培训",),
        "技能鉴定": ("鉴定",),
        "技能大赛": ("大赛",),
    },
    "aud": {
        "在校学生": ("学生",),
        "企业职工": ("职工",),
        "城乡劳动者": ("农民工", "下岗失业人员"),
    },
    "no_contract": {None: ("无", "未签")},
    "cancelled": {True: ("此次取消",)},
}
SLOTS = {"am": ("1-4节",), "pm": ("5-8节",), "evening": ("晚上",), "1-2": ("1-2节", "第1-2节")}
UNIT = "单位（盖章）：滨河市职业中等专业学校                      2024年1月10日"
SIGNED = ("制表：            审核：            日期：    年  月  日",)


def by_intake(world: World) -> Book:
    """Students: a sheet a class, which only the sheet's name and the title tell."""
    tables = {}
    for (name,), rows in groups(world.rows["student"], "cls").items():
        title = f"滨河市职业中等专业学校{name}学生花名册"
        table = Table("student", rows, (title,), UNIT, repeat=12, total="合  计", below=SIGNED)
        tables[str(name)] = table
    return Book("学生花名册.xls", tables, "xls")


def by_school_year(world: World) -> Book:
    """Placements: a sheet a school year, some rows hidden."""
    tables = {}
    for year in sorted({school_year(r) for r in world.rows["placement"]}):
        rows = [r for r in world.rows["placement"] if school_year(r) == year]
        title = f"{year}学年学生岗位实习一览表"
        table = Table("placement", rows, (title,), UNIT, repeat=10, hidden=7, total="总  计")
        tables[year] = table
    return Book("实习一览表.xlsx", tables, "xls")


def plans(world: World) -> list[Book]:
    """Teaching plans: a book an intake, a sheet a major; the intake stands in the title."""
    made = []
    for intake in INTAKES:
        tables = {}
        for major in MAJORS:
            rows = [r for r in world.rows["course"] if r.v["intake"] == intake]
            rows = [r for r in rows if r.v["major"] == major]
            title = f"{intake}级教学计划"
            below = ("实践教学比例        ％", *SIGNED)
            tables[major] = Table("course", rows, (title,), subtotal=("cat", "小  计"),
                                  total="总  计", below=below)  # fmt: skip
        made.append(Book(f"教学计划（{intake}）.xls", tables, "xls"))
    return made


def books(world: World, rng: random.Random) -> list[Book]:
    """Some .xls are really xlsx and the other way round."""
    made = [by_intake(world), by_school_year(world), *plans(world)]
    cohorts = groups(world.rows["apprentice"], "cohort")
    tables = {str(c): Table("apprentice", rows, (f"{c}学徒名单",), UNIT, gap=6)
              for (c,), rows in cohorts.items()}  # fmt: skip
    made.append(Book("学徒名单.xls", tables, "xlsx"))
    simple = {
        "firm": "校企合作单位一览表", "agreement": "校企合作协议一览表", "teacher": "专任教师名册",
        "part_timer": "外聘教师名册", "stint": "教师企业实践锻炼登记", "base": "实训基地一览表",
    }  # fmt: skip
    for kind, title in simple.items():
        rows = world.rows[kind]
        table = Table(kind, rows, (title,), UNIT, repeat=9, total="合计", below=SIGNED)
        made.append(Book(f"{title}.xls", {"Sheet1": table}, "xls"))
    tables = {}
    for year in YEARS:
        rows = [r for r in world.rows["booking"] if r.v["date"].year == year]
        title = f"{year}年实训基地使用登记"
        tables[f"{year}年"] = Table("booking", rows, (title,), repeat=20, hidden=11, gap=9)
    made.append(Book("实训基地使用登记.xls", tables, "xls"))
    return made


LOOK = Look(
    "old_xls",
    HEADINGS,
    WORDS,
    ("short", "short", "real", "dot", "wide", "serial", "month_number"),
    books,
    slots=SLOTS,
    money=("{}", "{}.00", "{}元/月"),
    people=("{}", "{}人"),
)
