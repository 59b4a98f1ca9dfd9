"""Rules that several placements of a school year keep together: length and share of a firm."""

from collections.abc import Iterator

from xqhz_desktop.base.facts import Firm, Placement
from xqhz_desktop.base.period import (
    Peak,
    day_text,
    peak_of_persons,
    school_year_days,
    union_days,
)
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.school import School, grouped


def shorter_than_180_days(school: School) -> Iterator[Case]:
    """A student's distinct days over all rows of the batch, else of the school year.

    It is said at the latest row. While one of the rows or the batch goes on it is not judged.
    """
    students = grouped(
        school.facts.placements, lambda row: (row.id_number, row.batch or row.school_year)
    )
    for rows in students.values():
        days = _days(school, rows)
        if days is not None and days < school.settings.internship_days:
            yield _short(school, rows, days)


def _days(school: School, rows: list[Placement]) -> int | None:
    batch = school.batches.get(rows[0].batch or 0)
    if batch and not school.ended(batch.end):
        return None
    spans = [(row.start, row.end) for row in rows if row.end is not None]
    return union_days(spans) if len(spans) == len(rows) else None


def _short(school: School, rows: list[Placement], days: int) -> Case:
    last = max(rows, key=lambda row: (row.start, row.id))
    asked = school.settings.internship_days
    over = "本批次" if last.batch else "本学年"
    message = f"{over}岗位实习合计{days}天，不足{asked}天，请补足时长或核对日期。"
    others = tuple(row.id for row in rows if row is not last)
    return Case(last.id, last.start, message, period=last.school_year, others=others)


def firm_over_10pct(school: School) -> Iterator[Case]:
    """More interns at a partner on one day than a tenth of its staff; named is the firm's row."""
    for firm, year, rows in _hosted(school):
        peak = _peak(rows)
        share = school.settings.firm_share
        if firm.staff is None or peak.day is None or peak.most <= firm.staff * share:
            continue
        message = (
            f"“{firm.name}”{day_text(peak.day)}同时在岗实习学生{peak.most}人，"
            f"超过在岗职工{firm.staff}人的{float(share):.0%}，请分流。"
        )
        yield Case(firm.id, peak.day, message, period=year, others=_present(rows, peak))


def firm_staff_unknown(school: School) -> Iterator[Case]:
    """A partner that takes interns and whose 在岗职工人数 is not filled: not to be judged."""
    for firm, year, rows in _hosted(school):
        if firm.staff is None:
            most = _peak(rows).most
            message = f"“{firm.name}”接收实习学生{most}人，职工人数未填，请补填以核对实习学生占比。"
            yield Case(firm.id, school_year_days(int(year[:4]))[0], message, period=year)


def _hosted(school: School) -> Iterator[tuple[Firm, str, list[Placement]]]:
    """Every partner with its placements of a school year."""
    groups = grouped(school.facts.placements, lambda row: (row.school_year, row.firm))
    for (year, firm_id), rows in groups.items():
        firm = school.partner(firm_id)
        if firm is not None:
            yield firm, year, rows


def _peak(rows: list[Placement]) -> Peak:
    persons = grouped(rows, lambda row: row.id_number)
    return peak_of_persons(
        {person: [(row.start, row.end) for row in own] for person, own in persons.items()}
    )


def _present(rows: list[Placement], peak: Peak) -> tuple[int, ...]:
    """The placements that made the peak: those present on its day."""
    day = peak.day
    return tuple(
        row.id for row in rows if day and row.start <= day and (row.end is None or day <= row.end)
    )
