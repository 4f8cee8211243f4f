"""A task runs an image by a tag that moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource, Unknown
from planproof.reading.containers import TEXT, containers
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(task: Resource, _: Document) -> Iterator[Outcome]:
    """Each image has a tag other than latest, or a digest."""
    for container in containers(task):
        image = container.get("image", "")
        text = image.template if isinstance(image, Unknown) else str(image)
        tag = text.rpartition("/")[2].rpartition("}")[2].partition("@")[0].rpartition(":")
        if "@sha256:" in text:
            continue
        if isinstance(image, Unknown) and not tag[1]:
            yield Undecided(container.at("image"), image.cause)
            continue
        if not tag[1] or tag[2] in {"", "latest"}:
            yield Violation(container.at("image"), "a version or a digest")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_task_definition",),
    why="A restart at night starts another program than the one that was tested.",
    fix="Name a version or a digest in the image; environments/*.yaml holds image_tag.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html",
    controls=("pci-dss-4.0.1/6.5.1", "pci-dss-4.0.1/6.3.2"),
    check=check,
    mutations=(
        Mutation(f"{TEXT}.0.image", "payments:latest"),
        Mutation(f"{TEXT}.0.image", "registry.example:5000/payments"),
        Mutation(f"{TEXT}.0.image", "${aws_ecr_repository.payments.repository_url}:latest"),
    ),
)
