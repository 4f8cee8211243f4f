"""Everything with network interfaces: where it may be placed, its groups, what it listens on, what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.connectivity.intervals import IPV4, Intervals, addresses
from planproof.connectivity.matching import known, number_of, truth
from planproof.connectivity.names import named
from planproof.connectivity.pointing import Pointed, part, plain, pointed
from planproof.connectivity.read_groups import group_key
from planproof.connectivity.shapes import ENGINES, SHAPES, Shape
from planproof.connectivity.topology import GATEWAY_PORTS, LINUX_PORTS, Host, Placement, Subnet
from planproof.document import Unknown

if TYPE_CHECKING:
    from planproof.document import Document, Resource

FAMILIES: Final = {"rds": "db"}  # whose subnet groups are called after another service


def read_hosts(document: Document, subnets: dict[str, Subnet]) -> dict[str, Host]:
    """Every host of the document by its short name."""
    with_interfaces = [one for one in document.of(*SHAPES) if has_interfaces(one)]
    return {name: read_host(document, resource, name, subnets) for name, resource in named(document, with_interfaces)}


def has_interfaces(resource: Resource) -> bool:
    """Whether a resource of this type is in a VPC at all."""
    if resource.type == "aws_vpc_endpoint":
        return known(resource.get("vpc_endpoint_type", "Gateway")) in ("Interface", None)
    if resource.type == "aws_lambda_function":
        return resource.get("vpc_config") is not None
    if resource.type == "aws_opensearch_domain":
        return resource.get("vpc_options") is not None
    if resource.type == "aws_ecs_service":
        return resource.get("network_configuration") is not None
    if resource.type in {"aws_lb", "aws_alb"}:
        return bool(known(resource.get("load_balancer_type", "application")) != "gateway")
    return True


def read_host(document: Document, resource: Resource, name: str, subnets: dict[str, Subnet]) -> Host:
    """One host."""
    shape = SHAPES[resource.type]
    places = placed(document, resource, shape)
    groups = pointed(document, resource, shape.groups)
    if resource.type in {"aws_db_instance", "aws_elasticache_replication_group"}:
        places, groups = inherited(document, resource, shape, places, groups)
    here = [subnets[one] for one in places.ids if one in subnets]
    absent = [one for one in places.ids if one not in subnets]
    cause = places.unknown or (f"{', '.join(absent)} is not in the document" if absent else "")
    if not places.ids and not cause:
        cause = "it names no subnet of the document"
    network = shape.kind == "load balancer" and known(resource.get("load_balancer_type")) == "network"
    keys = tuple(group_key(document, one) for one in groups.ids)
    if not keys and not groups.unknown and not network and here:
        keys = (f"{here[0].vpc}/default-group",)
    ports, ports_unknown = listening(resource, shape)
    own = own_address(resource)
    return Host(
        name=name,
        kind="network load balancer" if network else shape.kind,
        part=part(resource),
        placements=tuple(Placement(subnet.id, own or subnet.addresses) for subnet in here),
        groups=keys,
        ports=ports,
        managed=shape.managed,
        settled=(shape.settled and not own) or any(subnet.unknown for subnet in here),
        public=public(resource, shape),
        ephemeral=LINUX_PORTS if shape.kind in {"service", "instance"} else GATEWAY_PORTS,
        unknown=cause,
        groups_unknown=groups.unknown,
        ports_unknown=ports_unknown,
        groupless=network and not keys,
        copy_of=origin.address if (origin := document.target(resource, "replicate_source_db")) else "",
        untold=untold(document, resource),
    )


def untold(document: Document, resource: Resource) -> str:
    """Why the containers of a service cannot be read: a plan that creates their images does not know their text."""
    task = document.target(resource, "task_definition") if resource.type == "aws_ecs_service" else None
    written = task.get("container_definitions") if task else None
    readable = task is None or isinstance(task.json("container_definitions"), list)
    return written.cause if isinstance(written, Unknown) and not readable else ""


def placed(document: Document, resource: Resource, shape: Shape) -> Pointed:
    """The subnets in which a host may be placed."""
    if not shape.through:
        if shape.kind == "load balancer" and resource.get("subnets") is None:
            return mapped(document, resource)
        return pointed(document, resource, shape.subnets)
    group = document.target(resource, shape.through)
    if group is not None and group.type.endswith("subnet_group"):
        return pointed(document, group, "subnet_ids")
    value = plain(resource.get(shape.through))
    if isinstance(value, Unknown):
        return Pointed(unknown=value.cause)
    family = FAMILIES.get(resource.type.split("_")[1], resource.type.split("_")[1])
    for one in document.of(f"aws_{family}_subnet_group"):
        if value and known(one.get("name")) == value:
            return pointed(document, one, "subnet_ids")
    return Pointed(unknown=f"subnet group {value} is not in the document" if value else "")


def mapped(document: Document, resource: Resource) -> Pointed:
    """The subnets of a load balancer that maps addresses itself."""
    value = resource.get("subnet_mapping")
    if isinstance(value, Unknown):
        return Pointed(unknown=value.cause)
    found = [pointed(document, resource, block.at("subnet_id")) for block in resource.blocks("subnet_mapping")]
    causes = dict.fromkeys(one.unknown for one in found if one.unknown)
    return Pointed(tuple(one for each in found for one in each.ids), "; ".join(causes))


def inherited(
    document: Document, resource: Resource, shape: Shape, places: Pointed, groups: Pointed
) -> tuple[Pointed, Pointed]:
    """A replica in the same region takes subnets and groups of what it copies, where it says none."""
    for path in ("replicate_source_db", "global_replication_group_id"):
        origin = document.target(resource, path)
        if origin is not None and origin.type == resource.type:
            places = places if places.ids else placed(document, origin, shape)
            groups = groups if groups.ids else pointed(document, origin, shape.groups)
    return places, groups


def listening(resource: Resource, shape: Shape) -> tuple[Intervals, str]:
    """The ports a host listens on, as its own attributes say."""
    written = plain(resource.get(shape.port)) if shape.managed else None
    if shape.kind in {"load balancer", "endpoint"}:
        written = None
    number = number_of(written)
    if number is not None:
        return Intervals.one(number), ""
    if isinstance(written, Unknown) and written.references:
        return Intervals(), written.cause
    engine = known(resource.get(shape.by_engine)) if shape.by_engine else None
    for prefix, port in ENGINES:
        if isinstance(engine, str) and engine.startswith(prefix):
            return Intervals.one(port), ""
    return Intervals.of(*((port, port) for port in shape.default)), ""


def public(resource: Resource, shape: Shape) -> bool | None:
    """Whether a host has a public address."""
    if shape.kind == "load balancer":
        internal = truth(resource.get("internal"), default=False)
        return None if internal is None else not internal
    return truth(resource.get(shape.public), default=False) if shape.public else False


def own_address(resource: Resource) -> Intervals | None:
    """The one address of an instance, where it is known."""
    written: Any = known(resource.get("private_ip")) if resource.type == "aws_instance" else None
    try:
        return addresses(str(written)) & IPV4 if written else None
    except ValueError:
        return None
