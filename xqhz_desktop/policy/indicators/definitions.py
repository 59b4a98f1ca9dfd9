"""What each indicator is called, how it is defined, and who says so.

`{practice_days}` and the like in a definition are the school's settings, filled in when shown.
"""

from dataclasses import dataclass

from xqhz_desktop.policy.results import Status


@dataclass(frozen=True, slots=True)
class Definition:
    """The words of one indicator."""

    label: str
    unit: str
    register: str
    text: str
    source: str = "学校设定"
    status: Status = "setting"


_NO_NATIONAL = "学校设定：国家无统一定义，分子、分母如数列出"
_DUAL_PLAN = "本市校企合作工作计划：以专任教师为分母"
_DUAL_NATION = "国家有关文件：以专业课教师（含实习指导教师）为分母"
_PRACTICE = "《职业学校教师企业实践规定》（教师〔2016〕3号）第四条、第六条；以天计为学校设定"

DEFINITIONS: dict[str, Definition] = {
    "internship_rows": Definition(
        "岗位实习记录", "条", "placements", "开始日期在本期内的岗位实习记录条数。"
    ),
    "internship_students": Definition(
        "岗位实习学生",
        "人",
        "placements",
        "开始日期在本期内的岗位实习学生，按身份证号去重；换岗者以开始最晚的一条为准。",
    ),
    "concentrated_students": Definition(
        "集中实习学生", "人", "placements", "岗位实习学生中，开始最晚的一条为集中安排的人数。"
    ),
    "concentrated_rate": Definition(
        "集中岗位实习率",
        "%",
        "placements",
        "集中安排的学生÷岗位实习学生；每人以开始最晚的一条为准，安排方式未填的{unknown}。",
        _NO_NATIONAL,
    ),
    "matched_students": Definition(
        "专业对口学生", "人", "placements", "岗位实习学生中，开始最晚的一条为专业对口的人数。"
    ),
    "matched_rate": Definition(
        "专业对口率",
        "%",
        "placements",
        "专业对口的学生÷岗位实习学生；每人以开始最晚的一条为准，是否对口未填的{unknown}。",
    ),
    "placement_rate": Definition(
        "实习落实率",
        "%",
        "dues",
        "在批次中已安排实习单位的学生÷本期各岗位实习批次应实习的学生；不参加的不计入分子、分母。",
    ),
    "agreement_rate": Definition(
        "三方协议签订率",
        "%",
        "placements",
        "已签三方协议的学生÷岗位实习学生；每人以开始最晚的一条为准，未填的{unknown}。",
    ),
    "consent_rate": Definition(
        "知情同意签署率",
        "%",
        "placements",
        "已签知情同意书的学生÷岗位实习学生（自主实习的除外）；每人以开始最晚的一条为准，"
        "未填的{unknown}。",
    ),
    "insurance_rate": Definition(
        "实习投保率",
        "%",
        "placements",
        "已投保实习责任保险的学生÷岗位实习学生；每人以开始最晚的一条为准，未填的{unknown}。",
    ),
    "inspection_rate": Definition(
        "巡查覆盖率",
        "%",
        "placements",
        "在岗期间至少有一次巡查记录的学生÷岗位实习学生。",
    ),
    "pass_rate": Definition(
        "实习考核合格率",
        "%",
        "placements",
        "实习成绩合格（写成分数的为{pass_score}分及以上）的学生÷岗位实习学生；"
        "每人以开始最晚的一条为准，未填或看不出是否合格的{unknown}。",
    ),
    "retained_rate": Definition(
        "实习留用率",
        "%",
        "placements",
        "毕业去向为留用的学生÷岗位实习学生；每人以开始最晚的一条为准，未填的{unknown}。",
    ),
    "employed_rate": Definition(
        "实习就业率",
        "%",
        "placements",
        "毕业去向为留用或就业的学生÷岗位实习学生（升学、参军的除外）；"
        "每人以开始最晚的一条为准，未填的{unknown}。",
    ),
    "fulltime_teachers": Definition(
        "专任教师", "人", "teachers", "截止日前已入校、截止日时未离岗的专任教师。"
    ),
    "professional_teachers": Definition(
        "专业课教师（含实习指导教师）",
        "人",
        "teachers",
        "截止日在校的专任教师中，专业课教师与实习指导教师之和。",
    ),
    "teachers_practice_180_days": Definition(
        "企业实践达标教师",
        "人",
        "teachers",
        "专业课教师（含实习指导教师）中，{practice_years}年内企业实践不少于{practice_days}天的人数；"
        "首尾两天都计，重叠只计一次，考核不合格的不计。",
        _PRACTICE,
    ),
    "teachers_practice_rate": Definition(
        "教师企业实践达标率",
        "%",
        "teachers",
        "{practice_years}年内企业实践不少于{practice_days}天的专业课教师÷专业课教师（含实习指导教师）。",
        _PRACTICE,
    ),
    "teachers_practice_month_rate": Definition(
        "教师年度企业实践率",
        "%",
        "teachers",
        "本期内企业实践不少于{month_days}天的专业课教师÷专业课教师（含实习指导教师）。",
    ),
    "dual_qualified": Definition(
        "双师型教师", "人", "teachers", "截止日在校的专任教师中，截止日前已认定为双师型的人数。"
    ),
    "dual_share_of_fulltime": Definition(
        "双师型教师占专任教师比例",
        "%",
        "teachers",
        "双师型教师÷专任教师，认定时间不晚于截止日。",
        _DUAL_PLAN,
        "plan",
    ),
    "dual_qualified_professional": Definition(
        "双师型专业课教师",
        "人",
        "teachers",
        "截止日在校的专业课教师（含实习指导教师）中，截止日前已认定为双师型的人数。",
    ),
    "dual_share_of_professional": Definition(
        "双师型教师占专业课教师比例",
        "%",
        "teachers",
        "双师型专业课教师÷专业课教师（含实习指导教师），认定时间不晚于截止日。",
        _DUAL_NATION,
        "second_hand",
    ),
    "part_time_teachers": Definition("兼职教师", "人", "part_timers", "截止日在聘期内的兼职教师。"),
    "part_time_share": Definition(
        "兼职教师占比", "%", "part_timers", "截止日在聘期内的兼职教师÷{part_time_of}。"
    ),
    "apprentices_in_training": Definition(
        "在培学徒", "人", "apprentices", "截止日在入岗与期满日期之间的学徒。"
    ),
    "apprentices_dual_identity": Definition(
        "具有双重身份的学徒",
        "人",
        "apprentices",
        "在培学徒中，学籍已注册，且有编号的劳动合同在截止日有效的人数。",
    ),
    "dual_identity_rate": Definition(
        "学徒双重身份率", "%", "apprentices", "具有双重身份的学徒÷在培学徒。"
    ),
    "partner_firms": Definition("合作企业", "家", "firms", "合作企业台账中的企业。"),
    "firms_with_valid_agreement": Definition(
        "协议有效的合作企业",
        "家",
        "firms",
        "合作企业中，至少有一份协议在截止日前已签订、且截止日在协议期限内的企业。",
    ),
    "bookings": Definition("实训基地使用", "次", "bookings", "本期内未取消的实训基地使用记录。"),
    "booked_hours": Definition(
        "实训基地使用时长",
        "小时",
        "bookings",
        "未取消的使用记录的时长之和，全天按8小时计；时间重叠的两条各自计算。",
    ),
    "booked_hours_by_function": Definition(
        "按功能分的使用时长", "小时", "bookings", "未取消的使用记录的时长，按功能分。"
    ),
    "booked_hours_by_audience": Definition(
        "按对象分的使用时长", "小时", "bookings", "未取消的使用记录的时长，按对象分。"
    ),
    "booked_hours_by_function_and_audience": Definition(
        "按功能和对象分的使用时长", "小时", "bookings", "未取消的使用记录的时长，按功能和对象分。"
    ),
    "working_days": Definition(
        "工作日", "天", "bookings", "本期内的周一至周五，减去法定节假日，加上调休上班日。"
    ),
    "utilisation_overall": Definition(
        "实训基地利用率",
        "%",
        "bookings",
        "各基地工作日8:00-12:00、13:30-17:30内被占用的时长之和÷（工作日×8小时×基地数）；"
        "重叠时段只计一次。",
    ),
    "utilisation_by_base": Definition(
        "各基地利用率",
        "%",
        "bookings",
        "基地在工作日8:00-12:00、13:30-17:30内被占用的时长÷（工作日×8小时）；重叠时段只计一次。",
    ),
    "double_booking_pairs": Definition(
        "时间冲突", "对", "bookings", "同一基地同一天时间重叠的两条未取消的使用记录，首尾相接不算。"
    ),
    "cancelled_rows": Definition("已取消的使用", "条", "bookings", "备注写明取消的使用记录。"),
    "practice_share": Definition(
        "实践教学比例", "%", "courses", "教学计划课程的实践学时之和÷总学时之和。"
    ),
}
