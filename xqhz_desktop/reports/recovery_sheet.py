"""The recovery code on one page that is put under lock: what it opens, and who keeps it."""

from dataclasses import dataclass
from datetime import date

from xqhz_desktop.reports.blocks import (
    Heading,
    Large,
    Note,
    Paragraph,
    Report,
    Signatures,
)

_TITLE = "恢复码"
_SHORT = 8  # letters of the ring's name that tell one sheet from another


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the page; the ring's name is no secret, it tells one sheet from another."""

    school: str
    code: str
    ring: str
    day: date
    who: str  # at whose work it was made


def recovery_sheet(sheet: Sheet) -> Report:
    """One page, to be printed and signed; no copy of it belongs on a computer."""
    return Report(
        _TITLE,
        sheet.school,
        "",
        sheet.day,
        (
            Heading(1, f"{_TITLE}：请锁好，不要拍照，不要存进电脑"),
            Large(sheet.code),
            Note(
                "字母不分大小写，分组的横线可以不输；没有字母 I、L、O、U，看着像的是数字 1 和 0。"
            ),
            _made(sheet),
            Heading(2, "它能打开什么"),
            Paragraph("加密的台账：忘了密码时，在要密码的地方输入恢复码，然后设一个新密码。"),
            Paragraph(
                "存到 U 盘或别的磁盘上的备份，和换机用的打包文件：它们总是加密的，"
                "在新电脑上恢复时输入恢复码或任一用户的密码。"
            ),
            Heading(2, "怎样保管"),
            Paragraph(
                "与放电脑和 U 盘的地方分开，装入信封封好，签上名字，放进学校的保险柜或档案室。"
                "谁拿到它和数据文件，谁就能看到全部学生资料。丢了、被人看过，或保管人离岗时，"
                "请管理员在程序里换一个新的恢复码，再把备份重新存到 U 盘上，然后销毁这一页。"
            ),
            Signatures(("保管人", "见证人")),
        ),
    )


def _made(sheet: Sheet) -> Paragraph:
    day = f"{sheet.day.year}年{sheet.day.month}月{sheet.day.day}日"
    return Paragraph(f"密钥编号 {sheet.ring[:_SHORT]}，{day}由{sheet.who}制作。")
