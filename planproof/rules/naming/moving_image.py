"""A container's image can change under the same name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, Unknown
from planproof.reading.tasks import containers
from planproof.rule import (
    Mutation,
    Outcome,
    Rule,
    Severity,
    Undecided,
    Violation,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


FIXED: Final = re.compile(r"(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9_.-]*)$")


def check(task: Resource, _: Document) -> Iterator[Outcome]:
    """A version or a digest at the end, and not latest."""
    for position, container in enumerate(containers(task)):
        path = f"container_definitions.{position}.image"
        image = container.get("image")
        text = image.template if isinstance(image, Unknown) else str(image or "")
        if isinstance(image, Unknown) and text.endswith("}"):
            yield Undecided(path, image.cause)
        elif not FIXED.search(text) or text.endswith(":latest"):
            yield Violation(path, "an image with a version or a digest")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_task_definition",),
    why="What was tested and what is started after the next crash are two programs.",
    fix="Set image_tag of the service in the environment's YAML to a version.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html",
    controls=("pci-dss-4.0.1/6.5.1", "aws-fsbp/ECR.2"),
    check=check,
    mutations=(
        Mutation("container_definitions.0.image", "nginx"),
        Mutation("container_definitions.0.image", "nginx:latest"),
        Mutation("container_definitions.0.image", "registry.example:5000/payments"),
    ),
)
