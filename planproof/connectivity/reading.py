"""A document's network, read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.connectivity.matching import known, truth
from planproof.connectivity.pointing import part, pointed
from planproof.connectivity.read_acls import read_acls
from planproof.connectivity.read_groups import read_groups, service_of
from planproof.connectivity.read_hosts import has_interfaces, read_hosts
from planproof.connectivity.read_routes import read_tables
from planproof.connectivity.read_subnets import read_links, read_nats, read_subnets, read_vpcs
from planproof.connectivity.topology import Endpoint, Group, Host, Link, Problem, Topology
from planproof.document import Unknown

if TYPE_CHECKING:
    from planproof.document import Document


def read_topology(document: Document) -> Topology:
    """Everything of a document that a packet can meet, and what is wrong with it."""
    problems: list[Problem] = []
    vpcs = read_vpcs(document, problems)
    subnets = read_subnets(document, vpcs, problems)
    hosts = read_hosts(document, subnets)
    groups = read_groups(document, problems)
    links = read_links(document)
    problems += strangers(groups, links)
    return Topology(
        vpcs=vpcs,
        subnets=subnets,
        tables=read_tables(document, vpcs, problems),
        acls=read_acls(document, problems),
        groups=groups,
        nats=read_nats(document),
        links=links,
        hosts=hosts,
        endpoints=read_endpoints(document, hosts),
        problems=tuple(problems),
    )


def read_endpoints(document: Document, hosts: dict[str, Host]) -> tuple[Endpoint, ...]:
    """Every VPC endpoint of an AWS service."""
    joined: dict[str, list[str]] = {}
    for one in document.of("aws_vpc_endpoint_route_table_association"):
        table = pointed(document, one, "route_table_id").first
        joined.setdefault(pointed(document, one, "vpc_endpoint_id").first or "", []).append(table or "")
    names = {host.part.address: name for name, host in hosts.items()}
    found: list[Endpoint] = []
    for one in document.of("aws_vpc_endpoint"):
        service = service_of(one.get("service_name"))
        tables = pointed(document, one, "route_table_ids")
        listed = known(one.get("prefix_list_id"))
        policy = one.json("policy")
        own = next(iter(document.referrers(one, "aws_vpc_endpoint_policy")), None)
        if own is not None:
            policy = own.json("policy")
        found.append(
            Endpoint(
                part=part(one),
                vpc=pointed(document, one, "vpc_id").first or "",
                service=service,
                gateway=not has_interfaces(one),
                tables=frozenset((*tables.ids, *joined.get(one.address, ()))),
                lists=frozenset(filter(None, (service, listed))),
                host=names.get(one.address, ""),
                private_dns=truth(one.get("private_dns_enabled"), default=False),
                policy=None if computed(one.get("policy")) else policy,
                unknown=tables.unknown if tables.unknown and one.references("route_table_ids") else "",
            )
        )
    return tuple(found)


def computed(value: object) -> bool:
    """Whether a policy is AWS's own, which a plan says is known after apply; it allows everything."""
    return isinstance(value, Unknown) and not value.references and not value.template


def strangers(groups: dict[str, Group], links: tuple[Link, ...]) -> list[Problem]:
    """Rules that name a group of a VPC which is not joined to theirs: they open nothing, and AWS refuses them."""
    found: list[Problem] = []
    for group in groups.values():
        for rule in group.rules:
            for name in sorted(rule.groups):
                other = groups.get(name)
                if other is None or not other.vpc or not group.vpc or other.vpc == group.vpc:
                    continue
                if not any(link.vpcs == {other.vpc, group.vpc} for link in links):
                    text = f"names {other.part.label} of another VPC ({other.vpc}), to which no link leads"
                    found.append(Problem(rule.part, text))
    return found
