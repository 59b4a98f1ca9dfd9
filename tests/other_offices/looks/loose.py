"""Nothing merged anywhere: group captions stand in their first column only, tables begin in the
second column after blank lines, a sheet a month, signatures in the middle of the sheet's foot."""

import random

from tests.other_offices.look import Book, Look, Table, Words, groups, read_headings, school_year
from tests.other_offices.rows import INTAKES, Row
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm no:序号 name:企业|名称 uscc:企业|统一社会信用代码 kind:企业|性质 ind:企业|行业代码
        staff:企业|职工总人数 contact:联系方式|负责联系人 phone:联系方式|手机号 district:地区
        form:合作方式 note:备注
    agreement no:序号 code:协议|编号 content:协议|内容 firm:合作企业名称 sign:协议|签订时间
        start:协议|开始时间 end:协议|截止时间 note:备注
    student no:序号 name:学生|姓名 sex:学生|性别 nation:学生|民族 idn:学生|身份证号码
        birth:学生|出生日期 sid:学号 cls:班级 mcode:专业代码 major:专业 enter:入学年月
        registered:学籍注册 phone:电话|学生 +guardian_phone:电话|家长 note:备注
    placement no:序号 name:学生|姓名 cls:学生|所在班 idn:学生|身份证号码 phone:学生|手机号
        firm:企业|名称 job:企业|岗位 mentor:企业|指导师傅 tutor:学校指导教师 start:实习|开始时间
        end:实习|截止时间 arr:实习|安排 match:实习|专业对口 pay:工资|实习工资
        ref:工资|同岗位员工工资 agree:手续|三方协议 ins:手续|责任保险 night:夜班 note:备注
    apprentice no:序号 cohort:班级 name:学徒|姓名 idn:学徒|身份证号码 sid:学徒|学号
        registered:学籍注册 firm:企业|名称 job:企业|岗位 wno:企业|工号 cno:劳动合同|编号
        csign:劳动合同|签订时间 cend:劳动合同|截止时间 start:学徒期|开始时间 end:学徒期|截止时间
        mentor:导师|企业 tutor:导师|学校 pay:月工资 note:备注
    teacher no:序号 name:教师|姓名 tid:教师|工号 sex:教师|性别 idn:教师|身份证号码 edu:学历
        title:职称 type:类别 major:专业 entry:来校年月 leave:离校年月 dual:双师型|是否
        ddate:双师型|认定时间 note:备注
    part_timer no:序号 name:教师|姓名 idn:教师|身份证号码 unit:教师|工作单位 title:教师|技能等级
        course:兼课课程 hours:周课时 start:聘用时间|开始时间 end:聘用时间|截止时间 note:备注
    stint no:序号 tid:教师|工号 name:教师|姓名 firm:实践|企业 job:实践|岗位 start:实践|开始时间
        end:实践|截止时间 days:实践|天数 passed:考核 note:备注
    base no:序号 name:实训室|名称 code:实训室|编号 kind:实训室|类别 place:地点 seats:工位数
        major:服务专业 owner:管理教师 note:备注
    booking no:序号 date:使用|日期 week:使用|星期 slot:使用|节次 base:实训室 user:使用|班级或单位
        aud:使用|对象 func:使用|功能 content:实训项目 people:人数 owner:负责教师 note:备注
    course no:序号 cat:课程|类别 course:课程|名称 total:课时|总数 theory:课时|理论
        practice:课时|实训 exam:考核 note:备注
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校推荐", "集中安排"), "自主": ("自主联系", "自找")},
    "match": {True: ("对口", "基本对口"), False: ("不对口",)},
    "agree": {True: ("已办", "已签"), False: ("未办", "未签")},
    "ins": {True: ("已办", "已购买"), False: ("未办", "未购买")},
    "night": {True: ("有",), False: ("无", None)},
    "dual": {True: ("是",), False: ("否", None)},
    "passed": {True: ("合格",), False: ("不合格",)},
    "registered": {True: ("已注册",), False: ("未注册",)},
    "type": {
        "专业课教师": ("专业课教师", "专业课"),
        "实习指导教师": ("实习指导教师",),
        "公共基础课教师": ("公共基础课教师", "公共基础课"),
    },
    "func": {
        "技能实训": ("技能实训", "学生实训"),
        "技能培训": ("技能培训",),
        "技能鉴定": ("技能鉴定",),
        "技能大赛": ("技能竞赛",),
    },
    "aud": {
        "在校学生": ("学生",),
        "企业职工": ("企业员工",),
        "城乡劳动者": ("农民工", "社会人员"),
    },
    "no_contract": {None: ("未签", None)},
    "cancelled": {True: ("已取消",)},
}
SIGNED = ("制表人：卫晓燕", "审核人：沈国华")


def loose(kind: str, rows: list[Row], *above: str) -> Table:
    """A table of this office."""
    return Table(kind, rows, above, below=SIGNED, top=2, left=1, loose=True)


def months(world: World) -> list[Book]:
    """A workbook of bookings a year, a sheet a month."""
    found: dict[int, dict[str, Table]] = {}
    by_month: dict[tuple[int, int], list[Row]] = {}
    for row in world.rows["booking"]:
        by_month.setdefault((row.v["date"].year, row.v["date"].month), []).append(row)
    for (year, month), rows in by_month.items():
        title = f"{year}年{month}月实训室使用情况"
        found.setdefault(year, {})[f"{month}月"] = loose("booking", rows, title)
    return [Book(f"实训室使用{year}.xlsx", tables) for year, tables in found.items()]


def books(world: World, rng: random.Random) -> list[Book]:
    """Rosters by school year, plans by intake with the major in the title, the rest whole."""
    rows = world.rows
    rosters = {
        name: loose("placement", [r for r in rows["placement"] if school_year(r) == name],
                    f"{name}学年岗位实习名册")
        for name in sorted({school_year(r) for r in rows["placement"]})
    }  # fmt: skip
    made = [Book("岗位实习名册.xlsx", rosters), *months(world)]
    for intake in INTAKES:
        plan = groups([r for r in rows["course"] if r.v["intake"] == intake], "major")
        tables = {
            f"专业{n}": loose("course", found, f"专业：{major}", f"年级：{intake}级")
            for n, ((major,), found) in enumerate(plan.items(), 1)
        }
        made.append(Book(f"教学计划-{intake}.xlsx", tables))
    staff = {"专任": loose("teacher", rows["teacher"], "专任教师"),
             "兼职": loose("part_timer", rows["part_timer"], "兼职教师"),
             "实践": loose("stint", rows["stint"], "教师企业实践")}  # fmt: skip
    partners = {"企业": loose("firm", rows["firm"], "合作企业"),
                "协议": loose("agreement", rows["agreement"], "合作协议"),
                "学徒": loose("apprentice", rows["apprentice"], "现代学徒制学徒")}  # fmt: skip
    rest = {"学生": loose("student", rows["student"], "学生名册"),
            "实训室": loose("base", rows["base"], "实训室一览")}  # fmt: skip
    return [*made, Book("教师.xls", staff, "xls"), Book("企业.xlsx", partners),
            Book("学生与实训室.xlsx", rest)]  # fmt: skip


LOOK = Look(
    "loose",
    HEADINGS,
    WORDS,
    ("slash", "real", "dot", "month", "cn"),
    books,
    money=("{}", "{}元", "月薪{}元"),
    people=("{}", "约{}人"),
)
