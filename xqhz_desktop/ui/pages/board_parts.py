"""The parts of the board: a card with a number and its bar, and a card with a chart."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from xqhz_desktop.policy.results import Indicator
from xqhz_desktop.reports.figures import Figure, is_empty
from xqhz_desktop.ui import theme
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.pages.board_data import Line
from xqhz_desktop.ui.parts import Card, button, column, label, row
from xqhz_desktop.ui.words import judged, number_text, reach_text, strive_text, value_text
from xqhz_desktop.ui.worker import Job, Worker


class Meter(QWidget):
    """A share as a bar, with a tick at the target and a second at 力争."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(9)
        self._share: float | None = None
        self._ticks: tuple[float, ...] = ()
        self._tone = "accent"

    def show_share(self, share: float | None, ticks: tuple[float, ...], tone: str) -> None:
        """Show a share of 0..1 and its ticks."""
        self._share, self._ticks, self._tone = share, ticks, tone
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground, the bar, the ticks."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            width = float(self.width())
            self._bar(painter, width, "border")
            if self._share:
                self._bar(painter, width * min(1.0, self._share), self._tone)
            painter.setBrush(theme.colour("text"))
            for tick in self._ticks:
                painter.drawRect(QRectF(min(width - 2, width * tick - 1), 0, 2, self.height()))

    def _bar(self, painter: QPainter, width: float, tone: str) -> None:
        painter.setBrush(theme.colour(tone))
        painter.drawRoundedRect(QRectF(0, 2, width, 5), 2.5, 2.5)


class IndicatorCard(Card):
    """One indicator: the value large, its target and last year small, and its bar."""

    def __init__(self, title: str) -> None:
        super().__init__(title, link=True)
        self._title = title
        self._sign = QLabel()
        self._value = label("", 18, bold=True)
        self._target = label("", 9, tone="second")
        self._counts = label("", 9, tone="second")
        self._before = label("", 9, tone="second")
        self._meter = Meter()
        name = label(title)
        for part in (name, self._target, self._counts, self._before):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        heading = row(name, self._sign)
        heading.setStretch(0, 1)
        value = row(self._value, self._before)
        value.setStretch(1, 1)
        self._before.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.fill(column(heading, value, self._target, self._counts, 4, self._meter, gap=0), 10)

    @property
    def text(self) -> str:
        """All that the card says, for the ear too."""
        shown = (self._value, self._target, self._counts, self._before)
        parts = (self._title, *(part.text() for part in shown))
        return "，".join(part for part in parts if part)

    def show_line(self, line: Line | None) -> None:
        """Show an indicator; a dash where there is none."""
        if line is None:
            self._value.setText("—")
            self._target.setText("没有教学计划课程")
            self._counts.clear()
            self._before.clear()
            self._sign.clear()
            self._meter.show_share(None, (), "accent")
            return
        one = line.indicator
        verdict, tone = judged(one)
        self._value.setText(value_text(one))
        self._target.setText(_target_text(one))
        self._counts.setText(_counts_text(one))
        self._before.setText(f"上年 {value_text(line.before)}" if line.before else "")
        sign = icon(tone, getattr(theme.tokens(), tone)) if tone else None
        self._sign.setPixmap(sign.pixmap(QSize(15, 15)) if sign else QPixmap())
        self._sign.setToolTip(verdict)
        ticks = tuple(
            limit
            for limit in ((one.target.reach, one.target.strive) if one.target else ())
            if limit is not None
        )
        self._meter.show_share(
            None if one.value is None else float(one.value), ticks, tone or "accent"
        )
        self.setAccessibleName(f"{self.text}，{verdict}" if verdict else self.text)
        self.setToolTip(f"{one.label}，{one.period.label}：{one.definition}")


def _target_text(one: Indicator) -> str:
    reach, strive = reach_text(one.target, one.unit), strive_text(one.target, one.unit)
    if not reach:
        return ""
    return f"目标 {reach}" + (f" · 力争 {strive}" if strive and strive != reach else "")


def _counts_text(one: Indicator) -> str:
    if not one.bottom:
        return "这一期没有可计算的记录"
    return f"{number_text(one.top)} / {number_text(one.bottom)}"


class ChartCard(Card):
    """A chart under its title, drawn beside the window as it is drawn on paper."""

    asked = Signal(object)  # the Indicator whose rows are wanted

    def __init__(self) -> None:
        super().__init__("图表")
        self._title = label("", 12, bold=True)
        self._hint = label("", 9, tone="second")
        self._rows = button("名单 ›", self._ask, link=True)
        self._canvas = QLabel()
        self._canvas.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._canvas.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._canvas.setProperty("tone", "hint")
        self.setMinimumHeight(200)
        self._figure: Figure | None = None
        self._indicator: Indicator | None = None
        self._worker: Worker | None = None
        self._job: Job | None = None
        self._drawn = QSize()
        layout = column(row(self._title, self._hint, 0, self._rows), self._canvas, gap=2)
        layout.setStretch(1, 1)
        self.fill(layout, 8)

    def show_figure(
        self, worker: Worker, title: str, hint: str, figure: Figure, indicator: Indicator
    ) -> None:
        """Show a chart; its button opens the rows of the indicator."""
        self._title.setText(title)
        self._hint.setText(hint)
        self.setAccessibleName(title)
        self._rows.setAccessibleName(f"{title}的名单")
        self._worker, self._figure, self._indicator = worker, figure, indicator
        self._rows.setVisible(bool(indicator.ids))
        self._drawn = QSize()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew at another size."""
        super().resizeEvent(event)
        self._draw()

    def _ask(self) -> None:
        self.asked.emit(self._indicator)

    def _draw(self) -> None:
        size, figure = self._canvas.size(), self._figure
        if figure is None or self._worker is None or size == self._drawn or size.width() < 80:
            return
        self._drawn = QSize(size)
        if self._job:
            self._job.cancel()
        if is_empty(figure):
            self._canvas.setText("这一年没有记录")
            return
        ratio = self.devicePixelRatioF()
        wide, high = round(size.width() * ratio), round(size.height() * ratio)
        dark = theme.tokens().name == "dark"
        self._job = self._worker.compute(
            lambda task: _drawn(figure, wide, high, ratio, dark), self._put
        )
        job = self._job
        job.ended.connect(lambda: self._forget(job))

    def _forget(self, job: Job) -> None:
        if self._job is job:
            self._job = None

    def _put(self, image: QImage) -> None:
        self._canvas.setPixmap(QPixmap.fromImage(image))


def _drawn(figure: Figure, wide: int, high: int, ratio: float, dark: bool) -> QImage:
    from xqhz_desktop.reports.drawing import picture
    from xqhz_desktop.reports.pen import DARK, LIGHT

    made = picture(figure, wide, high, 96 * ratio, DARK if dark else LIGHT)
    image = QImage(
        made.pixels, made.width, made.height, made.width * 4, QImage.Format.Format_RGBA8888
    ).copy()
    image.setDevicePixelRatio(ratio)
    return image
