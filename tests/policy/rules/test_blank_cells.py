"""未填 is said of every record, or once where a column was not kept at all."""

import pytest
from policy_facts import D, found, placement

BLANKS = [
    ("agreement_unknown", "agreement", None, "amber", "amber"),
    ("insurance_unknown", "insurance", None, "hint", "hint"),
    ("consent_unknown", "consent", None, "hint", "hint"),
    ("no_school_supervisor", "supervisor", "", "amber", "hint"),
    ("no_firm_supervisor", "firm_supervisor", "", "amber", "hint"),
]


@pytest.mark.parametrize(("rule", "field", "blank", "one", "whole"), BLANKS)
def test_a_blank_among_filled_cells_is_named(
    rule: str, field: str, blank: object, one: str, whole: str
) -> None:
    rows = (placement(), placement(id=2, **{field: blank}))
    (finding,) = found(rule, placements=rows)
    assert (finding.record, finding.severity, finding.others) == (2, one, ())
    assert "未填" in finding.message


@pytest.mark.parametrize(("rule", "field", "blank", "one", "whole"), BLANKS)
def test_a_column_that_was_not_kept_is_one_finding_for_the_year(
    rule: str, field: str, blank: object, one: str, whole: str
) -> None:
    empty = {field: blank}
    rows = (
        placement(id=1, **empty),
        placement(id=2, **empty),
        placement(id=3, **empty),
        placement(id=4, start=D(2024, 9, 1), intake=2022),
    )
    (finding,) = found(rule, placements=rows)
    assert (finding.record, finding.others, finding.severity) == (1, (2, 3), whole)
    assert (finding.period, "2023-2024学年3条" in finding.message) == ("2023-2024", True)


def test_a_years_only_placement_is_named_by_itself() -> None:
    (finding,) = found("no_school_supervisor", placements=(placement(supervisor=""),))
    assert (finding.message, finding.severity) == ("校内指导教师未填，请补填。", "amber")


def test_nothing_is_unknown_where_the_answer_is_no() -> None:
    rows = (placement(agreement=False, insurance=False, consent=False),)
    for rule in ("agreement_unknown", "insurance_unknown", "consent_unknown"):
        assert found(rule, placements=rows) == []


def test_the_self_placed_are_not_asked_for_consent() -> None:
    assert found("consent_unknown", placements=(placement(consent=None, arranged=False),)) == []


def test_consent_was_not_asked_of_everyone_before_2022() -> None:
    rows = (placement(consent=None, start=D(2021, 9, 1), intake=2019),)
    assert found("consent_unknown", placements=rows) == []


def test_quarantined_rows_are_not_called_blank() -> None:
    rows = (placement(agreement=None, supervisor="", quarantined=True),)
    assert found("agreement_unknown", quarantined_placements=rows) == []
    assert found("no_school_supervisor", quarantined_placements=rows) == []
