"""Headings that nobody listed: each finds its field, whoever wrote the form."""

import pytest

from xqhz_desktop.services.workbooks.headings import known, matches, normal, recognise

# register, then field:heading for each column; - is a column that no field has.
FORMS = """
firms -:编号 name:企业名称（与公章一致） uscc:企业统一社会信用代码(18位)
    nature:企业性质（国有/民营/外资） industry:所属国民经济行业 staff:企业员工总数(人)
    -:法人代表 -:注册资金 contact:企业方负责人 phone:负责人联系方式 district:所属区域
    forms:主要合作形式 -:合作起始时间 note:备注
firms name:合作单位（企业）名称 uscc:组织机构代码（统一社会信用代码） nature:单位类别
    staff:单位规模（在职员工人数） industry:产业类别 contact:单位联系人及职务
    phone:单位联系人电话 majors:合作专业 forms:校企合作模式
firms uscc:社会信用代码证号 name:公司全称 nature:公司类型 staff:公司人数 industry:公司所属行业
    contact:人事负责人 phone:人事负责人手机 address:公司地址
agreements code:协议编号 firm:合作企业 signed:签订时间 start:合作开始时间 end:合作截止时间
    content:合作项目名称 owner:学校负责人
agreements number:序号 firm:乙方名称 code:合同编号 -:合同名称 signed:合同签订日期
    period:合同有效期 owner:校内联系人
agreements code:协议书编号 firm:合作企业全称 start:协议起始日 end:协议到期日 signed:协议签署日
    content:协议主要条款
agreements code:合作协议编号 firm:企业（单位）名称 signed:签字日期 start:有效期起 end:有效期止
students student_no:学籍号 name:姓名 sex:性别 id_number:身份证件号 birthday:出生年月 nation:民族
    class:行政班 major:专业 entry:入学年月 registered:学籍状态 phone:联系电话
    guardian_name:监护人1姓名 guardian_phone:监护人1联系电话 guardian_relation:监护人1关系
    -:家庭住址 -:政治面貌
students class:班级简称 student_no:学号（校内） name:学生姓名 id_number:学生身份证号码
    phone:学生手机 guardian_name:家长 guardian_phone:家长联系电话 -:户口所在地
    registered:是否注册学籍 nation:民族 major_code:专业代码 major:专业名称 -:专业方向
students intake:年级 major:所学专业 class:所在班级 name:姓名 sex:性别 id_number:居民身份证号码
    birthday:出生日期 registered:在校状态 phone:本人手机号码 -:QQ号 -:微信号
placements number:序号 class_name:班级 name:姓名 student:身份证号码 phone:手机
    firm:实习单位（公章全称） -:实习单位地址 position:实习岗位（工种） start:实习开始年月日
    end:实习结束年月日 arrangement:实习方式（集中/自主） matched:是否与专业对口
    pay:实习报酬（元/月） reference_pay:同岗位试用期工资（元/月） agreement:是否签订三方协议
    insurance:是否购买责任险 night_shift:是否安排夜班 firm_supervisor:企业指导教师姓名
    firm_supervisor_phone:企业指导教师电话 school_supervisor:学校指导教师姓名
    school_supervisor_phone:学校指导教师电话
placements name:学生姓名 student:学生身份证号 class_name:所在班级 firm:顶岗实习单位
    position:顶岗岗位 period:顶岗实习时间 arrangement:安排类别 matched:岗位专业对口情况
    pay:每月补贴 reference_pay:正式员工同岗工资 agreement:协议（签/否） insurance:保险（买/否）
    night_shift:夜班（有/无） firm_supervisor:企业师傅 school_supervisor:驻企教师
    phone:学生联系方式
placements student_no:学号 name:姓名 student:证件号码 firm:实习企业全称 position:从事岗位
    start:上岗时间 end:下岗时间 arrangement:集中实习或自主实习 matched:对口与否 pay:实得工资
    reference_pay:企业同岗位标准 agreement:三方协议签订与否 insurance:实习保险办理情况
    school_supervisor:负责教师 firm_supervisor:企业负责人 phone:电话
placements name:姓名 student:身份证号 firm:就业（实习）单位 position:工作岗位 start:入职时间
    end:离职时间 pay:月工资 reference_pay:同岗月工资 arrangement:推荐/自找 matched:专业对口
    agreement:三方协议 insurance:责任险 night_shift:有无夜班 school_supervisor:学校联系人
    firm_supervisor:单位联系人 phone:联系电话
apprentices name:学徒姓名 student:身份证号 student_no:学号 registered:学籍 cohort:学徒班级
    firm:合作企业 position:培养岗位 staff_no:员工编号 contract_no:劳动合同号
    contract_signed:合同起始日 contract_end:合同截止日 start:进入企业时间 end:培养结束时间
    firm_mentor:企业导师（师傅） school_mentor:学校导师（教师） pay:学徒工资
apprentices name:姓名 student:身份证号码 firm:联合培养企业名称 contract_no:用工合同编号
    contract_period:用工合同期限 start:拜师时间 end:出师时间 firm_mentor:带徒师傅
    school_mentor:校内指导老师 pay:学徒津贴 position:学徒工种 registered:是否有学籍
    staff_no:厂牌号
teachers staff_no:工号 name:教师姓名 sex:性别 id_number:身份证号 birthday:出生年月
    education:最高学历 -:毕业院校 title:专业技术职务 category:任教类别（公共课/专业课/实习指导）
    major:任教专业 entry:进校时间 dual:是否"双师型"教师 dual_since:取得双师时间
    dual_level:双师等级 state:是否在岗 left:离开时间
teachers name:姓名 staff_no:人事代码 title:职称 education:学历
    category:教师性质（文化课、专业课） entry:到校时间 dual:双师型教师（是/否）
    dual_since:双师证取得时间 left:离职（退休）时间 phone:手机
teachers staff_no:职工编号 name:姓名 category:授课性质 title:职称级别 education:学历学位
    entry:来校工作年月 dual:双师 dual_since:双师认定年月
part_timers name:外聘人员姓名 id_number:身份证号 unit:现工作单位 title:职务/职称 course:担任课程
    weekly_hours:周课时数 start:聘用起始时间 end:聘用终止时间 phone:联系电话
part_timers name:姓名 id_number:身份证号码 unit:所在企业 title:技术等级 course:承担教学任务
    period:聘任起止时间 weekly_hours:每周授课学时 pay:课酬标准
part_timers name:兼课教师 id_number:证件号码 unit:原单位 title:专业技术资格 course:所授课程
    start:聘书起 end:聘书止
stints teacher:工号 name:姓名 major:所在教研室 firm:实践企业（单位）名称 position:实践岗位
    start:实践起始日期 end:实践结束日期 days:实践总天数 form:实践形式 result:考核等级
stints teacher:教师工号 name:教师姓名 firm:下企业单位 period:下企业时间 days:折算天数
    result:企业考核意见 position:下企业岗位
stints name:姓名 teacher:职工号 firm:挂职企业 position:挂职岗位 start:挂职开始时间
    end:挂职结束时间 days:挂职天数 result:是否合格
bases code:实训室编号 name:实训室名称 kind:实训室性质（校内/校外） place:所在楼层房间
    seats:工位数（个） area:面积（㎡） major:适用专业 owner:实训室负责人
bases code:基地代码 name:基地名称 kind:基地类型 place:坐落地点 seats:可同时容纳学生数
    major:所服务专业 owner:基地管理人
bases number:序号 name:名称 code:编号 kind:类别 place:位置 seats:工位 owner:负责人
bookings day:日期 week:星期 times:节次 base:实训室 user:班级 audience:使用对象 function:使用功能
    people:人数 content:实训项目 owner:任课教师
bookings day:使用日期 times:使用起止时间 base:使用场所名称 user:使用单位（班级）
    audience:参加人员类别 function:活动类别 people:参加人数（人） content:实训（培训）项目名称
    owner:指导教师签名 note:备注（取消请注明）
bookings base:场地名称 day:预约日期 times:预约时间段 user:预约部门 audience:面向群体
    function:用途类型 people:预计人数 content:活动主题 owner:预约人
bookings base:场室 day:年月日 times:第几节 user:使用班级/部门 people:实到人数 content:授课内容
    owner:授课教师 audience:服务对象 function:使用类型
courses name:课程名称 category:课程类别 total:总学时 theory:理论教学 practice:实践教学
    -:第一学期 -:第二学期 exam:考核方式 credits:学分
courses major:专业名称 intake:适用年级 name:课程（项目） category:课程性质 total:教学时数合计
    theory:其中：理论 practice:其中：实践 credits:学分
courses name:教学科目 total:课时合计 theory:讲授课时 practice:实训（实习）课时 category:课程模块
    exam:考试/考查
courses name:科目 total:学时总计 theory:课内讲授 practice:实验实训 category:类别
firms name:单位全称（以营业执照为准） uscc:营业执照编码 nature:企业所有制形式 industry:主营行业
    staff:从业人员总数 contact:校企合作联络人 phone:联络人电话 forms:合作类别
    district:企业所在地
firms name:甲方企业名称 uscc:统一代码 nature:公司性质 staff:用工规模（人） contact:HR联系人
    phone:HR联系电话 industry:行业领域
agreements code:协议序列号 firm:合作企业（乙方） signed:签定日期 start:执行起始日期
    end:执行终止日期
agreements code:合同号码 firm:合作方企业名称 signed:签约年月日 period:合作年限（起止）
agreements code:编号 firm:企业 start:起始时间 end:到期时间 signed:签订时间 content:合作范围
students name:学生 id_number:公民身份号码 student_no:学籍号码 class:班级名称 birthday:出生年月日
    sex:性别 nation:民族 entry:报到日期 phone:学生联系手机 guardian_phone:监护人手机号
students name:姓名 id_number:身份证 class:所在班级（全称） student_no:编号（学号）
    registered:学籍注册与否 major:就读专业名称 major_code:专业国标代码
placements name:实习生姓名 student:实习生身份证号 class_name:实习生班级 firm:实习公司名称
    position:实习职位 start:入企时间 end:离企时间 arrangement:实习去向（集中/自主）
    matched:岗位与专业匹配度 pay:实习月薪 reference_pay:同工种员工月薪
    agreement:三方协议是否齐全 insurance:实习保险是否购买 night_shift:有无安排夜班
    firm_supervisor:企业带教人 school_supervisor:学校跟岗教师 phone:实习生电话
placements student:身份证号 name:姓名 firm:接收实习单位 start:开始实习时间 end:结束实习时间
    position:实习工种 agreement:签协议情况 insurance:买保险情况 pay:劳动报酬
    reference_pay:相同岗位劳动报酬 matched:所学专业与岗位是否一致
placements name:姓名 student:身份证号 firm:单位 period:实习起止年月 position:岗位
    school_supervisor:校方老师 firm_supervisor:企业老师 agreement:是否有三方协议
    insurance:是否有保险 night_shift:是否倒夜班 arrangement:统一安排/自找 pay:工资
    reference_pay:同岗工资
apprentices name:学徒 student:身份证号码 cohort:所属学徒班 firm:学徒所在企业 start:学徒起始
    end:学徒终止 contract_no:合同号码 contract_signed:合同签定日期 contract_end:合同失效日期
    firm_mentor:师父 school_mentor:校方导师 position:学徒岗位名称 pay:月均工资
    registered:学籍注册
teachers staff_no:教工编号 name:姓名 category:教师类别（专业课/公共课/实习指导）
    entry:进入本校时间 left:调出时间 dual:是否双师素质教师 dual_since:双师素质认定时间
    title:专业职称 education:文化程度
teachers staff_no:编号 name:教师姓名 category:所任课程性质 entry:来校年份 title:现有职称
    dual:双师型（√） dual_since:认定年月 left:离退休时间 education:学历层次
part_timers name:聘请教师姓名 id_number:身份证号 unit:本职单位 title:职业技能等级证书
    course:讲授课程 start:聘请开始时间 end:聘请结束时间 weekly_hours:周授课量
part_timers name:企业兼职教师 id_number:身份证号码 unit:所属企业名称 title:企业职务
    course:授课课程 period:聘用起止年月 weekly_hours:每周节数
stints teacher:教师工号 name:实践人 firm:实践单位全称 start:到岗实践时间 end:离岗时间
    days:实践累计（天） result:考核评定结果 form:实践类型 position:实践项目名称
stints teacher:工号 name:姓名 firm:锻炼单位名称 period:锻炼起止日期 days:锻炼天数
    result:锻炼考核结果
bases code:场地编码 name:实训场地 kind:场地性质 place:楼栋房间号 seats:最大工位数 major:使用专业
    owner:场地负责人
bases code:实训基地代码 name:实训基地全称 kind:校内/校外 place:所在楼宇 seats:实训工位（个）
    owner:基地管理责任人
bookings day:使用年月日 times:使用节次 base:使用实训室名称 user:班级（单位）名称
    audience:使用人员类型 function:实训类型 people:使用总人数 content:实训任务 owner:带班老师
bookings day:活动日期 times:活动时间 base:活动地点 user:主办单位 audience:参加对象
    function:活动性质 people:参加人次 content:活动名称 owner:活动负责人
courses name:课程名 category:课程属性 total:总学时（节） theory:理论（节） practice:实践（节）
    exam:考核形式
courses major:专业 intake:年级 name:学习领域（课程） category:课程分类 total:计划总学时
    theory:理论授课学时 practice:实训教学学时 credits:学分数
"""


def forms() -> list[list[str]]:
    return [line.split() for line in FORMS.strip().replace("\n    ", " ").splitlines()]


@pytest.mark.parametrize(
    "form", forms(), ids=lambda form: f"{form[0]} {form[1]} {form[2]}".replace(":", " ")
)
def test_a_form_is_understood_column_by_column(form: list[str]) -> None:
    register, *columns = form
    asked = [column.partition(":")[::2] for column in columns]
    found = recognise([(heading,) for _, heading in asked])
    assert found is not None
    assert found.register.name == register
    taken = {place: field for field, place in found.columns.items()}
    read = [(taken.get(place, "-"), heading) for place, (_, heading) in enumerate(asked)]
    assert read == asked


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("姓　名", "姓名"), ("姓\n名", "姓名"), ("*姓名", "姓名"), ("姓名（必填）", "姓名"),
        ("1.姓名", "姓名"), ("③姓名", "姓名"), ("（4）姓名", "姓名"), ("一、姓名", "姓名"),
        ("姓名：", "姓名"), ("“姓名”", "姓名"), ("是否对口？", "是否对口"),
        ("工位数(个)", "工位数"),
        ("月工资/元", "月工资"), ("月工资（元/月）", "月工资"), ("ＮＯ．", "NO"),
        ("有效期（起）", "有效期起"), ("有效期（止）", "有效期止"),
    ],
)  # fmt: skip
def test_units_marks_numbering_and_line_breaks_mean_nothing(written: str, meant: str) -> None:
    assert normal(written) == meant


@pytest.mark.parametrize(
    ("register", "path", "field"),
    [
        ("placements", ("实习时间", "起"), "start"), ("placements", ("实习时间", "止"), "end"),
        ("placements", ("学生", "本人手机"), "phone"),
        ("apprentices", ("劳动合同", "起"), "contract_signed"),
        ("apprentices", ("劳动合同", "止"), "contract_end"),
        ("apprentices", ("培养期", "起"), "start"),
        ("apprentices", ("导师", "企业"), "firm_mentor"),
        ("agreements", ("协议书", "编号"), "code"),
        ("stints", ("教师基本情况", "人事编号"), "teacher"),
        ("courses", ("学时", "其中", "实践教学"), "practice"),
        ("firms", ("企业联络员", "手机"), "phone"),
        ("students", ("所学专业", "代码"), "major_code"),
    ],
)  # fmt: skip
def test_the_levels_of_a_heading_are_read_together(
    register: str, path: tuple[str, ...], field: str
) -> None:
    assert matches(register, path)[0].field == field


@pytest.mark.parametrize(
    ("register", "heading"),
    [
        ("students", "监护人电话"), ("students", "班主任姓名"), ("students", "法定代表人"),
        ("placements", "家长姓名"), ("placements", "班主任电话"), ("placements", "保险购买日期"),
        ("teachers", "出生年月"), ("placements", "聘用起始时间"), ("stints", "劳动合同签订日期"),
    ],
)  # fmt: skip
def test_a_name_a_phone_or_a_date_of_somebody_else_is_not_taken(
    register: str, heading: str
) -> None:
    own = {"name", "phone", "id_number", "student", "entry", "start", "end", "dual_since"}
    assert own.isdisjoint(match.field for match in matches(register, (heading,)))


def test_the_work_is_the_post_where_no_other_column_names_it() -> None:
    roster = [("姓名",), ("身份证号",), ("实习单位",), ("开始日期",), ("工作内容",)]
    alone, beside = recognise(roster), recognise([*roster, ("实习岗位",)])
    assert alone is not None
    assert beside is not None
    assert alone.columns["position"] == 4
    assert (beside.columns["content"], beside.columns["position"]) == (4, 5)


def test_a_period_is_needless_beside_start_and_end() -> None:
    headings = ("姓名", "身份证号", "实习单位", "实习时间", "开始日期", "结束日期")
    found = recognise([(heading,) for heading in headings])
    assert found is not None
    assert "period" not in found.columns
    assert (found.columns["start"], found.columns["end"]) == (4, 5)


def test_a_heading_is_one_field_and_a_field_one_column() -> None:
    found = recognise([("姓名",), ("姓名",), ("身份证号",), ("班级",), ("学号",)])
    assert found is not None
    assert len(set(found.columns.values())) == len(found.columns)
    assert found.columns["name"] == 0


@pytest.mark.parametrize("text", ["姓名", "实习起始时间", "带队老师手机"])
def test_a_text_of_known_words_may_be_a_heading(text: str) -> None:
    assert known(text)


@pytest.mark.parametrize("text", ["赵国栋", "滨河市金铆焊接装备有限公司", "2021级会计事务1班"])
def test_what_stands_in_a_cell_is_no_heading(text: str) -> None:
    assert not known(text)
