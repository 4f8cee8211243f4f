"""A secret parameter is encrypted with the key that AWS manages for the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(parameter: Resource, document: Document) -> Iterator[Outcome]:
    """A SecureString has a customer key; other kinds hold no secret."""
    if parameter.get("type") == "SecureString":
        yield from must_use_our_key(parameter, "key_id", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ssm_parameter",),
    why="Everybody who may read parameters may decrypt them: no key policy stands behind the permission.",
    fix="Give key_id the arn of a customer key.",
    docs="https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html",
    controls=("pci-dss-4.0.1/8.3.2",),
    check=check,
    mutations=(
        Mutation("key_id", ABSENT),
        Mutation("key_id", "alias/aws/ssm"),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_ssm_parameter": {"token": {"type": "SecureString", "key_id": "${aws_kms_key.data.arn}"}},
        }
    },
)
