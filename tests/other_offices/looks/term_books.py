"""A workbook a school year with whatever began in it, kept by three clerks with habits of their
own: odd spellings of everything, notes in mid-sheet, a second header, hidden rows, sub-folders."""

import random

from tests.other_offices.look import Book, Look, Table, Words, groups, read_headings, school_year
from tests.other_offices.rows import INTAKES, Row
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm +remark_state:是否挂牌 name:用人单位 form:合作形式 uscc:统一社会信用代码（营业执照上18位）
        kind:单位类型 staff:职工数（人） ind:行业代码 contact:对接人员 phone:对接电话 note:备注说明
    agreement sign:签约时间 firm:签约单位 code:协议书号 start:协议有效期（起） end:协议有效期（止）
        owner:联系老师 note:备注说明
    student cls:班别 name:学生姓名 idn:身份证号(18位) sex:男/女 phone:学生手机号
        +guardian_phone:家长手机号 birth:生日 nation:民族 sid:学生学号 mcode:专业代号
        enter:入学时间 registered:学籍是否在册 +dorm:宿舍号 note:备注说明
    placement name:学生姓名 sex:男/女 cls:班别 idn:身份证号(18位) phone:学生手机号
        +class_teacher:班主任姓名 firm:去向单位 job:工作内容 start:到岗日期 end:离岗日期
        mentor:师傅姓名 tutor:跟踪老师 arr:安排途径（学校/自找） match:工作与专业是否对口
        pay:每月实发（元） ref:同岗位正式工月工资 agree:三方协议（签/未签）
        ins:实习责任险（买/未买） night:上夜班 note:备注说明
    apprentice name:学徒姓名 idn:身份证号(18位) sid:学生学号 cohort:学徒班名
        registered:学籍是否在册 firm:所在单位 job:跟师岗位 wno:单位工号 mentor:单位师傅
        tutor:学校老师 cno:劳动合同号码 csign:劳动合同签订日期 cend:劳动合同到期日期
        start:学徒期（起） end:学徒期（止） pay:每月工资 note:备注说明
    teacher name:老师姓名 tid:教工号 sex:男/女 idn:身份证号(18位) title:职称 edu:学历 type:任课类别
        entry:到校工作时间 leave:离校时间 dual:双师型（是/否） ddate:双师型证书日期 note:备注说明
    part_timer name:老师姓名 unit:来自单位 idn:身份证号(18位) title:技能等级或职务 course:所上课程
        start:聘书起始日期 end:聘书截止日期 hours:每周节数 note:备注说明
    stint name:老师姓名 tid:教工号 firm:下厂单位 start:下厂开始日期 end:下厂结束日期 days:共计天数
        job:下厂内容 passed:考核结果 note:备注说明
    base name:实训场地名称 code:场地编号 seats:工位（个数） place:所在位置 kind:场地类别
        major:所属专业 owner:管理老师 note:备注说明
    booking base:场地 date:使用日期 slot:第几节 user:使用班级（单位） people:到场人数
        aud:使用者类别 func:使用目的 content:具体内容 owner:带队老师 note:备注说明
    course course:课程（学科） cat:课程分类 total:课时总数 theory:理论课时数
        practice:实践（含实习）课时数 exam:考试方式 note:备注说明
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校安排", "学校推荐"), "自主": ("自己找的",)},
    "match": {True: ("对口", "比较对口"), False: ("不对口",)},
    "agree": {True: ("签了", "已签"), False: ("没签",)},
    "ins": {True: ("买了", "已买"), False: ("没买",)},
    "night": {True: ("上",), False: ("不上", None)},
    "dual": {True: ("是",), False: ("否", None)},
    "passed": {True: ("合格", "良好"), False: ("不合格",)},
    "registered": {True: ("在册",), False: ("已退学",)},
    "type": {
        "专业课教师": ("专业课",),
        "实习指导教师": ("实习指导课",),
        "公共基础课教师": ("公共课", "文化课"),
    },
    "func": {
        "技能实训": ("学生实训", "上实训课"),
        "技能培训": ("培训", "职工培训"),
        "技能鉴定": ("考证鉴定",),
        "技能大赛": ("技能比赛",),
    },
    "aud": {
        "在校学生": ("本校学生",),
        "企业职工": ("企业员工",),
        "城乡劳动者": ("社会人员", "农民工"),
    },
    "no_contract": {None: ("没签", "还没办")},
    "cancelled": {True: ("取消了", "因停电取消")},
}
SLOTS = {
    "am": ("上午",), "pm": ("下午",), "evening": ("晚上",), "day": ("全天",),
    "1-2": ("第1-2节", "1、2节"), "3-4": ("第3-4节",), "5-6": ("5-6节",), "7-8": ("第7-8节",),
}  # fmt: skip
NOTES = ("说明：没有发生的不填。", "经办人：小何")


def year_of(row: Row) -> str:
    """The school year that a dated row belongs to."""
    if row.kind != "booking":
        return school_year(row)
    first = row.v["date"].year - (row.v["date"].month < 9)
    return f"{first}-{first + 1}"


def year_books(world: World) -> list[Book]:
    """Placements, stints and bookings of a school year in one workbook."""
    kinds = {"placement": "实习去向", "stint": "老师下厂", "booking": "场地使用"}
    found: dict[str, dict[str, Table]] = {}
    for kind, sheet in kinds.items():
        by_year: dict[str, list[Row]] = {}
        for row in world.rows[kind]:
            by_year.setdefault(year_of(row), []).append(row)
        for year, rows in by_year.items():
            title = f"{year}学年{sheet}"
            table = Table(kind, rows, (title,), repeat=17, gap=8, hidden=9, below=NOTES)
            found.setdefault(year, {})[sheet] = table
    return [Book(f"{y}学年/{y}学年.xlsx", found[y]) for y in sorted(found)]


def plan_books(world: World) -> list[Book]:
    """Plans: the intake in the title, the major in the sheet's name."""
    made = []
    for intake in INTAKES:
        rows = [r for r in world.rows["course"] if r.v["intake"] == intake]
        tables = {
            f"{major}": Table("course", found, (f"{str(intake)[2:]}级课时表",), total="合计",
                              subtotal=("cat", "小计"))
            for (major,), found in groups(rows, "major").items()
        }  # fmt: skip
        made.append(Book(f"课时/{intake}.xlsx", tables))
    return made


def books(world: World, rng: random.Random) -> list[Book]:
    """Standing registers in books of their own, the rest by school year."""
    rows = world.rows
    students = {str(c): Table("student", found, (f"{c}花名册",), below=NOTES)
                for (c,), found in groups(rows["student"], "cls").items()}  # fmt: skip
    staff = {
        "在职老师": Table("teacher", rows["teacher"], ("老师名单",), hidden=5),
        "外聘老师": Table("part_timer", rows["part_timer"], ("外聘老师名单",)),
    }
    partners = {
        "单位": Table("firm", rows["firm"], ("合作单位名单",), gap=5),
        "协议": Table("agreement", rows["agreement"], ("协议名单",), hidden=6),
        "学徒": Table("apprentice", rows["apprentice"], ("学徒名单",), repeat=11),
        "场地": Table("base", rows["base"], ("实训场地",)),
    }
    return [
        Book("常用/学生花名册.xlsx", students),
        Book("常用/老师.xls", staff, "xls"),
        Book("常用/单位协议学徒场地.xlsx", partners),
        *year_books(world),
        *plan_books(world),
    ]


LOOK = Look(
    "term_books",
    HEADINGS,
    WORDS,
    ("dot", "dot0", "cn_blank", "wide", "slash", "short", "serial_text", "month_slash"),
    books,
    slots=SLOTS,
    money=("{}", "{}元", "{}元/月"),
    people=("{}", "{}人", "{}名"),
    quirks=0.3,
)
