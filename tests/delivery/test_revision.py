"""A plan says of which commit it is made."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from delivery.revision import VARIABLE, revision

WHO = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one commit."""
    (tmp_path / "main.py").write_text("one")
    for arguments in (("init", "-q"), ("add", "main.py"), (*WHO, "commit", "-q", "-m", "one")):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
    return tmp_path


def commit(root: Path) -> str:
    """The commit that is checked out."""
    return subprocess.run(
        ["git", "-C", str(root), "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_plan_is_of_the_commit_that_is_checked_out(root: Path) -> None:
    """Reviews of dev, staging and prod belong together only when they are of one commit."""
    assert revision(root, os.environ) == {VARIABLE: commit(root)}


def test_a_plan_of_changed_files_says_so(root: Path) -> None:
    """What is not committed is not what others would plan."""
    (root / "main.py").write_text("two")

    assert revision(root, os.environ) == {VARIABLE: f"{commit(root)}+"}


def test_the_pipeline_may_say_it_better(root: Path) -> None:
    """A pull request is planned at a merge commit that nobody knows; its pipeline names the one that people see."""
    assert revision(root, {**os.environ, VARIABLE: "1f3a"}) == {}


@pytest.mark.parametrize("path", ["", None])
def test_without_a_repository_or_git_nothing_is_said(path: str | None, tmp_path: Path, root: Path) -> None:
    """An unpacked archive is planned all the same."""
    there = tmp_path / "elsewhere"
    there.mkdir()

    assert revision(there, os.environ) == {}
    assert path is None or revision(root, {"PATH": path}) == {}
