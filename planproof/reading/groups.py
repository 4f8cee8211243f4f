"""Security groups: the rules beside them, what a rule covers, and whom a group admits."""

from __future__ import annotations

from typing import Any, Final

from planproof.document import Document, Resource, Unknown
from planproof.reading.subnets import block

ANY: Final = "-1"
SOURCES: Final = ("referenced_security_group_id", "prefix_list_id")
INGRESS: Final = "aws_vpc_security_group_ingress_rule"


def rules_of(group: Resource, kind: str, document: Document) -> tuple[Resource, ...]:
    """The rules of one kind that stand beside a group."""
    return tuple(one for one in document.referrers(group, kind) if document.target(one, "security_group_id") is group)


def covers(wide: Resource, narrow: Resource) -> bool:
    """Whether everything that one rule allows is allowed by the other."""
    return _ports_cover(wide, narrow) and _source_covers(wide, narrow)


def may_cover(wide: Resource, narrow: Resource) -> Unknown | None:
    """What is not known of two rules of which one may allow everything that the other allows; None when it cannot."""
    ports = _unknown(wide, narrow, "ip_protocol", "from_port", "to_port")
    blocks = _unknown(wide, narrow, "cidr_ipv4", "cidr_ipv6")
    if (ports is None and not _ports_cover(wide, narrow)) or (blocks is None and not _source_covers(wide, narrow)):
        return None
    if blocks is not None and any(one.get(path) is not None for one in (wide, narrow) for path in SOURCES):
        return None
    return blocks if ports is None else ports


def _unknown(one: Resource, other: Resource, *paths: str) -> Unknown | None:
    values = (rule.get(path) for rule in (one, other) for path in paths)
    return next((value for value in values if isinstance(value, Unknown)), None)


def _ports_cover(wide: Resource, narrow: Resource) -> bool:
    if str(wide.get("ip_protocol")) == ANY:
        return True
    if str(wide.get("ip_protocol")) != str(narrow.get("ip_protocol")):
        return False
    outer, inner = _ports(wide), _ports(narrow)
    return outer is not None and inner is not None and outer[0] <= inner[0] and inner[1] <= outer[1]


def _ports(rule: Resource) -> tuple[int, int] | None:
    first, last = rule.get("from_port"), rule.get("to_port")
    return (first, last) if isinstance(first, int) and isinstance(last, int) else None


def _source_covers(wide: Resource, narrow: Resource) -> bool:
    for path in SOURCES:
        mine, theirs = wide.get(path), narrow.get(path)
        if mine is not None or theirs is not None:
            return _same(mine, theirs)
    for path in ("cidr_ipv4", "cidr_ipv6"):
        outer, inner = block(wide.get(path)), block(narrow.get(path))
        if outer is not None and inner is not None:
            return int(outer.network_address) <= int(inner.network_address) and int(inner.broadcast_address) <= int(
                outer.broadcast_address
            )
    return False


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return isinstance(one, Unknown) and isinstance(other, Unknown) and bool(one == other)
    return bool(one == other)


def groups_of(resource: Resource, path: str, document: Document) -> tuple[Resource, ...]:
    """The security groups an attribute names."""
    return tuple(one for one in document.targets(resource, path) if one.type == "aws_security_group")


def admits(group: Resource, callers: tuple[Resource, ...], port: int, document: Document) -> bool:
    """Whether a group lets in one of the callers' groups, or any addresses, on a port."""
    if group.get("ingress") is not None:
        return True  # rules inside the group: the path proofs judge them
    for rule in rules_of(group, INGRESS, document):
        ports = _ports(rule)
        if str(rule.get("ip_protocol")) != ANY and (ports is None or not ports[0] <= port <= ports[1]):
            continue
        source = document.target(rule, SOURCES[0])
        if source is None or any(source is caller for caller in callers):
            return True
    return False
