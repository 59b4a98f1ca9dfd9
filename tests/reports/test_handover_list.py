"""工作移交清单 on paper: everything is on it, and there is room to sign."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2

from xqhz_desktop.policy.handover import HandoverData, Kept, Login, Paper
from xqhz_desktop.reports.blocks import Signatures
from xqhz_desktop.reports.handover import handover_list
from xqhz_desktop.reports.pdf import write_pdf

DATA = HandoverData(
    school="示例市工业中等专业学校",
    day=date(2025, 3, 1),
    giver="王小明",
    receiver="李接收",
    program="0.1.0",
    encrypted=True,
    logins=(Login("王小明", "管理员", True), Login("赵经办", "经办", False)),
    places=(("数据文件夹", "D:\\校企合作台账（本机磁盘）"), ("最近的备份", "xqhz-1.db")),
    kept=(Kept("合作企业", 1200, 7, 3), Kept("岗位实习", 34, 0, 2)),
    red=(("未满16周岁上岗", 9),),
    papers=(Paper("岗位实习", "三方协议", 6, 2, 170),),
    reminders=("第二存放处上次存入：2025年1月1日，请插上 U 盘再备份一次。",),
)


def text_of(data: HandoverData, place: Path) -> str:
    """All that is printed, without white space."""
    write_pdf(handover_list(data), place / "list.pdf")
    with pypdfium2.PdfDocument(place / "list.pdf") as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    return "".join("".join(pages).split())


def test_all_parts_are_printed(tmp_path: Path) -> None:
    text = text_of(DATA, tmp_path)
    for said in (
        "示例市工业中等专业学校校企合作办公室，移交人：王小明，接收人：李接收。",
        "2025年3月1日",
        "赵经办经办没有",
        "恢复码的保管人",
        "已加密",
        "D:\\校企合作台账",
        "xqhz-1.db",
        "合作企业1,20073",
        "合计1,23475",
        "待更正的行5行",
        "红线问题9条",
        "未满16周岁上岗9",
        "岗位实习三方协议62170",
        "请插上U盘再备份一次",
        "移交人：",
        "接收人：",
        "监交人：",
    ):
        assert said in text, said


def test_three_sign_at_the_end() -> None:
    assert handover_list(DATA).blocks[-1] == Signatures(("移交人", "接收人", "监交人"))


def test_what_is_not_known_leaves_room_to_write(tmp_path: Path) -> None:
    bare = replace(DATA, school="", receiver="", logins=(), red=(), reminders=(), encrypted=False)
    text = text_of(bare, tmp_path)
    assert "接收人：＿＿" in text
    assert "没有建用户" in text
    assert "没有加密" in text
    assert "无记录" in text  # of red findings
