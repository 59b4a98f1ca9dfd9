"""A large internship roster as a school writes it: invented persons, valid check digits."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

TITLE = "示例中等专业学校2024-2025学年岗位实习学生名册"
# The group over its columns; a column without a group stands alone.
COLUMNS = (
    ("", "序号"),
    ("学生信息", "学号"),
    ("学生信息", "姓名"),
    ("学生信息", "性别"),
    ("学生信息", "身份证号"),
    ("学生信息", "班级"),
    ("学生信息", "联系电话"),
    ("实习单位信息", "实习单位"),
    ("实习单位信息", "实习岗位"),
    ("实习单位信息", "企业指导教师"),
    ("实习时间", "开始"),
    ("实习时间", "结束"),
    ("", "安排方式"),
    ("", "是否专业对口"),
    ("实习报酬（元/月）", "实发"),
    ("实习报酬（元/月）", "同岗位工资"),
    ("", "三方协议"),
    ("", "实习责任保险"),
    ("", "夜班"),
    ("", "校内指导教师"),
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰"
MAJORS = ("数控技术应用", "机电技术应用", "计算机应用", "电子商务", "幼儿保育")
POSTS = ("数控车工", "机电维修工", "软件测试员", "直播运营助理", "保育员")
FIRMS = tuple(f"沂川市{a}{b}机械有限公司" for a in "德鑫华远众卓立优盛" for b in "永通达丰成宏")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def roster(count: int) -> Iterator[list[object]]:
    """The rows below the headings, each of another student."""
    for number in range(count):
        yield [number + 1, f"2022{number:06d}", *person(number), *placement(number)]


def person(number: int) -> list[object]:
    """Name, sex, ID number, class and phone of the n-th student."""
    name = SURNAMES[number % 20] + GIVEN[number // 20 % 25] + GIVEN[number // 500 % 25]
    born = datetime.date(2006, 9, 1) + datetime.timedelta(days=number % 360)
    sequence = number // 360 * 2 + number % 2
    major = MAJORS[number % 5]
    return [
        name,
        "男" if sequence % 2 else "女",
        identity(born, sequence),
        f"2022级{major}{number % 4 + 1}班",
        f"154{number:08d}",
    ]


def placement(number: int) -> list[object]:
    """Firm to supervisor of the n-th student; dates alternate between cell and text."""
    start = datetime.date(2024, 9, 1) + datetime.timedelta(days=number % 60)
    end = datetime.date(2025, 6, 1) + datetime.timedelta(days=number % 30)
    as_text = number % 2 == 0
    return [
        FIRMS[number % len(FIRMS)],
        POSTS[number % 5],
        SURNAMES[number % 19] + GIVEN[number % 23],
        f"{start.year}.{start.month}.{start.day}" if as_text else start,
        f"{end.year}年{end.month}月{end.day}日" if as_text else end,
        "自主联系" if number % 10 == 0 else "集中安排",
        "否" if number % 15 == 0 else "√",
        2800 + number % 7 * 100,
        "3200元/月" if as_text else 3200,
        "已签",
        "有",
        "否",
        SURNAMES[number % 17] + GIVEN[number % 21],
    ]


def identity(born: datetime.date, sequence: int) -> str:
    """An ID number of a city-level area code, which nobody holds, with its check character."""
    body = f"371300{born:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def write_roster(path: Path, count: int) -> None:
    """Writes the workbook: title, unit line, two header rows with merged groups, the rows."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("名册")
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, [TITLE])
    sheet.write_row(1, 0, ["填报单位（盖章）：示例中等专业学校"])
    sheet.write_row(2, 0, [group or label for group, label in COLUMNS])
    sheet.write_row(3, 0, [label if group else "" for group, label in COLUMNS])
    for row, values in enumerate(roster(count), start=4):
        for column, value in enumerate(values):
            if isinstance(value, datetime.date):
                sheet.write_datetime(row, column, midnight(value), dated)
            else:
                sheet.write(row, column, value)
    book.close()


def midnight(day: datetime.date) -> datetime.datetime:
    """The day as the workbook wants it."""
    return datetime.datetime(day.year, day.month, day.day)
