"""The commit a plan is made of, for the Terraform variable `revision`: plans of different commits are not mixed."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "TF_VAR_revision"


def revision(root: Path, variables: Mapping[str, str]) -> Mapping[str, str]:
    """The variable to run Terraform with; what the caller set stands, and outside of a repository there is none.

    `+` after the commit says that files differ from it.
    """
    if VARIABLE in variables or not (root / ".git").exists():
        return {}
    commit = _git(root, variables, "rev-parse", "HEAD")
    changed = "+" if _git(root, variables, "status", "--porcelain", "--untracked-files=no") else ""
    return {VARIABLE: f"{commit}{changed}"} if commit else {}


def _git(root: Path, variables: Mapping[str, str], *arguments: str) -> str:
    """What git says; nothing when there is no git or no commit."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False, env=dict(variables)
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
