"""Data stores that more can reach than the platform intends: routes, subnets and open blocks."""

from __future__ import annotations

from tests.planproof.connectivity.staging_faults import Raw, broken, name_of, only, reason_of, refuted


def test_database_routed_to_the_internet(synthesized: dict[str, Raw]) -> None:
    """A route from the database tier to the gateway is named, although no group opens it today."""

    def fault(raw: Raw) -> None:
        table = name_of(raw, "aws_route_table", "network_database_routes-b")
        gateway = name_of(raw, "aws_internet_gateway", "")
        raw["resource"]["aws_route"]["leak"] = {
            "destination_cidr_block": "0.0.0.0/0",
            "gateway_id": f"${{aws_internet_gateway.{gateway}.id}}",
            "route_table_id": f"${{aws_route_table.{table}.id}}",
        }

    claims = refuted(broken(synthesized, fault))

    assert {(c.kind, c.source) for c in claims} == {("isolation", "database"), ("isolation", "cache")}
    assert {reason_of(c)[0] for c in claims} == {"aws_route.leak"}
    assert {c.stage for c in claims} == {"route of staging/network/database/subnet-b"}


def test_subnet_group_with_a_public_subnet(synthesized: dict[str, Raw]) -> None:
    """A database that may be placed in a public subnet: the choice of subnets is blamed, not the public route."""

    def fault(raw: Raw) -> None:
        public = name_of(raw, "aws_subnet", "network_public_subnet-a")
        only(raw, "aws_db_subnet_group")["subnet_ids"].append(f"${{aws_subnet.{public}.id}}")

    found = broken(synthesized, fault)
    isolation = [c for c in refuted(found) if c.kind == "isolation"]

    assert [c.source for c in isolation] == ["database"]
    assert reason_of(isolation[0])[0].startswith("aws_db_instance.database_instance")
    assert "may be placed in staging/network/public/subnet-a" in reason_of(isolation[0])[1]


def test_database_open_to_the_whole_network(synthesized: dict[str, Raw]) -> None:
    """A rule for the VPC's whole block lets in more than the flows intend: a packet proves it."""

    def fault(raw: Raw) -> None:
        rule = only(raw, "aws_vpc_security_group_ingress_rule", "database_connections_from-ledger")
        del rule["referenced_security_group_id"]
        rule["cidr_ipv4"] = "10.20.0.0/16"

    claims = [c for c in refuted(broken(synthesized, fault)) if c.kind == "exposure"]

    assert [c.destination for c in claims] == ["database"]
    assert claims[0].witness is not None
    assert reason_of(claims[0])[0].startswith("aws_vpc_security_group_ingress_rule.database_connections_from-ledger")
