"""Puts half-typed forms by while they are typed, so that neither a crash nor a lock loses them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from xqhz_desktop.services import drafts
from xqhz_desktop.services.drafts import Form
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.worker import Job

_WITHIN_MS = 500  # after the first key that is not put by yet


class Drafting(QObject):
    """Holds what each form says and writes it within a second, on the writing thread.

    Who may write nothing puts nothing by.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._may = drafts.may_keep(desk.office)
        self._said: dict[Form, Any] = {}
        self._kept: dict[Form, Any] = {}
        self._timer = QTimer(self, singleShot=True, interval=_WITHIN_MS)
        self._timer.timeout.connect(lambda: self.flush())
        desk.leaving.connect(lambda: self.flush())

    def put(self, form: Form, content: Any) -> None:
        """What a form says now; nothing where nothing of it is unsaved."""
        self._said[form] = content
        if self._may and not self._timer.isActive() and self._differs(form):
            self._timer.start()

    def said(self, form: Form, before: Any) -> Any:
        """What the form said last: what waits to be written, else what was read `before`."""
        return (self._said[form] if self._differs(form) else before) or {}

    def drop(self, form: Form, then: Callable[[], object] = lambda: None) -> None:
        """The form was saved or given up: nothing of it is to come back."""
        self._said[form] = self._kept[form] = None
        if self._may:
            office = self._desk.office
            job = self._desk.worker.write(
                lambda _: drafts.drop(office, form), lambda _: None, aside=True
            )
            job.done.connect(lambda _: then())

    def flush(self, then: Callable[[], object] = lambda: None) -> None:
        """Write what is not put by yet, then go on."""
        asked = [one for one in self._said if self._may and self._differs(one)]
        for form in asked[:-1]:
            self._write(form, self._said[form])
        if asked:
            self._write(asked[-1], self._said[asked[-1]]).done.connect(lambda _: then())
        else:
            then()

    def _differs(self, form: Form) -> bool:
        """Whether the records' file holds something else; what was asked to be written may fail."""
        return (self._said.get(form) or None) != (self._kept.get(form) or None)

    def _write(self, form: Form, content: Any) -> Job:
        office = self._desk.office

        def kept(_: object) -> None:
            self._kept[form] = content
            if self._differs(form):  # typed on meanwhile
                self._timer.start()

        work = lambda _: drafts.keep(office, form, content)  # noqa: E731
        return self._desk.worker.write(work, kept, aside=True)
