"""The share of practice by intake and major, and the shape of the JSON answer."""

from policy_facts import D, booking, course, placement, school

from xqhz_desktop.policy.indicators import as_json
from xqhz_desktop.policy.indicators.plans import practice_share


def test_the_share_is_over_all_majors_and_of_each() -> None:
    rows = (
        course(60),
        course(30, id=2),
        course(10, id=3, major="电子商务"),
        course(50, id=4, intake=2022, major=""),
    )
    got = [
        (one.period.name, one.part, one.top, one.value)
        for one in practice_share(school(courses=rows))
    ]
    assert got == [
        ("2021", "", 100, 0.3333),
        ("2021", "数控技术应用", 90, 0.45),
        ("2021", "电子商务", 10, 0.1),
        ("2022", "", 50, 0.5),
        ("2022", "未填专业", 50, 0.5),
    ]


def test_the_json_answer_has_every_year_with_records() -> None:
    of = school(
        placements=(placement(),),
        bookings=(booking((480, 720), day=D(2024, 3, 5)),),
        courses=(course(60.5), course(30, id=2)),
    )
    answer = as_json(of)
    assert list(answer) == ["by_school_year", "by_year", "practice_share"]
    assert list(answer["by_school_year"]) == ["2023-2024"]
    assert list(answer["by_year"]) == ["2023", "2024"]
    year = answer["by_year"]["2024"]
    assert year["bookings"] == 1
    assert year["booked_hours_by_function"]["技能实训"] == 4
    assert year["booked_hours_by_function_and_audience"]["技能实训"]["在校学生"] == 4
    assert year["concentrated_rate"] is None
    share = {"total": 200, "practice": 90.5, "share": 0.4525}
    assert answer["practice_share"] == {
        "2021级": {"overall": share, "by_major": {"数控技术应用": share}}
    }
