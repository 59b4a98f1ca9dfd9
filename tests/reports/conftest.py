"""What the tests of reports may ask for; the helper module beside this becomes importable by it."""

from collections.abc import Callable

import pytest
from invented_year import invented

from xqhz_desktop.reports.yearbook import YearBookData


@pytest.fixture
def book() -> Callable[..., YearBookData]:
    """Makes the year of an invented school: `book(rows=4000)`, `book(by_calendar=True)`."""
    return invented
