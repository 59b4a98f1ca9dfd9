"""What the window offers to copy of a bug holds nothing of any person."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.services.books import id_number
from xqhz_desktop import app
from xqhz_desktop.ui.dialogs import bug_dialog
from xqhz_desktop.ui.worker import Worker

ID, PHONE, NAME = id_number(7), "139 0000 1234", "王小芳"


def fail(*_: object) -> None:
    """A bug whose words are a row of the records."""
    raise ValueError({"name": NAME, "id_number": ID, "phone": PHONE})


def is_clean(said: str) -> bool:
    """Whether it tells the place, and no person."""
    return "in fail" in said and not any(secret in said for secret in (ID, PHONE, NAME))


@pytest.fixture
def worker(qtbot: Any) -> Iterator[Worker]:
    """The threads of a window."""
    made = Worker()
    yield made
    made.stop()


def test_a_bug_in_work_off_the_window_is_told_without_its_words(qtbot: Any, worker: Worker) -> None:
    said: list[str] = []

    def keep(details: str) -> None:
        said.append(details)

    worker.broke.connect(keep)
    worker.read(fail, lambda _: None)
    qtbot.waitUntil(lambda: bool(said) and not worker.busy)
    assert is_clean(said[0])


def test_a_bug_in_the_window_is_told_without_its_words() -> None:
    said: list[str] = []

    class Window:
        """Only listens."""

        def tell_bug(self, details: str) -> None:
            """Keep what would be shown."""
            said.append(details)

    hook = app.Hook(Window())  # type: ignore[arg-type]
    try:
        fail()
    except ValueError:
        kind, error, trace = sys.exc_info()
        assert kind is not None
        assert error is not None
        hook(kind, error, trace)
    assert is_clean(said[0])


def test_what_is_copied_is_what_was_told(qtbot: Any, qapp: Any) -> None:
    box = bug_dialog(None, "in fail")
    qtbot.addWidget(box)
    (copy,) = [one for one in box.buttons() if one.text() == "复制详情"]
    copy.click()
    assert qapp.clipboard().text() == "in fail"
