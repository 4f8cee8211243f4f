"""Policy documents, written once so that every one has the same shape."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

VERSION = "2012-10-17"
"""The current policy language: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"""

Condition = Mapping[str, Mapping[str, str | Sequence[str]]]


def document(*statements: Mapping[str, Any]) -> str:
    """The JSON of a policy."""
    return json.dumps({"Version": VERSION, "Statement": statements})


def allow(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str] = (),
    *,
    principal: Mapping[str, str | Sequence[str]] | str | None = None,
    condition: Condition | None = None,
) -> dict[str, Any]:
    """One permission. `resources` stays empty in a trust policy only."""
    return _statement("Allow", sid, actions, resources, principal, condition)


def deny(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str],
    *,
    principal: Mapping[str, str | Sequence[str]] | str | None = None,
    condition: Condition | None = None,
) -> dict[str, Any]:
    """One prohibition, which no permission overrides."""
    return _statement("Deny", sid, actions, resources, principal, condition)


def deny_plain_http(service: str, resources: Sequence[str]) -> dict[str, Any]:
    """Refuse every call that is not made over TLS (PCI DSS 4.2.1)."""
    return deny(
        "RefusePlainHttp",
        [f"{service}:*"],
        resources,
        principal="*",
        condition={"Bool": {"aws:SecureTransport": "false"}},
    )


def sid(sentence: str) -> str:
    """A statement id made of the words of a sentence: IAM allows letters and digits only."""
    return "".join(word.capitalize() for word in "".join(c if c.isalnum() else " " for c in sentence).split())


def _statement(  # noqa: PLR0917 - the elements of a statement in IAM's order
    effect: str,
    sid: str,
    actions: Sequence[str],
    resources: Sequence[str],
    principal: Mapping[str, str | Sequence[str]] | str | None,
    condition: Condition | None,
) -> dict[str, Any]:
    statement: dict[str, Any] = {"Sid": sid, "Effect": effect}
    if principal is not None:
        statement["Principal"] = principal
    statement["Action"] = list(actions)
    if resources:
        statement["Resource"] = list(resources)
    if condition:
        statement["Condition"] = condition
    return statement
