"""Terraform and the AWS provider themselves accept what is synthesised, before anything is planned."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from delivery import mirror
from delivery.toolchain import QUIET, find_terraform
from tests.test_snapshots import STACKS

pytestmark = pytest.mark.slow


def validated(stack: Path, folder: Path) -> dict[str, Any]:
    """What `terraform validate` says of a synthesised stack, with the provider from where deliveries take it."""
    place = folder / stack.name
    place.mkdir()
    shutil.copy(stack / "cdk.tf.json", place)
    variables = {**os.environ, **QUIET, **mirror.configure(os.environ, folder / "terraform.tfrc")}
    terraform = find_terraform(os.environ)
    for arguments in (["init", "-backend=false", "-input=false", "-no-color"], ["validate", "-json"]):
        done = subprocess.run(
            [terraform, *arguments],
            cwd=place,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("stack", STACKS)
def test_terraform_accepts_the_stack(stack: str, cdktf_out: Path, tmp_path: Path) -> None:
    """No deployment of a release stops at an argument that the provider does not know."""
    said = validated(cdktf_out / "stacks" / stack, tmp_path)

    assert (said["valid"], said["diagnostics"]) == (True, [])


def test_what_the_provider_does_not_know_is_found(cdktf_out: Path, tmp_path: Path) -> None:
    """The question is a real one: a misspelt argument is refused, by its name."""
    stack = tmp_path / "misspelt"
    stack.mkdir()
    raw = json.loads((cdktf_out / "stacks/dev-state/cdk.tf.json").read_text(encoding="utf-8"))
    (key,) = raw["resource"]["aws_kms_key"].values()
    key["enable_rotation"] = True
    (stack / "cdk.tf.json").write_text(json.dumps(raw), encoding="utf-8")
    (tmp_path / "work").mkdir()

    said = validated(stack, tmp_path / "work")

    assert not said["valid"]
    assert "enable_rotation" in said["diagnostics"][0]["detail"]
