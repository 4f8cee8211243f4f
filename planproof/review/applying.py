"""Applying the plan that was approved, and no other: Terraform's own binary plan, shown, compared, applied."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from planproof.errors import UserError

TERRAFORM: Final = "terraform"


def shown(plan: Path, folder: Path) -> bytes:
    """The JSON of a binary plan, as Terraform shows it. Raises `UserError` when it cannot."""
    if not plan.is_file():
        raise UserError(f"{plan} cannot be applied", "no such file", hint="name the file of terraform plan -out=FILE")
    try:
        done = subprocess.run(
            [terraform(), "show", "-json", str(plan.absolute())],
            cwd=folder, capture_output=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise UserError(f"{plan} cannot be shown", str(error), hint="see that terraform can be started") from error
    if done.returncode:
        raise UserError(
            f"{plan} cannot be shown",
            *done.stderr.decode(errors="backslashreplace").strip().splitlines()[:4],
            hint=f"run it in the folder that terraform init was run in: --chdir FOLDER (now {folder})",
        )
    return done.stdout


def run(plan: Path, folder: Path) -> int:
    """Apply the plan; the exit code is Terraform's, its output goes to the terminal."""
    done = subprocess.run([terraform(), "apply", "-input=false", str(plan.absolute())], cwd=folder, check=False)
    return done.returncode


def terraform() -> str:
    """Where Terraform is. Raises `UserError` when it is nowhere."""
    found = shutil.which(TERRAFORM)
    if found is None:
        raise UserError("terraform cannot be found", "it is not on PATH", hint="install Terraform 1.11 or newer")
    return found
