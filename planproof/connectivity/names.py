"""Short names for hosts: what a person calls them, and no two alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.connectivity.read_groups import service_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def named(document: Document, resources: list[Resource]) -> Iterator[tuple[str, Resource]]:
    """Each resource with the shortest name that is its own.

    `staging/payments/service` is `payments` if nothing else below `staging/payments` has interfaces, else
    `payments/service`; an endpoint goes by its service; what has no construct path by its Terraform name.
    """
    offers = {resource.address: list(candidates(document, resource)) for resource in resources}
    taken: dict[str, int] = {}
    for names in offers.values():
        for name in dict.fromkeys(names):
            taken[name] = taken.get(name, 0) + 1
    for resource in resources:
        names = offers[resource.address]
        yield next((name for name in names if taken[name] == 1), resource.address), resource


def candidates(document: Document, resource: Resource) -> Iterator[str]:
    """Names from the shortest to the longest."""
    if resource.type == "aws_vpc_endpoint" and (service := service_of(resource.get("service_name"))):
        yield service
    steps = resource.origin.split("/")
    if resource.origin and resource.origin != resource.address and len(steps) > 1:
        steps = steps[1:] if steps[0] == document.name or len(steps) > 2 else steps  # noqa: PLR2004 - stack/part/thing
        yield from ("/".join(steps[:length]) for length in range(1, len(steps) + 1))
    else:
        index = "" if resource.index is None else f"[{resource.index}]"
        yield f"{resource.name}{index}"
        yield f"{resource.type.removeprefix('aws_')}.{resource.name}{index}"
    yield resource.address
