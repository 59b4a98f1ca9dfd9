"""What clerks call the columns of practice stints and teaching plans."""

from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.shared_fields import (
    END_ALIASES,
    NOTE,
    NUMBER,
    PERIOD_ALIASES,
    STAFF_NO_ALIASES,
    START_ALIASES,
    TEACHER_NAME_ALIASES,
    joined,
    prefixed,
)

STINTS = Register(
    "stints",
    "教师企业实践",
    "Stint",
    (
        NUMBER,
        Field(
            "teacher",
            "工号",
            Kind.LINK,
            STAFF_NO_ALIASES,
            missing="missing_staff_no",
            link="teachers",
        ),
        Field(
            "name",
            "姓名",
            Kind.NAME,
            joined(TEACHER_NAME_ALIASES, "实践教师 实践人员 实践人 实践教师姓名"),
            public=True,
        ),
        Field(
            "major",
            "专业（教研组）",
            Kind.TEXT,
            (
                "专业 教研组 所属专业 专业部 任教专业 系部 所在专业 所在教研组 所在部门 "
                "所属教研组 部门 专业/教研组 专业组 所在专业部 教研室 所在教研室"
            ),
            width=14,
            public=True,
        ),
        Field(
            "firm",
            "实践企业",
            Kind.LINK,
            (
                "实践单位 企业名称 单位名称 实践企业名称 实践单位名称 企业 单位 锻炼单位 "
                "锻炼企业 接收企业 接收单位 实践地点 公司名称 所到企业 实践基地 合作企业 "
                "派往企业 所在企业 挂职单位 名称 派往单位 赴企业名称"
            ),
            link="firms",
            width=24,
            public=True,
        ),
        Field(
            "position",
            "实践岗位",
            Kind.TEXT,
            (
                "岗位 承担工作 承担任务 实践内容 岗位名称 实践项目 锻炼岗位 实践任务 "
                "实践岗位名称 工作岗位 "
                "挂职岗位 实践岗位(内容) 岗位或内容"
            ),
            width=12,
            public=True,
        ),
        Field(
            "period",
            "实践时间",
            Kind.PERIOD,
            joined(prefixed("实践 锻炼 企业实践", PERIOD_ALIASES), "实践期限 实践周期"),
            stored=False,
            width=20,
        ),
        Field(
            "start",
            "起",
            Kind.DATE,
            joined(
                prefixed(
                    "实践 实践时间 锻炼 实践期 企业实践 实践起止 实践期限 实践日期 锻炼时间",
                    START_ALIASES,
                ),
                (
                    "实践起 进企日期 入企日期 下企业日期 进企时间 入企时间 下企时间 下厂日期 "
                    "报到日期"
                ),
            ),
            missing="missing_date",
            public=True,
        ),
        Field(
            "end",
            "止",
            Kind.END_DATE,
            joined(
                prefixed(
                    "实践 实践时间 锻炼 实践期 企业实践 实践起止 实践期限 实践日期 锻炼时间",
                    END_ALIASES,
                ),
                "实践止 离企日期 返校日期 离企时间 返校时间 离厂日期",
            ),
            missing="missing_end_date",
            public=True,
        ),
        Field(
            "days",
            "天数",
            Kind.TEXT,
            (
                "实践天数 累计天数 天 实践时长 时长 实践日数 合计天数 折合天数 天数合计 "
                "共计天数 实践总天数 日数 总天数 实践天数合计"
            ),
            stored=False,
            width=6,
        ),
        Field(
            "form",
            "实践形式",
            Kind.TEXT,
            "形式 实践方式 锻炼形式 实践类型 方式 实践类别 参与形式",
            public=True,
        ),
        Field(
            "result",
            "考核结果",
            Kind.TEXT,
            (
                "考核 考核等级 考核情况 鉴定结果 考核等次 结果 实践考核 评价结果 考核结论 "
                "考核意见 企业鉴定 考核评定 考评结果 实践考核结果 鉴定意见 成绩 评定等级 "
                "鉴定等级 考核评价"
            ),
        ),
        NOTE,
    ),
    identity=("teacher", "start", "end"),
    needs=(
        ("teacher",),
        ("start", "period"),
        ("firm", "days", "form", "result", "position"),
    ),
    near=("teacher", "firm"),
    entity=("教师", "本人", "实践", "教工", "职工"),
    words=("实践", "锻炼"),
)

COURSES = Register(
    "courses",
    "教学计划课程",
    "Course",
    (
        Field(
            "intake",
            "年级",
            Kind.TEXT,
            "级 入学年级 适用年级 入学年份 届别 实施年级 培养方案年级 级别 方案年级",
            width=8,
        ),
        Field(
            "major",
            "专业",
            Kind.LINK,
            "专业名称 适用专业 所属专业 开设专业 培养专业 实施专业",
            link="majors",
            width=14,
        ),
        Field(
            "category",
            "课程类别",
            Kind.TEXT,
            (
                "课程性质 课程类型 类别 课程模块 模块 课程分类 课程属性 课程结构 课程板块 "
                "课程模块类别 类型 课程平台"
            ),
            width=12,
        ),
        NUMBER,
        Field(
            "name",
            "课程名称",
            Kind.TEXT,
            (
                "课程 科目 课程(项目)名称 科目名称 教学科目 课程名 教学内容 课程/环节名称 "
                "课程科目 课程或环节 课程/科目 名称 课程及环节名称 学习领域 课程与环节 "
                "课程门类"
            ),
            missing="missing_name",
            width=18,
        ),
        Field(
            "total",
            "总学时",
            Kind.AMOUNT,
            (
                "学时 学时数 总课时 课时总数 学时合计 合计学时 总学时数 计划学时 课时 "
                "课时合计 学时总数 课时数 总课时数 计划课时 共计学时 合计 总计 总数 总时数 "
                "教学总学时 小计 总教学时数"
            ),
            width=8,
        ),
        Field(
            "theory",
            "理论学时",
            Kind.AMOUNT,
            (
                "理论 理论课时 理论教学 讲授 课堂教学 理论教学学时 讲授学时 理论学时数 "
                "其中理论 理论课 课堂讲授 理论讲授 理论时数 理论教学课时 讲课"
            ),
            width=8,
        ),
        Field(
            "practice",
            "实践学时",
            Kind.AMOUNT,
            (
                "实践 实践课时 实训 实践教学 实训学时 实践教学学时 实训课时 实操 实践学时数 "
                "其中实践 实习实训 实验实训 实践课 上机 实践实训 实训实践 实践时数 "
                "实践教学课时 实践(实训) 实践环节 实操学时 实操课时 实训教学 实习实训学时"
            ),
            width=8,
        ),
        Field("credits", "学分", Kind.AMOUNT, "总学分 学分数 课程学分", width=6),
        Field(
            "exam",
            "考核方式",
            Kind.TEXT,
            ("考试方式 考核 考核类型 考试考查 考核形式 考试/考查 考核方法 考查方式 评价方式"),
        ),
        NOTE,
    ),
    identity=("intake", "major", "name"),
    needs=(("name",), ("total", "theory"), ("practice",)),
    entity=("课程", "教学", "学时", "专业", "实践"),
    words=("教学进程", "教学计划", "课程设置", "培养方案", "人才培养", "课程"),
)
