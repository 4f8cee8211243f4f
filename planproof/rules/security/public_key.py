"""A key may be used by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.policies import has_policy, must_not_be_open
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(policy: Resource, document: Document) -> Iterator[Outcome]:
    """Nobody is let in who is everybody; without a policy AWS lets in the account alone."""
    yield from must_not_be_open(policy, "policy", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_key_policy"),
    why="Encryption protects nothing: whoever has the data may have it decrypted.",
    fix="Name the account, and the services with aws:SourceAccount; modules.key.Key writes such a policy.",
    docs="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html",
    controls=("pci-dss-4.0.1/3.6.1", "pci-dss-4.0.1/3.7.3", "aws-fsbp/KMS.5"),
    check=check,
    mutations=(
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Decrypt", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "kms:Decrypt",
                "Resource": "*",
                "Condition": {"StringLike": {"aws:SourceArn": "*"}},
            },
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.1",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "kms:Decrypt",
                "Resource": "*",
                "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
            },
            at="policy.Statement.1.Principal",
            on=has_policy("policy"),
        ),
    ),
)
