"""Which doors are open, in each environment: every one of them, and no other."""

from __future__ import annotations

import pytest

from planproof.document import Document, Resource

HTTPS, HTTP, POSTGRESQL, REDIS, PAYMENTS, LEDGER = 443, 80, 5432, 6379, 8080, 8081

DOORS_IN = {
    "cache/connections/from-payments": REDIS,
    "endpoints/connections/from-ledger": HTTPS,
    "endpoints/connections/from-notifications": HTTPS,
    "endpoints/connections/from-payments": HTTPS,
    "entrance/connections/from-internet-443": HTTPS,
    "entrance/connections/from-internet-80": HTTP,
    "ledger/connections/from-payments": LEDGER,
    "payments/connections/from-entrance": PAYMENTS,
}
DIRECT = {"database/connections/from-ledger": POSTGRESQL, "database/connections/from-payments": POSTGRESQL}
BY_PROXY = {
    "database/connections/from-database-proxy": POSTGRESQL,
    "database-proxy/connections/from-ledger": POSTGRESQL,
    "database-proxy/connections/from-payments": POSTGRESQL,
    "database-readers/connections/from-ledger": POSTGRESQL,
    "database-readers/connections/from-payments": POSTGRESQL,
}


def doors(document: Document, kind: str) -> dict[str, int]:
    """Every rule of a kind, by the pair it is for, with its port."""
    found = {}
    for rule in document.of(kind):
        assert rule.get("from_port") == rule.get("to_port"), f"{rule.origin} opens a range"
        found[rule.origin.removeprefix(f"{document.name}/")] = rule.get("from_port")
    return found


@pytest.mark.parametrize(("environment", "to_the_database"), [("dev", DIRECT), ("staging", DIRECT), ("prod", BY_PROXY)])
def test_only_these_doors_are_open(
    environment: str, to_the_database: dict[str, int], documents: dict[str, Document]
) -> None:
    """The ledger's database is reached by payments and ledger only: one door more would be a breach."""
    assert doors(documents[environment], "aws_vpc_security_group_ingress_rule") == DOORS_IN | to_the_database


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_who_calls_may_also_go_out(environment: str, documents: dict[str, Document]) -> None:
    """Each door has its two halves: a service that may come in but not go out fails at its first payment."""
    document = documents[environment]
    ways_in = {tuple(pair(name, "from-")) for name in doors(document, "aws_vpc_security_group_ingress_rule")}
    ways_out = {tuple(reversed(pair(name, "to-"))) for name in doors(document, "aws_vpc_security_group_egress_rule")}
    outside = {("internet", name) for name in ("payments", "notifications")} | {
        ("s3", name) for name in ("payments", "ledger", "notifications")
    }

    assert {pair for pair in ways_in if pair[1] != "internet"} == ways_out - outside
    assert outside <= ways_out


def pair(door: str, preposition: str) -> list[str]:
    """The two ends of a door: whose it is, and the other."""
    owner, _, rule = door.split("/")
    other = rule.removeprefix(preposition).removesuffix("-443").removesuffix("-80")
    return [owner, other]


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_every_door_says_why(environment: str, documents: dict[str, Document]) -> None:
    """An auditor reads the reason of each rule where the rule is."""
    kinds = ("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule")

    assert all(len(rule.get("description")) > 8 for rule in documents[environment].of(*kinds))


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_only_the_entrance_is_open_to_the_world(environment: str, documents: dict[str, Document]) -> None:
    """The internet reaches the load balancer and nothing else."""
    open_to_all = {
        rule.origin.split("/")[1]
        for rule in documents[environment].of("aws_vpc_security_group_ingress_rule")
        if rule.get("cidr_ipv4") == "0.0.0.0/0"
    }

    assert open_to_all == {"entrance"}


def tier(subnet: Resource) -> str:
    """The tier of a subnet, as its tag says."""
    return str(subnet.get("tags")["Tier"])


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("aws_db_subnet_group", "subnet_ids", "database"),
        ("aws_elasticache_subnet_group", "subnet_ids", "database"),
        ("aws_ecs_service", "network_configuration.subnets", "private"),
        ("aws_lb", "subnets", "public"),
    ],
)
def test_each_part_stands_in_its_tier(
    kind: str, path: str, expected: str, environment: str, documents: dict[str, Document]
) -> None:
    """Data is two fences away from the internet, tasks one; in every zone that the environment has."""
    document = documents[environment]
    zones = 2 if environment == "dev" else 3
    for resource in document.of(kind):
        subnets = document.targets(resource, path)
        assert [tier(subnet) for subnet in subnets] == [expected] * zones


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_the_database_tier_has_no_way_out(environment: str, documents: dict[str, Document]) -> None:
    """A thief in the database tier has nowhere to send what was stolen."""
    document = documents[environment]
    routed = {document.target(route, "route_table_id") for route in document.of("aws_route")}
    tiers = {tier(table) for table in routed if table is not None}

    assert tiers == {"public", "private"}
