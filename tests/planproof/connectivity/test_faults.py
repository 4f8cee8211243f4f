"""Faults seen on real platforms in security groups and network ACLs, put one at a time into our own staging.

Each is refuted at the right hop with the right cause; without a fault everything of every environment is proven.
"""

from __future__ import annotations

import pytest

from planproof.connectivity.judgement import Verdict
from planproof.connectivity.proofs import report
from planproof.document import parse
from tests.planproof.connectivity.staging_faults import Raw, broken, drop, name_of, only, reason_of, refuted, the_flow


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_what_we_deploy_is_connected(environment: str, synthesized: dict[str, Raw]) -> None:
    """Every flow that the platform needs works, and nobody reaches what nobody should: no claim is left open."""
    found = report(parse(synthesized[environment], name=environment, source="x.json"))

    assert [c for c in found.claims if c.verdict is not Verdict.PROVEN] == []
    assert {c.kind for c in found.claims} == {"flow", "exposure", "isolation"}
    theorems = [c.why.partition(", from ")[0] for c in found.claims if c.kind == "exposure"]
    store = "database-proxy" if environment == "prod" else "database"
    assert f"only ledger (tcp 5432), payments (tcp 5432) reach {store}" in theorems


def test_wrong_source_group(synthesized: dict[str, Raw]) -> None:
    """A database that trusts another group than the caller's is out of reach: the rule that names it is blamed."""

    def fault(raw: Raw) -> None:
        rule = only(raw, "aws_vpc_security_group_ingress_rule", "database_connections_from-ledger")
        other = name_of(raw, "aws_security_group", "notifications")
        rule["referenced_security_group_id"] = f"${{aws_security_group.{other}.id}}"

    claim = the_flow(broken(synthesized, fault), "ledger", "database")
    address, text, _ = reason_of(claim)

    assert claim.stage == "security group of database, in"
    assert "aws_vpc_security_group_ingress_rule.database_connections_from-" in address
    assert text.endswith("only, and ledger is none of them")


def test_missing_egress(synthesized: dict[str, Raw]) -> None:
    """Without the caller's egress rule the first hop already stops it, and the change names the callee's group."""
    claim = the_flow(
        broken(
            synthesized, lambda raw: drop(raw, "aws_vpc_security_group_egress_rule", "payments_connections_to-cache")
        ),
        "payments",
        "cache",
    )
    address, text, change = reason_of(claim)

    assert claim.stage == "security group of payments, out"
    assert claim.hops == ()
    assert address.startswith("aws_security_group.payments_connections_group")
    assert text == "no egress rule opens tcp 6379 to cache"
    assert "aws_security_group.cache_connections_group" in change


def test_acl_without_ephemeral_return(synthesized: dict[str, Raw]) -> None:
    """A network ACL that lets requests in and no answers out breaks every connection, on the way back."""

    def fault(raw: Raw) -> None:
        acl = only(raw, "aws_network_acl", "network_database")
        acl["egress"] = [rule for rule in acl["egress"] if rule["from_port"] != 1024]

    claim = the_flow(broken(synthesized, fault), "payments", "database")
    address, text, _ = reason_of(claim)

    assert claim.stage == "answer: network ACL of staging/network/database/subnet-a, out"
    assert address.startswith("aws_network_acl.network_database_access-list")
    assert text == "no egress rule allows tcp 32768, so the final rule (*) denies it"
    assert len(claim.hops) == 5


def test_acl_denial_that_shadows(synthesized: dict[str, Raw]) -> None:
    """A denial with a lower number wins over the rule that allows: both are named."""

    def fault(raw: Raw) -> None:
        rules = only(raw, "aws_network_acl", "network_database")["ingress"]
        rules.append({**rules[0], "action": "deny", "cidr_block": "10.20.0.0/16", "rule_no": 5})

    claim = the_flow(broken(synthesized, fault), "ledger", "database")
    address, text, change = reason_of(claim)

    assert claim.stage == "network ACL of staging/network/database/subnet-a, in"
    assert address.startswith("aws_network_acl.network_database_access-list")
    assert text == "rule 5 denies tcp 5432 for 10.20.0.0/16, and shadows rule 10, which would allow it"
    assert change == "give rule 10 a number below 5, or remove the denial"


def test_unknown_port_is_undecided(synthesized: dict[str, Raw]) -> None:
    """What only the cloud knows is said, not guessed: neither proven nor refuted."""

    def fault(raw: Raw) -> None:
        raw["variable"] = {"door": {"type": "number"}}
        rule = only(raw, "aws_vpc_security_group_ingress_rule", "database_connections_from-ledger")
        rule["from_port"] = rule["to_port"] = "${var.door}"

    found = broken(synthesized, fault)
    flow = next(c for c in found.claims if (c.source, c.destination) == ("ledger", "database"))

    assert flow.verdict is Verdict.UNDECIDED
    assert "database/connections/from-ledger" in flow.cause


def test_every_refutation_names_python(synthesized: dict[str, Raw]) -> None:
    """A refuted flow says what would open it, and every flow comes with the address that asks for it."""
    found = broken(synthesized, lambda raw: raw["resource"].pop("aws_vpc_security_group_ingress_rule"))
    claims = [c for c in refuted(found) if c.kind == "flow"]

    assert len(claims) > 15
    assert all(c.reason and c.reason.change and c.reason.part.address for c in claims)
    assert all(c.part.address for c in claims)
