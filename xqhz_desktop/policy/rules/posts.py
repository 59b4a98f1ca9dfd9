"""The share of interns among those who do the same work at a firm, on one day."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from xqhz_desktop.base.facts import Placement, Post
from xqhz_desktop.base.period import (
    OpenSpan,
    Peak,
    day_text,
    holds,
    peak_of_persons,
    school_year_days,
)
from xqhz_desktop.base.text import fold
from xqhz_desktop.policy.rules.case import Case
from xqhz_desktop.policy.school import School, grouped


def post_over_20pct(school: School) -> Iterator[Case]:
    """More interns on a post on one day than a fifth of its staff; named is the post's row."""
    share = school.settings.post_share
    known = [post for post in school.facts.posts if post.staff is not None]
    for post, found in _worked(school, known):
        peak, staff = _peak(found), post.staff or 0
        if peak.day is None or peak.most <= staff * share:
            continue
        message = (
            f"“{_name(school, post)}”{day_text(peak.day)}同时在岗实习学生{peak.most}人，"
            f"超过该岗位职工{staff}人的{float(share):.0%}，请分流。"
        )
        there = dict.fromkeys(stay.row.id for stay in found if holds(*stay.span, peak.day))
        yield Case(post.id, peak.day, message, period=post.school_year, others=tuple(there))


def post_staff_unknown(school: School) -> Iterator[Case]:
    """A post that interns work on and whose 同岗位职工数 is not filled: not to be judged."""
    unknown = [post for post in school.facts.posts if post.staff is None]
    for post, found in _worked(school, unknown):
        if most := _peak(found).most:
            message = (
                f"“{_name(school, post)}”接收实习学生{most}人，"
                "同岗位职工数未填，请补填以核对实习学生占比。"
            )
            first, _ = school_year_days(int(post.school_year[:4]))
            yield Case(post.id, first, message, period=post.school_year)


class Stay(NamedTuple):
    """A stretch of a placement on one post."""

    row: Placement
    position: str
    span: OpenSpan


def stays(school: School, row: Placement) -> Iterator[Stay]:
    """The stretches of a placement, as its changes of post tell them."""
    turns = school.turns.get(row.id)
    if turns is None:
        yield Stay(row, row.position, (row.start, row.end))
        return
    begun, held = row.start, turns[0].before or row.position
    for turn in turns:
        yield Stay(row, held, (begun, turn.day - timedelta(1)))
        begun, held = turn.day, turn.after
    yield Stay(row, held, (begun, row.end))


def _worked(school: School, posts: list[Post]) -> Iterator[tuple[Post, list[Stay]]]:
    """Each of the posts with the stretches on it in its school year."""
    firms = {post.firm for post in posts}
    folded = cache(fold)  # the posts are few
    found = grouped(
        (
            stay
            for row in school.facts.placements
            if row.firm in firms
            for stay in stays(school, row)
        ),
        lambda stay: (stay.row.firm, stay.row.school_year, folded(stay.position)),
    )
    for post in posts:
        yield post, found.get((post.firm, post.school_year, fold(post.position)), [])


def _peak(found: list[Stay]) -> Peak:
    persons = grouped(found, lambda stay: stay.row.id_number)
    return peak_of_persons({person: [stay.span for stay in own] for person, own in persons.items()})


def _name(school: School, post: Post) -> str:
    firm = school.firms.get(post.firm)
    return f"{firm.name if firm else ''}·{post.position}"
