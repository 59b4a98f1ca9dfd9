"""The few dialogs: a question whose default is harmless, and our own bug with its details."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget


def agreed(
    parent: QWidget, kind: QMessageBox.Icon, question: str, more: str, verb: str, stay: str
) -> bool:
    """Ask; True where the reader pressed the verb. Enter and Escape change nothing."""
    box, yes, _ = question_box(parent, kind, question, more, verb, stay)
    box.exec()
    return box.clickedButton() is yes


def question_box(
    parent: QWidget, kind: QMessageBox.Icon, question: str, more: str, verb: str, stay: str
) -> tuple[QMessageBox, QAbstractButton, QAbstractButton]:
    """The question's dialog with its two buttons: the verb, and the harmless default."""
    box = QMessageBox(kind, "校企合作台账", question, QMessageBox.StandardButton.NoButton, parent)
    box.setInformativeText(more)
    yes = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    return box, yes, no


def bug_dialog(parent: QWidget | None, details: str) -> QMessageBox:
    """Our bug: one sentence, and its details to copy. Shown by the caller."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("校企合作台账")
    box.setText("程序出错了，这次操作没有完成，数据没有改动。")
    box.setInformativeText("请点“复制详情”发给开发者，然后可以继续使用。")
    copy = box.addButton("复制详情", QMessageBox.ButtonRole.ActionRole)
    close = box.addButton("关闭", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(close)
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    return box
