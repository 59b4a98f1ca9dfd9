"""Empty workbooks to be filled in: of one register, or of all into a folder."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from xqhz_desktop.base.task import Task
from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.services.outgoing.templates import write_template
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.parts import button

ALL = "全部台账的模板…"


def save_template(parent: QWidget, desk: Desk, register: str) -> None:
    """Ask where to, and write a register's empty workbook."""
    label = REGISTERS[register].label
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "下载模板", f"{label}模板.xlsx", "Excel 工作簿 (*.xlsx)"
    )
    if not chosen:
        return
    path = Path(chosen).with_suffix(".xlsx")
    desk.worker.compute(
        lambda _: write_template(desk.office, register, path),
        lambda _: desk.said.emit(f"{label}的模板已保存：{path.name}", "good", None),
        doing="正在写出模板",
    )


def save_all_templates(parent: QWidget, desk: Desk) -> None:
    """Ask for a folder, and write the empty workbook of every register into it."""
    chosen = QFileDialog.getExistingDirectory(parent, "选择放模板的文件夹")
    if not chosen:
        return
    folder = Path(chosen)

    def write(task: Task) -> int:
        for at, register in enumerate(IMPORTED):
            task.step(at, len(IMPORTED), register.label)
            write_template(desk.office, register.name, _free(folder, f"{register.label}模板"))
        return len(IMPORTED)

    desk.worker.compute(
        write,
        lambda count: desk.said.emit(
            f"{count} 个台账的模板已保存在“{folder.name}”。", "good", None
        ),
        doing="正在写出模板",
    )


def _free(folder: Path, stem: str) -> Path:
    """A name that is not taken: a template that somebody has filled in is not written over."""
    number, path = 1, folder / f"{stem}.xlsx"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.xlsx"
    return path


class TemplateButton:
    """The button 下载模板 with a menu: all registers, or one."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        self.button: QPushButton = button("下载模板", lambda: None, glyph="file")
        self.menu = QMenu(self.button)
        self.menu.setAccessibleName("下载模板")
        self.menu.addAction(ALL, lambda: save_all_templates(parent, desk))
        self.menu.addSeparator()
        for register in IMPORTED:
            one = partial(save_template, parent, desk, register.name)
            self.menu.addAction(register.label, one)
        self.button.setMenu(self.menu)
