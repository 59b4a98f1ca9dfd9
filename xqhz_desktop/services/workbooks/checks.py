"""Checks that need more than one cell of a row."""

import re
from typing import Any

from xqhz_desktop.base.identity import birthday, sex
from xqhz_desktop.base.text import fold
from xqhz_desktop.services.workbooks.cells import MASKED
from xqhz_desktop.services.workbooks.context import bare_major, intake_of
from xqhz_desktop.services.workbooks.draft import Draft

MESSAGES = {
    "end_before_start": "结束日期早于开始日期，请核对",
    "hours_do_not_add_up": "总学时不等于理论学时加实践学时，请核对",
    "duplicate_row": "与同一工作簿里前面的一行重复，请核对是否多录",
    "unknown_base": "基地台账里没有这个基地，请核对名称或先导入基地台账",
    "unknown_batch": "还没有登记这个实习批次，暂按未填处理，登记后再导入就会补上",
    "missing_intake": "表里没有写明年级，请在标题或列里写上（如 2022级）",
    "missing_major": "表里没有写明专业，请在标题或列里写上",
    "birth_differs_from_id": "出生日期与身份证号不一致",
    "sex_differs_from_id": "性别与身份证号不一致",
    "days_differ_from_dates": "天数与起止日期不一致，以日期为准",
    "still_there": "在岗，结束日期未填",
    "masked_person": "身份证号已遮盖，库中找不到对应的人，请填写完整号码",
    "same_code": "同一编号已属于另一家企业",
}


def check_rows(draft: Draft) -> None:
    """Add the faults and doubts that a row shows as a whole."""
    _check_periods(draft)
    _check_person(draft)
    special = {"stints": _stints, "bookings": _bookings, "courses": _courses}
    if check := special.get(draft.register.name):
        check(draft)
    if "contract_no" in draft.columns:
        numbers = draft.columns["contract_no"]
        draft.columns["contract_no"] = [n if n and re.search(r"\d", n) else None for n in numbers]


def _check_periods(draft: Draft) -> None:
    starts, ends = draft.columns.get("start"), draft.columns.get("end")
    if starts is None or ends is None:
        return
    still_there_is_fine = draft.register.name == "placements"
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start is not None and end is not None and end < start:
            draft.fault(place, "end", "end_before_start")
        elif end is None and still_there_is_fine and not draft.has_said(place, "end"):
            draft.doubt(place, "end", "still_there")


def _check_person(draft: Draft) -> None:
    numbers = draft.columns.get("id_number") or draft.columns.get("student")
    if numbers is None:
        return
    for name, reason, said_by in (
        ("birthday", "birth_differs_from_id", birthday),
        ("sex", "sex_differs_from_id", sex),
    ):
        said = draft.columns.get(name)
        if said is None:
            continue
        for place, (number, value) in enumerate(zip(numbers, said, strict=True)):
            known: Any = number is not None and value is not None and number[0] != MASKED
            if known and said_by(number) != value:
                draft.doubt(place, name, reason)


def _stints(draft: Draft) -> None:
    days, starts, ends = (draft.columns.get(name) for name in ("days", "start", "end"))
    if days is None or starts is None or ends is None:
        return
    for place, (said, start, end) in enumerate(zip(days, starts, ends, strict=True)):
        found = re.fullmatch(r"(?:共|计)?(\d+)(?:\.0+)?(?:天|日|个工作日)?", fold(said))
        if found and start and end and int(found[1]) != (end - start).days + 1:
            draft.doubt(place, "days", "days_differ_from_dates")


def _bookings(draft: Draft) -> None:
    notes = draft.columns.get("note", [None] * draft.size)
    draft.columns["cancelled"] = [None if note is None else "取消" in note for note in notes]


def _courses(draft: Draft) -> None:
    """Hours add up (a blank is 0), and intake and major are known."""
    size = draft.size
    total, theory, practice = (draft.columns.get(n) for n in ("total", "theory", "practice"))
    practice = [value or 0.0 for value in practice or [0.0] * size]
    if theory is None and total is not None:
        theory = [max((t or 0.0) - p, 0.0) for t, p in zip(total, practice, strict=True)]
    theory = [value or 0.0 for value in theory or [0.0] * size]
    if total is None:
        total = [t + p for t, p in zip(theory, practice, strict=True)]
    total = [value or 0.0 for value in total]
    draft.columns |= {"total": total, "theory": theory, "practice": practice}
    for place, hours in enumerate(zip(total, theory, practice, strict=True)):
        if abs(hours[0] - hours[1] - hours[2]) >= 0.01:
            draft.fault(place, "total", "hours_do_not_add_up")
    _intake_and_major(draft)
    _count_occurrences(draft)


def _intake_and_major(draft: Draft) -> None:
    size = draft.size
    intakes = draft.columns.get("intake", [None] * size)
    draft.columns["intake"] = [
        value
        if isinstance(value, int)
        else intake_of(f"{value}级" if str(value or "").isdigit() else str(value or ""))
        or draft.context.intake
        for value in intakes
    ]
    majors = draft.columns.get("major", [None] * size)
    draft.columns["major"] = [
        bare_major(value) if value else draft.context.major for value in majors
    ]
    for name in ("intake", "major"):
        for place, value in enumerate(draft.columns[name]):
            if value is None:
                draft.fault(place, name, f"missing_{name}")


def _count_occurrences(draft: Draft) -> None:
    """A plan may list a course twice; the second is the course's second occurrence."""
    seen: dict[Any, int] = {}
    occurrences = []
    known = draft.columns.get("occurrence", [None] * draft.size)
    keys = zip(*(draft.columns[n] for n in ("intake", "major", "name")), strict=True)
    for key, said in zip(keys, known, strict=True):
        seen[key] = said or seen.get(key, 0) + 1
        occurrences.append(seen[key])
    draft.columns["occurrence"] = occurrences
