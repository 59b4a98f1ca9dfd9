"""What is kept of interns and apprentices goes with the person, and no copy for support has it."""

import pytest

from tests.services.desk import Desk
from tests.services.erased import BOOKS, NAME, NUMBER, WORDS, erase, everything, found, me
from tests.services.internships.training_office import BATCH
from tests.services.small_office import FIRM, OTHER
from tests.services.typed import new, said
from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services import tables
from xqhz_desktop.services.internships.doing import carry_out
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy import test_copy

COHORT = "2021级数控学徒班"
DAY = "2024-10-1"
ROWS: tuple[tuple[str, dict[str, str]], ...] = (
    ("batches", {"name": BATCH, "school_year": "2024", "kind": "岗位实习", "form": "集中",
                 "start": "2024-9-1", "end": "2025-6-30"}),
    ("dues", {"batch": BATCH, "student": NUMBER, "note": f"{NAME}的家长同意"}),
    ("batch_firms", {"batch": BATCH, "firm": FIRM, "decided": "2024-8-1"}),
    ("batch_checks", {"batch": BATCH, "item": "事先报备", "day": "2024-8-20", "who": "王敏"}),
    ("posts", {"firm": FIRM, "school_year": "2024", "position": "钳工", "offered": "20"}),
    ("visits", {"day": DAY, "kind": "巡查", "firm": FIRM, "student": NUMBER, "visitor": "李老师",
                "visitor_no": "T002", "way": "现场", "state": "正常", "remark": f"{NAME}状态好"}),
    ("incidents", {"day": DAY, "time": "8:30", "kind": "事故", "student": NUMBER, "firm": FIRM,
                   "what": f"{NAME}手指受伤", "injury": "擦伤"}),
    ("recruitments", {"year": "2021", "major": "数控技术应用", "firm": FIRM, "cohort": COHORT,
                      "planned": "40"}),
    ("alternations", {"cohort": COHORT, "group_name": "全班", "first": DAY, "last": "2024-11-1",
                      "place": "企业", "stage": "第一阶段"}),
    ("mentorships", {"student": NUMBER, "side": "企业师傅", "mentor": "赵师傅", "start": DAY}),
    ("reviews", {"student": NUMBER, "stage": "第一阶段", "day": DAY, "grade": "合格",
                 "comment": f"{NAME}进步快"}),
    ("apprentice_events", {"student": NUMBER, "day": DAY, "kind": "请假", "reason": "病假"}),
)  # fmt: skip
THEIRS = ("due", "mentorship", "review", "apprentice_event", "placement_event")


@pytest.fixture
def lived(desk: Desk) -> Desk:
    """An office in which every table of training has a row, most about one person."""
    desk.bring(BOOKS)
    for register, row in ROWS:
        assert said(new(desk.office, register, **row)) == []
    place = {"firm": OTHER, "start": "2024-11-1", "arrangement": "集中", "position": "钳工"}
    carry_out(desk.office, "place", tables.ids(desk.office, "dues"), place)
    placed = tables.ids(desk.office, "placements")[-1:]
    turn = {"day": "2024-12-1", "position": "焊工", "reason": f"{NAME}本人要求"}
    carry_out(desk.office, "change_post", placed, turn)
    return desk


def test_nothing_of_an_interns_days_is_left_when_the_person_is_erased(lived: Desk) -> None:
    assert {*found(everything(lived.office))} >= {NAME, NUMBER}
    for table in THEIRS:
        assert lived.one(f"SELECT count(*) FROM {table}") == 1
    erase(lived)
    assert found(everything(lived.office)) == []
    for table in THEIRS:
        assert lived.one(f"SELECT count(*) FROM {table}") == 0
    assert lived.read("SELECT student_id, name, visitor FROM visit") == [(None, None, "李老师")]
    assert lived.read("SELECT student_id, name FROM incident") == [(None, None)]


def test_a_copy_for_support_has_every_row_and_nobody_real(
    lived: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("copy") / "copy"
    rows = test_copy.make(lived.office, target)
    assert all(rows[table] == 1 for table in (*THEIRS, "visit", "incident", "batch", "post"))
    with Office.open(DataFolder(target), "测试", lived.office.now) as copy:
        said = everything(copy)
        seen = tables.rows(copy, "batches", tables.ids(copy, "batches"))[0]
    assert [word for word in (*WORDS, "李老师", "赵师傅") if word.encode() in said] == []
    assert seen["name"] == BATCH


def test_the_person_is_the_only_one_who_goes(lived: Desk) -> None:
    before = lived.dump()
    mine = me(lived)
    erase(lived)
    after = lived.dump()
    for table in ("batch", "batch_firm", "batch_check", "post", "recruitment", "alternation"):
        assert after[table] == before[table]
    assert mine not in {row["student_id"] for row in after["placement"]}
