"""Words of headings that mean the same, so that an unheard heading can be understood.

A heading is taken apart into concepts; two headings mean the same field where they share one and
differ in soft concepts only, which add nothing where a register is already known.
"""

from functools import lru_cache

# concept: its words; two concepts are joined by +. Longer words are found first.
_WORDS = """
姓名: 姓名 名字
学校: 学校 我校 校内 校方 本校 学校方 校
企业: 企业 单位 公司 厂内 在企 工厂 厂家 企业方 去向单位 用人单位 厂
学生: 学生 本人 学员 实习生 自己
学徒: 学徒 徒弟
教师: 教师 老师 教职工 教工 指导人 指导人员 指导员
师傅: 师傅 带教人 师父
指导: 指导 跟踪 带队 巡回 驻厂 跟岗 带教 带徒 跟师 导师 谁带 谁管 带班 带领 驻企
监护人: 监护人 家长 父母 父亲 母亲 家里 家庭
班主任: 班主任
联系人: 联系人 联络人 对接人 联系人员 对接人员 联络员 接洽人 联系老师 找谁联系 找谁
管理员: 管理员 管理人 管理人员 保管员 负责人 责任人 谁管理 专管员 谁负责
经办人: 经办人 经办 承办人 经手人
法人: 法人 法人代表 法定代表人
电话: 联系电话 联系方式 电话 手机号码 手机号 手机 电话号码 号码簿
证件: 身份证号码 身份证号 身份证件号码 身份证件号 身份证 证件号码 证件号
信用代码: 统一社会信用代码 信用代码 机构代码 组织机构代码 营业执照 税号
编号: 编号 编码 代码 代号 号码 书号 号 序列号
学号: 学号 学籍号
工号: 工号 职工号 教工号 员工号 员工编号 职工编号 教师编号 人员编号 厂牌号 工牌号
性质: 性质 登记注册类型 注册类型 所有制 经济类型
类别: 类别 类型 分类 种类 门类 哪类 哪种
行业: 行业
地区: 县区 区县 地区 区域 所在地 属地
地址: 地址 户籍 住址 住宿 宿舍 家庭住址
地点: 地点 位置 在哪里 座落 坐落 房间 楼宇 楼层
职工: 职工 员工 从业人员 正式工 正式员工 用工
人数: 人数 多少人 几个人 几人 人次 规模 总数 职工数 员工数 从业人员数
专业: 专业 归哪个专业 学什么专业
班级: 班级 班别 教学班 班 行政班 自然班
年级: 年级 届 入学年份
入学: 入学 何时入学 入校就读
民族: 民族
出生: 出生 生日
性别: 性别 男女
学籍: 学籍 在籍
注册: 注册 在册
岗位: 岗位 职位 工种 做什么工作 上岗岗位 做什么岗位 干什么活 工作内容
上岗: 上岗 到岗 入岗 进岗 入职 进企 入企 进厂 进入企业
离岗: 离岗 离职 出徒 出师 离企 离厂 返校 下岗
入校: 入校 来校 进校 到校 调入 参加本校工作 参加工作 到校工作 来校工作 进入本校 进入学校
离校: 离校 离开本校 离开学校 退休 调出 调离
起: 开始 起始 起 自 始 生效 从
止: 结束 截止 终止 止 届满 期满 到期 满期 到 失效
期: 日期 时间 年月日 年月 日 期 哪天 何时 时间点 哪年哪月 哪年 哪月 几号 几时
期限: 期限 起止 起讫 周期 有效期 时段期 年限
时段: 时段 时间段 节次 第几节 课节 第几节课 哪几节
星期: 星期 周几 礼拜
天数: 天数 天 几天 共几天 日数 时长 多少天
安排: 安排 落实 组织 去向方式 来源 怎么去 渠道 途径 来自
方式: 方式 形式 办法 怎么
对口: 对口 相关 匹配 相近 对应 对不对口 一致
工资: 工资 报酬 薪酬 补贴 津贴 薪资 收入 待遇 实发 月薪 支付 多少钱 发多少钱 挣多少钱 实得 实领
    应得
同岗: 同岗位 同岗 相同岗位 本岗位 该岗位 同工种
协议: 协议 三方协议 协议书
合同: 合同 劳动合同 合同书
同意: 知情同意书 知情同意 同意书
保险: 保险 投保 责任险 参保
夜班: 夜班 夜间 上夜班 夜间上岗
签: 签订 签署 签约 签字 签定
课程: 课程 科目 学科 课 教什么课 上什么课 教学任务
学时: 学时 课时 时数 节数 教学时数 几节 几节课 多少节 授课量
理论: 理论 讲授 讲课
实操: 实践学时 实践教学 实践课时 实习实训 实训学时 实操
学分: 学分
学期: 学期
学制: 学制
考试: 考核方式 考试方式 考试 考查 怎么考
考核: 考核 鉴定 评定 考评 评价
结果: 结果 结论 意见 等级 等次 评定 合格 合不合格 通过
学历: 学历 文化程度
职称: 职称 专业技术职务 技术职务 技术职称 专业技术职称 专业技术资格 专业技术等级 专业职称
职务: 职务 技能等级 职业资格 技能
双师: 双师型 双师
认定: 认定 取得 获得 证书 资格
聘: 聘 聘期 聘用 聘任 受聘 聘书 聘来 聘请 兼课 外聘 兼职 外请
任教: 任教 担任 承担 授课 所授 任课 教授 所任
周: 每周 周
月: 每月 月 月均
总: 总 累计 合计 共计 总计 总数量 一共
基地: 基地 实训室 场所 场地 场室 实训中心 实训车间
工位: 工位 几个工位 台位 座位
对象: 对象 人群 使用者类别 受众 什么人 哪些人 群体
用途: 功能 用途 干什么 做什么用 用来做什么 做什么用途 活动性质 服务类型 目的
内容: 内容 要点 项目 具体内容 课题 事项 下厂内容 做什么 具体做什么 条款 主题 范围 任务
备注: 备注 备考 说明 附注
实践: 实践 锻炼 下厂 下企业 挂职
实习: 实习 顶岗实习 顶岗
使用: 使用 谁来用 谁用 占用 借用 预约
合作: 合作 校企 校企合作 对接
面积: 面积
序号: 序号
服务: 服务
培训: 培训 参训
培养: 培养
实训: 实训
劳动: 劳动 用工
办理: 办理 办
购买: 购买 购
活动: 活动
教学: 教学
工作: 工作 上班 本职
面向: 面向
任教+课程: 讲授课程
任教+类别: 授课性质 任课性质
课程+类别: 课程性质
入校+期: 来校年份 进校年份 入校年份
周数: 周数 时长周
容量: 容量 容纳 可容纳
报到: 报到
职工+人数: 多少职工 多少员工 多少人上班
离岗+期: 哪天回 几号回 何时回
上岗+期: 哪天去 几号去 何时去
集中自主: 集中 自主 自找 自己找 自行联系 自己联系 学校安排 统一安排
在: 在
"""
_SILENT = """
国标 与否 是否 有无 情况 状态 状况 名称 全称 名 的 方 及 或 与 额 本 该 所 具体 详细 其他 主要
摘要 可用
实际 填写 或者 目前 现 原 负责 从事 参加 年末 所在 所属 否 吗 了 没 有 无 是 者 数 人员 个 书 建设
和 项 签了 没签 买了 没买 登记 哪个 哪 实到 上 一 位 全国 国民经济 推荐 用 谁 处 全部 居民 正式
责任 表 栏 信息 基本 资料 哪家 哪门 什么 多少 属于 是谁 里 给 叫 来 去 去了 当 教 和 还是 是不是
有没有 上不上 签没签 买没买 码 到场 可 干
人事 人力资源 简称 标准 折算 可同时 同时 课内
主营 领域 执行 国标 所学 倒
"""
_ADDING_NOTHING = """
实习 学生 学徒 教师 指导 月 使用 服务 工作 合作 实践 教学 培养 实训 聘 签 类别 人 员 总 劳动
企业方 任教 岗 注册 安排 认定 编号 方式 周 序号 期 办理 购买 面向 在 活动 姓名
"""
SOFT = frozenset(_ADDING_NOTHING.split())
# Soft where a register is about them; elsewhere they say that another matter is meant.
_SUBJECTS = frozenset({"实习", "学徒", "聘", "实践", "使用", "培养"})


def _lexicon() -> dict[str, frozenset[str]]:
    """Word → its concepts; none for a word that says nothing."""
    found: dict[str, frozenset[str]] = dict.fromkeys(_SILENT.split(), frozenset())
    for line in _WORDS.strip().replace("\n    ", " ").splitlines():
        meant, words = line.split(":")
        found |= dict.fromkeys(words.split(), frozenset(meant.split("+")))
    return found


_LEXICON = _lexicon()
_KNOWN = frozenset().union(*_LEXICON.values())
_LONGEST = max(map(len, _LEXICON))
_DIGITS = frozenset("0123456789")
_PRACTISED = frozenset({"实践", "实训", "实习"})  # whose hours are one thing, however it is said


@lru_cache(maxsize=16384)
def concepts(heading: str) -> frozenset[str]:
    """The concepts of a normal heading; what the lexicon does not know stands for itself."""
    found: set[str] = set()
    place = 0
    while place < len(heading):
        for size in range(min(_LONGEST, len(heading) - place), 0, -1):
            word = heading[place : place + size]
            if word in _LEXICON:
                found |= _LEXICON[word]
                break
        else:
            size = 1
            found |= {heading[place]} - _DIGITS
        place += size
    if "学时" in found and found & _PRACTISED:
        found = found - _PRACTISED - {"学时"} | {"实操"}
    return frozenset(found)


def understood(heading: str) -> bool:
    """Whether a normal heading is made of known words only."""
    meant = concepts(heading)
    return bool(meant) and meant <= _KNOWN


def likeness(
    one: frozenset[str], other: frozenset[str], entity: frozenset[str] = frozenset()
) -> float:
    """How much two headings mean the same: 1 for the same concepts, 0 where a hard one differs.

    Concepts of the register's own subject, its `entity`, add nothing either.
    """
    if one == other and one:
        return 1.0
    shared = one & other
    if not shared - SOFT or not (one ^ other) <= SOFT - _SUBJECTS | entity:
        return 0.0
    said = len(one) + len(other) - 0.75 * len((one ^ other) & entity)
    return 2 * len(shared) / said


def foreign(whole: str, part: str, entity: frozenset[str]) -> frozenset[str]:
    """The subjects of other registers that a heading speaks of beyond a part of it."""
    return (concepts(whole) - concepts(part) - entity) & _SUBJECTS
