"""What a guess at a password costs in tests: next to nothing; what it costs truly has its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

from xqhz_desktop.store import holders

TRUE = holders.Cost
CHEAP = partial(TRUE, memory=64, passes=1, lanes=1)


@contextmanager
def wrapping() -> Iterator[None]:
    """Meanwhile secrets are wrapped in no time in this process, and in what it forks."""
    with patch.object(holders, "Cost", CHEAP):
        yield
