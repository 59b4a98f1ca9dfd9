"""One firm under its spellings and former names; never two firms made one by likeness."""

import pytest

from tests.services.books import agreement, apprentice, firm, placement, stint, table, uscc, wrong
from tests.services.desk import Desk, fates

OLD, NEW = "甲机械有限公司", "甲精密机械有限公司"


def firms(desk: Desk) -> list[tuple[str, bool]]:
    """Every firm's name, and whether it is a partner."""
    found = desk.read("SELECT name, partner FROM firm ORDER BY name")
    return [(called, bool(partner)) for called, partner in found]


def firms_of(desk: Desk, table_name: str) -> list[str]:
    """The firm's name of each record of a table."""
    sql = f"SELECT firm.name FROM {table_name} r JOIN firm ON firm.id = r.firm_id ORDER BY r.id"
    return [row[0] for row in desk.read(sql)]


@pytest.mark.parametrize(
    "spelling",
    [
        "甲机械有限责任公司",
        "甲机械 有限公司",
        "甲机械\n有限公司",
        "\u3000甲机械有限公司\u00a0",
        "'甲机械有限公司",
    ],
)
def test_a_spelling_finds_the_firm(desk: Desk, spelling: str) -> None:
    desk.bring({"a.xlsx": table(firm(1, OLD)), "b.xlsx": table(placement(1, spelling))})
    assert firms(desk) == [(OLD, True)]


def test_brackets_of_either_width_are_one_firm(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, "甲（山东）有限公司"))})
    desk.bring({"b.xlsx": table(placement(1, "甲(山东)有限公司"))})
    assert firms(desk) == [("甲（山东）有限公司", True)]


@pytest.mark.parametrize("twin", ["甲机械科技有限公司", "甲机械股份有限公司", "甲机械"])
def test_near_twins_stay_apart(desk: Desk, twin: str) -> None:
    desk.bring({"a.xlsx": table(firm(1, OLD)), "b.xlsx": table(placement(1, twin))})
    assert sorted(firms(desk)) == sorted([(OLD, True), (twin, False)])


def test_a_firm_of_a_roster_becomes_the_partner_of_the_register(desk: Desk) -> None:
    desk.bring({"b.xlsx": table(placement(1, "甲机械有限责任公司"))})
    before = desk.read("SELECT id, partner FROM firm")
    desk.bring({"a.xlsx": table(firm(1, OLD))})
    assert [(row[0], 0) for row in desk.read("SELECT id FROM firm WHERE partner = 1")] == before
    assert firms(desk) == [(OLD, True)]


def test_an_own_name_once_known_stays_as_a_former_one(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, OLD))})
    plan = desk.plan({"a.xlsx": table(firm(1, NEW))})
    assert fates(plan, "firms") == ["变更"]
    desk.apply(plan)
    desk.bring({"b.xlsx": table(placement(1, OLD), placement(2, NEW))})
    assert firms(desk) == [(NEW, True)]
    names = desk.read("SELECT name, kind FROM firm_name ORDER BY kind")
    assert names == [(NEW, "current"), (OLD, "former")]


def test_a_former_name_in_the_register_finds_the_firm(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, NEW, 曾用名=OLD)), "b.xlsx": table(placement(1, OLD))})
    assert firms(desk) == [(NEW, True)]


def test_a_roster_under_a_former_name_goes_to_the_firm_that_comes_later(desk: Desk) -> None:
    desk.bring({"b.xlsx": table(placement(1, OLD))})
    desk.bring({"a.xlsx": table(firm(1, NEW, 曾用名=OLD))})
    assert firms(desk) == [(NEW, True)]
    assert firms_of(desk, "placement") == [NEW]


def test_all_that_was_said_under_either_name_goes_to_the_one_firm(desk: Desk) -> None:
    desk.bring(
        {
            "b.xlsx": table(placement(1, OLD), placement(2, NEW)),
            "c.xlsx": table(agreement("XY1", OLD), agreement("XY2", NEW)),
            "d.xlsx": table(apprentice(3, OLD)),
            "e.xlsx": table(stint(1, OLD)),
        }
    )
    assert firms(desk) == [(OLD, False), (NEW, False)]
    desk.bring({"a.xlsx": table(firm(1, NEW, 曾用名=OLD))})
    assert firms(desk) == [(NEW, True)]
    for kept, count in (("placement", 2), ("agreement", 2), ("apprentice", 1), ("stint", 1)):
        assert firms_of(desk, kept) == [NEW] * count


def test_a_roster_ahead_of_a_renaming_goes_to_the_renamed_partner(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, OLD))})
    desk.bring({"b.xlsx": table(placement(1, NEW))})
    desk.bring({"a.xlsx": table(firm(1, NEW))})
    assert firms(desk) == [(NEW, True)]
    assert firms_of(desk, "placement") == [NEW]


def test_a_firm_that_came_together_is_taken_apart_by_an_undo(desk: Desk) -> None:
    desk.bring({"b.xlsx": table(placement(1, OLD), placement(2, NEW))})
    before = desk.dump()
    changes = desk.bring({"a.xlsx": table(firm(1, NEW, 曾用名=OLD))})
    desk.undo(changes.action)
    assert desk.dump() == before


def test_two_partners_are_never_made_one(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, OLD), firm(2, NEW))})
    desk.bring({"a.xlsx": table(firm(1, OLD), firm(2, NEW, 曾用名=OLD))})
    assert firms(desk) == [(OLD, True), (NEW, True)]


def test_a_partners_own_name_goes_before_anothers_former_one(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, OLD), firm(2, NEW, 曾用名=OLD))})
    desk.bring({"b.xlsx": table(placement(1, OLD))})
    assert firms_of(desk, "placement") == [OLD]


def test_a_corrected_firm_row_makes_the_waiting_firm_a_partner(desk: Desk) -> None:
    desk.bring({"a.xlsx": table(firm(1, OLD, 统一社会信用代码=wrong(uscc(1))))})
    desk.bring({"b.xlsx": table(placement(1, OLD))})
    assert firms(desk) == [(OLD, False)]
    desk.bring({"a.xlsx": table(firm(1, OLD))})
    assert firms(desk) == [(OLD, True)]
    assert desk.read("SELECT state FROM quarantined_row") == [("closed",)]


@pytest.mark.parametrize("former", [OLD, "甲机械有限责任公司"])
def test_a_firm_whose_former_name_is_its_own_has_one_name(desk: Desk, former: str) -> None:
    desk.bring({"a.xlsx": table(firm(1, OLD, 曾用名=former))})
    assert desk.read("SELECT kind FROM firm_name") == [("current",)]
