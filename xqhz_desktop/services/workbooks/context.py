"""What a title, a unit line or a sheet's name says of all rows below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xqhz_desktop.base.text import fold

_INTAKE = re.compile(
    r"(20\d{2})级|(?<!\d)(\d{2})级|(20\d{2})年?(?:入学|秋季入学)|年级[:：](20\d{2})"
)
_SCHOOL = re.compile(r"^.{1,24}?(?:学校|学院|中专|职专|职高|职教中心|技校|职中)")
_PLAIN_SHEET = re.compile(
    r"^(sheet|工作表|表)\d*$|^\d{1,2}月$|^20\d{2}年?$"
    r"|^(学生|学徒|现代学徒制?|合作|信息)*(名册|花名册|名单|台账|汇总|一览|登记|明细|数据|总)?表?\d*$",
    re.I,
)
# A value ends at a blank or a mark; brackets inside it belong to it.
_LABELLED = (
    r"(?:^|[\s　,;，；|(（【])(?:{})[:：]\s*((?:[^\s　,;，；|()（）】]|[(（][^()（）]*[)）])+)"
)
_FIRM = re.compile(
    r"(?:^|[与和同:(\d])((?:[^\s()与和同:,\d]|\([^()]{1,8}\)){3,30}?(?:有限责任公司|有限公司|集团公司))"
)
_ASIDE = re.compile(r"[(（](?:盖章|公章|章|签字|签章|共?\d+人)[)）]$")
_NO_MAJOR = re.compile("章|签|续|附|稿|试|版|表|修订|学期|年|单位|公司|企业")
_KIND_OF_PAPER = (
    "人才培养方案|教学进程表?|教学进程安排表?|教学计划表?|教学安排表?|课程设置.*|实施性.*|课程.*|"
    "指导性.*|教学.*|学时.*|培养方案.*|专业"
)
_BEFORE_MAJOR = re.compile(r"(?:^|[|\d)(])([^\d|()（）:：,，]{2,16}?)专业(?!课(?!程)|部|教师|建设)")
_BEFORE_INTAKE = re.compile(  # 数控技术应用2021级课程设置
    rf"^([^\d|()（）:：,，]{{2,16}}(?<![部系校件表]))\|.{{0,4}}?(?:{_KIND_OF_PAPER})"
)
# A school year is two calendar years, and a whole date that of the filling in.
_YEAR = re.compile(r"(?<![\d-])(20\d{2})年(?!\d{1,2}月\d{1,2}日)")
_COHORT = re.compile(
    r"((?:20)?\d{2}级?[^\s()（）,，:：]{1,20}?(?:学徒|订单)[^\s()（）,，:：]{0,8}?班)"
)
_COHORT_PLAIN = re.compile(r"([^\s()（）,，:：]{2,20}?(?:学徒制?|订单)[^\s()（）,，:：]{0,6}?班)")
_CLASS = re.compile(r"((?:20)?\d{2}级?[^\s()（）,，:：]{1,16}?班)")


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a whole sheet unless a column says otherwise."""

    intake: int | None = None
    major: str | None = None  # a sheet's name may be one
    titled_major: str | None = None  # said by the title itself
    cohort: str | None = None
    firm: str | None = None
    class_name: str | None = None
    class_teacher: str | None = None
    year: int | None = None


def read_context(above: Sequence[str], sheet_name: str) -> Context:
    """The context of a sheet, from its title and unit lines, else from its name."""
    lines = [*above, sheet_name]
    return Context(
        intake=intake_of(" ".join(lines)),
        major=_titled_major(above) or _sheet_major(sheet_name),
        titled_major=_titled_major(above),
        cohort=_cohort(above, sheet_name),
        firm=_firm(above),
        class_name=_labelled(above, "班级(?:名称)?|班别|教学班") or _first(_CLASS, lines),
        class_teacher=_labelled(above, "班主任(?:姓名)?"),
        year=_year(lines),
    )


def intake_of(text: str) -> int | None:
    """The year of entry that a class or title names: 2021级, 21数控1班."""
    folded = fold(text)
    if found := _INTAKE.search(folded):
        digits = next(group for group in found.groups() if group)
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    if found := re.match(r"^(20\d{2}|[12]\d)(?=[^\d年.\-/])", folded):
        return int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
    return None


def _first(pattern: re.Pattern[str], lines: Sequence[str]) -> str | None:
    for line in lines:
        if found := pattern.search(fold(line)):
            return found[1]
    return None


def _labelled(lines: Sequence[str], label: str) -> str | None:
    pattern = re.compile(_LABELLED.format(label))
    for line in lines:
        if found := pattern.search(line):
            return _ASIDE.sub("", found[1]).strip("_＿") or None
    return None


def _firm(above: Sequence[str]) -> str | None:
    """The firm of a sheet; a plain 单位： is whoever filled the sheet in, which is the school."""
    kinds = ("(?:合作|实习|培养|用人|接收|联合培养|签约)(?:企业|单位)", "(?:企业|公司)")
    for kind in kinds:
        if found := _labelled(above, kind + "(?:名称|全称)?"):
            return None if _SCHOOL.match(fold(found)) else found
    named = (_FIRM.search(_SCHOOL.sub("", fold(line))) for line in above)
    return next((found[1] for found in named if found), None)


def _titled_major(above: Sequence[str]) -> str | None:
    if said := _labelled(above, "(?:适用|所学|开设|培养|所属|授课)?专业(?:名称)?"):
        return bare_major(said)
    for line in above:
        text = re.sub(r"(20\d{2}|\d{2})[级届]", "|", _SCHOOL.sub("", fold(line)))
        if found := _BEFORE_MAJOR.search(text) or _BEFORE_INTAKE.search(text):
            return bare_major(found[1])
        found = re.search(r"[(（]([^()（）\d|:：]{2,16}?)(?:专业)?[)）]", text)
        if found and not _NO_MAJOR.search(found[1]):
            return bare_major(found[1])
    return None


def _sheet_major(sheet_name: str) -> str | None:
    name = sheet_name.strip()
    return bare_major(name) if name and not _PLAIN_SHEET.match(name) else None


def bare_major(text: str) -> str | None:
    """A major's name without intake, 专业 and the words for the paper it stands on."""
    name = re.sub(r"(20\d{2}|\d{2})[级届]|三年制|五年制|\d年制|中职|高职", "", fold(text))
    name = re.sub(rf"[-_ ]*(?:{_KIND_OF_PAPER})$", "", name).strip("-_—()")
    return name or None


def _cohort(above: Sequence[str], sheet_name: str) -> str | None:
    said = _labelled(above, "(?:学徒|订单|试点|培养)班?(?:级|名称|班级|制班级)?|班级(?:名称)?")
    if said:
        return fold(said)
    lines = [_SCHOOL.sub("", fold(line)) for line in above]
    found = _first(_COHORT, [*lines, sheet_name]) or _first(_COHORT_PLAIN, lines)
    if found:
        return found
    name = fold(sheet_name)
    return None if _PLAIN_SHEET.match(name) or not name else name


def _year(lines: Sequence[str]) -> int | None:
    for line in lines:
        if found := _YEAR.search(fold(line)):
            return int(found[1])
    return None
