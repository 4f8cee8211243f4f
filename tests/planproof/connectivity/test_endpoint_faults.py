"""Faults on the way from tasks to the APIs of AWS: endpoints, their names and policies, and NAT."""

from __future__ import annotations

import json

import pytest

from planproof.connectivity.judgement import Verdict
from tests.planproof.connectivity.staging_faults import (
    Raw,
    broken,
    closed,
    drop,
    name_of,
    only,
    reason_of,
    refuted,
    the_flow,
)


def test_private_tier_without_nat_and_endpoints(synthesized: dict[str, Raw]) -> None:
    """Tasks that can leave the VPC no way at all do not start: every API they need is refuted."""

    def fault(raw: Raw) -> None:
        del raw["resource"]["aws_vpc_endpoint"]
        raw["resource"]["aws_route"] = {
            name: body for name, body in raw["resource"]["aws_route"].items() if "private" not in name
        }
        for kind in ("aws_vpc_security_group_egress_rule",):
            group = only(raw, "aws_security_group", "ledger")
            assert group
            raw["resource"][kind]["everything"] = {
                "security_group_id": f"${{aws_security_group.{name_of(raw, 'aws_security_group', 'ledger')}.id}}",
                "ip_protocol": "-1",
                "cidr_ipv4": "0.0.0.0/0",
            }

    found = broken(synthesized, fault)
    claim = the_flow(found, "ledger", "aws:ecr.api")
    _, text, change = reason_of(claim)

    assert {c.destination for c in refuted(found) if c.kind == "flow" and c.source == "ledger"} == {
        *("aws:ecr.api", "aws:ecr.dkr", "aws:logs", "aws:s3"),
    }
    assert claim.stage == "route of staging/network/private/subnet-a"
    assert text.startswith("the VPC has no endpoint for ecr.api, and no route of staging/network/private/subnet-a")
    assert change.startswith("add an aws_vpc_endpoint for ecr.api")


@pytest.mark.parametrize("service", ["ecr-api", "ecr-dkr", "logs", "secretsmanager", "sqs", "kms"])
def test_endpoint_deleted(service: str, synthesized: dict[str, Raw]) -> None:
    """Without one endpoint its API is out of reach, and only its API: the endpoint that is missing is named."""

    def fault(raw: Raw) -> None:
        closed(raw)
        drop(raw, "aws_vpc_endpoint", f"endpoints_{service}")

    found = broken(synthesized, fault)
    api = service.replace("-", ".")
    claims = refuted(found)

    assert claims
    assert {claim.destination for claim in claims} == {f"aws:{api}"}
    assert all(claim.reason and f"the VPC has no endpoint for {api}, and" in claim.reason.text for claim in claims)


def test_nat_stands_in_for_an_endpoint(synthesized: dict[str, Raw]) -> None:
    """Without the endpoint a service that may call the internet still gets there, through NAT: no false alarm."""
    found = broken(synthesized, lambda raw: drop(raw, "aws_vpc_endpoint", "endpoints_sqs"))
    flow = next(c for c in found.claims if (c.source, c.destination) == ("payments", "aws:sqs"))

    assert flow.verdict is Verdict.PROVEN
    assert any("(NAT)" in hop.stage for hop in flow.hops)


def test_gateway_endpoint_deleted(synthesized: dict[str, Raw]) -> None:
    """Without the S3 gateway the layers of images cannot be fetched: the tasks would not start."""
    found = broken(synthesized, lambda raw: drop(raw, "aws_vpc_endpoint", "endpoints_s3"))
    claim = the_flow(found, "ledger", "aws:s3")

    assert claim.reason is not None
    assert "the VPC has no endpoint for s3" in claim.reason.text


def test_gateway_endpoint_off_one_route_table(synthesized: dict[str, Raw]) -> None:
    """One zone whose table has no route to the endpoint is enough to lose the tasks of that zone."""

    def fault(raw: Raw) -> None:
        only(raw, "aws_vpc_endpoint", "endpoints_s3")["route_table_ids"].pop()
        drop(raw, "aws_route", "network_private_out-2")

    claim = the_flow(broken(synthesized, fault), "ledger", "aws:s3")

    assert claim.stage == "route of staging/network/private/subnet-c"
    assert reason_of(claim)[1] == "the route table of staging/network/private/subnet-c has no route to the endpoint"


def test_endpoint_without_private_dns(synthesized: dict[str, Raw]) -> None:
    """An endpoint whose name nobody resolves is passed by: the call goes to the internet, which the group forbids."""

    def fault(raw: Raw) -> None:
        closed(raw)
        only(raw, "aws_vpc_endpoint", "endpoints_sqs")["private_dns_enabled"] = False

    claim = the_flow(broken(synthesized, fault), "notifications", "aws:sqs")

    assert claim.stage == "security group of notifications, out"


def test_endpoint_policy_without_image_layers(synthesized: dict[str, Raw]) -> None:
    """Image layers lie in a bucket of AWS: a policy for our account only stops every deployment."""

    def fault(raw: Raw) -> None:
        endpoint = only(raw, "aws_vpc_endpoint", "endpoints_s3")
        policy = json.loads(endpoint["policy"])
        policy["Statement"] = [one for one in policy["Statement"] if one["Sid"] == "OnlyThisAccount"]
        endpoint["policy"] = json.dumps(policy)

    claim = the_flow(broken(synthesized, fault), "payments", "aws:s3")

    assert claim.stage == "policy of the endpoint for s3"
    assert "does not allow s3:GetObject" in reason_of(claim)[1]
