"""A payment's way through the network, as AWS itself describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Client = Callable[[str], Any]
Outputs = dict[str, str]


def callers(aws: Client, group: str) -> set[tuple[str, int, int]]:
    """Who may connect to a security group: a group or a block of addresses, and the ports."""
    rules = aws("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    return {
        (rule.get("ReferencedGroupInfo", {}).get("GroupId") or rule["CidrIpv4"], rule["FromPort"], rule["ToPort"])
        for rule in rules["SecurityGroupRules"]
        if not rule["IsEgress"]
    }


def test_a_payment_reaches_the_ledgers_database_and_nothing_else_does(aws: Client, outputs: Outputs) -> None:
    """From the internet to the load balancer, on to payments, on to the ledger and its database: no other way."""
    entrance, payments, ledger = (
        outputs[f"{name}_security_group_id"] for name in ("load_balancer", "payments", "ledger")
    )

    assert callers(aws, entrance) == {("0.0.0.0/0", 443, 443), ("0.0.0.0/0", 80, 80)}
    assert callers(aws, payments) == {(entrance, 8080, 8080)}
    assert callers(aws, ledger) == {(payments, 8081, 8081)}
    assert callers(aws, outputs["database_group_id"]) == {(payments, 5432, 5432), (ledger, 5432, 5432)}
    assert callers(aws, outputs["cache_security_group_id"]) == {(payments, 6379, 6379)}


def test_nobody_calls_the_notifications_worker(aws: Client, outputs: Outputs) -> None:
    """A worker that listens on nothing is no way in."""
    assert callers(aws, outputs["notifications_security_group_id"]) == set()


def test_the_load_balancer_hands_requests_to_payments(aws: Client, outputs: Outputs) -> None:
    """A request for /v1/payments/ arrives at the payments tasks; any other is answered with 404."""
    elbv2 = aws("elbv2")
    listeners = elbv2.describe_listeners(LoadBalancerArn=outputs["load_balancer_arn"])["Listeners"]
    (https,) = [listener for listener in listeners if listener["Port"] == 443]
    rules = elbv2.describe_rules(ListenerArn=https["ListenerArn"])["Rules"]
    (rule,) = [one for one in rules if not one["IsDefault"]]
    groups = elbv2.describe_target_groups(LoadBalancerArn=outputs["load_balancer_arn"])["TargetGroups"]
    services = aws("ecs").describe_services(
        cluster=outputs["cluster_name"], services=[outputs["payments_service_name"]]
    )["services"]

    assert https["DefaultActions"][0]["FixedResponseConfig"]["StatusCode"] == "404"
    assert rule["Conditions"][0]["PathPatternConfig"]["Values"] == ["/v1/payments/*"]
    assert [group["TargetGroupArn"] for group in groups] == [rule["Actions"][0]["TargetGroupArn"]]
    assert services[0]["loadBalancers"] == [
        {
            "targetGroupArn": rule["Actions"][0]["TargetGroupArn"],
            "containerName": "payments",
            "containerPort": 8080,
        }
    ]


@pytest.mark.parametrize("tier", ["private", "database"])
def test_nothing_that_matters_has_a_public_address(tier: str, aws: Client, outputs: Outputs) -> None:
    """Tasks and stores cannot be addressed from the internet, whatever a security group says."""
    subnets = aws("ec2").describe_subnets(SubnetIds=outputs[f"{tier}_subnet_ids"].split(","))["Subnets"]

    assert {subnet["MapPublicIpOnLaunch"] for subnet in subnets} == {False}
    assert len({subnet["AvailabilityZone"] for subnet in subnets}) == 3


def test_the_database_tier_has_no_route_out(aws: Client, outputs: Outputs) -> None:
    """Stolen data has no way out of the tier where it lies."""
    tables = aws("ec2").describe_route_tables(
        Filters=[{"Name": "association.subnet-id", "Values": outputs["database_subnet_ids"].split(",")}]
    )["RouteTables"]
    destinations = {route.get("DestinationCidrBlock") for table in tables for route in table["Routes"]}

    assert destinations == {"10.20.0.0/16"}
