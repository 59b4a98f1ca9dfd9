"""A value as a clerk of one office types it into a cell."""

import datetime as dt
import random
from calendar import monthrange
from typing import Any

from tests.other_offices.look import Look
from tests.other_offices.rows import Raw, Row

END = frozenset({"end", "cend", "leave"})
PLAIN_TEXT = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
PLAIN_SLOTS = {
    "am": ("上午",), "pm": ("下午",), "evening": ("晚上",), "day": ("全天",), "1-2": ("1-2节",),
    "3-4": ("3-4节",), "5-6": ("5-6节",), "7-8": ("7-8节",),
    "9:00-11:30": ("9:00-11:30",), "14:00-16:30": ("14:00-16:30",),
}  # fmt: skip
EXTRA: dict[str, tuple[object, ...]] = {
    "+address": ("滨北区长虹路12号", "东岭县石桥镇柳沟村", "港东区渔港街88号", ""),
    "+politics": ("共青团员", "群众", "共青团员"),
    "+guardian": ("父亲", "母亲", "祖父"),
    "+guardian_name": ("周建国", "吴秀兰", "郑海生"),
    "+guardian_phone": ("15400001111", "16900002222", "17900003333"),
    "+class_teacher": ("许文静", "何志强", "吕明"),
    "+dorm": ("3-201", "3-405", "走读", "5-112"),
    "+legal": ("潘振华", "葛立新", "范长江"),
    "+capital": (500, 1200, 80, 3000),
    "+score": (412, 388, 450, 367),
    "+remark_state": ("已归档", "待归档", ""),
    "+evaluation": ("优秀", "良好", "合格"),
    "+room": ("A座", "B座", ""),
    "+checked": ("张会计", "李科长", ""),
    "+firm_phone": ("0535-6001234", "0535-6005678", ""),
    "+credits": (2, 4, 6),
    "+school_code": ("2137000001",),
    "+term_code": ("1", "2"),
    "+schooling": (3,),
    "+abroad": ("0-否",),
    "+tutor_phone": ("15400002222", "16900003333", ""),
    "+score_level": ("优秀", "良好", ""),
    "+batch": ("第一批", "第二批"),
    "+height": (165, 172, 180, ""),
    "+bank_card": ("", "已办卡"),
    "+scope": ("机械加工", "财税服务", ""),
    "+party": ("滨河职业中专",),
    "+teacher_phone": ("15400005555", "17900006666"),
    "+firm_address": ("港东区工业一路6号", "东岭县开发区", ""),
    "+age": (42, 35, 51, ""),
    "+area": (260, 480, 120),
    "+value": (120.5, 88, 310),
    "+fee": (0, 200, ""),
    "+textbook": ("高教版", "机工版", "校本"),
}


def value(look: Look, rng: random.Random, row: Row, key: str) -> Any:
    """What goes into the cell of a column; None leaves it empty."""
    if key.startswith("+"):
        return rng.choice(EXTRA[key])
    if "+" in key:
        return period(look, rng, row)
    true = row.written(key)
    if isinstance(true, Raw):
        return true.value
    if key == "note":
        return note(look, rng, row)
    if key == "cno" and true is None:
        return rng.choice(look.words["no_contract"][None])
    return None if true is None else typed(look, rng, row, key, true)


def typed(look: Look, rng: random.Random, row: Row, key: str, true: Any) -> Any:
    """A value that is there, in this office's spelling."""
    table = look.words.get(f"{row.kind}.{key}", look.words.get(key))
    if table is not None:
        return rng.choice(table[true])
    if isinstance(true, dt.date):
        return date(rng, true, rng.choice(look.dates), key in END)
    if key == "slot":
        spelled = {**PLAIN_SLOTS, **(look.slots or {})}
        return spelled[true][row.v["people"] % len(spelled[true])]
    if key in ("pay", "ref"):
        return amount(rng.choice(look.money), true)
    if key in ("staff", "people", "seats"):
        return amount(rng.choice(look.people), true)
    if isinstance(true, Row):
        return linked(look, rng, row, true)
    return text(look, rng, row, key, true)


def linked(look: Look, rng: random.Random, row: Row, other: Row) -> str:
    """A firm under one of its spellings; a base by its name or code."""
    if other.kind == "base":
        return str(other.v["name"] if look.quirks < rng.random() else other.v["code"])
    name = str(other.v["name"])
    if rng.random() > look.quirks or row.kind == "booking":
        return name
    choices = [name.replace("（", "(").replace("）", ")"), f"{name[:4]} {name[4:]}", name + "\n"]
    if name.endswith("有限责任公司"):
        choices.append(name.replace("有限责任公司", "有限公司"))
    elif name.endswith("有限公司") and "股份" not in name:
        choices.append(name.replace("有限公司", "有限责任公司"))
    return rng.choice(choices)


def text(look: Look, rng: random.Random, row: Row, key: str, true: Any) -> Any:
    """Other text and numbers, now and then with the usual slips."""
    if key == "cls" and look.short_class and row.kind == "placement":
        true = row.v["short_cls"]
    if rng.random() > look.quirks or not isinstance(true, str):
        return true
    slips: dict[str, tuple[str, ...]] = {
        "idn": (true.lower(), f"{true[:6]} {true[6:14]} {true[14:]}", true.translate(PLAIN_TEXT)),
        "uscc": (true.lower(), true + " ", f"{true[:2]} {true[2:]}"),
        "name": (true + "　", f"{true[0]} {true[1:]}", true.replace("·", "•")),
        "phone": (f"{true[:3]}-{true[3:7]}-{true[7:]}", f"{true[:3]} {true[3:7]} {true[7:]}"),
    }
    return rng.choice(slips.get(key, (true,)))


def note(look: Look, rng: random.Random, row: Row) -> str:
    """The remark: a cancellation, or something that means nothing."""
    if row.v.get("cancelled"):
        return str(rng.choice(look.words["cancelled"][True]))
    return rng.choice(("", "", "", "已核", "材料齐全"))


def amount(form: str, number: int) -> Any:
    """A number, or text around it."""
    return number if form == "{}" else form.format(number)


def date(rng: random.Random, day: dt.date, form: str, is_end: bool) -> Any:
    """A day in one of the spellings; a month alone only where it says the same."""
    last = monthrange(day.year, day.month)[1]
    whole = day.day == (last if is_end else 1)
    y, m, d = day.year, day.month, day.day
    months = {
        "month": f"{y}.{m:02d}", "month_cn": f"{y}年{m}月", "month_dash": f"{y}-{m:02d}",
        "month_slash": f"{y}/{m}",
    }  # fmt: skip
    if form in months and whole:
        return months[form]
    if form == "month_number" and whole and 2 <= m <= 9:
        return float(f"{y}.{m}")
    forms: dict[str, Any] = {
        "real": day,
        "dot": f"{y}.{m}.{d}",
        "dot0": f"{y}.{m:02d}.{d:02d}",
        "slash": f"{y}/{m}/{d}",
        "dash": f"{y}-{m:02d}-{d:02d}",
        "cn": f"{y}年{m}月{d}日",
        "cn_blank": f"{y} 年 {m} 月 {d} 日",
        "short": f"{y % 100}.{m}.{d}" if y >= 2010 else f"{y}.{m}.{d}",
        "compact": f"{y}{m:02d}{d:02d}",
        "compact_number": int(f"{y}{m:02d}{d:02d}"),
        "serial": (day - dt.date(1899, 12, 30)).days,
        "serial_1904": (day - dt.date(1904, 1, 1)).days,
        "serial_text": str((day - dt.date(1899, 12, 30)).days),
        "wide": f"{y}.{m}.{d}".translate(PLAIN_TEXT),
    }
    return forms.get(form, forms["dot"])


def period(look: Look, rng: random.Random, row: Row) -> str | None:
    """Start and end in one cell; what one of them lost stays empty."""
    dates = [d for d in look.dates if d not in NOT_TEXT] or ["dot"]
    form = rng.choice(dates)
    ends = [row.written("start"), row.written("end")]
    if ends[0] is None:
        return None
    parts = [
        e.value if isinstance(e, Raw) else date(rng, e, form, n == 1) if e else ""
        for n, e in enumerate(ends)
    ]
    short = within_year(ends[0], ends[1], parts)
    forms = [f for f in look.periods if short or "{2}" not in f]
    return rng.choice(forms).format(*parts, short)


def within_year(start: Any, end: Any, parts: list[str]) -> str:
    """The end without its year, where both are whole days of one year written with dots."""
    if any(isinstance(e, Raw) or e is None for e in (start, end)) or start.year != end.year:
        return ""
    dotted = [f"{e.year}.{e.month}.{e.day}" for e in (start, end)]
    return f"{end.month}.{end.day}" if dotted == parts else ""


NOT_TEXT = frozenset({"real", "serial", "month_number", "compact_number", "dash", "month_dash"})
