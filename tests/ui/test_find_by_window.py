"""Ctrl+K finds everything: words are typed, the arrows choose, Enter opens."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Seat
from xqhz_desktop.ui.finding import FindDialog


def box(school: Seat) -> Any:
    """The box, opened by its key."""
    school.go("start")
    school.qtbot.keyClick(school.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    school.rest()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, FindDialog))


def typed(school: Seat, dialog: Any, text: str) -> list[str]:
    """The lines of the list after the text was written."""
    dialog.field.clear()
    school.write(dialog.field, text)
    school.qtbot.wait(200)
    school.rest()
    return [dialog.hits.item(at).text() for at in range(dialog.hits.count())]


def test_a_student_is_found_and_enter_opens_the_row(school: Seat) -> None:
    with school.desk.office.engine.connect() as connection:
        name = connection.exec_driver_sql(
            "SELECT name FROM student WHERE provisional = 0 ORDER BY id LIMIT 1"
        ).scalar_one()
    dialog = box(school)
    lines = typed(school, dialog, name)
    assert "学生" in lines
    assert any(name in line for line in lines[1:])
    school.qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    school.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    school.rest()
    shown: Any = school.window.pages[school.window.place]
    assert shown.model.records == 1
    assert "查找" in shown.narrowed.text()


def test_what_nobody_is_called_is_said(school: Seat) -> None:
    dialog = box(school)
    assert typed(school, dialog, "查无此人") == []
    assert "没有找到" in dialog.state.text()


def test_the_arrows_step_over_headings(school: Seat) -> None:
    dialog = box(school)
    typed(school, dialog, "有限公司")
    for _ in range(5):
        school.qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
        assert dialog._hit(dialog.hits.currentRow()) is not None
    school.qtbot.keyClick(dialog.field, Qt.Key.Key_Up)
    assert dialog._hit(dialog.hits.currentRow()) is not None
    school.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
