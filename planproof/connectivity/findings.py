"""Claims as findings: refuted and undecided ones, at the resource and attribute that decide."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from planproof.connectivity.declared import declared
from planproof.connectivity.judgement import Verdict
from planproof.connectivity.proofs import NOTHING_DECLARED, report
from planproof.connectivity.reading import read_topology
from planproof.rule import Outcome, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.connectivity.claims import Claim
    from planproof.connectivity.topology import Part
    from planproof.document import Document, Resource
    from planproof.settings import Settings

# Where a finding points when it is about a resource as a whole.
WHOLE: Final = {
    "aws_vpc_security_group_ingress_rule": "from_port",
    "aws_vpc_security_group_egress_rule": "from_port",
    "aws_security_group_rule": "from_port",
    "aws_route": "destination_cidr_block",
    "aws_route_table": "route",
    "aws_network_acl_rule": "rule_number",
    "aws_subnet": "vpc_id",
    "aws_db_instance": "db_subnet_group_name",
    "aws_elasticache_replication_group": "subnet_group_name",
    "aws_db_proxy": "vpc_subnet_ids",
}


@lru_cache(maxsize=16)
def inferred_claims(document: Document) -> tuple[Claim, ...]:
    """Every claim about a document, made once however many rules ask."""
    return report(document, NOTHING_DECLARED).claims


def claims(documents: Mapping[str, Document], settings: Settings) -> Iterator[tuple[Document, Claim]]:
    """The claims about each document, with what the settings declare."""
    section = settings.section("connectivity")
    networks = [read_topology(document) for document in documents.values()] if section else []
    for position, document in enumerate(documents.values()):
        if not section:
            found = inferred_claims(document)
        else:
            found = report(document, declared(section, settings.source, networks[position], networks)).claims
        yield from ((document, claim) for claim in found)


def outcomes(documents: Mapping[str, Document], settings: Settings, *kinds: str) -> Iterator[Outcome]:
    """What does not hold, or may not, among the claims of these kinds."""
    for document, claim in claims(documents, settings):
        if claim.kind not in kinds or claim.verdict is Verdict.PROVEN:
            continue
        if claim.verdict is Verdict.REFUTED and claim.reason:
            resource = holder(document, claim.reason.part, claim.part)
            path = place(resource, claim.reason.part)
            yield Violation(path, claim.reason.change, f"{said(claim)}: {claim.reason.text}", resource)
        else:
            resource = holder(document, claim.part)
            yield Undecided(place(resource, claim.part), f"{said(claim)}: {claim.cause}", resource)


def said(claim: Claim) -> str:
    """The claim in a few words."""
    ends = f"{claim.source} -> {claim.destination} {claim.service}".strip()
    return ends if claim.kind in {"flow", "denial"} else claim.why


def holder(document: Document, *parts: Part) -> Resource:
    """The first of these places that is a resource, else the stack itself."""
    found = (document.resource(part.address) for part in parts)
    return next((one for one in found if one is not None), document.of("stack")[0])


def place(resource: Resource, part: Part) -> str:
    """The attribute to point at."""
    if part.path and part.address == resource.address:
        return part.path
    return WHOLE.get(resource.type, "id")
