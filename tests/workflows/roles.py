"""The roles that the pipeline takes, and everything that their policies say."""

from __future__ import annotations

from typing import Any

from delivery.where import where
from planproof.document import Document, Resource


def role(document: Document, name: str) -> Resource:
    """The role that the pipeline names."""
    arn = where(document.name, name, {}).splitlines()[-1].removeprefix("role=")
    (found,) = [one for one in document.of("aws_iam_role") if arn.endswith(f":role/{one.get('name')}")]
    return found


def statements(document: Document, name: str) -> list[dict[str, Any]]:
    """Everything the role's policies say."""
    attached = document.referrers(role(document, name), "aws_iam_role_policy_attachment")
    policies = [document.target(one, "policy_arn") for one in attached]
    documents = [one.policy("policy") for one in policies if one is not None]
    assert len(documents) == len(attached)
    return [statement for one in documents if isinstance(one, dict) for statement in one["Statement"]]
