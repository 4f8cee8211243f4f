"""How the suite is spread over its workers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GROUPED = """\
import os, pathlib, pytest

@pytest.mark.parametrize("number", range(6))
@pytest.mark.xdist_group("deployment")
def test_one(number):
    pathlib.Path(f"{number}.{os.environ['PYTEST_XDIST_WORKER']}").touch()
"""


@pytest.mark.slow
def test_a_group_stays_with_one_worker(tmp_path: Path) -> None:
    """What a group shares is made once: were it made by every worker, the suite would deploy four times over.

    pytest-xdist 3.8.0 ignores groups with pytest 9.2 without a word: pytest-dev/pytest-xdist#1386.
    """
    (tmp_path / "test_grouped.py").write_text(GROUPED, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "3", "--dist", "loadgroup", "-p", "no:cacheprovider"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stdout
    ran = [path.suffix for path in tmp_path.glob("*.gw*")]
    assert len(ran) == 6
    assert len(set(ran)) == 1
