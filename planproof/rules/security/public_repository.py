"""Everybody can pull images from a repository, or push them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.policies import has_policy, must_not_be_open
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


OURS: Final = (
    '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, '
    '"Action": "ecr:BatchGetImage", "Resource": "*"}]}'
)


def check(policy: Resource, document: Document) -> Iterator[Outcome]:
    """Nobody is let in who is everybody."""
    yield from must_not_be_open(policy, "policy", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecr_repository_policy", "aws_ecr_registry_policy"),
    why="Our program, and every secret that slipped into an image, belongs to everybody.",
    fix="Name the accounts that pull; inside one account no repository policy is needed.",
    docs="https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
    controls=("pci-dss-4.0.1/7.3.3",),
    check=check,
    mutations=(
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "ecr:BatchGetImage", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "ecr:BatchGetImage",
                "Resource": "*",
                "Condition": {"StringLike": {"aws:SourceArn": "*"}},
            },
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
    ),
    specimen={"resource": {"aws_ecr_repository_policy": {"ours": {"policy": OURS}}}},
)
