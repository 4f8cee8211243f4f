"""Services may grow beyond the free addresses of their subnets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, Unknown
from planproof.reading.subnets import block, subnets_at
from planproof.reading.tasks import SERVICE, targets_of
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


SUBNETS: Final = "network_configuration.0.subnets"
RESERVED: Final = 5
"""The first four and the last address of each subnet: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"""


def check(target: Resource, document: Document) -> Iterator[Outcome]:
    """The tasks at the most, twice over while a deployment replaces them, need an address each."""
    need = document.once(_needs).get(target.address)
    if need is None:
        return
    if isinstance(need, str):
        yield Undecided("max_capacity", need)
        return
    greatest, total, free = need
    if greatest == target.address and total > free:
        yield Violation("max_capacity", f"so little that all services of these subnets need at most {free} addresses")


def _needs(document: Document) -> dict[str, tuple[str, int, int] | str]:
    """For each target: the greediest of its subnets, what all need there, and what is free; or why it is not known."""
    wanted: dict[frozenset[str], list[tuple[int, str]]] = {}
    free: dict[frozenset[str], int] = {}
    hidden: dict[str, str] = {}
    for service in document.of(SERVICE):
        subnets = subnets_at(service, SUBNETS, document)
        blocks = [block(one.get("cidr_block")) for one in subnets or ()]
        if not blocks or None in blocks:
            continue
        place = frozenset(one.address for one in subnets or ())
        free[place] = sum(one.num_addresses - RESERVED for one in blocks if one is not None)
        percent = service.get("deployment_maximum_percent", 200)
        for target in targets_of(service, document):
            most = target.get("max_capacity")
            if isinstance(most, Unknown):
                hidden[target.address] = most.cause
            elif isinstance(most, int) and isinstance(percent, int):
                wanted.setdefault(place, []).append((most * percent // 100, target.address))
    found: dict[str, tuple[str, int, int] | str] = {**hidden}
    for place, needs in wanted.items():
        total, greatest = sum(need for need, _ in needs), max(needs)[1]
        found |= {address: (greatest, total, free[place]) for _, address in needs}
    return found


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_appautoscaling_target",),
    why="At the highest load new tasks get no address, and deployments stop half done.",
    fix="Lower max_tasks, or give the environment a larger network.cidr.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
    controls=(),
    check=check,
    mutations=(Mutation("max_capacity", 100_000), Mutation("max_capacity", 6, on=lambda one, _: one.name == "small")),
    specimen={
        "resource": {
            "aws_subnet": {"small": {"cidr_block": "10.0.0.0/28"}},
            "aws_ecs_service": {
                "small": {"name": "small", "network_configuration": {"subnets": ["${aws_subnet.small.id}"]}}
            },
            "aws_appautoscaling_target": {
                "small": {
                    "resource_id": "service/main/${aws_ecs_service.small.name}",
                    "min_capacity": 1,
                    "max_capacity": 5,
                }
            },
        }
    },
)
