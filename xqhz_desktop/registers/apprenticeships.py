"""What clerks call the columns of how apprenticeships are lived."""

from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.shared_fields import NOTE

_NAME = Field("name", "学徒姓名", Kind.NAME)
_STUDENT = Field("student", "身份证号", Kind.LINK, link="students", width=20)

RECRUITMENTS = Register(
    "recruitments",
    "联合招生计划",
    "Recruitment",
    (
        Field("year", "招生年份", Kind.COUNT, width=8),
        Field("major", "专业", Kind.LINK, link="majors", width=16),
        Field("firm", "合作企业", Kind.LINK, link="firms", width=24),
        Field("cohort", "学徒班", Kind.LINK, link="cohorts", width=20),
        Field("planned", "计划人数", Kind.COUNT, width=8),
        NOTE,
    ),
    identity=("year", "major", "firm", "cohort"),
    needs=(),
)
ALTERNATIONS = Register(
    "alternations",
    "工学交替",
    "Alternation",
    (
        Field("cohort", "学徒班", Kind.LINK, link="cohorts", width=20),
        Field("group_name", "小组", width=8),
        Field("first", "开始", Kind.DATE),
        Field("last", "结束", Kind.END_DATE),
        Field("place", "地点", Kind.CHOICE, words="alternation_place", width=6),
        Field("stage", "阶段与岗位", width=18),
        NOTE,
    ),
    identity=("cohort", "group_name", "first"),
    needs=(),
)
MENTORSHIPS = Register(
    "mentorships",
    "带徒关系",
    "Mentorship",
    (
        _NAME,
        _STUDENT,
        Field("side", "导师类别", Kind.CHOICE, words="mentor_side", width=8),
        Field("mentor", "导师姓名", Kind.NAME),
        Field("mentor_no", "导师工号", Kind.CODE),
        Field("phone", "导师电话", Kind.PHONE, width=12),
        Field("qualification", "导师资格", width=16),
        Field("start", "开始", Kind.DATE),
        Field("end", "结束", Kind.END_DATE),
        Field("reason", "更换原因", width=16),
    ),
    identity=("student", "side", "mentor", "start"),
    needs=(),
)
REVIEWS = Register(
    "reviews",
    "学徒考核",
    "Review",
    (
        _NAME,
        _STUDENT,
        Field("stage", "阶段", width=14),
        Field("day", "考核日期", Kind.DATE),
        Field("school_score", "学校评分", Kind.AMOUNT, width=8),
        Field("firm_score", "企业评分", Kind.AMOUNT, width=8),
        Field("grade", "考核结果", width=8),
        Field("comment", "评语", width=24),
        Field("reviewer", "考核人", Kind.NAME),
    ),
    identity=("student", "stage"),
    needs=(),
)
APPRENTICE_EVENTS = Register(
    "apprentice_events",
    "学徒变动",
    "ApprenticeEvent",
    (
        _NAME,
        _STUDENT,
        Field("day", "日期", Kind.DATE),
        Field("kind", "变动", Kind.CHOICE, words="apprentice_event", width=6),
        Field("until", "到期日期", Kind.END_DATE),
        Field("reason", "原因", width=24),
    ),
    identity=("student", "day", "kind"),
    needs=(),
)
