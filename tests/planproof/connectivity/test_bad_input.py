"""Bad input gets a finding or UNDECIDED with its cause: never a guess, never a traceback."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from planproof.connectivity.judgement import Verdict
from planproof.connectivity.proofs import report
from planproof.document import parse

from .specimen import Raw, network

if TYPE_CHECKING:
    from collections.abc import Callable

    from planproof.connectivity.claims import Claim


def claims(raw: Raw) -> list[Claim]:
    """Every claim about a configuration."""
    return list(report(parse(raw, name="specimen", source="specimen.tf.json")).claims)


def flow(raw: Raw) -> Claim:
    """The flow from the service to its database."""
    return next(c for c in claims(raw) if (c.kind, c.source, c.destination) == ("flow", "api", "data"))


def faulty(raw: Raw) -> list[tuple[Verdict, str]]:
    """What is said of the network itself."""
    return [(c.verdict, c.reason.text if c.reason else c.cause) for c in claims(raw) if c.kind == "network"]


def test_the_specimen_is_right() -> None:
    """Without a fault the flow is proven and nobody else gets in."""
    found = claims(network())

    assert flow(network()).verdict is Verdict.PROVEN
    assert "only api (tcp 5432) reach data, from aws_subnet.app" in [c.why for c in found if c.kind == "exposure"]


def test_overlapping_subnets() -> None:
    """AWS refuses subnets that overlap; the second one is named with the first."""
    raw = network()
    raw["resource"]["aws_subnet"]["app"]["cidr_block"] = "10.0.2.128/25"

    assert faulty(raw) == [(Verdict.REFUTED, "10.0.2.128/25 overlaps with aws_subnet.data0")]


def test_subnet_outside_its_network() -> None:
    """A subnet that is not in its VPC's block is a finding."""
    raw = network()
    raw["resource"]["aws_subnet"]["app"]["cidr_block"] = "10.9.0.0/24"

    assert faulty(raw) == [(Verdict.REFUTED, "10.9.0.0/24 is outside the VPC's 10.0.0.0/16")]


@pytest.mark.parametrize("block", ["10.0.1.0/33", "10.0.1/24", "everything", "::/129"])
def test_invalid_block(block: str) -> None:
    """A block that is none is named with what was written."""
    raw = network()
    raw["resource"]["aws_vpc_security_group_ingress_rule"]["odd"] = {
        "security_group_id": "${aws_security_group.data.id}",
        "ip_protocol": "tcp",
        "from_port": 1,
        "to_port": 1,
        "cidr_ipv4": block,
    }

    assert faulty(raw) == [(Verdict.REFUTED, f"{block!r} is no CIDR block")]


def test_group_of_another_network() -> None:
    """A rule that names a group of a VPC without a link opens nothing, and says so."""
    raw = network()
    raw["resource"]["aws_vpc"]["other"] = {"cidr_block": "10.1.0.0/16"}
    raw["resource"]["aws_security_group"]["far"] = {"vpc_id": "${aws_vpc.other.id}"}
    rule = raw["resource"]["aws_vpc_security_group_ingress_rule"]["in"]
    rule["referenced_security_group_id"] = "${aws_security_group.far.id}"

    assert flow(raw).verdict is Verdict.REFUTED
    assert faulty(raw) == [
        (Verdict.REFUTED, "names aws_security_group.far of another VPC (aws_vpc.other), to which no link leads")
    ]


def test_groups_that_name_each_other() -> None:
    """A cycle of references is no cycle of thought."""
    raw = network()
    raw["resource"]["aws_vpc_security_group_ingress_rule"]["back"] = {
        "security_group_id": "${aws_security_group.api.id}",
        "ip_protocol": "-1",
        "referenced_security_group_id": "${aws_security_group.data.id}",
    }

    assert flow(raw).verdict is Verdict.PROVEN


def unknown(path: str) -> Callable[[Raw], None]:
    """A fault: an attribute that only a variable knows."""

    def fault(raw: Raw) -> None:
        body: Any = raw["resource"]
        *steps, last = path.split("/")
        for step in steps:
            body = body[step]
        body[last] = "${var.later}"
        raw["variable"] = {"later": {}}

    return fault


@pytest.mark.parametrize(
    "path",
    [
        "aws_vpc_security_group_ingress_rule/in/from_port",
        "aws_vpc_security_group_ingress_rule/in/ip_protocol",
        "aws_vpc_security_group_ingress_rule/in/referenced_security_group_id",
        "aws_db_instance/data/vpc_security_group_ids",
        "aws_db_instance/data/db_subnet_group_name",
        "aws_db_instance/data/port",
        "aws_ecs_service/api/network_configuration",
        "aws_db_subnet_group/data/subnet_ids",
    ],
)
def test_unknown_is_undecided(path: str) -> None:
    """What is known after apply is never guessed: the flow is undecided and names the unknown."""
    raw = network()
    unknown(path)(raw)
    found = [c for c in claims(raw) if c.kind == "flow" and c.destination == "data"]

    assert [(c.verdict, bool(c.cause)) for c in found] == [(Verdict.UNDECIDED, True)]


def test_no_network_at_all() -> None:
    """A document without a network has nothing to prove, and says nothing false."""
    raw = {"resource": {"aws_s3_bucket": {"b": {"bucket": "b"}}}}

    assert claims(raw) == []


def test_subnet_that_is_not_here() -> None:
    """A service in a subnet of another state cannot be judged: the subnet is named."""
    raw = network()
    raw["resource"]["aws_ecs_service"]["api"]["network_configuration"]["subnets"] = ["subnet-0abc"]

    assert flow(raw).verdict is Verdict.UNDECIDED
    assert flow(raw).cause == "aws_ecs_service.api: subnet-0abc is not in the document"


def test_ipv6_only() -> None:
    """A network of IPv6 alone is proved like any other."""
    raw = network()
    raw["resource"]["aws_vpc"]["main"] = {"cidr_block": "10.0.0.0/16", "ipv6_cidr_block": "2001:db8::/56"}
    for number, name in enumerate(("app", "data0")):
        raw["resource"]["aws_subnet"][name] = {
            "vpc_id": "${aws_vpc.main.id}",
            "ipv6_native": True,
            "ipv6_cidr_block": f"2001:db8:0:{number}::/64",
        }

    assert flow(raw).verdict is Verdict.PROVEN
    assert str(flow(raw).witness).startswith("tcp 2001:db8::4:")


def test_zone_that_is_left_out() -> None:
    """What works in two of three zones does not work: the zone is named by its subnet."""
    raw = network(subnets=3)
    raw["resource"]["aws_network_acl"] = {
        "tight": {"vpc_id": "${aws_vpc.main.id}", "subnet_ids": ["${aws_subnet.data2.id}"], "ingress": [], "egress": []}
    }

    assert flow(raw).verdict is Verdict.REFUTED
    assert flow(raw).stage == "network ACL of aws_subnet.data2, in"
    assert flow(raw).cases == 3


ODD: list[Any] = ["${var.x}", "${some(thing)}", None, [], {}, "", 7, -5, True, ["${var.x}"], [{}], {"a": 1}, [None]]


@pytest.mark.slow
def test_no_value_of_any_attribute_is_a_traceback() -> None:
    """Whatever stands in any one attribute, the answer is a claim: a crash would hide every other proof."""
    whole = network()
    whole["variable"] = {"x": {}}
    whole["resource"]["aws_network_acl"] = {
        "a": {"vpc_id": "${aws_vpc.main.id}", "subnet_ids": ["${aws_subnet.app.id}"], "ingress": [], "egress": []}
    }
    whole["resource"]["aws_route_table"] = {"r": {"vpc_id": "${aws_vpc.main.id}", "route": []}}
    whole["resource"]["aws_route"] = {
        "out": {
            "route_table_id": "${aws_route_table.r.id}",
            "destination_cidr_block": "0.0.0.0/0",
            "gateway_id": "igw-1",
        }
    }
    whole["resource"]["aws_vpc_endpoint"] = {
        "e": {
            "vpc_id": "${aws_vpc.main.id}",
            "service_name": "com.amazonaws.eu-west-1.logs",
            "vpc_endpoint_type": "Interface",
            "subnet_ids": ["${aws_subnet.app.id}"],
            "policy": "{}",
        }
    }
    tried = 0
    for kind, items in whole["resource"].items():
        for name, body in items.items():
            for key, value in product(body, ODD):
                changed = {**whole["resource"], kind: {**items, name: {**body, key: value}}}
                for claim in claims({**whole, "resource": changed}):
                    assert claim.verdict is Verdict.PROVEN or claim.cause or claim.reason, (kind, key, value, claim)
                tried += 1

    assert tried > 500
