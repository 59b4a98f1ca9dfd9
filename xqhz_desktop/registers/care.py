"""What clerks call the columns of visits and of incidents."""

from xqhz_desktop.registers.kinds import Field, Kind, Register

_FIRM = Field("firm", "企业", Kind.LINK, link="firms", width=24)
_STUDENT = Field("student", "身份证号", Kind.LINK, link="students", width=20)

VISITS = Register(
    "visits",
    "走访与巡查",
    "Visit",
    (
        Field("day", "日期", Kind.DATE),
        Field("kind", "类别", Kind.CHOICE, words="visit_kind", width=6),
        _FIRM,
        Field("name", "学生姓名", Kind.NAME),
        _STUDENT,
        Field("visitor", "走访或巡查人", Kind.NAME),
        Field("visitor_no", "工号", Kind.CODE),
        Field("way", "方式", width=8),
        Field("state", "情况", Kind.CHOICE, words="visit_state", width=6),
        Field("remark", "说明", width=24),
        Field("followed", "处理结果", width=20),
    ),
    identity=("day", "kind", "firm", "student", "visitor"),
    needs=(),
)
INCIDENTS = Register(
    "incidents",
    "事故与来电",
    "Incident",
    (
        Field("day", "日期", Kind.DATE),
        Field("time", "时间", width=6),
        Field("kind", "类别", Kind.CHOICE, words="incident_kind", width=6),
        Field("name", "学生姓名", Kind.NAME),
        Field("student", "身份证号", Kind.LINK, link="students", width=20),
        _FIRM,
        Field("place", "地点", width=14),
        Field("what", "经过", width=30),
        Field("injury", "伤情", width=14),
        Field("hospital", "送医情况", width=14),
        Field("guardian_told", "通知家长", width=14),
        Field("school_told", "报告学校", width=14),
        Field("authority_told", "报告主管部门", width=14),
        Field("claim_no", "保险报案号", Kind.CODE, width=14),
        Field("claim_paid", "理赔金额", Kind.AMOUNT),
        Field("followed", "处理经过", width=24),
        Field("handler", "经办人", Kind.NAME),
        Field("closed", "结案日期", Kind.DATE),
    ),
    identity=("day", "time", "kind", "student", "firm"),
    needs=(),
)
