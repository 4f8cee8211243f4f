"""What a deployment tells the tests that come after it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import PLATFORMS, ROOT

READERS = sorted((ROOT / "tests/integration").glob("*.py"))


def read_by_name(file: Path) -> set[str]:
    """The outputs that a file asks for by a literal name."""
    return {
        node.slice.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript)
        and ast.unparse(node.value) in {"outputs", "found"}
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    }


def test_what_the_tests_ask_for_is_required() -> None:
    """An output that is taken away is found at synthesis, not after an hour of deployment."""
    settings = yaml.safe_load((ROOT / "planproof.yaml").read_text(encoding="utf-8"))
    asked = set().union(*map(read_by_name, READERS))

    assert len(asked) > 15
    assert asked <= set(settings["outputs"]["required"])


@pytest.mark.parametrize("environment", PLATFORMS)
def test_no_output_is_a_secret(environment: str, synthesized: dict[str, dict[str, Any]]) -> None:
    """Outputs are printed, kept in files and read by many: they name things and never open them."""
    values = {name: output["value"] for name, output in synthesized[environment]["output"].items()}

    assert [name for name, value in values.items() if "password" in str(value).lower()] == []
    assert values["database_secret_arn"].endswith("secret_arn}")
