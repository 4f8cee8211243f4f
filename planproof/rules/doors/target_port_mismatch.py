"""A load balancer sends to a port on which the container does not listen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import as_number
from planproof.document import Document, Resource
from planproof.reading.tasks import containers_of, ports
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(service: Resource, document: Document) -> Iterator[Outcome]:
    """Container, its port and the port of the target group agree."""
    containers = containers_of(service, document)
    if containers is None:
        return
    for block in service.blocks("load_balancer"):
        name, port = block.get("container_name"), block.get("container_port")
        named = [one for one in containers if one.get("name") == name]
        if not named:
            yield Violation(
                block.at("container_name"), f"one of {', '.join(str(one.get('name')) for one in containers)}"
            )
        elif as_number(port) not in ports(named[0]):
            yield Violation(
                block.at("container_port"), f"one of {', '.join(map(str, sorted(ports(named[0])))) or 'no port'}"
            )
        else:
            yield from _same(service, block.at("target_group_arn"), int(port), document)


def _same(service: Resource, path: str, port: int, document: Document) -> Iterator[Outcome]:
    group = document.target(service, path)
    if group is not None and group.get("target_type") == "ip" and group.get("port") != port:
        yield Violation("port", f"the container's {port}", resource=group)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_service",),
    why="Every task fails its health check and is replaced, for ever: the deployment never ends.",
    fix="Write the port once, in application.yaml: modules.service.Service gives it to all three.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
    controls=("pci-dss-4.0.1/1.2.5",),
    check=check,
    mutations=(
        Mutation("load_balancer.0.container_port", 9999, on=lambda one, _: one.get("load_balancer") is not None),
        Mutation("load_balancer.0.container_name", "sidecar", on=lambda one, _: one.get("load_balancer") is not None),
        Mutation("port", 9999, "aws_lb_target_group"),
        Mutation(
            "container_definitions.0.portMappings.0.containerPort",
            9999,
            "aws_ecs_task_definition",
            at="load_balancer.0.container_port",
            on=lambda one, document: any(
                service.get("load_balancer") is not None for service in document.referrers(one, "aws_ecs_service")
            ),
        ),
    ),
)
