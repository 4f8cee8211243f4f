"""Security groups with all their rules: inline blocks, separate resources of both generations, prefix lists.

AWS gives a new group a rule that lets everything out; Terraform takes it away, so only what is written counts.
Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from planproof.connectivity.intervals import ADDRESSES, Intervals
from planproof.connectivity.matching import Blocks, blocks, match, truth
from planproof.connectivity.packets import PORTS, PROTOCOLS
from planproof.connectivity.pointing import Pointed, part, pointed
from planproof.connectivity.topology import Group, GroupRule, Part, Problem
from planproof.document import Unknown, UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

MODERN: Final = {"aws_vpc_security_group_ingress_rule": False, "aws_vpc_security_group_egress_rule": True}
SERVICE: Final = re.compile(r"com\.amazonaws\.(?:[^.$}]+|\$?\{[^}]*\})\.(.+)$")


def read_groups(document: Document, problems: list[Problem]) -> dict[str, Group]:
    """Every group of the document, and for each VPC the default group that AWS makes."""
    rules: dict[str, list[GroupRule]] = {}
    for owner, rule in separate(document, problems):
        rules.setdefault(owner, []).append(rule)
    found: dict[str, Group] = {}
    for group in document.of("aws_security_group"):
        own, unknown = inline(document, group, group.address, problems)
        vpc = pointed(document, group, "vpc_id").first
        found[group.address] = Group(group.address, part(group), vpc, (*own, *rules.pop(group.address, ())), unknown)
    for group in document.of("aws_default_security_group"):
        vpc = pointed(document, group, "vpc_id").first
        key = f"{vpc}/default-group"
        own, unknown = inline(document, group, key, problems)
        extra = (*rules.pop(key, ()), *rules.pop(group.address, ()))
        found[key] = found[group.address] = Group(key, part(group), vpc, (*own, *extra), unknown)
    for vpc_resource in document.of("aws_vpc"):
        key = f"{vpc_resource.address}/default-group"
        if key not in found:
            found[key] = as_aws_makes_it(key, part(vpc_resource), tuple(rules.pop(key, ())), vpc_resource.address)
    for owner, orphans in rules.items():
        text = f"belongs to {owner or 'a group'}, which is not in the document"
        problems += [Problem(rule.part, text, certain=False) for rule in orphans]
    return found


def as_aws_makes_it(key: str, where: Part, rules: tuple[GroupRule, ...], vpc: str) -> Group:
    """The default group of a VPC: its members reach each other and everything else."""
    within = GroupRule(where, False, PROTOCOLS, PORTS, groups=frozenset({key}))
    out = GroupRule(where, True, PROTOCOLS, PORTS, cidrs=ADDRESSES)
    return Group(key, where, vpc, (within, out, *rules))


def separate(document: Document, problems: list[Problem]) -> Iterator[tuple[str, GroupRule]]:
    """Rules that are resources of their own, with the group they belong to."""
    for kind, egress in MODERN.items():
        for rule in document.of(kind):
            owner = pointed(document, rule, "security_group_id")
            ports = match(rule.get("ip_protocol"), rule.get("from_port"), rule.get("to_port"))
            values = [rule.get("cidr_ipv4"), rule.get("cidr_ipv6")]
            other = pointed(document, rule, "referenced_security_group_id")
            lists = pointed(document, rule, "prefix_list_id")
            made = compose(document, part(rule), egress, ports.protocol, ports.ports, values, other, lists, problems)
            yield owner.first or "", doubted(made, ports.unknown)
    for rule in document.of("aws_security_group_rule"):
        owner = pointed(document, rule, "security_group_id")
        direction = rule.get("type")
        ports = match(rule.get("protocol"), rule.get("from_port"), rule.get("to_port"))
        values = [rule.get("cidr_blocks"), rule.get("ipv6_cidr_blocks")]
        other = pointed(document, rule, "source_security_group_id")
        if truth(rule.get("self"), default=False):
            other = Pointed((*other.ids, owner.first or ""), other.unknown)
        lists = pointed(document, rule, "prefix_list_ids")
        for egress in (False, True):
            if isinstance(direction, Unknown) or (direction == "egress") == egress:
                made = compose(
                    document, part(rule), egress, ports.protocol, ports.ports, values, other, lists, problems
                )
                cause = direction.cause if isinstance(direction, Unknown) else ports.unknown
                yield owner.first or "", doubted(made, cause)


def inline(document: Document, group: Resource, key: str, problems: list[Problem]) -> tuple[tuple[GroupRule, ...], str]:
    """The rules written inside a group.

    A plan says of a group without any that they are known after apply; then nothing points anywhere, and the
    rules are those that other resources add.
    """
    found: list[GroupRule] = []
    cause = ""
    for name, egress in (("ingress", False), ("egress", True)):
        try:
            inside = group.blocks(name)
        except UnknownValueError as error:
            if group.references(name) or document.kind == "configuration":
                cause = error.unknown.cause
            continue
        for block in inside:
            ports = match(block.get("protocol"), block.get("from_port"), block.get("to_port"))
            values = [block.get("cidr_blocks"), block.get("ipv6_cidr_blocks")]
            other = pointed(document, group, block.at("security_groups"))
            if truth(block.get("self"), default=False):
                other = Pointed((*other.ids, key), other.unknown)
            lists = pointed(document, group, block.at("prefix_list_ids"))
            where = part(group, block.path)
            made = compose(document, where, egress, ports.protocol, ports.ports, values, other, lists, problems)
            found.append(doubted(made, ports.unknown))
    return tuple(found), cause


def doubted(rule: GroupRule, cause: str) -> GroupRule:
    """A rule with one more cause why it is not known."""
    return replace(rule, unknown="; ".join(filter(None, (rule.unknown, cause)))) if cause else rule


def compose(  # noqa: PLR0917 - the fields of a rule, in AWS's order
    document: Document,
    where: Part,
    egress: bool,  # noqa: FBT001
    protocol: Intervals,
    ports: Intervals,
    values: list[Any],
    other: Pointed,
    lists: Pointed,
    problems: list[Problem],
) -> GroupRule:
    """One rule of all the ways in which its peer can be written."""
    there = blocks(values)
    named = frozenset({group_key(document, one) for one in other.ids})
    cidrs, remote, causes = there.addresses, set[str](), [there.unknown, other.unknown, lists.unknown]
    for one in lists.ids:
        entries = list_entries(document, one)
        if entries is None:
            remote.add(list_key(document, one))
        else:
            cidrs |= entries.addresses
            causes.append(entries.unknown)
    if other.unknown or lists.unknown:
        cidrs = ADDRESSES
    problems += [Problem(where, f"{wrong!r} is no CIDR block") for wrong in there.wrong]
    cause = "; ".join(dict.fromkeys(filter(None, causes)))
    return GroupRule(where, egress, protocol, ports, cidrs, named, frozenset(remote), cause)


def group_key(document: Document, one: str) -> str:
    """The id of a group; the default group goes by its VPC."""
    resource = document.resource(one)
    if resource is not None and resource.type == "aws_default_security_group":
        return f"{pointed(document, resource, 'vpc_id').first}/default-group"
    return one


def list_entries(document: Document, one: str) -> Blocks | None:
    """The blocks of a prefix list of the document; None for a list of AWS."""
    resource = document.resource(one)
    if resource is None or resource.type != "aws_ec2_managed_prefix_list":
        return None
    try:
        values = [block.get("cidr") for block in resource.blocks("entry")]
    except UnknownValueError as error:
        values = [error.unknown] if resource.references("entry") or document.kind == "configuration" else []
    for entry in document.of("aws_ec2_managed_prefix_list_entry"):
        if one in pointed(document, entry, "prefix_list_id").ids:
            values.append(entry.get("cidr"))
    return blocks(values)


def list_key(document: Document, one: str) -> str:
    """A list of AWS by the service it is for: `s3`; by its id where nothing says more."""
    resource = document.resource(one)
    if resource is not None and resource.type == "aws_vpc_endpoint":
        return service_of(resource.get("service_name")) or one
    return one


def service_of(name: Any) -> str:
    """The service in an endpoint's name: `ecr.api` of `com.amazonaws.eu-west-1.ecr.api`."""
    text = name.template if isinstance(name, Unknown) else str(name or "")
    found = SERVICE.search(text)
    return found.group(1) if found else ""
