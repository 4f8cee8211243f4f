"""A task shares the network, the processes or the memory of its host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(task: Resource, _: Document) -> Iterator[Outcome]:
    """None of the three is the host's, nor is a folder of the host mounted."""
    for path in ("network_mode", "pid_mode", "ipc_mode"):
        if task.get(path) == "host":
            yield Violation(path, "awsvpc" if path == "network_mode" else "no mode")
    for volume in task.blocks("volume"):
        if volume.get("host_path") is not None:
            yield Violation(volume.at("host_path"), "a volume of the task's own")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_task_definition",),
    why="Whoever breaks into the program reaches the keys of the machine and the programs beside it.",
    fix="Set network_mode to awsvpc and leave pid_mode and ipc_mode out.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
    controls=("pci-dss-4.0.1/2.2.3", "aws-fsbp/ECS.3", "aws-fsbp/ECS.17"),
    check=check,
    mutations=(
        Mutation("network_mode", "host"),
        Mutation("pid_mode", "host"),
        Mutation("ipc_mode", "host"),
        Mutation("volume.0.host_path", "/var/run/docker.sock"),
    ),
)
