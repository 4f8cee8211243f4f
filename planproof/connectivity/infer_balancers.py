"""What load balancers and database proxies are there for: callers to listeners, listeners to targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planproof.connectivity.intent import INTERNET, Flow
from planproof.connectivity.intervals import Intervals
from planproof.connectivity.matching import known, number_of
from planproof.connectivity.pointing import part, plain
from planproof.connectivity.reasons import Reason
from planproof.document import Unknown, UnknownValueError, mapping, mappings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.connectivity.topology import Host
    from planproof.document import Document, Resource

LISTENERS = ("aws_lb_listener", "aws_alb_listener")
RULES = ("aws_lb_listener_rule", "aws_alb_listener_rule")


def balancer_flows(document: Document, hosts: Mapping[str, Host]) -> Iterator[Flow]:
    """From callers to each listener, and from the load balancer to everything behind it."""
    names = {host.part.address: host for host in hosts.values()}
    for listener in document.of(*LISTENERS):
        balancer = document.target(listener, "load_balancer_arn")
        host = names.get(balancer.address) if balancer else None
        if host is None:
            continue
        ports, doubt = port_of(listener.get("port"))
        if host.public is not False:
            why = f"listener on port {ports or 'unknown'}"
            yield Flow(INTERNET, host.name, ports, why, part(listener, "port"), unknown=doubt)
        rules = [
            one for one in document.referrers(listener, *RULES) if document.target(one, "listener_arn") is listener
        ]
        groups = [
            (one, group)
            for one, path in ((listener, "default_action"), *((rule, "action") for rule in rules))
            for group in document.targets(one, path)
            if group.type in {"aws_lb_target_group", "aws_alb_target_group"}
        ]
        for one, group in groups:
            yield from behind(document, names, host, one, group)


def port_of(value: Any) -> tuple[Intervals, str]:
    """A port as a set, or why it is not known."""
    value = plain(value)
    if isinstance(value, Unknown):
        return Intervals(), value.cause
    number = number_of(value)
    return (Intervals.one(number), "") if number is not None else (Intervals(), f"port {value!r} is no number")


def behind(
    document: Document, names: Mapping[str, Host], host: Host, listener: Resource, group: Resource
) -> Iterator[Flow]:
    """From a load balancer to the targets of one group, for requests and for health checks."""
    check = plain(group.get("health_check.0.port", group.get("health_check.port")))
    for service in document.referrers(group, "aws_ecs_service"):
        target = names.get(service.address)
        if target is None:
            continue
        for number, block in enumerate(balancers(service)):
            if group not in document.targets(service, f"load_balancer.{number}.target_group_arn"):
                continue
            ports, doubt = port_of(block.get("container_port"))
            where = part(service, f"load_balancer.{number}.container_port")
            why = f"{group.origin} forwards what {listener.origin} accepts"
            wrong = mismatch(document, service, block, where)
            yield Flow(host.name, target.name, ports, why, where, refuted=wrong, unknown=doubt)
            yield from health(host, target, group, check, ports)
    for joined in document.referrers(group, "aws_lb_target_group_attachment", "aws_alb_target_group_attachment"):
        machine = document.target(joined, "target_id")
        target = names.get(machine.address) if machine else None
        if target is not None and target.kind != "function":
            ports, doubt = port_of(joined.get("port", group.get("port")))
            why = f"{group.origin} forwards what {listener.origin} accepts"
            yield Flow(host.name, target.name, ports, why, part(joined, "port"), unknown=doubt)
            yield from health(host, target, group, check, ports)


def balancers(service: Resource) -> list[Any]:
    """The load balancer blocks of a service that can be read."""
    try:
        return list(service.blocks("load_balancer"))
    except UnknownValueError:
        return []


def health(host: Host, target: Host, group: Resource, check: Any, ports: Intervals) -> Iterator[Flow]:
    """The health check, where it goes to another port than the requests."""
    if check is None or (not isinstance(check, Unknown) and str(check) == "traffic-port"):
        return
    own, doubt = port_of(check)
    if own != ports:
        where = part(group, "health_check.port")
        yield Flow(host.name, target.name, own, f"health check of {group.origin}", where, unknown=doubt)


def mismatch(document: Document, service: Resource, block: Any, where: Any) -> Reason | None:
    """A service that hands its load balancer a port which its container does not map: ECS refuses it."""
    task = document.target(service, "task_definition")
    tree = task.json("container_definitions") if task else None
    port, container = number_of(known(block.get("container_port"))), known(block.get("container_name"))
    if not isinstance(tree, list) or port is None or task is None:
        return None
    if any(isinstance(one, Unknown) or isinstance(mapping(one).get("name"), Unknown) for one in tree):
        return None
    for one in (each for _, each in mappings(tree) if each.get("name") == container):
        maps = one.get("portMappings", [])
        numbers = [each.get("containerPort") for _, each in mappings(maps)] if isinstance(maps, list) else [maps]
        if any(isinstance(number, Unknown) for number in numbers):
            return None
        mapped = sorted({number_of(number) or 0 for number in numbers})
        if port in mapped:
            return None
        shown = ", ".join(map(str, mapped)) or "no port"
        text = f"the load balancer is told port {port}, and container {container} of {task.origin} maps {shown}"
        return Reason(where, text, f"set container_port to a port that {container} maps")
    text = f"{task.origin} has no container named {container}"
    return Reason(
        where.at(where.path.replace("container_port", "container_name")), text, "name a container of the task"
    )


def proxy_flows(document: Document, hosts: Mapping[str, Host]) -> Iterator[Flow]:
    """From each database proxy to the database behind it."""
    names = {host.part.address: host for host in hosts.values()}
    for joined in document.of("aws_db_proxy_target"):
        proxy = document.target(joined, "db_proxy_name")
        for path in ("db_instance_identifier", "db_cluster_identifier"):
            database = document.target(joined, path)
            near = names.get(proxy.address) if proxy else None
            far = names.get(database.address) if database else None
            if near and far:
                yield Flow(near.name, far.name, far.ports, "the proxy's target", part(joined, path))
