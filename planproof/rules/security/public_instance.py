"""A machine or a task has a public address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import (
    Filter,
    Mutation,
    Outcome,
    Rule,
    Severity,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


PLACES: Final = {
    "aws_ecs_service": ("network_configuration.0.assign_public_ip",),
    "aws_ecs_task_set": ("network_configuration.0.assign_public_ip",),
    "aws_instance": ("associate_public_ip_address",),
    "aws_launch_template": ("network_interfaces.0.associate_public_ip_address",),
    "aws_launch_configuration": ("associate_public_ip_address",),
}


def of_type(kind: str) -> Filter:
    """Choose the resources of one type."""
    return lambda resource, _: resource.type == kind


def check(machine: Resource, _: Document) -> Iterator[Outcome]:
    """No attribute asks for a public address."""
    for path in PLACES[machine.type]:
        if machine.get(path) is not None:
            yield from must(machine, path, equals=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(
        "aws_ecs_service",
        "aws_ecs_task_set",
        "aws_instance",
        "aws_launch_template",
        "aws_launch_configuration",
    ),
    why="Only its security group stands between the program and the internet, with no load balancer and no WAF.",
    fix="Set assign_public_ip to false and use the private subnets; modules.service.Service does.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
    controls=(
        "pci-dss-4.0.1/1.4.2",
        "aws-fsbp/ECS.2",
        "aws-fsbp/ECS.16",
        "aws-fsbp/EC2.9",
        "aws-fsbp/EC2.25",
        "aws-fsbp/AutoScaling.5",
    ),
    check=check,
    mutations=(*(Mutation(path, value=True, on=of_type(kind)) for kind, paths in PLACES.items() for path in paths),),
    specimen={
        "resource": {
            "aws_ecs_task_set": {"blue": {"network_configuration": {"subnets": [], "assign_public_ip": False}}},
            "aws_instance": {"job": {"associate_public_ip_address": False}},
            "aws_launch_template": {"job": {"network_interfaces": [{"associate_public_ip_address": "false"}]}},
            "aws_launch_configuration": {"job": {"associate_public_ip_address": False}},
        }
    },
)
