"""Proofs answer for whole environments and for the largest networks, at a cost that grows with them and no faster."""

from __future__ import annotations

import cProfile
import json
from typing import TYPE_CHECKING, Any

import pytest

from planproof.connectivity.judgement import Verdict
from planproof.connectivity.proofs import report
from planproof.document import parse

if TYPE_CHECKING:
    from .specimen import Raw


def estate(subnets: int, groups: int, rules: int) -> Raw:
    """A VPC of services in a chain, each with a database: every service calls the next one and its own store."""
    pairs = groups // 2
    each = rules // groups
    found: dict[str, dict[str, Any]] = {
        "aws_vpc": {"main": {"cidr_block": "10.0.0.0/8"}},
        "aws_subnet": {
            f"s{n}": {"vpc_id": "${aws_vpc.main.id}", "cidr_block": f"10.{n}.0.0/16"} for n in range(subnets)
        },
        "aws_db_subnet_group": {
            f"g{n}": {"name": f"g{n}", "subnet_ids": [f"${{aws_subnet.s{(n + k) % subnets}.id}}" for k in range(3)]}
            for n in range(subnets)
        },
    }
    for kind in ("aws_security_group", "aws_ecs_service", "aws_ecs_task_definition", "aws_db_instance"):
        found[kind] = {}
    ingress: dict[str, Any] = {}
    egress: dict[str, Any] = {}
    for n in range(pairs):
        near, far = f"${{aws_security_group.api{n}.id}}", f"${{aws_security_group.data{n}.id}}"
        found["aws_security_group"] |= {
            f"api{n}": {"vpc_id": "${aws_vpc.main.id}"},
            f"data{n}": {"vpc_id": "${aws_vpc.main.id}"},
        }
        door = {"ip_protocol": "tcp", "from_port": 5432, "to_port": 5432}
        egress[f"out{n}"] = {**door, "security_group_id": near, "referenced_security_group_id": far}
        ingress[f"in{n}"] = {**door, "security_group_id": far, "referenced_security_group_id": near}
        for extra in range(each * 2 - 2):
            port = 10_000 + extra
            ingress[f"more{n}-{extra}"] = {
                "ip_protocol": "tcp",
                "from_port": port,
                "to_port": port,
                "security_group_id": far,
                "cidr_ipv4": f"192.168.{extra}.0/24",
            }
        containers = [{"name": "api", "environment": [{"name": "H", "value": f"${{aws_db_instance.data{n}.address}}"}]}]
        found["aws_ecs_task_definition"][f"api{n}"] = {"container_definitions": json.dumps(containers)}
        found["aws_ecs_service"][f"api{n}"] = {
            "task_definition": f"${{aws_ecs_task_definition.api{n}.arn}}",
            "network_configuration": {
                "subnets": [f"${{aws_subnet.s{(n + k) % subnets}.id}}" for k in (3, 4)],
                "security_groups": [near],
            },
        }
        found["aws_db_instance"][f"data{n}"] = {
            "engine": "postgres",
            "port": 5432,
            "db_subnet_group_name": f"${{aws_db_subnet_group.g{n % subnets}.name}}",
            "vpc_security_group_ids": [far],
        }
    found |= {"aws_vpc_security_group_ingress_rule": ingress, "aws_vpc_security_group_egress_rule": egress}
    return {"resource": found}


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_one_environment(environment: str, synthesized: dict[str, Raw]) -> None:
    """Every flow and every protected store of an environment has its claim, and each is proven."""
    found = report(parse(synthesized[environment], name=environment, source="x.json"))

    assert len(found.claims) > 25
    assert {claim.verdict for claim in found.claims} == {Verdict.PROVEN}


def networks(count: int) -> Raw:
    """So many VPCs, each with a database whose group lets in its whole VPC."""
    numbers = range(count)
    return {
        "resource": {
            "aws_vpc": {f"v{n}": {"cidr_block": "10.0.0.0/16"} for n in numbers},
            "aws_subnet": {f"s{n}": {"vpc_id": f"${{aws_vpc.v{n}.id}}", "cidr_block": "10.0.1.0/24"} for n in numbers},
            "aws_security_group": {f"g{n}": {"vpc_id": f"${{aws_vpc.v{n}.id}}"} for n in numbers},
            "aws_vpc_security_group_ingress_rule": {
                f"i{n}": {
                    "security_group_id": f"${{aws_security_group.g{n}.id}}",
                    "ip_protocol": "-1",
                    "cidr_ipv4": "10.0.0.0/16",
                }
                for n in numbers
            },
            "aws_db_subnet_group": {
                f"b{n}": {"name": f"b{n}", "subnet_ids": [f"${{aws_subnet.s{n}.id}}"]} for n in numbers
            },
            "aws_db_instance": {
                f"d{n}": {
                    "engine": "postgres",
                    "db_subnet_group_name": f"${{aws_db_subnet_group.b{n}.name}}",
                    "vpc_security_group_ids": [f"${{aws_security_group.g{n}.id}}"],
                }
                for n in numbers
            },
        }
    }


def calls(raw: Raw) -> int:
    """How many functions a report calls: work that no other work on the machine changes."""
    document = parse(raw, name="networks", source="networks.json")
    profile = cProfile.Profile()
    profile.runcall(report, document)
    return sum(entry.callcount for entry in profile.getstats())


def test_many_networks_cost_no_more_each_than_few() -> None:
    """An account of a hundred VPCs is a hundred times the work of one, not ten thousand times."""
    calls(networks(5))  # what is read once for all

    assert calls(networks(160)) < 5 * calls(networks(40))


@pytest.mark.no_cover
@pytest.mark.slow
def test_largest_network() -> None:
    """With 200 subnets, 1,000 groups and 10,000 rules every answer is still right; `make bench` says how fast."""
    document = parse(estate(200, 1_000, 10_000), name="estate", source="estate.json")
    found = report(document)

    rules = document.of("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule")
    assert len(rules) == 10_000
    assert [c for c in found.claims if c.verdict is not Verdict.PROVEN] == []
    assert sum(c.kind == "flow" for c in found.claims) == 500
