"""Images are not searched for known vulnerabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(repository: Resource, document: Document) -> Iterator[Outcome]:
    """On every push, unless the registry scans all."""
    if not document.of("aws_ecr_registry_scanning_configuration"):
        yield from must(repository, "image_scanning_configuration.0.scan_on_push", equals=True, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecr_repository",),
    why="A hole that everybody knows of stays open until somebody uses it.",
    fix="Set scan_on_push to true, or scan the whole registry; modules.repository.Repository does.",
    docs="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html",
    controls=("pci-dss-4.0.1/6.3.1", "pci-dss-4.0.1/11.3.1", "aws-fsbp/ECR.1"),
    check=check,
    mutations=(
        Mutation("image_scanning_configuration.0.scan_on_push", value=False),
        Mutation("image_scanning_configuration", ABSENT, at="image_scanning_configuration.0.scan_on_push"),
    ),
)
