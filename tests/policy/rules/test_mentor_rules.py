"""Mentors: how many apprentices at the same time, and who has none."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from policy_facts import D, apprentice, found, id_number

from xqhz_desktop.base import facts as f
from xqhz_desktop.policy.settings import Settings

FIRST, LAST = D(2022, 9, 1), D(2023, 8, 31)


def mentored(student: int, **changes: object) -> f.Mentorship:
    good = f.Mentorship(student, student, "企业师傅", "李师傅", "", FIRST, LAST)
    return replace(good, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "over"), [(5, 0), (6, 1)])
def test_the_limit_itself_is_allowed(count: int, over: int) -> None:
    rows = tuple(mentored(n) for n in range(1, count + 1))
    assert len(found("mentor_over_load", mentorships=rows)) == over


def test_the_limit_is_the_schools_setting_and_the_last_begun_is_named() -> None:
    rows = (mentored(1), mentored(2, start=FIRST + timedelta(9)))
    (one,) = found("mentor_over_load", Settings(mentor_load=1), mentorships=rows)
    assert (one.register, one.record, one.others, one.status) == ("mentorships", 2, (1,), "setting")
    assert "同时带徒2人，超过1人" in one.message


@pytest.mark.parametrize(("start", "over"), [(LAST, 1), (LAST + timedelta(1), 0)])
def test_a_change_of_mentor_on_the_next_day_is_no_overlap(start: date, over: int) -> None:
    rows = (mentored(1), mentored(2, start=start, end=None))
    assert len(found("mentor_over_load", Settings(mentor_load=1), mentorships=rows)) == over


def test_mentors_of_one_name_at_two_firms_are_two() -> None:
    rows = (mentored(1), mentored(2))
    apprentices = (apprentice(firm=1), apprentice(id=2, student=2, firm=2))
    facts = {"mentorships": rows, "apprentices": apprentices}
    assert found("mentor_over_load", Settings(mentor_load=1), **facts) == []  # type: ignore[arg-type]


def test_a_mentor_among_the_mentorships_is_a_mentor() -> None:
    facts = {"apprentices": (apprentice(firm_mentor=""),)}
    assert len(found("apprentice_without_mentors", **facts)) == 1  # type: ignore[arg-type]
    assert found("apprentice_without_mentors", mentorships=(mentored(1),), **facts) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("born", "minor"), [(D(2004, 9, 1), False), (D(2004, 9, 2), True)])
def test_the_guardian_signs_for_who_is_not_18_on_the_first_day(born: date, minor: bool) -> None:
    number = id_number(born)
    for signed, wrong in ((False, minor), (True, False), (None, False)):
        rows = (apprentice(id_number=number, guardian_signed=signed),)
        assert bool(found("guardian_not_signed", apprentices=rows)) is wrong
