"""A cluster does not count its tasks: Container Insights is off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, among
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


SETTING: Final = "containerInsights"


def check(cluster: Resource, _: Document) -> Iterator[Outcome]:
    """The one setting of a cluster."""
    for block in cluster.blocks("setting"):
        if block.get("name") == SETTING:
            if not among(block.get("value"), {"enabled", "enhanced"}):
                yield Violation(block.at("value"), "enabled or enhanced")
            return
    yield Violation("setting", f"{SETTING} enabled", found="absent")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_cluster",),
    why="The number of running tasks is not recorded, so no alarm can tell that a service is gone.",
    fix="Build the cluster with modules.cluster.Cluster, which turns Container Insights on.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html",
    controls=("aws-fsbp/ECS.12", "pci-dss-4.0.1/10.7.2"),
    check=check,
    mutations=(Mutation("setting"), Mutation("setting.0.value", "disabled")),
)
