"""The whole check: red first, and only the rules that the school has."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from policy_facts import D, apprentice, booking, course, firm, id_number, placement, school, teacher

from xqhz_desktop.policy.results import SEVERITY_ORDER
from xqhz_desktop.policy.rules import check

FLAG = st.sampled_from([True, False, None])
PLACEMENTS = st.builds(
    placement,
    id=st.integers(1, 99),
    id_number=st.builds(id_number, st.dates(D(2004, 1, 1), D(2009, 1, 1))),
    firm=st.integers(1, 3),
    start=st.dates(D(2021, 9, 1), D(2024, 6, 1)),
    end=st.none() | st.just(D(2024, 8, 31)),
    arranged=FLAG,
    agreement=FLAG,
    insurance=FLAG,
    consent=FLAG,
    night_shift=FLAG,
    quarantined=st.just(False),
)


@given(st.lists(PLACEMENTS, max_size=12))
def test_red_comes_first_then_amber_then_hints(rows: list[object]) -> None:
    findings = check(
        school(
            placements=tuple(rows),
            firms=(firm(), firm(id=2, staff=None), firm(id=3, partner=False)),
            apprentices=(apprentice(id_number=id_number(D(2008, 1, 1))),),
            teachers=(teacher(),),
            bookings=(booking((480, 600)), booking((480, 600), id=2)),
            courses=(course(10),),
        )
    )
    weights = [SEVERITY_ORDER[one.severity] for one in findings]
    assert weights[0] == 0
    assert all(one <= two for one, two in pairwise(weights))
    assert all(one.article and one.message.endswith("。") for one in findings)


def test_a_child_stands_before_two_hundred_hints() -> None:
    child = placement(id=999, id_number=id_number(D(2010, 1, 1)))
    many = tuple(placement(id=n, id_number=str(n), end=None) for n in range(200))
    findings = check(school(placements=(*many, child)))
    assert (findings[0].record, findings[0].severity) == (999, "red")
    assert sum(one.severity == "hint" for one in findings) == 200


def test_a_rule_that_the_school_has_struck_out_finds_nothing() -> None:
    of = school(placements=(placement(agreement=False),))
    of.rules = {name: rule for name, rule in of.rules.items() if name != "no_agreement"}
    assert check(of) == []
