"""A tag of an image can be moved to another image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(repository: Resource, _: Document) -> Iterator[Outcome]:
    """A tag names one image forever."""
    yield from must(repository, "image_tag_mutability", equals="IMMUTABLE", default="MUTABLE")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecr_repository",),
    why="What was tested under 1.4.2 is not what starts under 1.4.2, and nobody can tell when it changed.",
    fix="Set image_tag_mutability to IMMUTABLE; modules.repository.Repository does.",
    docs="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
    controls=("pci-dss-4.0.1/6.5.1", "aws-fsbp/ECR.2"),
    check=check,
    mutations=(
        Mutation("image_tag_mutability", "MUTABLE"),
        Mutation("image_tag_mutability", ABSENT),
    ),
)
