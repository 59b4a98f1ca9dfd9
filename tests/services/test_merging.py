"""Firms that are one: offered by their names, merged with all they have, parted by undo."""

import pytest

from tests.services.books import agreement, firm, placement, student, table
from tests.services.desk import Desk
from xqhz_desktop.base.errors import EXIT_USAGE, UserError
from xqhz_desktop.services.merging import core, merge, preview, tell_apart, twins

FULL, SHORT = "苏州甲机械制造有限公司", "甲机械制造厂"


@pytest.fixture
def doubled(desk: Desk) -> Desk:
    """A partner with an agreement and an intern, and the same firm as a roster calls it."""
    desk.bring(
        {
            "企业.xlsx": table(firm(1, FULL), firm(2, "苏州乙机械制造有限公司")),
            "协议.xlsx": table(agreement("XY1", FULL)),
            "学生.xlsx": table(student(1), student(2)),
            "实习.xlsx": table(placement(1, FULL), placement(2, SHORT)),
        }
    )
    return desk


def ids(desk: Desk) -> dict[str, int]:
    """The firms' ids by name."""
    return {row[0]: row[1] for row in desk.read("SELECT name, id FROM firm")}


def test_what_tells_a_firm_is_neither_its_region_nor_its_legal_form() -> None:
    assert core(SHORT) == "甲机械制造"
    assert core("江苏省苏州市吴江区丙电子（苏州）有限责任公司") == core("丙电子有限公司")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("丙电子有限公司", "丙电子有限责任公司", True),
        ("苏州市丙电子有限公司", "丙电子（苏州）有限公司", True),
        ("苏州丙电子科技有限公司", "丙电子科技公司", True),
        ("丙电子科技有限公司", "丙电子有限公司", True),
        ("江苏省甲精密机械有限公司", "江苏省乙精密机械有限公司", False),
        ("丙电子有限公司", "丙食品有限公司", False),
    ],
)
def test_near_names_are_offered_and_near_twins_are_not(
    desk: Desk, one: str, other: str, near: bool
) -> None:
    desk.bring(
        {
            "企业.xlsx": table(firm(1, one)),
            "学生.xlsx": table(student(1)),
            "实习.xlsx": table(placement(1, other)),
        }
    )
    known = {name for pair in twins(desk.office) for name in (pair.kept[1], pair.gone[1])}
    assert (len(ids(desk)) == 1 or known == {one, other}) is near


def test_two_firms_with_codes_of_their_own_are_two(doubled: Desk) -> None:
    doubled.bring({"更多.xlsx": table(firm(3, "苏州甲机械制造有限责任公司（二）"))})
    found = ids(doubled)
    codes = [found[FULL], found["苏州乙机械制造有限公司"]]
    with pytest.raises(UserError, match="代码不同") as refused:
        merge(doubled.office, *codes)
    assert refused.value.code == EXIT_USAGE


def test_the_preview_counts_what_moves(doubled: Desk) -> None:
    found = ids(doubled)
    seen = preview(doubled.office, found[FULL], found[SHORT])
    assert (seen.kept, seen.gone, sum(seen.moves.values())) == (FULL, SHORT, 1)


def test_everything_of_the_one_is_the_others_and_both_names_find_it(doubled: Desk) -> None:
    found = ids(doubled)
    merge(doubled.office, found[FULL], found[SHORT])
    assert SHORT not in ids(doubled)
    assert doubled.read("SELECT DISTINCT firm_id FROM placement") == [(found[FULL],)]
    plan = doubled.plan({"实习.xlsx": table(placement(2, SHORT))})
    assert plan.empty or not plan.rows.get("placements")


def test_an_undo_parts_them_as_they_were(doubled: Desk) -> None:
    before = doubled.dump()
    found = ids(doubled)
    merge(doubled.office, found[SHORT], found[FULL])  # the other way: the code moves along
    assert doubled.one("SELECT uscc IS NOT NULL AND partner FROM firm WHERE name = ?", SHORT)
    doubled.undo()
    assert doubled.dump() == before


def test_a_firm_is_not_merged_with_itself_or_with_none(doubled: Desk) -> None:
    number = ids(doubled)[FULL]
    for other in (number, 9999):
        with pytest.raises(UserError):
            merge(doubled.office, number, other)


def test_the_preview_says_what_is_filled_and_what_clashes(doubled: Desk) -> None:
    found = ids(doubled)
    with doubled.office.acting("edit", "备注") as (connection, _):
        connection.exec_driver_sql(
            "UPDATE firm SET nature = '国有', address = '某路 1 号', phone = '13912340021'"
            " WHERE name = ?",
            (SHORT,),
        )
    said = {one.field: one for one in preview(doubled.office, found[FULL], found[SHORT]).fields}
    assert (said["nature"].kept, said["nature"].gone, said["nature"].clash) == (
        "民营",
        "国有",
        True,
    )
    assert not said["address"].clash
    assert said["phone"].gone == "139****0021"  # as it may be seen


@pytest.mark.parametrize(("take", "nature"), [((), "民营"), (("nature",), "国有")])
def test_of_what_both_say_the_kept_ones_stands_unless_it_is_chosen(
    doubled: Desk, take: tuple[str, ...], nature: str
) -> None:
    found = ids(doubled)
    with doubled.office.acting("edit", "备注") as (connection, _):
        connection.exec_driver_sql("UPDATE firm SET nature = '国有' WHERE name = ?", (SHORT,))
    before = doubled.dump()
    merge(doubled.office, found[FULL], found[SHORT], take)
    assert doubled.one("SELECT nature FROM firm WHERE name = ?", FULL) == nature
    doubled.undo()
    assert doubled.dump() == before


def test_two_firms_told_apart_are_offered_no_more_until_that_is_undone(doubled: Desk) -> None:
    (pair,) = twins(doubled.office)
    tell_apart(doubled.office, pair)
    assert twins(doubled.office) == []
    doubled.undo()
    assert twins(doubled.office) == [pair]
