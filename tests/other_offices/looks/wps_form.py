"""Sheets made from office templates: tables begin at C5, blanks inside headings, stars and
questions, English abbreviations, totals that count heads, periods in one cell."""

import random

from tests.other_offices.look import Book, Look, Table, Words, groups, read_headings
from tests.other_offices.rows import INTAKES
from tests.other_offices.world import World

HEADINGS = read_headings(
    """
    firm no:NO. name:*企␣业␣名␣称 uscc:*信用代码（18位） kind:企业属性 ind:行␣业
        staff:员工人数（人） +legal:法␣人 contact:对接人 phone:对接人电话（TEL） +firm_address:地␣址
        form:合作模式 note:备␣注
    agreement no:NO. code:*合同号 firm:*乙方（企业） +party:甲方（学校） content:合作事项
        sign:签␣订␣日␣期 start+end:合同期限（起止） note:备␣注
    student no:NO. name:*姓␣␣名 sex:性␣␣别 idn:*身份证号（ID） birth:出生␣年月日 nation:民␣族
        sid:学␣号 cls:*班␣级 mcode:专业代码 major:专␣业 enter:何时入学 registered:是否在籍？
        phone:本人电话（TEL） +guardian_name:家长姓名 +guardian_phone:家长电话（TEL）
        +height:身高/cm note:备␣注
    placement no:NO. +batch:实习批次 name:*姓␣␣名 idn:*身份证号（ID） cls:班␣级
        phone:本人电话（TEL） firm:*实习单位（全称） job:岗␣位 start+end:*起止时间
        arr:学校安排还是自主？ match:专业是否对口？ pay:月薪（元） ref:同岗位月薪（元）
        agree:三方协议是否已签？ ins:责任保险是否已买？ night:有无夜班？ mentor:企业师傅姓名
        tutor:学校指导老师姓名 +evaluation:鉴定等级 note:备␣注
    apprentice no:NO. name:*姓␣␣名 idn:*身份证号（ID） cohort:班␣级 sid:学␣号 registered:是否在籍？
        firm:*企␣业␣名␣称 job:岗␣位 wno:员工编号 cno:*劳动合同号 csign:合同签订日期
        cend:合同到期日期 start:学徒开始日期 end:学徒结束日期 mentor:师傅姓名（企业）
        tutor:导师姓名（学校） pay:月薪（元） note:备␣注
    teacher no:NO. tid:*工␣号 name:*姓␣␣名 sex:性␣␣别 idn:身份证号（ID） +age:年␣龄 edu:学␣历
        title:职␣称 type:*教师类别 entry:何时入校 leave:何时离校 dual:是否双师？
        ddate:双师认定时间 note:备␣注
    part_timer no:NO. name:*姓␣␣名 idn:*身份证号（ID） unit:工作单位（全称） title:职称/技能等级
        course:授课名称 hours:课时/周 start+end:聘␣期 note:备␣注
    stint no:NO. tid:*工␣号 name:*姓␣␣名 firm:实践企业（全称） job:岗␣位 form:形␣式
        start+end:*起止时间 days:天␣数 passed:考核是否合格？ note:备␣注
    base no:NO. code:*编␣号 name:*实训基地名称 kind:类␣型 seats:工␣位␣数 place:地␣点
        major:对应专业 owner:负␣责␣人 note:备␣注
    booking no:NO. date:*日␣期 week:星␣期 slot:*时␣间␣段 base:*场␣地 user:使用班级/单位
        aud:服务对象 func:用␣途 people:人␣数 content:内␣容 owner:负␣责␣人 note:备␣注
    course no:NO. course:*课␣程␣名␣称 cat:课␣程␣类␣别 total:总␣学␣时 theory:理␣论 practice:实␣践
        term:开课学期 exam:考核方式 note:备␣注
    """
)
WORDS: Words = {
    "arr": {"集中": ("学校安排", "学校推荐安排"), "自主": ("自主", "自己联系")},
    "match": {True: ("对口", "相关", "是"), False: ("不相关", "不对口", "否")},
    "agree": {True: ("已签订", "签", "已签署"), False: ("未签订", "未")},
    "ins": {True: ("学校统一购买", "已购买（平安）", "有保险"), False: ("未购买", "无保险")},
    "night": {True: ("白班/夜班", "夜班", "两班倒"), False: ("白班", "无", None)},
    "dual": {True: ("是", "双师"), False: ("否", None)},
    "passed": {True: ("合格", "优", "良"), False: ("不合格",)},
    "registered": {True: ("在籍", "在校"), False: ("不在籍", "休学")},
    "type": {
        "专业课教师": ("专业课教师", "专业教师"),
        "实习指导教师": ("实习指导教师", "实训指导教师"),
        "公共基础课教师": ("公共基础课教师", "文化课教师"),
    },
    "func": {
        "技能实训": ("实训课", "学生技能实训"),
        "技能培训": ("培训班", "岗位培训"),
        "技能鉴定": ("技能等级认定", "考证"),
        "技能大赛": ("比赛", "大赛集训"),
    },
    "aud": {
        "在校学生": ("学生", "在校生"),
        "企业职工": ("企业职工", "企业在职员工"),
        "城乡劳动者": ("社会人员", "下岗职工", "退役军人"),
    },
    "no_contract": {None: ("未签", "办理中", None)},
    "cancelled": {True: ("取消", "临时取消")},
}
SLOTS = {
    "am": ("上午", "上午（1-4节）"), "pm": ("下午", "下午（5-8节）"), "evening": ("晚上", "晚自习"),
    "day": ("全天", "上午、下午"), "1-2": ("上午1-2节", "第1、2节"), "3-4": ("上午3-4节",),
    "5-6": ("下午5-6节", "5—6节"), "7-8": ("下午7-8节",),
    "9:00-11:30": ("9:00～11:30", "9点-11点半"),
    "14:00-16:30": ("14：00—16：30", "14:00至16:30"),
}  # fmt: skip
INDEX = (
    ("目␣␣录".replace("␣", " "), None, None),
    ("序号", "表名", "负责人"),
    (1, "合作企业登记表", "卫晓燕"),
    (2, "学生登记表", "沈国华"),
    (3, "实习学生登记表", "沈国华"),
)
FILLING = (
    ("填表说明",),
    ("一、带*的为必填项；身份证号请先把单元格设为文本。",),
    ("二、企业名称须与营业执照一致；起止时间写成2024.9.1-2025.6.30。",),
    ("三、每月25日前交校企合作办公室。",),
)
TALLY = (
    ("班级", "人数", "实习人数", "集中安排人数", "对口人数", "已签三方协议人数", "投保人数"),
    ("2019级焊接技术应用1班", 24, 16, 12, 14, 16, 16),
    ("2019级会计事务1班", 15, 8, 6, 7, 8, 8),
    ("合  计", 39, 24, 18, 21, 24, 24),
)
SIGNED = ("填表人签字：　　　　　　部门负责人签字：", "（加盖公章）　　　　2024年3月20日")


def form(world: World, kind: str, title: str, total: str) -> Table:
    """One register from its template, further in on the sheet."""
    rows = world.rows[kind]
    return Table(kind, rows, (title,), total=total, below=SIGNED, top=2, left=2)


def books(world: World, rng: random.Random) -> list[Book]:
    """A few workbooks, each with an index, instructions and a tally beside its registers."""
    plans = {}
    for intake in INTAKES:
        for (major,), rows in groups(world.rows["course"], "major").items():
            mine = [r for r in rows if r.v["intake"] == intake]
            title = f"{major}专业课程设置与学时分配表（{intake}级）"
            table = Table("course", mine, (title,), subtotal=("cat", "小  计"), total="总  计",
                          top=2, left=2)  # fmt: skip
            plans[f"{intake}{str(major)[:2]}"] = table
    other = {"目录": INDEX, "填表说明": FILLING, "统计": TALLY, "Sheet3": ()}
    first = {
        "企业": form(world, "firm", "合作企业登记表", "合 计 {n} 家"),
        "合同": form(world, "agreement", "校企合作合同登记表", "共 {n} 份"),
        "基地": form(world, "base", "实训基地登记表", "共计{n}个"),
        "使用": form(world, "booking", "实训基地使用登记表", "合计{n}次"),
    }
    second = {
        "学生": form(world, "student", "学生登记表", "人数合计：{n}人"),
        "实习": form(world, "placement", "实习学生登记表", "共 {n} 人"),
        "学徒": form(world, "apprentice", "学徒登记表", "总人数：{n}"),
    }
    third = {
        "专任": form(world, "teacher", "专任教师登记表", "以上共{n}人"),
        "兼职": form(world, "part_timer", "兼职教师登记表", "合计：{n} 人"),
        "实践": form(world, "stint", "教师企业实践登记表", "合计{n}人次"),
    }
    return [
        Book("企业与基地.xlsx", first, other=other),
        Book("学生.xlsx", second, other=other),
        Book("教师.xlsx", third, other={"说明": FILLING}),
        Book("课程.xlsx", plans),
    ]


LOOK = Look(
    "wps_form",
    HEADINGS,
    WORDS,
    ("cn", "dot", "dot0", "month_cn", "slash"),
    books,
    periods=("{0}—{1}", "{0}至{1}", "{0} - {1}", "{0}~{1}", "{0}起至{1}止", "自{0}到{1}"),
    slots=SLOTS,
    money=("{}", "{}元", "{}/月"),
    people=("{}", "{}人", "{} 余人"),
    quirks=0.15,
)
