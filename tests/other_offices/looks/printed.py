"""Printed pages pasted one below another: title, header and 本页小计 again and again, a line for
each class between the rows, two header rows without merged cells, start and end under a group."""

import random

from tests.other_offices.look import Book, Look, Table, Words, groups, read_headings, school_year
from tests.other_offices.rows import YEARS, Row
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm no:顺序号 name:企业基本情况|单位全称 uscc:企业基本情况|社会统一信用代码
        kind:企业基本情况|经济性质 ind:企业基本情况|行业类型 staff:企业基本情况|现有职工（人）
        contact:企业联络员|姓名 phone:企业联络员|手机 form:合作项目类型 note:附注
    agreement no:顺序号 code:协议书|编号 firm:协议书|乙方 sign:协议书|签署日期 start:有效期限|起
        end:有效期限|止 owner:学校经办人 note:附注
    student no:顺序号 sid:学籍|学号 registered:学籍|状态 name:学生基本情况|姓名
        sex:学生基本情况|性别 nation:学生基本情况|民族 birth:学生基本情况|出生年月日
        idn:学生基本情况|身份证号码 mcode:所学专业|代码 major:所学专业|名称 cls:行政班
        enter:入校时间 phone:联系方式|学生本人 +guardian_name:联系方式|监护人姓名
        +guardian_phone:联系方式|监护人手机 note:附注
    placement no:顺序号 name:实习生|姓名 idn:实习生|身份证号码 cls:实习生|行政班
        phone:实习生|本人手机 firm:实习单位|单位全称 job:实习单位|实习岗位
        mentor:实习单位|企业指导师傅 start:实习时间|起 end:实习时间|止 arr:实习组织形式
        match:岗位与所学专业|是否对口 pay:劳动报酬（元/月）|实习生
        ref:劳动报酬（元/月）|同岗位职工 agree:实习手续|三方协议 ins:实习手续|实习责任险
        night:是否夜班 tutor:学校带队老师 note:附注
    apprentice no:顺序号 cohort:所在学徒班 name:学徒|姓名 idn:学徒|身份证号码 sid:学籍|学号
        registered:学籍|状态 firm:用工单位|单位全称 wno:用工单位|职工号 job:用工单位|工作岗位
        cno:劳动合同|编号 csign:劳动合同|起 cend:劳动合同|止 start:学徒培养期|起
        end:学徒培养期|止 mentor:双导师|企业师傅 tutor:双导师|校内教师 pay:月津贴（元） note:附注
    teacher no:顺序号 tid:教师基本情况|人事编号 name:教师基本情况|姓名 sex:教师基本情况|性别
        idn:教师基本情况|身份证号码 edu:教师基本情况|文化程度 title:教师基本情况|现任职称
        type:授课类别 entry:工作时间|调入本校 leave:工作时间|调离本校 dual:双师素质|是否具备
        ddate:双师素质|认定年月 note:附注
    part_timer no:顺序号 name:外聘教师|姓名 idn:外聘教师|身份证号码 unit:外聘教师|所在单位
        title:外聘教师|技术职称 course:担任课程 hours:周学时 start:聘用期限|起 end:聘用期限|止
        note:附注
    stint no:顺序号 tid:教师基本情况|人事编号 name:教师基本情况|姓名 firm:下企业锻炼|接收单位
        job:下企业锻炼|锻炼岗位 form:下企业锻炼|锻炼形式 start:锻炼时间|起 end:锻炼时间|止
        days:锻炼时间|累计天数 passed:考核等级 note:附注
    base no:顺序号 code:实训基地|代号 name:实训基地|名称 kind:实训基地|属性 place:实训基地|所在地
        seats:实训基地|可容纳工位 major:服务面向专业 owner:基地管理员 note:附注
    booking no:顺序号 date:使用时间|日期 slot:使用时间|节次 base:使用场地 user:使用情况|班级或单位
        aud:使用情况|人员类别 func:使用情况|活动性质 content:使用情况|活动内容
        people:使用情况|人数 owner:责任教师 note:附注
    course no:顺序号 course:课程|名称 cat:课程|性质 total:学时安排|合计 theory:学时安排|讲授
        practice:学时安排|实操 exam:考核形式 note:附注
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校组织", "统一安排"), "自主": ("个人联系", "自行联系")},
    "match": {True: ("对口", "相近"), False: ("不对口",)},
    "agree": {True: ("已签", "齐全"), False: ("未签",)},
    "ins": {True: ("已投保", "学校投保"), False: ("未投保",)},
    "night": {True: ("是",), False: ("否", None)},
    "dual": {True: ("具备", "是"), False: ("不具备", None)},
    "passed": {True: ("优秀", "合格"), False: ("不合格",)},
    "registered": {True: ("注册", "正常"), False: ("未注册", "已退学")},
    "type": {
        "专业课教师": ("专业课", "专业理论课"),
        "实习指导教师": ("实习指导课", "实习指导"),
        "公共基础课教师": ("公共课", "基础课"),
    },
    "func": {
        "技能实训": ("实训教学",),
        "技能培训": ("员工培训", "技术培训"),
        "技能鉴定": ("职业技能鉴定",),
        "技能大赛": ("技能竞赛",),
    },
    "aud": {
        "在校学生": ("本校学生",),
        "企业职工": ("企业员工",),
        "城乡劳动者": ("社会学员", "农民工"),
    },
    "no_contract": {None: ("未签订", None)},
    "cancelled": {True: ("此次取消",)},
}
FOOT = ("制表：卫晓燕　　　　审核：沈国华　　　　校长：",)
RESULT = (
    ("班级", "姓名", "语文", "数学", "焊接工艺", "总分"),
    ("2019级焊接技术应用1班", "赵国栋", 88, 76, 90, 254),
    ("2019级焊接技术应用1班", "钱志强", 67, 81, 85, 233),
)


def pages(kind: str, rows: list[Row], *above: str, divider: tuple[str, str] | None = None) -> Table:
    """A table cut into pages of fourteen rows."""
    return Table(
        kind, rows, above, below=FOOT, page=14, divider=divider, total="总计", loose=True
    )  # fmt: skip


def divided(kind: str, rows: list[Row], key: str, line: str, *above: str) -> Table:
    """The same, with a line above the rows of each class."""
    return pages(kind, sorted(rows, key=lambda r: str(r.v[key])), *above, divider=(key, line))


def plan_books(world: World) -> list[Book]:
    """Plans: major and intake in one title."""
    made = []
    for (intake, major), rows in groups(world.rows["course"], "intake", "major").items():
        table = pages("course", rows, f"滨河职业中专{major}专业{intake}级学时安排表")
        made.append(Book(f"学时/{intake}{major}.xlsx", {"Sheet1": table}))
    return made


def books(world: World, rng: random.Random) -> list[Book]:
    """Old xls and new xlsx, each register on long sheets of pages."""
    rows = world.rows
    students = {
        f"{intake}": divided("student", [r for r in rows["student"] if r.v["intake"] == intake],
                             "cls", "{}（{n}人）", f"滨河职业中专{intake}级学生名册")
        for intake in sorted({r.v["intake"] for r in rows["student"]})
    }  # fmt: skip
    rosters = {
        year: divided("placement", [r for r in rows["placement"] if school_year(r) == year],
                      "cls", "班级：{}", f"滨河职业中专{year}学年实习生名册")
        for year in sorted({school_year(r) for r in rows["placement"]})
    }  # fmt: skip
    use = {
        f"{year}年": pages("booking", [r for r in rows["booking"] if r.v["date"].year == year],
                          f"{year}年度实训基地使用台账")
        for year in YEARS
    }  # fmt: skip
    staff = {
        "专任教师": pages("teacher", rows["teacher"], "滨河职业中专专任教师名册"),
        "外聘教师": pages("part_timer", rows["part_timer"], "外聘教师名册"),
        "下企业": pages("stint", rows["stint"], "教师下企业锻炼登记册"),
    }
    partners = {
        "企业": pages("firm", rows["firm"], "合作企业名册"),
        "协议": pages("agreement", rows["agreement"], "合作协议登记册"),
        "学徒": divided("apprentice", rows["apprentice"], "cohort", "{}", "学徒登记册"),
        "基地": pages("base", rows["base"], "实训基地登记册"),
    }
    return [
        Book("学生名册.xlsx", students, other={"成绩": RESULT}),
        Book("实习生名册.xls", rosters, "xls"),
        Book("基地使用.xlsx", use),
        Book("教师名册.xlsx", staff),
        Book("企业.xls", partners, "xls"),
        *plan_books(world),
    ]


LOOK = Look(
    "printed",
    HEADINGS,
    WORDS,
    ("dot", "dash", "cn", "month", "real"),
    books,
    money=("{}", "{}元"),
    people=("{}", "{}人"),
    quirks=0.1,
)
