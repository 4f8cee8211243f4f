"""A file system can be mounted by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.policies import has_policy, must_not_be_open
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


OURS: Final = (
    '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, '
    '"Action": "elasticfilesystem:ClientMount", "Resource": "*"}]}'
)


def check(policy: Resource, document: Document) -> Iterator[Outcome]:
    """Nobody is let in who is everybody."""
    yield from must_not_be_open(policy, "policy", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_efs_file_system_policy",),
    why="Whoever reaches a mount target reads and writes every file.",
    fix="Name the roles that mount it, or require elasticfilesystem:AccessedViaMountTarget.",
    docs="https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html",
    controls=("pci-dss-4.0.1/7.3.3",),
    check=check,
    mutations=(
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": "*", "Action": "elasticfilesystem:ClientMount", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "elasticfilesystem:ClientMount", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "elasticfilesystem:ClientMount",
                "Resource": "*",
                "Condition": {"StringLike": {"aws:SourceArn": "*"}},
            },
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
    ),
    specimen={"resource": {"aws_efs_file_system_policy": {"ours": {"policy": OURS}}}},
)
