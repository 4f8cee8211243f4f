"""Small rules and documents for the engine's own tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from planproof.document import Document, Resource, parse
from planproof.rule import Outcome, Rule, Severity

MakeRule = Callable[..., Rule]
MakeDocument = Callable[..., Document]


@pytest.fixture
def rule() -> MakeRule:
    """Makes a rule about keys from its check."""

    def make(
        check: Callable[[Resource, Document], Iterable[Outcome]],
        name: str = "bad_key",
        *,
        severity: Severity = Severity.HIGH,
        waivable: bool = True,
        resources: tuple[str, ...] = ("aws_kms_key",),
    ) -> Rule:
        return Rule(
            module=f"tests.{name}",
            title="A key is bad.",
            severity=severity,
            resources=resources,
            why="Bad keys open good doors.",
            fix="Make the key good.",
            docs="https://docs.aws.amazon.com/kms/",
            controls=("aws-fsbp/KMS.4",),
            check=check,
            mutations=(),
            waivable=waivable,
        )

    return make


@pytest.fixture
def document() -> MakeDocument:
    """Makes a document with these keys."""

    def make(name: str = "staging", /, **keys: dict[str, Any]) -> Document:
        raw = {
            "//": {"metadata": {"stackName": name}},
            "resource": {
                "aws_kms_key": {
                    key: {**body, "//": {"metadata": {"path": f"{name}/keys/{key}"}}} for key, body in keys.items()
                }
            },
        }
        return parse(raw, name=name, source=f"{name}.json")

    return make
