"""Web pages and XML spreadsheets that call themselves workbooks: read as Excel shows them."""

import datetime

import pytest

from xqhz_desktop.base.errors import UserError
from xqhz_desktop.services.workbooks.content import Refused
from xqhz_desktop.services.workbooks.markup import read_page, read_spreadsheet
from xqhz_desktop.services.workbooks.reading import find_workbooks, read_workbook

PAGE = """<html><head><meta charset="gb2312"><title>导出</title><style>td {x: y}</style></head>
<body><h3>学生&nbsp;名册</h3>
<table border=1>
  <tr><th rowspan=2>姓名</th><th colspan="2">住址</th></tr>
  <tr><td>县</td><td>村</td></tr>
  <tr><td> 张三 </td><td></td><td>一村<br>3 号</td>
  <tr><td>李&amp;四<td>沂北
  县<td>&lt;二村&gt;</tr>
</table></body></html>"""
ROWS = [
    ["学生 名册"],
    ["姓名", "住址"],
    [None, "县", "村"],
    ["张三", None, "一村\n3 号"],
    ["李&四", "沂北 县", "<二村>"],
]
XML = """<?xml version="1.0" encoding="gb2312"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="名册"><Table>
 <Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">标题</Data></Cell>
  <Cell><Data ss:Type="String">右</Data></Cell></Row>
 <Row><Cell ss:Index="2"><Data ss:Type="Number">1.5</Data></Cell>
  <Cell><Data ss:Type="DateTime">2024-09-01T00:00:00.000</Data>
   <Comment><ss:Data ss:Type="String">批注</ss:Data></Comment></Cell>
  <Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="空"><Table/></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_web_page_that_calls_itself_xls_is_read(tmp_path, encoding):
    path = tmp_path / "导出.xls"
    path.write_bytes(PAGE.encode(encoding))
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows == ROWS
    assert sheet.merges == [(1, 0, 2, 0), (1, 1, 1, 2)]
    assert find_workbooks([path]) == ([path], [])


def test_a_web_page_that_is_called_one_is_passed_over(tmp_path):
    path = tmp_path / "导出.html"
    path.write_text(PAGE, "utf-8")
    assert find_workbooks([path]) == ([], [path])


def test_tables_stand_one_below_the_other_and_a_nested_one_within_its_cell():
    grid = read_page(
        "<table><tr><td>甲<table><tr><td>内</td></tr></table></td><td>乙</td></tr></table>"
        "说明<table><tr><td>丙</table>"
    )
    assert grid.rows == [["甲内", "乙"], ["说明"], ["丙"]]


@pytest.mark.parametrize("span", ["0", "-3", "x", "", "1000000000"])
def test_a_senseless_span_does_no_harm(span):
    grid = read_page(f"<table><tr><td colspan={span!r} rowspan={span!r}>甲<td>乙</table>")
    assert grid.rows[0][0] == "甲"
    assert len(grid.rows[0]) <= 1001


def test_an_xml_spreadsheet_is_read_with_its_types_and_places(tmp_path):
    path = tmp_path / "导出.xls"
    path.write_bytes(XML.encode("gb18030"))
    first, second = read_workbook(path).sheets
    assert (first.name, second.name, second.rows) == ("名册", "空", [])
    assert first.rows == [
        [],
        ["标题", None, "右"],
        [None, 1.5, datetime.date(2024, 9, 1), True],
    ]
    assert first.merges == [(1, 0, 1, 1)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('ss:Index="2"><Cell ss:Merge', 'ss:Index="-2"><Cell ss:Merge'),
        ('ss:Index="2"><Data', 'ss:Index="999999999"><Data'),
        ('ss:Index="2"><Data', 'ss:Index="zwei"><Data'),
        ('<Worksheet ss:Name="名册">', "<Worksheets>"),
        ("</Workbook>", ""),
    ],
)
def test_an_xml_spreadsheet_that_makes_no_sense_is_refused(old, new):
    assert old in XML
    with pytest.raises(Refused):
        read_spreadsheet(XML.replace(old, new, 1))


def test_entity_definitions_in_an_xml_spreadsheet_are_refused(tmp_path):
    path = tmp_path / "导出.xml.xls"
    path.write_text(XML.replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook', 1), "utf-8")
    with pytest.raises(UserError, match="不安全"):
        read_workbook(path)
