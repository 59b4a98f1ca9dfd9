"""A person who is erased on request is nowhere any more, and everybody else as before."""

import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import delete, insert

from tests.services.books import (
    firm,
    placement,
    stint,
    student,
    table,
    teacher,
)
from tests.services.conftest import NOW
from tests.services.desk import Desk
from tests.services.erased import (
    BOOKS,
    ME,
    NAME,
    NUMBER,
    PHONE,
    WORDS,
    erase,
    everything,
    found,
    me,
)
from tests.services.safe import PASSWORD
from tests.services.small_office import FIRM
from xqhz_desktop.base.errors import EXIT_NO_SPACE, EXIT_NOT_PERMITTED, EXIT_USAGE, UserError
from xqhz_desktop.base.task import Task
from xqhz_desktop.services import deleting, find
from xqhz_desktop.services.access import audit, encryption, users
from xqhz_desktop.services.access.roles import Role
from xqhz_desktop.services.history import actions
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.privacy import cleaning, erasing
from xqhz_desktop.services.safety import restoring
from xqhz_desktop.store import erasure
from xqhz_desktop.store.attachments import Store
from xqhz_desktop.store.models import Attachment


@pytest.fixture
def full(desk: Desk) -> Desk:
    """An office at which the person left traces of every kind."""
    desk.bring(BOOKS)
    me = desk.one("SELECT id FROM student WHERE id_number = ?", NUMBER)
    sha256, size = Store(desk.office.folder.attachments).put([f"扫描件 {NAME}".encode()])
    values = {"table_name": "student", "row_id": me, "sha256": sha256, "size": size}
    with desk.office.acting("attach", f"添加附件 {NAME}") as (connection, _):
        for called in (f"{NAME}.pdf", "扫描.pdf"):
            made = insert(Attachment).values(**values, name=called, added="2025-03-01")
            connection.execute(made)
    with desk.office.acting("attach", "移除附件") as (connection, _):
        connection.execute(delete(Attachment).where(Attachment.name == "扫描.pdf"))
    desk.undo(deleting.delete(desk.office, "students", [me], with_what_belongs=True).action)
    desk.undo(
        desk.bring({"99.xlsx": table(student(77, **ME | {"联系电话": "15477009999"}))}).action
    )
    find.catch_up(desk.office)
    assert desk.office.folder.search.exists()
    return desk


def test_nothing_of_an_erased_person_is_left_in_any_byte(full: Desk) -> None:
    assert {*found(everything(full.office))} == {*WORDS}
    erase(full)
    assert found(everything(full.office)) == []
    assert list(full.office.folder.root.glob("search.db*")) == []
    full.office.engine.dispose()
    assert found(everything(full.office)) == []


def test_no_row_of_the_journal_tells_of_the_person(full: Desk) -> None:
    mine = me(full)
    about = (
        "SELECT count(*) FROM change WHERE digest IS NULL AND (table_name = 'student' AND"
        " row_id = ? OR ? IN (coalesce(after, before) ->> 'student_id',"
        " coalesce(after, before) ->> 'row_id'))"
    )
    assert full.one(about, mine, mine) > 5
    erase(full)
    assert full.one(about, mine, mine) == 0


def test_everybody_else_is_as_before(full: Desk) -> None:
    before = full.dump()
    mine = me(full)
    erase(full)
    after = full.dump()
    for called, rows in before.items():
        others = [row for row in rows if mine not in (row.get("student_id"), row.get("row_id"))]
        if called == "student":
            others = [row for row in rows if row["id"] != mine]
        if called not in ("quarantined_row", "student"):
            assert after[called] == others
    notes = [row["note"] for row in after["student"] if row["note"]]
    assert notes == ["与（已删除）同桌，电话（已删除）", "欠费，联系（已删除）"]
    assert len(after["student"]) == len(before["student"]) - 1


def test_the_plan_says_what_goes_and_what_cannot_be_undone(full: Desk) -> None:
    plan = erasing.plan(full.office, "students", me(full))
    assert plan.records == {"学生": 1, "岗位实习": 1, "学徒": 1, "附件": 1}
    assert (plan.name, plan.waiting, plan.mentions["学生"]) == (NAME, 1, 2)
    assert any("学徒" in place and place.endswith("行") for place in plan.sources)
    assert {title[:2] for _, title in plan.actions} == {"导入", "添加", "移除", "删除", "撤销"}
    said = "".join(plan.sentences())
    assert "请自行销毁" in said
    assert NUMBER not in said


def test_an_action_with_an_erased_person_says_that_it_cannot_be_undone(full: Desk) -> None:
    plan = erase(full)
    lines = {line.id: line for line in actions(full.office)}
    for number, _ in plan.actions:
        assert not lines[number].undoable
        assert "不能撤销" in lines[number].why_not
        with pytest.raises(UserError, match="不能撤销"):
            full.undo(number)
    (erased,) = [line for line in lines.values() if line.kind == "erase"]
    assert not erased.undoable


def test_the_audit_chain_stays_whole(full: Desk) -> None:
    erase(full)
    assert audit.verify(full.office).whole
    assert any(line.title == audit.BLANKED for line in audit.entries(full.office))


def test_later_work_can_be_undone_as_ever(full: Desk) -> None:
    erase(full)
    before = full.dump()
    done = full.bring({"z.xlsx": table(firm(1, FIRM, 职工人数=321), student(9))})
    full.undo(done.action)
    assert full.dump() == before


def test_the_deleted_records_do_not_offer_an_erased_person(full: Desk) -> None:
    deleting.delete(full.office, "students", [me(full)], with_what_belongs=True)
    full.undo()
    erase(full)
    assert deleting.deleted(full.office) == []


def test_an_erased_teacher_leaves_the_students_in_place(desk: Desk) -> None:
    me = {"姓名": NAME, "工号": "T077"}
    desk.bring(
        {
            "1.xlsx": table(firm(1, FIRM), firm(2, "欧阳清扬汽修店")),
            "2.xlsx": table(teacher(77, **me, 联系电话=PHONE), teacher(2)),
            "3.xlsx": table(stint(77, FIRM, **me)),
            "4.xlsx": table(
                placement(1, FIRM, 校内指导教师=NAME, 校内指导教师工号="T077"),
                placement(2, FIRM, 校内指导教师=NAME, 校内指导教师电话=PHONE),
            ),
        }
    )
    number = desk.one("SELECT id FROM teacher WHERE staff_no = 'T077'")
    plan = erasing.plan(desk.office, "teachers", number)
    done = erasing.erase(desk.office, plan, "本人要求")
    assert done.registers == {"teachers": 1, "stints": 1, "placements": 2}
    assert (plan.records, plan.mentions) == ({"专任教师": 1, "教师企业实践": 1}, {"岗位实习": 2})
    columns = "school_supervisor, school_supervisor_no, school_supervisor_phone"
    assert set(desk.read(f"SELECT {columns} FROM placement")) == {(None, None, None)}
    assert desk.one("SELECT count(*) FROM firm WHERE name = '欧阳清扬汽修店'") == 1


def test_a_firm_stays_without_the_person_to_call(desk: Desk) -> None:
    other = firm(2, "乙有限公司", 联系人="李二", 联系电话=PHONE)
    desk.bring({"a.xlsx": table(firm(1, FIRM, 联系人=NAME, 联系电话=PHONE), other)})
    desk.bring({"b.xlsx": table(placement(1, FIRM, 企业指导教师=NAME))})
    plan = erase(desk, "firms", desk.one("SELECT id FROM firm WHERE contact = ?", NAME))
    assert (plan.name, plan.records, plan.shared) == (NAME, {}, (PHONE,))
    kept = desk.read("SELECT name, contact, phone FROM firm ORDER BY name")
    assert kept == [("乙有限公司", "李二", PHONE), (FIRM, None, None)]
    assert NAME.encode() not in everything(desk.office)
    with pytest.raises(UserError, match="没有登记联系人"):
        erasing.plan(desk.office, "firms", desk.one("SELECT id FROM firm WHERE name = ?", FIRM))


def test_only_an_admin_erases_and_says_why(full: Desk) -> None:
    number = me(full)
    plan = erasing.plan(full.office, "students", number)
    for reason, code in (("  ", EXIT_USAGE), (f"{NAME}要求", EXIT_USAGE)):
        with pytest.raises(UserError) as refused:
            erasing.erase(full.office, plan, reason)
        assert refused.value.code == code
    users.add(full.office, "测试", Role.ADMIN)
    users.add(full.office, "经办人", Role.CLERK)
    full.office.who = "经办人"
    for verb in (
        lambda: erasing.plan(full.office, "students", number),
        lambda: erasing.erase(full.office, plan, "要求"),
    ):
        with pytest.raises(UserError) as refused:
            verb()
        assert refused.value.code == EXIT_NOT_PERMITTED
    assert me(full) == number


def test_a_plan_that_is_out_of_date_is_not_carried_out(full: Desk) -> None:
    plan = erasing.plan(full.office, "students", me(full))
    full.bring({"z.xlsx": table(placement(77, "乙电子有限公司", **ME))})
    with pytest.raises(UserError, match="重新查看"):
        erasing.erase(full.office, plan, "家长书面要求")
    assert me(full)


@pytest.mark.parametrize("where", ["everything", "cleaning"])
def test_an_erasure_that_was_cut_off_is_completed_at_the_next_opening(
    full: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    if where == "everything":
        monkeypatch.setattr(cleaning, "finish", killed)
    else:
        monkeypatch.setattr(erasure, "clean", killed)
    with pytest.raises(KeyboardInterrupt):
        erase(full)
    copy = tmp_path / "killed"
    shutil.copytree(full.office.folder.root, copy, ignore=shutil.ignore_patterns("xqhz.lock"))
    monkeypatch.undo()
    folder = type(full.office.folder)(copy)
    with Office.open(folder, "测试", lambda: NOW) as office:
        assert found(everything(office)) == []
        with office.engine.connect() as connection:
            assert not erasure.is_due(connection)


def test_an_encrypted_file_holds_nothing_either(full: Desk, tmp_path: Path) -> None:
    encryption.turn_on(full.office, PASSWORD, lambda code: None)
    erase(full)
    plain = tmp_path / "plain.db"
    folder = full.office.folder
    full.office.engine.dispose()
    assert folder.key is not None
    connection = driver.connect(str(folder.database))
    connection.execute(f"PRAGMA key = \"x'{folder.key.hex()}'\"")
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.close()
    assert "王".encode() in plain.read_bytes()
    assert found(plain.read_bytes()) == []
    assert found(everything(full.office)) == []


def test_it_is_said_when_the_last_backup_with_the_person_will_be_gone(full: Desk) -> None:
    name = full.office.backup("手动")
    plan = erase(full)
    assert [one.name for one in plan.backups] == [name]
    (waits,) = erasing.waiting(full.office)
    assert (waits.number, [one.name for one in waits.backups]) == (1, [name])
    assert waits.backups[0].gone > NOW.date()
    full.office.backup("手动")
    (waits,) = erasing.waiting(full.office)
    assert len(waits.backups) == 1
    (full.office.folder.backups / name).unlink()
    (waits,) = erasing.waiting(full.office)
    assert waits.over


def test_a_restored_backup_that_is_older_than_an_erasure_says_so(full: Desk) -> None:
    name = full.office.backup("手动")
    erase(full)
    assert erasing.returned(full.office) == ""
    folder = full.office.folder
    full.office.close()
    restoring.restore(folder, "测试", lambda: NOW, folder.backups / name, Task())
    with Office.open(folder, "测试", lambda: NOW) as office:
        assert "早于 1 次按要求删除" in erasing.returned(office)
        erase(Desk(office))
        assert erasing.returned(office) == ""


def test_a_full_disk_leaves_the_cleaning_for_later(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise UserError("磁盘已满，没有写入；请腾出空间后重试。", EXIT_NO_SPACE)

    monkeypatch.setattr(erasure, "clean", no_space)
    with pytest.raises(UserError, match="腾出空间"):
        erase(full)
    folder = full.office.folder
    full.office.close()
    with Office.open(folder, "测试", lambda: NOW) as office:
        assert Desk(office).one("PRAGMA user_version") == 1
    monkeypatch.undo()
    with Office.open(folder, "测试", lambda: NOW) as office:
        assert Desk(office).one("PRAGMA user_version") == 0
        assert found(everything(office)) == []
