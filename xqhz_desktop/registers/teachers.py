"""What clerks call the columns of teachers and part-time teachers."""

from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.shared_fields import (
    END_ALIASES,
    ID_ALIASES,
    NOTE,
    NUMBER,
    PERIOD_ALIASES,
    SEX,
    STAFF_NO_ALIASES,
    START_ALIASES,
    TEACHER_NAME_ALIASES,
    joined,
    prefixed,
)

TEACHERS = Register(
    "teachers",
    "专任教师",
    "Teacher",
    (
        NUMBER,
        Field("staff_no", "工号", Kind.CODE, STAFF_NO_ALIASES, missing="missing_staff_no"),
        Field("name", "姓名", Kind.NAME, TEACHER_NAME_ALIASES, missing="missing_name", public=True),
        SEX,
        Field(
            "id_number",
            "身份证号",
            Kind.ID_NUMBER,
            prefixed("教师 本人", ID_ALIASES),
            width=20,
        ),
        Field("birthday", "出生日期", Kind.DATE, "出生年月 出生年月日 出生时间"),
        Field(
            "education",
            "学历",
            Kind.TEXT,
            "最高学历 文化程度 学历层次 学历学位 第一学历 学历/学位",
            expected=True,
            width=8,
        ),
        Field(
            "title",
            "职称",
            Kind.TEXT,
            (
                "专业技术职务 职称等级 技术职称 专业技术职称 现任职称 职称级别 职务职称 "
                "专业技术资格 现职称 专技职务"
            ),
            expected=True,
            public=True,
        ),
        Field(
            "category",
            "教师类别",
            Kind.CHOICE,
            (
                "教师类型 课程类别 类别 教什么课 教哪类课 任课类别 教师性质 任教类别 岗位类别 "
                "教师分类 "
                "专任教师类别 任课类型 任教类型 人员类别 教学岗位 任教课程类别 课程类型 "
                "任教课类"
            ),
            words="category",
            width=12,
            public=True,
        ),
        Field(
            "major",
            "任教专业",
            Kind.TEXT,
            (
                "专业 所教专业 任教学科 所属专业 任教课程 任教专业学科 任教专业(学科) 学科 "
                "教授专业 所在专业 任教学科专业 专业(学科) 任教专业或学科 从教专业"
            ),
            width=14,
            public=True,
        ),
        Field(
            "entry",
            "入校时间",
            Kind.DATE,
            (
                "入校日期 来校时间 进校时间 入职时间 到校时间 入校年月 来校年月 进校年月 "
                "入职日期 到校年月 参加工作时间 调入时间 来校工作时间 入职年月 到校日期 "
                "来校日期 到校工作时间 进校日期 到岗时间 参加工作 进校工作时间 入校工作时间"
            ),
        ),
        Field(
            "dual",
            "是否双师型",
            Kind.FLAG,
            (
                "双师型 双师 是否双师 双师型教师 是否为双师型 双师型教师认定 是否双师型教师 "
                "双师认定 双师素质 双师型情况 双师资格 是否双师素质 双师情况 是否认定双师型 "
                "双师型认定 是否为双师型教师 双师认定情况 双师型认定情况"
            ),
            words="dual",
            width=8,
            public=True,
        ),
        Field(
            "dual_since",
            "双师认定时间",
            Kind.DATE,
            (
                "认定时间 认定日期 双师型认定时间 双师型认定日期 认定年月 资格认定年月 "
                "双师取得时间 资格认定时间 取得时间 双师资格取得时间 双师资格认定时间 "
                "双师认定日期 双师认定年月 获得时间 批准时间 发证时间 双师型认定年月 "
                "认定通过时间"
            ),
        ),
        Field(
            "dual_level",
            "双师等级",
            Kind.TEXT,
            "双师级别 双师型等级 认定等级 认定级别 双师型级别",
            public=True,
        ),
        Field(
            "state",
            "在职状态",
            Kind.TEXT,
            "人员状态 现状 在岗状态 状态 任职状态 教师状态 在岗情况 在职情况 人事状态 当前状态",
            width=8,
        ),
        Field(
            "left",
            "离岗时间",
            Kind.END_DATE,
            (
                "离岗日期 离校时间 离职时间 退休时间 调出时间 离校日期 离职日期 离岗年月 "
                "离职年月 离校年月 离开时间 减员时间 退休(调出)时间 离退时间 离开学校时间 "
                "退出时间 离岗离职时间 减员日期"
            ),
        ),
        Field(
            "phone",
            "联系电话",
            Kind.PHONE,
            "电话 手机 手机号 手机号码 联系方式",
            width=12,
        ),
        NOTE,
    ),
    identity=("staff_no",),
    needs=(
        ("staff_no",),
        ("name",),
        ("entry", "category", "dual", "title", "education"),
    ),
    near=("name", "id_number"),
    entity=("教师", "本人", "教工", "教职工", "员工", "职工", "本校"),
    words=("专任教师", "教师基本", "师资", "教师"),
)

PART_TIMERS = Register(
    "part_timers",
    "兼职教师",
    "PartTimer",
    (
        NUMBER,
        Field(
            "name",
            "姓名",
            Kind.NAME,
            joined(
                TEACHER_NAME_ALIASES,
                (
                    "兼职教师姓名 兼职教师 受聘人 聘任人员 受聘人员 外聘教师 受聘人姓名 "
                    "外聘教师姓名 外聘人员 "
                    "外聘人员姓名 企业兼职教师 兼职人员 兼职人员姓名 兼课教师 兼课教师姓名"
                ),
            ),
            missing="missing_name",
            public=True,
        ),
        SEX,
        Field(
            "id_number",
            "身份证号",
            Kind.ID_NUMBER,
            prefixed("教师 本人", ID_ALIASES),
            missing="missing_id",
            width=20,
        ),
        Field(
            "unit",
            "工作单位",
            Kind.TEXT,
            (
                "所在单位 单位 单位名称 来源单位 所在企业 企业名称 原单位 现工作单位 任职单位 "
                "来源企业 供职单位 所属单位 受聘前单位 企业 工作单位名称 派出单位 "
                "所在工作单位 原工作单位"
            ),
            width=24,
            public=True,
        ),
        Field(
            "title",
            "职务/技能等级",
            Kind.TEXT,
            (
                "职务 技能等级 职称 技术职称或等级 职务职称 职业资格 专业技术职务 职业技能等级 "
                "职务/职称 "
                "技术等级 资格等级 职业资格等级 职务或技能等级 职称/技能等级"
            ),
            width=12,
            public=True,
        ),
        Field(
            "course",
            "任教课程",
            Kind.TEXT,
            (
                "承担课程 授课课程 担任课程 课程 课程名称 教授课程 所任课程 授课内容 所授课程 "
                "任课名称 任教科目"
            ),
            width=14,
            public=True,
        ),
        Field(
            "period",
            "聘期",
            Kind.PERIOD,
            joined(
                prefixed("聘期 聘用 聘任 受聘 合同 任职", PERIOD_ALIASES),
                "聘用期 聘任期 任期 聘任期限 聘用期限",
            ),
            stored=False,
            width=20,
        ),
        Field(
            "start",
            "聘期起",
            Kind.DATE,
            joined(
                prefixed(
                    "聘期 聘用 聘任 受聘 聘 任职 聘用期 聘用期限 聘任期 聘任期限 任期",
                    START_ALIASES,
                ),
                (
                    "聘用合同起始日期 合同起始日期 合同开始日期 聘任日期 聘用日期 受聘日期 "
                    "起聘时间 起聘日期 起聘 聘请日期 起聘年月"
                ),
            ),
            missing="missing_date",
            public=True,
        ),
        Field(
            "end",
            "聘期止",
            Kind.END_DATE,
            joined(
                prefixed(
                    "聘期 聘用 聘任 受聘 聘 任职 聘用期 聘用期限 聘任期 聘任期限 任期",
                    END_ALIASES,
                ),
                (
                    "聘用合同终止日期 聘用合同截止日期 合同终止日期 合同到期日期 聘期届满 "
                    "解聘日期 解聘时间 到期时间 到期日期 止聘时间 止聘日期 聘期到期 "
                    "聘满日期 聘期满 终聘日期 聘期届满日期"
                ),
            ),
            missing="missing_end_date",
            public=True,
        ),
        Field(
            "weekly_hours",
            "周课时",
            Kind.AMOUNT,
            (
                "周课时数 每周课时 周学时 课时 周课时量 周节数 每周节数 每周学时 周授课节数 "
                "周授课时数 周授课时"
            ),
            width=6,
        ),
        Field("pay", "课酬", Kind.AMOUNT, "课酬标准 报酬 课时费 薪酬 聘金", width=8),
        Field(
            "phone",
            "联系电话",
            Kind.PHONE,
            "电话 手机 手机号 手机号码 联系方式",
            width=12,
        ),
        NOTE,
    ),
    identity=("id_number",),
    needs=(
        ("id_number",),
        ("name",),
        ("start", "period"),
        ("unit", "course", "weekly_hours", "title"),
    ),
    entity=("教师", "本人", "兼职", "受聘", "单位", "聘"),
    words=("兼职", "外聘", "聘用"),
)
