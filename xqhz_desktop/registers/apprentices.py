"""What clerks call the columns of apprentice rosters."""

from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.shared_fields import (
    CLASS_ALIASES,
    END_ALIASES,
    ID_ALIASES,
    NOTE,
    NUMBER,
    PAY_ALIASES,
    PERIOD_ALIASES,
    PHONE_ALIASES,
    START_ALIASES,
    STUDENT_NO_ALIASES,
    behind,
    joined,
    prefixed,
)

# Captions over what an apprentice is at the firm: dates below them are the contract's.
_AS_WORKER = "员工身份 职工身份 企业员工身份 企业员工 企业身份"

APPRENTICES = Register(
    "apprentices",
    "学徒",
    "Apprentice",
    (
        NUMBER,
        Field(
            "name",
            "姓名",
            Kind.NAME,
            "学徒姓名 学生姓名 学徒 学员姓名 名字",
            missing="missing_name",
            public=True,
        ),
        Field("sex", "性别", Kind.CHOICE, "男女", words="sex", stored=False, width=5),
        Field(
            "student",
            "身份证号",
            Kind.LINK,
            prefixed("学徒 学生 本人", ID_ALIASES),
            missing="missing_id",
            link="students",
            width=20,
        ),
        Field("student_no", "学号", Kind.CODE, STUDENT_NO_ALIASES, width=10),
        Field(
            "registered",
            "学籍状态",
            Kind.FLAG,
            (
                "学籍 在籍状态 学籍情况 学籍注册 注册状态 学籍注册状态 是否在籍 学籍注册情况 "
                "在籍情况 学生状态 学籍是否注册"
            ),
            words="registered",
        ),
        Field("class_name", "班级", Kind.TEXT, CLASS_ALIASES, width=16, public=True),
        Field(
            "cohort",
            "学徒班",
            Kind.LINK,
            ("学徒班级 学徒制班级 学徒班名称 班组 学徒制班 订单班 学徒班组 试点班 培养班 班次"),
            link="cohorts",
            width=16,
            public=True,
        ),
        Field(
            "firm",
            "合作企业",
            Kind.LINK,
            (
                "企业名称 企业 合作企业名称 所在企业 用人单位 单位 单位名称 培养企业 合作单位 "
                "公司 用工单位 学徒企业 公司名称 签约企业 所在单位 联合培养企业"
            ),
            link="firms",
            width=24,
            public=True,
        ),
        Field("phone", "联系电话", Kind.PHONE, PHONE_ALIASES, width=12),
        Field(
            "contract_no",
            "劳动合同编号",
            Kind.CODE,
            (
                "合同编号 劳动合同 劳动合同号 合同号 学徒合同编号 用工合同编号 劳动合同书编号 "
                "劳动合同编码 用工合同号"
            ),
            width=12,
        ),
        Field(
            "contract_signed",
            "签订日期",
            Kind.DATE,
            joined(
                prefixed(
                    "劳动合同 合同 劳动合同书",
                    "签订日期 签订时间 签订日 签约日期 签署日期 签约时间 签署时间 签约日 签署日",
                ),
                behind("劳动合同 合同 劳动合同书", "开始日期 起始日期 签订 生效日期 起"),
                behind(_AS_WORKER, f"{START_ALIASES} 签订 签约 签订日期 签约日 签订日 签约日期"),
            ),
        ),
        Field(
            "contract_end",
            "到期日期",
            Kind.END_DATE,
            joined(
                "到期日期 到期时间 到期日 到期",
                behind(
                    "劳动合同 合同 劳动合同书",
                    "到期日期 到期时间 到期日 终止日期 终止日 截止日期 届满日期 期满日期 终止时间 "
                    "截止时间 到期 终止 截止日 结束日期 届满日 有效期至 止",
                ),
                behind(_AS_WORKER, f"{END_ALIASES} 到期 到期日期 到期日 期满 期满日 期满日期 届满"),
            ),
        ),
        Field(
            "contract_period",
            "劳动合同期限",
            Kind.PERIOD,
            (
                "合同期限 合同起止时间 合同起止 劳动合同起止时间 合同有效期 合同起止日期 "
                "劳动合同期 劳动合同起止日期"
            ),
            stored=False,
            width=20,
        ),
        Field(
            "agreement_no",
            "学徒协议编号",
            Kind.CODE,
            "学徒协议 学徒协议号 培养协议编号",
            width=12,
        ),
        Field(
            "staff_no",
            "工号",
            Kind.CODE,
            "员工工号 企业工号 员工号 职工号 职工编号 员工编号 学徒工号 企业员工号",
            expected=True,
        ),
        Field(
            "position",
            "岗位",
            Kind.TEXT,
            ("岗位名称 学徒岗位 工作岗位 工种 培养岗位 所在岗位 岗位工种 培养工种 岗位(工种)"),
            expected=True,
            width=12,
            public=True,
        ),
        Field(
            "period",
            "培养期",
            Kind.PERIOD,
            joined(
                prefixed("培养 学徒 培养期 在岗 学徒期", PERIOD_ALIASES),
                "培养期限 学徒期 学徒期限 培养周期",
            ),
            stored=False,
            width=20,
        ),
        Field(
            "start",
            "入岗日期",
            Kind.DATE,
            joined(
                prefixed("培养 培养期 学徒 学徒期 培养期限", START_ALIASES),
                (
                    "入岗时间 入岗 上岗日期 上岗时间 到岗日期 到岗时间 进岗日期 入职日期 入职时间 "
                    "拜师日期 入岗日 进岗时间 上岗日 到岗 上岗 入企日期 入企时间"
                ),
            ),
            missing="missing_date",
            public=True,
        ),
        Field(
            "end",
            "期满日期",
            Kind.END_DATE,
            joined(
                prefixed("培养 培养期 学徒 学徒期 培养期限", END_ALIASES),
                (
                    "期满时间 期满 出徒日期 出师日期 离岗日期 离岗时间 届满日期 结业日期 出师时间 "
                    "培养期满 培养期满日期 期满日 学徒期满 出徒时间 离岗 结业时间 满师日期"
                ),
                prefixed("培养期 学徒期", "出师 出徒 满师 结业 期满"),
            ),
            missing="missing_end_date",
            public=True,
        ),
        Field(
            "firm_mentor",
            "企业师傅",
            Kind.NAME,
            (
                "师傅 企业导师 师傅姓名 企业师傅姓名 带徒师傅 企业带教师傅 企业指导师傅 "
                "企业方导师 企业带徒师傅 企业方师傅 企业指导教师 企业导师姓名 指导师傅 "
                "带教师傅 单位师傅"
            ),
            expected=True,
            public=True,
        ),
        Field(
            "school_mentor",
            "学校导师",
            Kind.NAME,
            (
                "校内导师 学校指导教师 校方导师 校内指导教师 指导教师 导师 学校导师姓名 "
                "校内导师姓名 学校教师 校方指导教师 学校指导老师 校内指导老师 学校方导师 "
                "学校老师"
            ),
            expected=True,
            public=True,
        ),
        Field(
            "pay",
            "月工资",
            Kind.AMOUNT,
            prefixed("学徒 月 学徒月", PAY_ALIASES),
            expected=True,
            width=8,
        ),
        NOTE,
        Field("guardian_signed", "监护人是否签字", Kind.FLAG, words="yes_no", width=8),
        Field("training_start", "新型学徒培训开始", Kind.DATE),
        Field("training_end", "新型学徒培训结束", Kind.END_DATE),
        Field("subsidy", "培训补贴", Kind.AMOUNT, "补贴金额", width=8),
    ),
    identity=("student",),
    needs=(
        ("student",),
        ("start", "period"),
        (
            "contract_no",
            "firm_mentor",
            "registered",
            "cohort",
            "staff_no",
            "school_mentor",
        ),
    ),
    entity=("学生", "学徒", "本人", "员工", "学籍", "培养"),
    words=("学徒", "订单班"),
)
