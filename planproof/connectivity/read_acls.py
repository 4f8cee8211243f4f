"""Network ACLs with all their entries, and which subnet has which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planproof.connectivity.matching import blocks, known, match, number_of, truth
from planproof.connectivity.packets import PORTS, PROTOCOLS
from planproof.connectivity.pointing import part, plain, pointed
from planproof.connectivity.topology import Acl, AclEntry, Part, Problem
from planproof.document import Unknown, UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Callable

    from planproof.document import Document, Resource

NOWHERE = -1  # the number of an entry whose place in the order is not known
KINDS = ("aws_network_acl", "aws_default_network_acl")


def read_acls(document: Document, problems: list[Problem]) -> dict[str, Acl]:
    """Every ACL of the document; the default one also under the name its VPC has for it."""
    rules: dict[str, list[AclEntry]] = {}
    for rule in document.of("aws_network_acl_rule"):
        owner = pointed(document, rule, "network_acl_id").first or ""
        egress = truth(rule.get("egress"), default=False)
        for way in (False, True):
            if egress in (way, None):
                made = entry(part(rule), rule.get, way, "rule_number", "rule_action", problems)
                rules.setdefault(owner, []).append(made)
    found: dict[str, Acl] = {}
    for acl in document.of(*KINDS):
        own, cause = inline(document, acl, problems)
        default = pointed(document, acl, "default_network_acl_id").first
        keys = [acl.address, *([default] if default else [])]
        entries = [*own, *(rule for key in keys for rule in rules.get(key, ()))]
        cause = cause or next((one.unknown for one in entries if one.number == NOWHERE), "")
        seen: dict[tuple[bool, int], AclEntry] = {}
        for one in entries:
            seen.setdefault((one.egress, one.number), one)
        whole = Acl(acl.address, part(acl), tuple(seen.values()), cause)
        found |= dict.fromkeys(keys, whole)
    return found


def inline(document: Document, acl: Resource, problems: list[Problem]) -> tuple[list[AclEntry], str]:
    """The entries written inside an ACL."""
    found: list[AclEntry] = []
    cause = ""
    for name, egress in (("ingress", False), ("egress", True)):
        try:
            inside = acl.blocks(name)
        except UnknownValueError as error:
            if acl.references(name) or document.kind == "configuration":
                cause = error.unknown.cause
            continue
        for block in inside:
            found.append(entry(part(acl, block.path), block.get, egress, "rule_no", "action", problems))
    return found, cause


def entry(  # noqa: PLR0917 - one place, one way to ask, and the two names that differ
    where: Part,
    get: Callable[[str], Any],
    egress: bool,  # noqa: FBT001
    number: str,
    action: str,
    problems: list[Problem],
) -> AclEntry:
    """One entry, however it is written."""
    ports = match(get("protocol"), get("from_port"), get("to_port"), icmp=(get("icmp_type"), get("icmp_code")))
    there = blocks([get("cidr_block"), get("ipv6_cidr_block")])
    problems += [Problem(where, f"{wrong!r} is no CIDR block") for wrong in there.wrong]
    allow, position = known(get(action)), number_of(known(get(number)))
    causes = [ports.unknown, there.unknown]
    causes += [value.cause for value in (plain(get(number)), plain(get(action))) if isinstance(value, Unknown)]
    if causes[2:]:
        return AclEntry(
            where, NOWHERE, egress, True, PROTOCOLS, PORTS, there.addresses, "; ".join(filter(None, causes))
        )
    cause = "; ".join(dict.fromkeys(filter(None, causes)))
    yes = str(allow).lower() == "allow"
    return AclEntry(where, position or 0, egress, yes, ports.protocol, ports.ports, there.addresses, cause)


def acl_of_subnets(document: Document) -> dict[str, str]:
    """The ACL of each subnet that has one of its own.

    A state lists below the default ACL what was there before others took it, so the default ACL is asked first
    and the others have the last word.
    """
    found: dict[str, str] = {}
    for acl in sorted(document.of(*KINDS), key=lambda one: one.type != "aws_default_network_acl"):
        found |= dict.fromkeys(pointed(document, acl, "subnet_ids").ids, acl.address)
    for joined in document.of("aws_network_acl_association"):
        acl_id, subnet = (pointed(document, joined, path).first for path in ("network_acl_id", "subnet_id"))
        if acl_id and subnet:
            found[subnet] = acl_id
    return found


def default_acls(document: Document) -> dict[str, str]:
    """The default ACL of each VPC whose rules the document manages; without one AWS's allows everything."""
    found: dict[str, str] = {}
    for acl in document.of("aws_default_network_acl"):
        owner = pointed(document, acl, "default_network_acl_id").first
        if owner and owner.endswith("/default-acl"):
            found[owner.removesuffix("/default-acl")] = acl.address
    return found
