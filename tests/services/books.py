"""Rows as a clerk writes them: invented persons and firms, and tables made of them."""

from collections.abc import Mapping
from datetime import date, timedelta

from xqhz_desktop.base.identity import id_problem, uscc_problem

Cells = Mapping[str, object]
Table = list[list[object]]

_USCC_ENDS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_GIVEN = "一二三四五六七八九十"


def id_number(number: int, born: date = date(2006, 3, 1)) -> str:
    """A valid ID number of nobody; another for every `number` below 1,000."""
    body = f"371300{born:%Y%m%d}{number:03}"
    return next(body + end for end in "0123456789X" if not id_problem(body + end))


def wrong(number: str) -> str:
    """The number with a last character that fails its check."""
    return number[:-1] + ("1" if number[-1] == "0" else "0")


def uscc(number: int) -> str:
    """A valid 统一社会信用代码 of no firm."""
    body = f"91371300MA{number:07}"
    return next(body + end for end in _USCC_ENDS if not uscc_problem(body + end))


def name(number: int) -> str:
    """A person's name, another for every `number` below 1,000."""
    return "王" + "".join(_GIVEN[int(digit)] for digit in str(number))


def masked(number: str) -> str:
    """An ID number as a printed list shows it."""
    return number[:6] + "*" * 8 + number[-4:]


def table(*rows: Cells, above: tuple[str, ...] = ()) -> Table:
    """Rows under one header of all their headings; `above` are lines over it."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    lines: Table = [[line] for line in above]
    return [*lines, [*headings], *([row.get(heading) for heading in headings] for row in rows)]


def firm(number: int, called: str, **more: object) -> Cells:
    """A row of the firm register."""
    return {"企业名称": called, "统一社会信用代码": uscc(number), "企业性质": "民营", **more}


def agreement(code: str, called: str, **more: object) -> Cells:
    """A row of the agreement register."""
    return {
        "协议编号": code,
        "企业名称": called,
        "签订日期": "2022-08-20",
        "协议期限起": "2022-09-01",
        "协议期限止": "2025-08-31",
        **more,
    }


def student(number: int, **more: object) -> Cells:
    """A row of the student register."""
    return {
        "学号": f"2021{number:04}",
        "姓名": name(number),
        "身份证号": id_number(number),
        "专业名称": "数控技术应用",
        "班级": "2021级数控技术应用1班",
        "入学时间": "2021-09-01",
        "学籍状态": "已注册",
        **more,
    }


def placement(number: int, called: str, **more: object) -> Cells:
    """A row of an internship roster."""
    return {
        "姓名": name(number),
        "身份证号": id_number(number),
        "实习单位": called,
        "实习岗位": "钳工",
        "实习开始日期": "2023-09-01",
        "实习结束日期": "2024-05-31",
        "安排方式": "集中",
        "实发报酬": 3000,
        **more,
    }


def apprentice(number: int, called: str, **more: object) -> Cells:
    """A row of an apprentice roster."""
    return {
        "姓名": name(number),
        "身份证号": id_number(number),
        "学徒班": "2021级数控学徒班",
        "合作企业": called,
        "入岗日期": "2022-09-01",
        "期满日期": "2024-08-31",
        "学籍状态": "已注册",
        "劳动合同编号": f"HT{number}",
        "企业师傅": name(900 + number % 50),
        **more,
    }


def teacher(number: int, **more: object) -> Cells:
    """A row of the teacher register."""
    return {
        "工号": f"T{number:03}",
        "姓名": name(500 + number),
        "教师类别": "专业课教师",
        "入校时间": "2015-09-01",
        "职称": "讲师",
        "学历": "本科",
        **more,
    }


def stint(number: int, called: str, start: str = "2023-07-01", **more: object) -> Cells:
    """A row of the teachers' practice at firms."""
    end = date.fromisoformat(start) + timedelta(days=29)
    return {
        "工号": f"T{number:03}",
        "姓名": name(500 + number),
        "实践企业": called,
        "开始日期": start,
        "结束日期": end.isoformat(),
        "实践形式": "跟岗",
        "考核结果": "合格",
        **more,
    }


def base(number: int, called: str, **more: object) -> Cells:
    """A row of the list of training bases."""
    return {
        "基地编号": f"JD{number:02}",
        "实训基地名称": called,
        "工位数": 40,
        "地点": "1号楼",
        "管理员": name(700),
        **more,
    }


def booking(called: str, day: str = "2024-03-04", times: str = "1-2节", **more: object) -> Cells:
    """A row of the bases' schedule."""
    return {
        "日期": day,
        "节次/时间": times,
        "实训基地": called,
        "使用班级/单位": "2021级数控1班",
        "使用对象": "在校学生",
        "功能": "技能实训",
        "人数": 38,
        "负责人": name(701),
        **more,
    }


def course(called: str, total: int = 60, practice: int = 40, **more: object) -> Cells:
    """A row of a teaching plan."""
    return {
        "年级": "2021级",
        "专业": "数控技术应用",
        "课程名称": called,
        "总学时": total,
        "理论学时": total - practice,
        "实践学时": practice,
        **more,
    }


def part_timer(number: int, **more: object) -> Cells:
    """A row of the part-time teachers' register."""
    return {
        "姓名": name(number),
        "身份证号": id_number(number, date(1980, 5, 6)),
        "工作单位": "甲机械有限公司",
        "聘任课程": "钳工实训",
        "聘期起": "2023-09-01",
        "聘期止": "2024-08-31",
        "周课时": 4,
        **more,
    }
