"""Who comes to reach whom, and who no longer does: two connectivity proofs, and two lists of doors, subtracted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from planproof.connectivity.difference import difference
from planproof.connectivity.exposure import PROTECTED
from planproof.connectivity.intent import INTERNET
from planproof.connectivity.intervals import cidrs
from planproof.connectivity.packets import described
from planproof.connectivity.reading import read_topology
from planproof.reading.ports import SENSITIVE_PORTS, WEB, is_wide
from planproof.review.effect import Effect, Kind
from planproof.review.words import listed

if TYPE_CHECKING:
    from planproof.connectivity.topology import AclEntry, GroupRule, Part, Topology
    from planproof.review.plan import Plan

NETWORK: Final = (
    "aws_security_group", "aws_vpc_security_group_", "aws_default_", "aws_network_acl", "aws_route", "aws_main_route",
    "aws_subnet", "aws_vpc", "aws_nat_gateway", "aws_internet_gateway", "aws_egress_only", "aws_ec2_transit",
    "aws_ec2_managed_prefix", "aws_lb", "aws_ecs_service", "aws_db_", "aws_rds_", "aws_elasticache_", "aws_instance",
    "aws_lambda_function", "aws_efs_mount", "aws_opensearch", "aws_msk", "aws_mq", "aws_network_interface",
)  # fmt: skip
ROUTES: Final = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html"
DOORS: Final = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"


def find(plan: Plan) -> Iterator[Effect]:
    """Flows and doors gained and lost. In a plan that makes everything anew all of them are meant."""
    if plan.starts or not any(one.type.startswith(NETWORK) for one in plan.material):
        return
    before, after = plan.before.once(read_topology), plan.after.once(read_topology)
    yield from _flows(before, after, plan)
    yield from _group_doors(before, after, plan)
    yield from _acl_doors(before, after, plan)
    yield from _routes(plan)


def _flows(before: Topology, after: Topology, plan: Plan) -> Iterator[Effect]:
    for one in difference(before, after):
        host = after.hosts.get(one.destination) or before.hosts.get(one.destination)
        if one.destination not in before.hosts and one.gained and one.source != INTERNET:
            continue  # what is new is reached by whom it was made for
        if one.destination not in after.hosts or (one.source != INTERNET and one.source not in after.hosts):
            continue  # what is gone reaches nobody: its deletion is told
        subject = f"{one.source} -> {one.destination}"
        if not one.gained:
            kind, text, source = Kind.ACCESS_NARROWED, f"no longer reaches it on {one.service}", ""
        elif one.source == INTERNET and host is not None and host.kind in PROTECTED:
            kind, text, source = Kind.OPENED, f"reaches it on {one.service}", DOORS
        elif one.source != INTERNET or one.destination in before.hosts:
            kind, text, source = Kind.ACCESS_WIDENED, f"reaches it on {one.service}, and did not before", ""
        else:
            continue
        part = host.part if host is not None else None
        yield _placed(Effect(kind, text, subject=subject, source=source), part, part, plan)


def _group_doors(before: Topology, after: Topology, plan: Plan) -> Iterator[Effect]:
    """Rules of groups that exist already, whether or not anybody stands behind them today."""
    for name, group in after.groups.items():
        old = before.groups.get(name)
        for rule in group.rules:
            known = old is not None and any(_covers(one, rule) for one in old.rules)
            open_to_all = not rule.egress and is_wide(rule.cidrs)
            sensitive = bool(rule.ports & SENSITIVE_PORTS) and not rule.ports <= WEB
            if known or (old is None and not (open_to_all and sensitive)):
                continue
            if rule.unknown:
                kind = Kind.UNSEEN_ACCESS
                text = f"a new door, and whom it lets in is known only after apply ({rule.unknown})"
            else:
                kind = Kind.OPENED if open_to_all and sensitive else Kind.ACCESS_WIDENED
                text = f"lets {_words(rule, after)}"
            told = Effect(kind, text, subject=group.part.label, source=DOORS)
            yield _placed(told, rule.part, group.part, plan)
        for rule in old.rules if old is not None else ():
            if not any(_covers(one, rule) for one in group.rules):
                text = f"no longer lets {_words(rule, before)}"
                told = Effect(Kind.ACCESS_NARROWED, text, subject=group.part.label)
                yield _placed(told, rule.part, group.part, plan)


def _covers(wide: GroupRule, narrow: GroupRule) -> bool:
    return (
        wide.egress == narrow.egress
        and narrow.protocol <= wide.protocol
        and narrow.ports <= wide.ports
        and narrow.cidrs <= wide.cidrs
        and narrow.groups <= wide.groups
        and narrow.lists <= wide.lists
    )


def _words(rule: GroupRule, topology: Topology) -> str:
    names = {group.id: group.part.label for group in topology.groups.values()}
    peers = [*cidrs(rule.cidrs), *sorted(names.get(one, one) for one in rule.groups), *sorted(rule.lists)]
    parts = [(low, rule.ports) for low, _ in rule.protocol.parts] or [(0, rule.ports)]
    service = (
        "everything" if len(rule.protocol.parts) and rule.protocol.parts[0] == (0, 255) else described(tuple(parts))
    )
    way = "out to" if rule.egress else "in"
    return (
        f"{listed(peers) or 'an unknown peer'} {way} on {service}"
        if not rule.egress
        else (f"it {way} {listed(peers) or 'an unknown peer'} on {service}")
    )


def _acl_doors(before: Topology, after: Topology, plan: Plan) -> Iterator[Effect]:
    """Entries of network ACLs that come or go; an ACL filters on top of the groups."""
    for name, acl in after.acls.items():
        old = before.acls.get(name)
        if old is None:
            continue
        was, will = {_entry(one): one for one in old.entries}, {_entry(one): one for one in acl.entries}
        for key in [*was, *(one for one in will if one not in was)]:
            if (key in was) == (key in will):
                continue
            entry = (was if key in was else will)[key]
            widens = entry.allow == (key in will)
            verb = "comes" if key in will else "goes"
            way = "out to" if entry.egress else "in from"
            rule = f"{'allow' if entry.allow else 'deny'} {way} {listed(cidrs(entry.cidrs))}"
            kind = Kind.ACCESS_WIDENED if widens else Kind.ACCESS_NARROWED
            told = Effect(kind, f"rule {entry.number} {verb}: {rule}", subject=acl.part.label)
            yield _placed(told, entry.part, acl.part, plan)


def _routes(plan: Plan) -> Iterator[Effect]:
    """Ways out of tables that exist already. What a route that goes cuts off is told as an interruption."""
    fresh = {one.address for one in plan.changes if one.creates and one.type == "aws_route_table"}
    for change in plan.changes:
        then = plan.then(change)
        if change.type == "aws_route" and change.deletes:
            yield Effect(Kind.ACCESS_NARROWED, "packets lose a way out", change, source=ROUTES)
        if change.type != "aws_route" or not change.creates or then is None:
            continue
        if not any(one.address in fresh for one in then.references("route_table_id")):
            names = ("destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id")
            where = next((str(change.after[name]) for name in names if change.after.get(name)), "somewhere")
            yield Effect(Kind.ACCESS_WIDENED, f"packets to {where} get a way out", change, source=ROUTES)


def _entry(one: AclEntry) -> tuple[object, ...]:
    return (one.number, one.egress, one.allow, one.protocol, one.ports, one.cidrs)


def _placed(told: Effect, cause: Part | None, concerns: Part | None, plan: Plan) -> Effect:
    """The same effect, of the change to `cause` where the plan lists one, on what `concerns` names either way."""
    change = plan.by_address.get(cause.address) if cause is not None else None
    return replace(told, change=change, resource=plan.resource(concerns.address) if concerns is not None else None)
