"""Fields that many registers have, said once."""

from xqhz_desktop.registers.kinds import Field, Kind

NUMBER = Field(
    "number",
    "序号",
    Kind.TEXT,
    "顺序号 序 NO № 行号 顺号 项次",
    stored=False,
    width=5,
)
NOTE = Field(
    "note", "备注", Kind.TEXT, "说明 附注 备注说明 其他说明 备注栏 备考 其他 其它", width=12
)
SEX = Field("sex", "性别", Kind.CHOICE, "男女 学生性别", words="sex", width=5)

ID_ALIASES = (
    "身份证号码 身份证 公民身份号码 公民身份证号 居民身份证号 居民身份证号码 身份证件号 "
    "身份证件号码 证件号码 证件号 有效证件号码 有效证件号 身份证明号码"
)
CLASS_ALIASES = (
    "班级名称 所在班级 行政班级 班别 所属班级 现班级 学生班级 年级班级 专业班级 就读班级"
)
STUDENT_NO_ALIASES = "学生学号 学籍号 校内学号 学籍编号 学生编号 学号学籍号"
START_ALIASES = (
    "起 始 自 开始 起始 开始日期 开始时间 起始日期 起始时间 起日 开始年月 起始年月 从 起时间"
)
END_ALIASES = (
    "止 至 终 结束 截止 终止 结束日期 结束时间 截止日期 截止时间 终止日期 终止时间 止日 "
    "结束年月 终止年月 到 止时间"
)
PERIOD_ALIASES = "起止时间 起止日期 起止年月 起讫时间 起讫日期 时间段 期间 起止 起讫 期限 时间"
PHONE_ALIASES = (
    "电话 手机 手机号 手机号码 联系方式 学生电话 学生联系电话 本人电话 电话号码 联系手机 "
    "学生联系方式 学生手机 学生手机号 学生手机号码 本人联系电话 联系号码 本人手机 "
    "本人联系方式 移动电话"
)
PAY_ALIASES = "工资 薪酬 报酬 月薪 津贴 待遇 月报酬 实发 实发工资 工资待遇 薪资 月工资收入 月收入"
STAFF_NO_ALIASES = (
    "职工号 教师编号 教工号 教职工号 人员编号 教师工号 职工编号 教师号 员工号 教职工编号 "
    "教工编号 员工编号 工作证号 教职工工号 人事编号 教师代码"
)
TEACHER_NAME_ALIASES = "教师姓名 教师 名字 老师姓名 教职工姓名 教工姓名"


def joined(*lists: str) -> str:
    """Several lists of words as one."""
    return " ".join(lists)


def behind(prefixes: str, words: str) -> str:
    """Each of the words behind each of the prefixes."""
    return joined(*(prefix + word for prefix in prefixes.split() for word in words.split()))


def prefixed(prefixes: str, words: str) -> str:
    """The words, and each of them behind each of the prefixes."""
    return joined(words, behind(prefixes, words))
