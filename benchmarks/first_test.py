"""A plugin of pytest: the session ends where its first test would begin, with all that the test asked for at hand."""

from __future__ import annotations

import pytest


def pytest_runtest_call() -> None:
    """End the session."""
    pytest.exit("the first test begins", returncode=0)
