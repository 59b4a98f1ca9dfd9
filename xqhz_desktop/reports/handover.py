"""工作移交清单 on paper: what there is, where it lies, what waits, and who signs."""

from xqhz_desktop.policy.handover import HandoverData
from xqhz_desktop.reports.blocks import (
    Block,
    Column,
    Heading,
    Note,
    Paragraph,
    Report,
    Signatures,
    Table,
)

TITLE = "工作移交清单"
_BLANK = "＿" * 6  # room to write by hand, in a line
_TALL = "\n"  # and in a cell: two lines high
_THING, _STATE = 42.0, 118.0  # mm


def handover_list(data: HandoverData) -> Report:
    """The whole list; nothing on it identifies a student."""
    blocks: list[Block] = [Heading(1, TITLE), _who(data)]
    for part in (_accounts, _places, _counts, _waiting, _papers, _signing):
        blocks += part(data)
    return Report(TITLE, data.school, "", data.day, tuple(blocks))


def _who(data: HandoverData) -> Paragraph:
    day = f"{data.day.year}年{data.day.month}月{data.day.day}日"
    receiver = data.receiver or _BLANK
    return Paragraph(
        f"{data.school or _BLANK}校企合作办公室，移交人：{data.giver}，接收人：{receiver}。"
        f"清单由校企合作台账程序（{data.program}版）于{day}按当时的数据列出，"
        "不含身份证号和电话。"
    )


def _accounts(data: HandoverData) -> list[Block]:
    columns = (Column("用户"), Column("角色"), Column("自己的密码"), Column("移交后怎样处理"))
    rows = tuple(
        (one.name, one.role, "有" if one.password else "没有", "□ 停用　□ 保留")
        for one in data.logins
    )
    state = "已加密，要密码或恢复码才能打开" if data.encrypted else "没有加密，拿到文件就能打开"
    return [
        Heading(2, "一、账户、密码和恢复码"),
        Table("程序的用户", columns, rows or (("没有建用户，按电脑账户使用", "", "", ""),)),
        Table(
            "加密和恢复码",
            (Column("事项", width_mm=_THING), Column("情况", width_mm=_STATE)),
            (
                ("数据加密", f"{state}。"),
                ("恢复码的保管人", _TALL),
                ("恢复码放在哪里", _TALL),
                ("离岗后更换恢复码", f"□ 已更换　□ 不更换，原因：{_TALL}"),
            ),
            groups=_ruled(4),
            note="移交后请管理员停用离岗人的用户；离岗人知道的恢复码应当更换。",
        ),
    ]


def _places(data: HandoverData) -> list[Block]:
    columns = (Column("事项", width_mm=_THING), Column("在哪里", width_mm=_STATE))
    rows = (*data.places, ("纸质材料", _TALL), ("U 盘、钥匙等", _TALL))
    return [
        Heading(2, "二、资料在哪里"),
        Table("数据和备份的位置", columns, rows, groups=_ruled(len(rows))),
    ]


def _counts(data: HandoverData) -> list[Block]:
    columns = (
        Column("台账"),
        Column("记录", "right"),
        Column("附件", "right"),
        Column("待更正", "right"),
    )
    numbers = [(one.records, one.attachments, one.waiting) for one in data.kept]
    labels = [*(one.register for one in data.kept), "合计"]
    totals = tuple(sum(column) for column in zip(*numbers, strict=True))
    rows = tuple(
        (label, *(f"{number:,}" for number in row))
        for label, row in zip(labels, [*numbers, totals], strict=True)
    )
    return [
        Heading(2, "三、台账数量"),
        Table("各台账的数量", columns, rows, strong=frozenset({len(numbers)})),
    ]


def _waiting(data: HandoverData) -> list[Block]:
    columns = (
        Column("红线问题", width_mm=60.0),
        Column("条数", "right", width_mm=20.0),
        Column("办到哪一步", width_mm=80.0),
    )
    rows = tuple((label, f"{number:,}", "") for label, number in data.red)
    waiting = sum(one.waiting for one in data.kept)
    return [
        Heading(2, "四、等着办的事"),
        Paragraph(
            f"待更正的行{waiting:,}行，见“待更正”页；"
            f"红线问题{sum(number for _, number in data.red):,}条，见“合规检查”页。"
        ),
        Table("还没有解决的红线问题", columns, rows, groups=_ruled(len(rows))),
        *(Note(f"提醒：{said}") for said in data.reminders),
    ]


def _papers(data: HandoverData) -> list[Block]:
    columns = (
        Column("台账"),
        Column("材料"),
        Column("缺或未填", "right"),
        Column("其中正在进行", "right"),
        Column("记录总数", "right"),
    )
    rows = tuple(
        (one.register, one.paper, f"{one.lacking:,}", f"{one.under_way:,}", f"{one.of:,}")
        for one in data.papers
    )
    return [Heading(2, "五、没有齐的材料"), Table("缺的材料", columns, rows)]


def _signing(data: HandoverData) -> list[Block]:
    columns = (
        Column("事项", width_mm=70.0),
        Column("办到哪一步", width_mm=60.0),
        Column("找谁", width_mm=30.0),
    )
    return [
        Heading(2, "六、其他移交事项和签字"),
        Table("其他移交事项（手填）", columns, ((_TALL, "", ""),) * 4, groups=_ruled(4)),
        Paragraph("以上各项已当面核对，移交完毕。"),
        Signatures(("移交人", "接收人", "监交人")),
    ]


def _ruled(rows: int) -> frozenset[int]:
    """A light rule above every row but the first: what is filled in by hand needs its line."""
    return frozenset(range(1, rows))
