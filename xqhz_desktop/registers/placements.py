"""What clerks call the columns of internship rosters."""

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
    SEX,
    START_ALIASES,
    STUDENT_NO_ALIASES,
    joined,
    prefixed,
)

PLACEMENTS = Register(
    "placements",
    "岗位实习",
    "Placement",
    (
        NUMBER,
        Field("student_no", "学号", Kind.CODE, STUDENT_NO_ALIASES, width=10),
        Field(
            "name",
            "姓名",
            Kind.NAME,
            "学生姓名 名字 实习学生 实习生 实习生姓名 实习学生姓名 学生",
            missing="missing_name",
            public=True,
        ),
        SEX,
        Field(
            "student",
            "身份证号",
            Kind.LINK,
            prefixed("学生 本人 实习学生", ID_ALIASES),
            missing="missing_id",
            link="students",
            width=20,
        ),
        Field("class_name", "班级", Kind.TEXT, CLASS_ALIASES, width=16, public=True),
        Field("phone", "联系电话", Kind.PHONE, PHONE_ALIASES, expected=True, width=12),
        Field(
            "guardian_phone",
            "监护人电话",
            Kind.PHONE,
            "家长电话 家长联系电话 监护人联系电话 监护人联系方式 家长联系方式",
            stored=False,
            width=12,
        ),
        Field(
            "firm",
            "实习单位",
            Kind.LINK,
            (
                "实习单位名称 实习企业 实习企业名称 单位名称 企业名称 单位 企业 实习单位全称 "
                "实习公司 接收单位 用人单位 接收企业 名称 实习基地 公司名称 企业全称 单位全称 "
                "所在企业 合作企业 实习接收单位 合作单位 实习单位(全称) 接收单位名称 所在单位 "
                "单位(企业)名称"
            ),
            missing="missing_firm",
            link="firms",
            width=24,
            public=True,
        ),
        Field(
            "position",
            "实习岗位",
            Kind.TEXT,
            ("岗位 岗位名称 实习岗位名称 工作岗位 岗位工种 工种 所在岗位 实习工种 实习岗位(工种)"),
            expected=True,
            width=12,
            public=True,
        ),
        Field(
            "firm_supervisor",
            "企业指导教师",
            Kind.NAME,
            (
                "企业指导人员 企业导师 企业师傅 企业指导老师 单位指导教师 企业指导人 "
                "单位指导老师 企业指导教师姓名 实习单位指导教师 企业带教师傅 师傅 带教师傅 "
                "指导师傅 企业带教 单位指导人员 企业方指导教师 单位带教人 企业联系人 带教人员 "
                "企业指导员 企业方指导人员 单位指导师傅 企业指导人员姓名 企业负责人 带班师傅"
            ),
            expected=True,
            public=True,
        ),
        Field(
            "firm_supervisor_phone",
            "企业指导教师电话",
            Kind.PHONE,
            (
                "企业联系电话 企业指导教师联系电话 企业导师电话 企业师傅电话 师傅电话 "
                "单位联系电话 企业指导人员电话 企业联系人电话 企业电话 单位电话"
            ),
            width=12,
        ),
        Field(
            "period",
            "实习时间",
            Kind.PERIOD,
            joined(prefixed("实习", PERIOD_ALIASES), "实习期 实习期限 实习起止 实习周期"),
            stored=False,
            width=20,
        ),
        Field(
            "start",
            "开始",
            Kind.DATE,
            joined(
                prefixed(
                    "实习 实习时间 上岗 到岗 实习期 实习期限 实习日期 实习起止",
                    START_ALIASES,
                ),
                (
                    "到岗日期 到岗时间 上岗日期 上岗时间 入岗时间 入岗日期 进厂日期 实习起 "
                    "入职日期 入职时间 到岗 上岗 进岗日期 进岗时间 到岗日 上岗日 进厂时间 "
                    "报到日期"
                ),
            ),
            missing="missing_date",
            public=True,
        ),
        Field(
            "end",
            "结束",
            Kind.END_DATE,
            joined(
                prefixed("实习 实习时间 离岗 实习期 实习期限 实习日期 实习起止", END_ALIASES),
                (
                    "离岗日期 离岗时间 实习止 期满日期 到期日期 离厂日期 离岗 离职日期 返校日期 "
                    "离岗日 离厂时间 返校时间 期满"
                ),
            ),
            public=True,
        ),
        Field(
            "arrangement",
            "安排方式",
            Kind.CHOICE,
            (
                "实习安排 实习方式 安排形式 实习安排方式 落实方式 实习类型 组织形式 "
                "集中自主 集中或自主 实习安排形式 组织方式 实习组织形式 集中/自主 安排类型 "
                "实习组织方式 实习去向方式 单位来源 落实形式 实习单位来源 联系方式(集中/自主) "
                "安排渠道 来源 落实途径 落实渠道"
            ),
            expected=True,
            words="arrangement",
            width=8,
            public=True,
        ),
        Field(
            "matched",
            "是否专业对口",
            Kind.FLAG,
            (
                "专业对口 是否对口 对口情况 专业对口情况 对口 岗位是否对口 专业是否对口 "
                "与专业对口 是否与专业对口 专业相关度 专业匹配 专业匹配度 岗位对口 "
                "岗位对口情况 专业相关性 是否专业相关 专业符合情况 是否与所学专业对口 岗位专业对口 "
                "专业匹配情况"
            ),
            expected=True,
            words="matched",
            width=8,
        ),
        Field(
            "pay",
            "实发报酬",
            Kind.AMOUNT,
            joined(
                prefixed("实习 月 实习月 实习期", PAY_ALIASES),
                (
                    "实发 实习报酬实发 实发报酬 实习补贴 实习津贴 实习生报酬 实习报酬 月实发 "
                    "实习生工资 实领报酬 实领 发放金额 补贴 月补贴 月津贴"
                ),
            ),
            expected=True,
            width=8,
        ),
        Field(
            "reference_pay",
            "同岗位工资",
            Kind.AMOUNT,
            (
                "同岗工资 相同岗位工资 同岗位报酬 岗位工资 同岗位标准 试用期工资 "
                "同岗位试用期工资 参照工资 同岗位薪酬 同岗位工资标准 岗位工资标准 同工种工资 "
                "同岗标准 同岗位试用期工资标准 同岗位员工工资 标准工资 同岗位月工资 "
                "企业同岗位工资 试用期标准 同岗薪酬 相同岗位报酬 参照标准 同岗位职工工资 "
                "同岗报酬"
            ),
            expected=True,
            width=8,
        ),
        Field(
            "agreement",
            "三方协议",
            Kind.FLAG,
            (
                "是否签订三方协议 三方协议签订 协议签订 实习协议 是否签协议 协议 "
                "三方协议签订情况 协议签订情况 是否签订协议 协议书 三方协议书 实习协议签订 "
                "三方协议是否签订 实习三方协议 是否签订实习协议 实习协议签订情况 协议是否签订 "
                "签订协议 签协议情况 是否签三方协议 签订三方协议 三方实习协议 三方协议状态 "
                "三方协议签署情况"
            ),
            expected=True,
            words="yes_no",
            width=8,
        ),
        Field(
            "consent",
            "知情同意书",
            Kind.FLAG,
            (
                "知情同意 家长知情同意书 监护人知情同意书 告家长书 家长同意书 "
                "是否签知情同意书 监护人同意书 家长知情同意 监护人知情同意"
            ),
            words="yes_no",
            width=8,
        ),
        Field(
            "insurance",
            "实习责任保险",
            Kind.FLAG,
            (
                "保险 实习保险 是否投保 投保情况 责任保险 学生实习责任保险 是否购买保险 "
                "保险购买情况 责任险 实习责任险 保险情况 投保 是否购买实习责任险 购买保险 "
                "实习责任保险投保 保险购买 是否参保 保险投保情况 是否投保实习责任险 "
                "实习保险购买情况 实习责任险投保情况 保险办理情况 参保情况"
            ),
            expected=True,
            words="yes_no",
            width=8,
        ),
        Field(
            "night_shift",
            "夜班",
            Kind.FLAG,
            (
                "是否夜班 有无夜班 夜班情况 是否上夜班 是否安排夜班 安排夜班 夜班安排 "
                "是否有夜班 上夜班 夜班与否"
            ),
            words="night",
            width=6,
        ),
        Field(
            "school_supervisor",
            "校内指导教师",
            Kind.NAME,
            (
                "校内指导老师 学校指导教师 指导教师 学校指导老师 校方指导教师 带队教师 "
                "指导老师 校内导师 校内指导教师姓名 学校导师 校方指导老师 带队老师 "
                "校内指导人员 学校带队教师 驻厂教师 实习指导教师 校内带队教师 跟岗教师 "
                "校方教师 校方带队教师 学校指导人员 学校联系教师 巡回指导教师 负责教师 学校联系人"
            ),
            expected=True,
            public=True,
        ),
        Field("school_supervisor_no", "校内指导教师工号", Kind.CODE, "指导教师工号"),
        Field(
            "school_supervisor_phone",
            "校内指导教师电话",
            Kind.PHONE,
            "指导教师电话 校内指导教师联系电话 指导教师联系电话 带队教师电话 指导老师电话",
            width=12,
        ),
        Field("form", "实习形式", Kind.TEXT, "实习形式(集中、分段、提前)"),
        Field("term", "学期", Kind.TEXT, "实习学期", width=8),
        Field("weeks", "实习周数", Kind.AMOUNT, "周数 实习时长(周)", width=8),
        Field("content", "实习内容", Kind.TEXT, "工作内容 岗位内容", width=16),
        Field(
            "grade",
            "实习成绩",
            Kind.TEXT,
            "考核成绩 实习考核 成绩 考核结果 实习考核结果",
        ),
        Field("cross_province", "是否跨省", Kind.FLAG, "跨省 是否跨省实习", words="yes_no"),
        Field(
            "abroad",
            "是否赴国外",
            Kind.FLAG,
            "赴国外 是否国(境)外 是否出境",
            words="yes_no",
        ),
        Field("policy_no", "保单号", Kind.CODE, "保险单号 保险合同号 保单编号"),
        Field("insurance_kind", "险种", Kind.TEXT, "保险险种 保险种类"),
        Field("insurance_payer", "保险出资方", Kind.TEXT, "出资方 保费出资方 保费承担方"),
        Field("insurance_buyer", "保险购买方", Kind.TEXT, "购买方"),
        Field("insurance_date", "保险购买日期", Kind.DATE, "购买日期 投保日期"),
        NOTE,
        Field("batch", "所属实习批次", Kind.LINK, link="batches", width=20),
        Field("agreement_date", "三方协议签订日期", Kind.DATE, "协议签订日期"),
        Field("agreement_kept", "三方协议存放处"),
        Field("consent_date", "知情同意书签署日期", Kind.DATE, "知情同意书日期"),
        Field("consent_kept", "知情同意书存放处"),
        Field("insurer", "承保公司", Kind.TEXT, "保险公司 承保单位 承保机构", width=14),
        Field("insured_from", "保险起期", Kind.DATE, "保险开始日期 保险生效日期"),
        Field("insured_until", "保险止期", Kind.END_DATE, "保险结束日期 保险到期日期"),
        Field("filed", "是否报备", Kind.FLAG, "报备情况 是否备案", words="yes_no", width=8),
        Field("filed_date", "报备日期", Kind.DATE, "备案日期"),
        Field("intermediary", "是否经中介", Kind.FLAG, words="yes_no", width=8),
        Field("heavy_work", "是否重体力劳动", Kind.FLAG, words="yes_no", width=8),
        Field("overtime", "是否加班", Kind.FLAG, words="yes_no", width=8),
        Field("fees", "是否收费或扣证", Kind.FLAG, words="yes_no", width=8),
        Field("end_reason", "结束原因", Kind.TEXT, "离岗原因", width=14),
        Field("outcome", "毕业去向", Kind.TEXT),
        Field("outcome_date", "毕业登记日期", Kind.DATE),
    ),
    identity=("student", "firm", "start"),
    needs=(
        ("student", "student_no"),
        ("start", "period"),
        ("firm", "position", "arrangement", "agreement"),
        ("firm", "firm_supervisor", "school_supervisor", "matched", "insurance", "pay"),
    ),
    near=("student", "firm"),
    entity=("学生", "本人", "实习"),
    words=("实习",),
)
