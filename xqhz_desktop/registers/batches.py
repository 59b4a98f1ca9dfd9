"""What clerks call the columns of internship batches and of what belongs to them."""

from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.shared_fields import NOTE

_BATCH = Field("batch", "批次", Kind.LINK, link="batches", width=20)
_FIRM = Field("firm", "实习单位", Kind.LINK, link="firms", width=24)
_YEAR = Field("school_year", "学年", width=14)

BATCHES = Register(
    "batches",
    "实习批次",
    "Batch",
    (
        Field("name", "批次", width=24),
        _YEAR,
        Field("kind", "类型", Kind.CHOICE, words="batch_kind"),
        Field("form", "组织形式", Kind.CHOICE, words="batch_form", width=8),
        Field("start", "开始", Kind.DATE),
        Field("end", "结束", Kind.END_DATE),
        Field("visits", "每月应巡查次数", Kind.COUNT, width=8),
        NOTE,
    ),
    identity=("name",),
    needs=(),
)
DUES = Register(
    "dues",
    "应实习学生",
    "Due",
    (
        _BATCH,
        Field("student_no", "学号", Kind.CODE),
        Field("name", "姓名", Kind.NAME),
        Field("student", "身份证号", Kind.LINK, link="students", width=20),
        Field("class_name", "班级", width=16),
        Field("exempt", "不参加原因", Kind.CHOICE, words="exempt"),
        Field("exempt_since", "不参加日期", Kind.DATE),
        NOTE,
    ),
    identity=("batch", "student"),
    needs=(),
)
BATCH_FIRMS = Register(
    "batch_firms",
    "实习单位名单",
    "BatchFirm",
    (
        _BATCH,
        _FIRM,
        Field("new", "是否新增单位", Kind.FLAG, words="yes_no", width=8),
        Field("assessed", "实地考察日期", Kind.DATE),
        Field("report", "考察报告存放处", width=14),
        Field("decided", "党组织会议决定日期", Kind.DATE),
        Field("published", "公开日期", Kind.DATE),
        Field("published_until", "公开截止日期", Kind.END_DATE),
        NOTE,
    ),
    identity=("batch", "firm"),
    needs=(),
)
BATCH_CHECKS = Register(
    "batch_checks",
    "批次检查单",
    "BatchCheck",
    (
        _BATCH,
        Field("item", "事项", Kind.CHOICE, words="batch_item", width=14),
        Field("day", "完成日期", Kind.DATE),
        Field("who", "经办人", Kind.NAME),
        Field("kept", "材料存放处", width=14),
        NOTE,
    ),
    identity=("batch", "item"),
    needs=(),
)
POSTS = Register(
    "posts",
    "企业岗位",
    "Post",
    (
        Field("firm", "企业", Kind.LINK, link="firms", width=24),
        _YEAR,
        Field("position", "岗位", width=14),
        Field("offered", "提供岗位数", Kind.COUNT),
        Field("staff", "同岗位职工数", Kind.COUNT),
        NOTE,
    ),
    identity=("firm", "school_year", "position"),
    needs=(),
)
