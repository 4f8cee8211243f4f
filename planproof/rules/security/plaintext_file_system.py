"""A task mounts a file system without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(task: Resource, _: Document) -> Iterator[Outcome]:
    """Each volume of EFS is mounted with TLS."""
    for volume in task.blocks("volume"):
        if volume.get("efs_volume_configuration") is not None:
            path = volume.at("efs_volume_configuration.0.transit_encryption")
            yield from must(task, path, equals="ENABLED", default="DISABLED")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_task_definition",),
    why="Files cross the network readable.",
    fix="Set transit_encryption to ENABLED in efs_volume_configuration.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html",
    controls=("pci-dss-4.0.1/4.2.1",),
    check=check,
    mutations=(
        Mutation(
            "volume.0.efs_volume_configuration",
            [{"file_system_id": "fs-1"}],
            at="volume.0.efs_volume_configuration.0.transit_encryption",
        ),
        Mutation(
            "volume.0.efs_volume_configuration",
            [{"file_system_id": "fs-1", "transit_encryption": "DISABLED"}],
            at="volume.0.efs_volume_configuration.0.transit_encryption",
        ),
    ),
    specimen={
        "resource": {
            "aws_ecs_task_definition": {
                "papers": {
                    "volume": [
                        {
                            "name": "papers",
                            "efs_volume_configuration": [{"file_system_id": "fs-1", "transit_encryption": "ENABLED"}],
                        }
                    ]
                }
            }
        }
    },
)
