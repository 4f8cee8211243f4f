"""An image repository keeps every image for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.rule import Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(repository: Resource, document: Document) -> Iterator[Outcome]:
    """Look for its lifecycle policy, by reference or by name."""
    name = repository.get("name")
    policies = document.of("aws_ecr_lifecycle_policy")
    by_name = isinstance(name, str) and any(policy.get("repository") == name for policy in policies)
    if not by_name and not document.referrers(repository, "aws_ecr_lifecycle_policy"):
        yield Violation("name", "an aws_ecr_lifecycle_policy that lets old images go")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_ecr_repository",),
    why="Each build adds an image that is paid every month, and old images with known holes stay deployable.",
    fix="Build the repository with modules.repository.Repository, which expires what is old.",
    docs="https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
    controls=("aws-fsbp/ECR.3",),
    check=check,
    mutations=(Removal("aws_ecr_lifecycle_policy", at="name"),),
)
