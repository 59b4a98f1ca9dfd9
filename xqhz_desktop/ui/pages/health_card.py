"""What is wrong with the data file, and the repair where that helps; hidden where all is well."""

from pathlib import Path

from PySide6.QtCore import Qt

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.office import Clock
from xqhz_desktop.services.safety import health
from xqhz_desktop.services.safety.health import Health
from xqhz_desktop.ui.desk import Closed, Desk
from xqhz_desktop.ui.parts import Card, button, column, paragraph, picture, row


class HealthCard(Card):
    """A look at every page of the file when it is asked to; `repair` mends indexes and scans."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("数据文件的状况")
        self._desk = desk
        self._looked = False
        self.sentence = paragraph(tone="")
        self.repair = button("修复", self._repair, glyph="settings")
        line = row(picture("warn", "warn"), column(self.sentence), self.repair)
        line.setStretch(1, 1)
        line.setAlignment(self.repair, Qt.AlignmentFlag.AlignVCenter)
        self.fill(line)
        self.hide()

    def look(self) -> None:
        """Look once for every opening, beside the work: it reads the whole file."""
        office = self._desk.office
        if not self._looked and not office.looking:
            self._looked = True
            self._desk.worker.compute(
                lambda _: (health.look(office), health.absent(office)),
                lambda found: self.show_found(*found),
            )

    def show_found(self, found: Health, absent: int) -> None:
        """Show what a look has found, and how many attachments have lost their file."""
        said = sentence_of(found, absent)
        self.sentence.setText(said)
        self.repair.setVisible(found.repairable or (found.sound and absent > 0))
        self.setVisible(bool(said))

    def _repair(self) -> None:
        office = self._desk.office
        now = office.now
        self._desk.closed.emit(
            Closed(
                "正在修复",
                "先检查，再换上修好的一份；原来的数据文件会留着。",
                lambda folder, who, task: repaired(folder, who, now, task),
            )
        )


def sentence_of(found: Health, absent: int) -> str:
    """What is wrong, and what to press; "" where all is well."""
    if found.repairable:
        return "数据文件的索引有损坏，记录都在；按“修复”重做索引即可，台账会关闭一会儿再打开。"
    if found.sound and absent:
        return f"有 {absent} 个附件的文件不见了；按“修复”从备份和第二存放处找回。"
    return found.sentence


def repaired(folder: DataFolder, who: str, now: Clock, task: Task) -> str:
    """Repair closed records; what was done, in a sentence. Raises UserError as the repair does."""
    from xqhz_desktop.services.safety.repairing import repair

    done = repair(folder, who, now, task)
    return "".join((_of_indexes(done.aside), _of_scans(done.found, done.missing)))


def _of_indexes(aside: Path | None) -> str:
    if aside is None:
        return "数据文件没有问题。"
    return f"索引已重做并逐条核对，原来的数据文件留在 {aside}。"


def _of_scans(found: int, missing: int) -> str:
    back = f"找回了 {found} 个附件文件。" if found else ""
    lost = f"还有 {missing} 个附件的文件哪里都没有，请插上备份盘再修复一次。" if missing else ""
    return back + lost
