"""The share of interns among those who do the same work at a firm, on one day."""

from collections.abc import Iterator
from datetime import date, timedelta

from xqhz_desktop.base.facts import Placement, Post
from xqhz_desktop.base.period import OpenSpan, Peak, day_text, peak_of_persons, school_year_days
from xqhz_desktop.base.text import fold
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.school import School, grouped


def post_over_20pct(school: School) -> Iterator[Case]:
    """More interns on a post on one day than a fifth of its staff; named is the post's row."""
    share = school.settings.post_share
    for post, rows in _worked(school):
        peak = _peak(school, post, rows)
        if post.staff is None or peak.day is None or peak.most <= post.staff * share:
            continue
        message = (
            f"“{_name(school, post)}”{day_text(peak.day)}同时在岗实习学生{peak.most}人，"
            f"超过该岗位职工{post.staff}人的{float(share):.0%}，请分流。"
        )
        present = tuple(row.id for row in rows if _there(school, post, row, peak.day))
        yield Case(post.id, peak.day, message, period=post.school_year, others=present)


def post_staff_unknown(school: School) -> Iterator[Case]:
    """A post that interns work on and whose 同岗位职工数 is not filled: not to be judged."""
    for post, rows in _worked(school):
        most = _peak(school, post, rows).most
        if post.staff is None and most:
            message = (
                f"“{_name(school, post)}”接收实习学生{most}人，"
                "同岗位职工数未填，请补填以核对实习学生占比。"
            )
            first, _ = school_year_days(int(post.school_year[:4]))
            yield Case(post.id, first, message, period=post.school_year)


def spans_on(school: School, row: Placement, position: str) -> list[OpenSpan]:
    """The days of a placement on a post, as its changes of post tell them."""
    begun = row.start
    turns = school.turns.get(row.id, [])
    held = turns[0].before or row.position if turns else row.position
    spans: list[OpenSpan] = []
    for turn in turns:
        if fold(held) == position:
            spans.append((begun, turn.day - timedelta(1)))
        begun, held = turn.day, turn.after
    return [*spans, (begun, row.end)] if fold(held) == position else spans


def _worked(school: School) -> Iterator[tuple[Post, list[Placement]]]:
    """Every post with the placements at its firm in its school year."""
    if not school.facts.posts:
        return
    rows = grouped(school.facts.placements, lambda row: (row.firm, row.school_year))
    for post in school.facts.posts:
        yield post, rows.get((post.firm, post.school_year), [])


def _peak(school: School, post: Post, rows: list[Placement]) -> Peak:
    position = fold(post.position)
    persons: dict[str, list[OpenSpan]] = {}
    for row in rows:
        persons.setdefault(row.id_number, []).extend(spans_on(school, row, position))
    return peak_of_persons(persons)


def _there(school: School, post: Post, row: Placement, day: date) -> bool:
    spans = spans_on(school, row, fold(post.position))
    return any(start <= day and (end is None or day <= end) for start, end in spans)


def _name(school: School, post: Post) -> str:
    firm = school.firms.get(post.firm)
    return f"{firm.name if firm else ''}·{post.position}"
