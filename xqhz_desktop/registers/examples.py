"""What a cell may say: words to choose from, and an example for whoever fills it in."""

from xqhz_desktop.registers.kinds import Field, Kind
from xqhz_desktop.registers.words import LISTS

_BY_KIND: dict[Kind, str] = {
    Kind.NAME: "张三",
    Kind.ID_NUMBER: "18 位身份证号",
    Kind.USCC: "18 位统一社会信用代码",
    Kind.PHONE: "11 位手机号",
    Kind.DATE: "2026-09-01",
    Kind.END_DATE: "2027-02-28",
    Kind.AMOUNT: "3000",
    Kind.COUNT: "40",
    Kind.TIMES: "1-2节",
}
_BY_LINK: dict[str, str] = {
    "students": "18 位身份证号",
    "teachers": "T001",
    "firms": "示例机械有限公司",
    "bases": "数控实训室",
    "majors": "数控技术应用",
    "classes": "2026级数控1班",
    "cohorts": "2026级数控学徒班",
}
_BY_LABEL: dict[str, str] = {
    "企业名称": "示例机械有限公司",
    "企业性质": "民营",
    "行业代码": "C34",
    "所在县区": "示例县",
    "地址": "示例路 1 号",
    "对接专业": "数控技术应用",
    "合作形式": "岗位实习",
    "协议编号": "XY2026-001",
    "合作内容": "岗位实习、师资互聘",
    "学号": "20260001",
    "民族": "汉族",
    "出生日期": "2010-05-20",
    "专业代码": "660103",
    "班级": "2026级数控1班",
    "监护人": "张大山",
    "监护人关系": "父亲",
    "实习岗位": "数控车工",
    "企业指导教师": "李四",
    "校内指导教师": "王五",
    "校内指导教师工号": "T001",
    "实习形式": "集中",
    "学期": "2026-2027-1",
    "实习周数": "24",
    "实习内容": "数控车床操作",
    "实习成绩": "合格",
    "岗位": "数控车工",
    "企业师傅": "李四",
    "学校导师": "王五",
    "工号": "T001",
    "学历": "本科",
    "职称": "讲师",
    "任教专业": "数控技术应用",
    "双师等级": "中级",
    "在职状态": "在职",
    "工作单位": "示例机械有限公司",
    "职务/技能等级": "技师",
    "任教课程": "机械基础",
    "周课时": "4",
    "课酬": "80",
    "专业（教研组）": "数控技术应用",
    "实践岗位": "数控车工",
    "实践形式": "顶岗",
    "考核结果": "合格",
    "基地编号": "JD01",
    "实训基地名称": "数控实训室",
    "地点": "1 号楼",
    "面积": "120",
    "服务专业": "数控技术应用",
    "使用班级/单位": "2026级数控1班",
    "实训（培训）内容": "数控车床操作",
    "年级": "2026级",
    "课程类别": "专业核心课",
    "课程名称": "机械基础",
    "总学时": "60",
    "理论学时": "20",
    "实践学时": "40",
    "学分": "4",
    "考核方式": "考试",
}


def choices(field: Field) -> list[str]:
    """The words that a cell of the field may hold; empty where it is no choice."""
    if field.kind is Kind.FLAG:
        return ["是", "否"]
    if field.kind is not Kind.CHOICE or field.words not in LISTS:
        return []
    return list(dict.fromkeys(str(word) for word in LISTS[field.words].exact.values()))


def example(field: Field) -> str:
    """What a cell of the field may look like; empty where nothing needs to be shown."""
    if words := choices(field):
        return words[0]
    by_label = _BY_LABEL.get(field.label)
    return by_label or _BY_LINK.get(field.link) or _BY_KIND.get(field.kind, "")
