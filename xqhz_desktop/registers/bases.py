"""What clerks call the columns of training bases and their bookings."""

from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.shared_fields import (
    NOTE,
    NUMBER,
)

BASES = Register(
    "bases",
    "实训基地",
    "TrainingBase",
    (
        NUMBER,
        Field(
            "code",
            "基地编号",
            Kind.CODE,
            (
                "编号 基地代码 实训基地编号 实训室编号 代码 场所编号 场地编号 实训室代码 "
                "基地编码 基地号 实训室号 场所代码 编码 场地代码 实训场所编号 房间编号"
            ),
            missing="missing_code",
        ),
        Field(
            "name",
            "实训基地名称",
            Kind.TEXT,
            (
                "基地名称 名称 实训基地 实训室名称 场所名称 实训室 实训场所 场地名称 "
                "实训场所名称 实训中心名称 基地 实训车间名称 场地 场所 实训室(基地)名称 "
                "实训基地(室)名称 实训场地名称 实训场地"
            ),
            missing="missing_name",
            width=18,
        ),
        Field(
            "kind",
            "类别",
            Kind.TEXT,
            (
                "基地类别 性质 基地性质 基地类型 类型 建设性质 建设类型 场所类别 校内外 校内校外 "
                "共建方式 "
                "建设方式 实训室类别 基地属性 属性 所属性质"
            ),
        ),
        Field(
            "place",
            "地点",
            Kind.TEXT,
            (
                "位置 楼号房间 所在位置 地址 所在地点 场地位置 楼宇 房间号 所在楼宇 楼号 房间 "
                "坐落位置 "
                "具体位置 存放地点 所在房间 所在地 在哪里"
            ),
            width=14,
        ),
        Field(
            "seats",
            "工位数",
            Kind.COUNT,
            (
                "工位 工位数量 实训工位 实训工位数 工位个数 容量 容纳人数 可容纳人数 座位数 "
                "工位(个) 台位数 最大容纳人数 实训工位数量 工位总数 可用工位 设备台套数 "
                "工位容量"
            ),
            width=8,
        ),
        Field(
            "area",
            "面积",
            Kind.AMOUNT,
            "建筑面积 使用面积 面积(平方米) 场地面积",
            width=8,
        ),
        Field(
            "major",
            "服务专业",
            Kind.TEXT,
            ("面向专业 专业 适用专业 对应专业 所属专业 对接专业 使用专业 归属专业 服务的专业"),
            width=14,
        ),
        Field(
            "owner",
            "管理员",
            Kind.NAME,
            (
                "负责人 管理人 责任人 管理人员 基地负责人 实训室管理员 管理教师 管理责任人 "
                "安全责任人 专管员 实验员 责任教师"
            ),
        ),
        NOTE,
    ),
    identity=("code",),
    needs=(("code",), ("name",), ("seats", "place", "kind", "owner")),
    near=("name",),
    entity=("基地", "实训室", "场所", "场地", "容纳"),
    words=("实训基地一览", "基地一览", "实训室一览"),
)

BOOKINGS = Register(
    "bookings",
    "基地排期",
    "Booking",
    (
        NUMBER,
        Field(
            "day",
            "日期",
            Kind.DATE,
            (
                "使用日期 实训日期 上课日期 年月日 使用时间日期 安排日期 排期日期 活动日期 "
                "培训日期 使用日 实施日期 预约日期 日程"
            ),
            missing="missing_date",
        ),
        Field(
            "week",
            "星期",
            Kind.TEXT,
            "周次 星期几 周 周几 礼拜 周别",
            stored=False,
            width=6,
        ),
        Field(
            "times",
            "节次/时间",
            Kind.TIMES,
            (
                "节次 时间 节次时间 时段 使用时段 上课节次 时间段 使用时间 起止时间 "
                "节次或时间 使用节次 节数 上课时间 具体时间 时间(节次) 起止时刻 课次 时间安排 "
                "使用时间段 活动时间 培训时间 节次(时间) 节次/时段 实训时间 预约时段 占用时段 "
                "占用时间"
            ),
            missing="missing_time",
            width=14,
        ),
        Field(
            "base",
            "实训基地",
            Kind.LINK,
            (
                "基地 基地名称 实训室 场地 场所 使用场地 使用基地 实训场所 实训室名称 "
                "实训基地名称 使用实训室 地点 实训地点 场地名称 实训场地 使用场所 场所名称 "
                "实训中心 基地编号 实训室(基地) 预约场地 场室 使用场室 实训车间"
            ),
            missing="missing_base",
            link="bases",
            width=16,
        ),
        Field(
            "user",
            "使用班级/单位",
            Kind.TEXT,
            (
                "使用班级 使用单位 班级 使用部门 使用班级单位 使用者 班级/单位 单位 使用方 "
                "班级(单位) 使用人员 申请单位 使用班级(单位) 使用班级或单位 单位或班级 "
                "参加班级 主办单位 承办单位 申请部门 借用单位 使用班组 预约单位 班级或单位 "
                "使用单位(班级)"
            ),
            width=18,
        ),
        Field(
            "audience",
            "使用对象",
            Kind.CHOICE,
            (
                "对象 服务对象 培训对象 人员类别 面向对象 使用人群 参训对象 服务人群 受众 "
                "人员类型 对象类别 参加对象 面向人群 对象类型 参训人员类别 使用人员类别 "
                "使用者类别"
            ),
            words="audience",
            width=10,
        ),
        Field(
            "function",
            "功能",
            Kind.CHOICE,
            (
                "使用功能 用途 使用用途 项目类型 活动类型 类型 使用性质 使用类别 功能类别 "
                "项目类别 活动类别 使用类型 功能用途 类别 功能类型 用途类别 基地功能 服务功能 "
                "实训类型 培训类型 "
                "服务类型"
            ),
            words="function",
            width=10,
        ),
        Field(
            "people",
            "人数",
            Kind.COUNT,
            (
                "使用人数 参加人数 人次 实训人数 参训人数 培训人数 学生数 人数(人) 到场人数 "
                "参与人数 上课人数 实到人数 预计人数 学员人数"
            ),
            expected=True,
            width=6,
        ),
        Field(
            "content",
            "实训（培训）内容",
            Kind.TEXT,
            (
                "内容 实训内容 培训内容 实训项目 项目名称 使用内容 实训培训内容 项目 活动内容 "
                "课程内容 实训(培训)项目 教学内容 课程 主要内容 项目内容 培训项目 实训课题 "
                "课题 活动名称 训练内容 实施内容 课程名称 使用项目"
            ),
            expected=True,
            width=18,
        ),
        Field(
            "owner",
            "负责人",
            Kind.NAME,
            (
                "指导教师 任课教师 教师 责任人 授课教师 实训教师 负责教师 带班教师 联系人 "
                "指导老师 主讲教师 责任教师 带队教师 使用负责人 管理员 主讲人 任课老师 授课人 "
                "经办人 负责老师 申请人 授课老师 预约人"
            ),
            expected=True,
        ),
        NOTE,
    ),
    identity=(
        "base",
        "day",
        "times",
        "user",
        "audience",
        "function",
        "people",
        "content",
        "owner",
    ),
    needs=(
        ("day",),
        ("times",),
        ("base",),
        ("user", "audience", "function", "people", "owner"),
    ),
    near=("base", "day", "times", "user"),
    entity=("使用", "班级", "单位", "培训", "实训"),
    words=("排期", "使用登记", "使用安排", "使用记录"),
)
