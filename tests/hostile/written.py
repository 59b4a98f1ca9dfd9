"""Texts in odd encodings and with odd characters, numbers and days that are none."""

from pathlib import Path

from tests.hostile.corpus import (
    book,
    csv,
    pack,
    parts,
    refused,
    row,
    rows_of,
    sheet,
    tamed,
    text,
)
from tests.services.books import id_number, student, table

PERSON = table(student(901))
ENCODING = "文字编码认不出"


@refused("有零字节.csv", "请")
def zero_bytes_in_cells(path: Path) -> None:
    csv(path, table(student(902, 班级="数\0控")))


@refused("零字节填满.csv", "请")
def zero_bytes_after_a_power_cut(path: Path) -> None:
    path.write_bytes(csv(path, PERSON).read_bytes() * 40 + b"\0" * 9000)


@refused("孤立代理.csv", "请")
def half_a_character_in_utf_8(path: Path) -> None:
    path.write_bytes(csv(path, PERSON).read_bytes() + b"\r\n\xed\xa0\x80,\xed\xb0\x80")


@refused("孤立代理.xlsx", "请")
def half_a_character_in_a_cell(path: Path) -> None:
    pack(path, parts(sheet(row(1, text("A1", "&#xD800;")))))


@tamed("转义控制符.xlsx", students=1)
def control_characters_as_excel_writes_them(path: Path) -> None:
    pack(path, parts(sheet(*rows_of(student(903, 班级="甲_x0000__x0007__xD800_乙")))))


@refused("零字符.xlsx", "请")
def a_zero_character_in_a_cell(path: Path) -> None:
    pack(path, parts(sheet(row(1, text("A1", "&#0;")))))


@tamed("两个标记.csv", students=1)
def two_byte_order_marks(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + csv(path, PERSON, "utf-8-sig").read_bytes())


@tamed("双字节.csv", students=1)
def text_in_utf_16(path: Path) -> None:
    csv(path, table(student(904)), "utf-16")


@tamed("双字节无标记.csv", students=1)
def text_in_utf_16_that_does_not_say_so(path: Path) -> None:
    csv(path, table(student(905)), "utf-16-be")


@refused("四字节.csv", "请")
def text_in_utf_32(path: Path) -> None:
    csv(path, table(student(906)), "utf-32")


@tamed("国标四字节.csv", students=1)
def text_in_gb_18030(path: Path) -> None:
    csv(path, table(student(907, 姓名="王𠮷")), "gb18030")


@tamed("繁体.csv")
def text_in_big_5(path: Path) -> None:
    csv(path, [["姓名", "班級"], ["陳大文", "一班"]] * 20, "big5")


@tamed("日文.csv")
def text_in_shift_jis(path: Path) -> None:
    csv(path, [["名前", "クラス"], ["山田", "一組"]] * 20, "shift_jis")


@refused("西文.csv", "请")
def text_in_latin_1(path: Path) -> None:
    csv(path, [["Nom", "Prénom"], ["Müller", "Zoë"]] * 20, "latin-1")


@refused("大机.csv", "请")
def text_in_ebcdic(path: Path) -> None:
    csv(path, [["NAME", "CLASS"], ["WANG", "1"]] * 20, "cp500")


@refused("随机.csv", "请")
def bytes_without_any_sense(path: Path) -> None:
    path.write_bytes(bytes(n * n * 31 % 251 for n in range(40_000)))


@tamed("引号不闭.csv")
def a_quotation_without_an_end(path: Path) -> None:
    path.write_text('姓名,班级\r\n"王一,1班\r\n王二,2班\r\n' * 500, "utf-8")


@tamed("换行混杂.csv", students=1)
def every_kind_of_line_end(path: Path) -> None:
    lines = [",".join(map(str, line)) for line in table(student(908))]
    path.write_bytes(f"\r{lines[0]}\r\n\n{lines[1]}\r\r\n\u2028".encode())


@tamed("反向.xlsx", students=1)
def characters_that_turn_the_direction(path: Path) -> None:
    book(path, table(student(909, 班级="\u202e班1\u200b\u200f\ufeff\u2066x")))


@tamed("叠加.xlsx", students=1)
def a_letter_under_a_thousand_accents(path: Path) -> None:
    book(path, table(student(910, 班级="数" + "\u0301" * 1000)))


@tamed("表情.xlsx", students=1)
def families_of_emoji_and_unassigned_characters(path: Path) -> None:
    book(path, table(student(911, 班级="👨‍👩‍👧‍👦\U0010ffff\ue000\ufffe")))


@tamed("怪数字.xlsx")
def numbers_that_are_none(path: Path) -> None:
    odd = ("1e999", "-1e999", "nan", "0x10", "١٢٣", "1" * 400, "-0", "1e-400")
    lines = table(student(912))
    cells = [
        f'<row r="{at}">'
        + "".join(f'<c r="{chr(65 + n)}{at}"><v>{value}</v></c>' for n in range(7))
        for at, value in enumerate(odd, 2)
    ]
    head = row(1, *(text(f"{chr(65 + at)}1", str(cell)) for at, cell in enumerate(lines[0])))
    pack(path, parts(sheet(head, *(f"{cell}</row>" for cell in cells))))


@tamed("怪日期.xlsx")
def days_that_are_none(path: Path) -> None:
    odd = (
        -1,
        0,
        60,
        2_958_466,
        1e15,
        "2021-02-30",
        "0000-00-00",
        "99999-12-31",
        "２０２１年１３月",
    )
    people = [student(920 + at, 入学时间=day) for at, day in enumerate(odd)]
    book(path, table(*people))


@tamed("号码成数字.xlsx")
def id_numbers_that_were_made_numbers(path: Path) -> None:
    book(path, table(student(930, 身份证号=float(id_number(930)[:17] + "0"))))


@tamed("假的号码.xlsx")
def id_numbers_of_other_digits(path: Path) -> None:
    other = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    book(path, table(student(931, 身份证号=id_number(931).translate(other))))


@tamed("真假值.xlsx")
def truths_instead_of_texts(path: Path) -> None:
    lines = table(student(932))
    book(path, [lines[0], [True] * len(lines[0]), [False] * len(lines[0])])


@tamed("列名里的列名.csv")
def a_header_in_every_row(path: Path) -> None:
    csv(path, [line for _ in range(300) for line in PERSON[:1]])
