"""The workbooks of a small office: every register, and rows that refer to one another."""

from tests.services.books import (
    agreement,
    apprentice,
    base,
    booking,
    course,
    firm,
    part_timer,
    placement,
    stint,
    student,
    table,
    teacher,
)

FIRM = "甲机械有限公司"
OTHER = "乙电子有限公司"

OFFICE = {
    "01企业.xlsx": table(firm(1, FIRM), firm(2, OTHER)),
    "02学生.xlsx": table(student(1), student(2), student(3)),
    "03实习.xlsx": table(placement(1, FIRM), placement(2, "乙电子有限责任公司")),
    "04学徒.xlsx": table(apprentice(3, FIRM)),
    "05教师.xlsx": table(teacher(1), teacher(2)),
    "06兼职.xlsx": table(part_timer(800)),
    "07实践.xlsx": table(stint(1, FIRM), stint(2, OTHER)),
    "08基地.xlsx": table(base(1, "数控实训室")),
    "09排期.xlsx": table(booking("数控实训室"), booking("JD01", times="3-4节")),
    "10课程.xlsx": table(course("机械基础"), course("数控编程")),
    "11协议.xlsx": table(agreement("XY1", FIRM), agreement("XY2", OTHER)),
}
