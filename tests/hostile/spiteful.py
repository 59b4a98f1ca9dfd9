"""Files with dangerous or broken insides: entities, links elsewhere, wrong zips, odd formulas."""

import zipfile
from pathlib import Path

from tests.hostile.corpus import (
    MAIN,
    RELATED,
    book,
    pack,
    parts,
    refused,
    relations,
    row,
    rows_of,
    sheet,
    tamed,
    text,
)
from tests.services.books import student, table

UNSAFE = "不安全"
DAMAGED = "已损坏"
PASSWORD = "有打开密码"
LAUGHS = "<!DOCTYPE a [<!ENTITY b 'lol'><!ENTITY c '&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;'>]>"
SECRET = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>"
SHARED = '<c r="A1" t="s"><v>{}</v></c>'

# ------------------------------------------------------------------ entities


@refused("实体.xlsx", UNSAFE)
def entities_that_grow(path: Path) -> None:
    pack(path, parts(LAUGHS + sheet(row(1, text("A1", "&d;")))))


@refused("外部实体.xlsx", UNSAFE)
def an_entity_of_a_file_of_ours(path: Path) -> None:
    pack(path, parts(SECRET + sheet(row(1, text("A1", "&b;")))))


@refused("字串里的实体.xlsx", UNSAFE)
def an_entity_among_the_strings(path: Path) -> None:
    strings = f'{SECRET}<sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>'
    pack(path, parts(sheet(row(1, SHARED.format(0))), strings))


@refused("外部定义.xlsx", UNSAFE)
def a_definition_from_elsewhere(path: Path) -> None:
    members = parts(sheet())
    members["xl/workbook.xml"] = (
        '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd">' + members["xl/workbook.xml"]
    )
    pack(path, members)


@tamed("换码实体.xlsx")
def entities_in_another_encoding(path: Path) -> None:
    """A look for the bytes of DOCTYPE sees nothing in UTF-16."""
    xml = '<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS + sheet(row(1, text("A1", "&d;")))
    pack(path, {**parts(""), "xl/worksheets/sheet1.xml": xml.encode("utf-16")})


@refused("表格实体.xls", "请")
def entities_in_an_xml_sheet(path: Path) -> None:
    spread = "urn:schemas-microsoft-com:office:spreadsheet"
    cell = '<Cell><Data ss:Type="String">&d;</Data></Cell>'
    path.write_bytes(
        f'<?xml version="1.0"?>{LAUGHS}<Workbook xmlns="{spread}" xmlns:ss="{spread}">'
        f"<Worksheet><Table><Row>{cell}</Row></Table></Worksheet></Workbook>".encode()
    )


@tamed("包含他处.xlsx", students=1)
def an_inclusion_of_a_file_of_ours(path: Path) -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>'
    pack(path, parts(sheet(*rows_of(student(601)), behind=include)))


@tamed("指令.xlsx", students=1)
def an_instruction_to_fetch_a_style(path: Path) -> None:
    fetch = '<?xml-stylesheet href="http://192.0.2.1/a.xsl"?>'
    pack(path, parts(fetch + sheet(*rows_of(student(602)))))


# ------------------------------------------------------------------ links to elsewhere


@tamed("外部链接.xlsx", students=1)
def links_to_another_workbook(path: Path) -> None:
    link = f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{RELATED}" r:id="rId1"/>'
    members = parts(sheet(*rows_of(student(603))))
    members["xl/externalLinks/externalLink1.xml"] = f"{link}</externalLink>"
    members["xl/externalLinks/_rels/externalLink1.xml.rels"] = relations(
        ("rId1", "externalLinkPath", r"\\192.0.2.1\share\a.xlsx")
    ).replace("/>", ' TargetMode="External"/>')
    pack(path, members)


@tamed("网页查询.xlsx", students=1)
def a_query_of_a_web_page(path: Path) -> None:
    query = (
        f'<connections xmlns="{MAIN}"><connection id="1" type="4"><webPr url="http://192.0.2.1"/>'
    )
    members = parts(sheet(*rows_of(student(604))))
    pack(path, members | {"xl/connections.xml": f"{query}</connection></connections>"})


@tamed("带宏.xlsm", students=1)
def macros_and_things_to_start(path: Path) -> None:
    members = parts(sheet(*rows_of(student(605))))
    more = {"xl/vbaProject.bin": "Shell", "xl/embeddings/oleObject1.bin": "MZ"}
    pack(path, members | more)


@refused("表在别处.xlsx", "请")
def a_sheet_that_lies_above_the_zip(path: Path) -> None:
    pack(path, parts(sheet(), sheet_target="../../../../etc/hostname"))


@refused("表在网上.xlsx", "请")
def a_sheet_that_lies_on_a_server(path: Path) -> None:
    pack(path, parts(sheet(), sheet_target="file:///etc/hostname"))


@tamed("表是工作簿.xlsx")
def a_sheet_that_is_the_workbook_itself(path: Path) -> None:
    pack(path, parts(sheet(), sheet_target="workbook.xml"))


# ------------------------------------------------------------------ names and lies of the zip


@tamed("逃出文件夹.xlsx", students=1)
def names_that_climb_out(path: Path) -> None:
    members = parts(sheet(*rows_of(student(606))))
    names = ("../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "..\\..\\evil.xml", "a/../../b")
    pack(path, members | dict.fromkeys(names, "evil"))


@tamed("反斜杠.xlsx")
def names_with_backslashes_alone(path: Path) -> None:
    members = {name.replace("/", "\\"): content for name, content in parts(sheet()).items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, content)


@refused("同名部件.xlsx", "请")
def two_parts_of_one_name(path: Path) -> None:
    members = parts(sheet(*rows_of(student(607))))
    with zipfile.ZipFile(pack(path, members), "a") as archive:
        name = "xl/worksheets/sheet2.xml"
        archive.writestr(name, sheet())
        archive.filelist[-1].filename = "xl/worksheets/sheet1.xml"


def _changed(path: Path, at: int, content: bytes, mark: bytes = b"PK\x01\x02") -> None:
    """Changes a field of every entry of the directory."""
    data = bytearray(path.read_bytes())
    place = data.find(mark)
    while place >= 0:
        data[place + at : place + at + len(content)] = content
        place = data.find(mark, place + 4)
    path.write_bytes(data)


@refused("加密的压缩包.xlsx", "请")
def a_zip_with_a_password(path: Path) -> None:
    _changed(pack(path, parts(sheet())), 8, b"\x01\x00")


@refused("没有这种压缩.xlsx", "请")
def a_zip_packed_in_an_unknown_way(path: Path) -> None:
    _changed(pack(path, parts(sheet())), 10, b"\x63\x00")


@refused("校验不对.xlsx", DAMAGED)
def a_zip_whose_sums_are_wrong(path: Path) -> None:
    _changed(pack(path, parts(sheet(*rows_of(student(608))))), 16, b"\xff\xff\xff\xff")


@refused("大小说谎.xlsx", DAMAGED)
def a_zip_that_lies_about_its_sizes(path: Path) -> None:
    _changed(pack(path, parts(sheet(*rows_of(student(609))))), 24, b"\x0a\x00\x00\x00")


@refused("位置说谎.xlsx", DAMAGED)
def a_zip_whose_parts_lie_elsewhere(path: Path) -> None:
    _changed(pack(path, parts(sheet())), 42, b"\xff\xff\xff\x7f")


@tamed("前有垃圾.xlsx", students=1)
def a_zip_behind_other_bytes(path: Path) -> None:
    made = pack(path, parts(sheet(*rows_of(student(610)))))
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 500 + made.read_bytes())


@tamed("后有垃圾.xlsx", students=1)
def a_zip_before_other_bytes(path: Path) -> None:
    made = pack(path, parts(sheet(*rows_of(student(611)))))
    path.write_bytes(made.read_bytes() + b"\x00" * 500)


def _cut(path: Path, share: float) -> None:
    book(path, table(*(student(number) for number in range(612, 800))))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


@refused("截断一成.xlsx", DAMAGED)
def a_tenth_of_a_workbook(path: Path) -> None:
    _cut(path, 0.1)


@refused("截断一半.xlsx", DAMAGED)
def half_a_workbook(path: Path) -> None:
    _cut(path, 0.5)


@refused("截断末尾.xlsx", DAMAGED)
def a_workbook_without_its_last_bytes(path: Path) -> None:
    _cut(path, 0.995)


# ------------------------------------------------------------------ strings and formulas


@refused("字串截断.xlsx", DAMAGED)
def strings_that_break_off(path: Path) -> None:
    pack(path, parts(sheet(row(1, SHARED.format(0))), f'<sst xmlns="{MAIN}"><si><t>姓'))


@refused("没有字串.xlsx", "请")
def strings_that_are_not_there(path: Path) -> None:
    members = parts(sheet(row(1, SHARED.format(3))))
    pack(path, {name: content for name, content in members.items() if "sharedS" not in name})


@refused("字串越界.xlsx", DAMAGED)
def a_string_beyond_the_last(path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>姓名</t></si></sst>'
    pack(path, parts(sheet(row(1, SHARED.format(999_999))), strings))


@refused("字串负数.xlsx", DAMAGED)
def a_string_before_the_first(path: Path) -> None:
    pack(path, parts(sheet(row(1, SHARED.format(-1)))))


@refused("字串乱码.xlsx", DAMAGED)
def strings_in_another_encoding_than_they_say(path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>姓名</t></si></sst>'.encode("gbk")
    pack(path, {**parts(sheet(row(1, SHARED.format(0)))), "xl/sharedStrings.xml": strings})


@tamed("循环公式.xlsx")
def formulas_in_a_circle(path: Path) -> None:
    cells = ('<c r="A1"><f>B1</f></c>', '<c r="B1"><f>A1</f></c>')
    pack(path, parts(sheet(row(1, *cells))))


@tamed("数组公式.xlsx")
def an_array_formula_over_everything(path: Path) -> None:
    formula = '<c r="A1"><f t="array" ref="A1:XFD1048576">ROW(A:A)</f><v>1</v></c>'
    pack(path, parts(sheet(row(1, formula))))


@tamed("共享公式.xlsx")
def a_shared_formula_without_its_first(path: Path) -> None:
    formula = '<c r="B2"><f t="shared" si="4294967295"/><v>1</v></c>'
    pack(path, parts(sheet(row(2, formula))))


@tamed("命令公式.xlsx", students=1)
def formulas_that_start_programs(path: Path) -> None:
    command = "<f>cmd|'/c calc'!A1</f><v>0</v>"
    pack(path, parts(sheet(*rows_of(student(801)), row(9, f'<c r="A9" t="str">{command}</c>'))))


@tamed("全是错误.xlsx")
def nothing_but_errors(path: Path) -> None:
    lines = table(student(802))
    book(path, [lines[0], *([error] * len(lines[0]) for error in ("#REF!", "#N/A", "#NUM!"))])


INJECTED = ("=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("x")')


@tamed("注入.xlsx", students=7)
def names_that_are_formulas(path: Path) -> None:
    people = [student(810 + at, 姓名=text) for at, text in enumerate(INJECTED)]
    book(path, table(*people))


@tamed("注入.csv")
def classes_that_are_formulas(path: Path) -> None:
    lines = [f"{n},2021{n},王一,=cmd|'/c calc'!A{n}" for n in range(820, 823)]
    path.write_text("\r\n".join(["序号,学号,姓名,班级", *lines]), "utf-8")


@tamed("引号注入.xlsx", students=1)
def cells_that_are_statements(path: Path) -> None:
    book(
        path, table(student(830, 班级="'); DROP TABLE student; --", 专业名称='"; DELETE FROM firm'))
    )


@tamed("占位符.xlsx", students=1)
def cells_that_are_placeholders(path: Path) -> None:
    book(path, table(student(831, 班级="{0.__class__} %s %n $HOME {{7*7}} <b>", 专业名称="数控")))
