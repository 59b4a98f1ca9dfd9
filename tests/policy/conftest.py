"""What the tests of policy share: the program's own lists of rules and targets."""

from collections.abc import Mapping, Sequence

import pytest

from xqhz_desktop.policy.citations import Rule, read_rules, read_targets
from xqhz_desktop.policy.results import Target


@pytest.fixture(scope="session")
def rules() -> Mapping[str, Rule]:
    return read_rules()


@pytest.fixture(scope="session")
def targets() -> Sequence[Target]:
    return read_targets()
