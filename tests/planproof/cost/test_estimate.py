"""Each part of an environment costs what the table says, and nothing unknown is counted as nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from planproof.cost.estimate import Estimate, estimate
from planproof.cost.free import FREE
from planproof.cost.meters import meters
from planproof.cost.prices import load
from planproof.document import parse

PRICES = load()
PROVIDER = {"aws": [{"region": "eu-west-1"}, {"alias": "copy", "region": "eu-central-1"}]}
HOURS = Decimal(730)


def cost_of(provider: dict[str, Any] | None = None, **resources: dict[str, Any]) -> Estimate:
    """Estimate a configuration with one resource of each type, named `it`."""
    raw = {
        "provider": PROVIDER if provider is None else provider,
        "resource": {kind: {"it": body} for kind, body in resources.items()},
    }
    return estimate(parse(raw, name="dev", source="test"), PRICES)


def amounts(found: Estimate) -> dict[str, Decimal | None]:
    """What each line costs, by what it is; usage left out."""
    return {line.what: line.monthly for line in found.lines if line.kind != "usage"}


DATABASE = {"engine": "postgres", "storage_type": "gp3", "allocated_storage": 100, "max_allocated_storage": 400}


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ({"aws_lb": {"internal": False, "subnets": ["a", "b", "c"]}},
         {"load balancer": HOURS * Decimal("0.0252"),
          "public IPv4 of the load balancer": 3 * HOURS * Decimal("0.005")}),
        ({"aws_lb": {"internal": True, "subnets": ["a", "b"]}}, {"load balancer": HOURS * Decimal("0.0252")}),
        ({"aws_nat_gateway": {}, "aws_eip": {}},
         {"NAT gateway": HOURS * Decimal("0.048"), "public IPv4": HOURS * Decimal("0.005")}),
        ({"aws_vpc_endpoint": {"vpc_endpoint_type": "Interface", "subnet_ids": ["a", "b", "c"]}},
         {"interface endpoint": 3 * HOURS * Decimal("0.011")}),
        ({"aws_vpc_endpoint": {"vpc_endpoint_type": "Gateway"}}, {"gateway endpoint": Decimal(0)}),
        ({"aws_db_instance": {**DATABASE, "instance_class": "db.r6g.large", "multi_az": True}},
         {"database instance": HOURS * Decimal("0.504"), "database storage": 100 * Decimal("0.254")}),
        ({"aws_db_instance": {**DATABASE, "instance_class": "db.t4g.micro", "manage_master_user_password": True}},
         {"database instance": HOURS * Decimal("0.017"), "database storage": 100 * Decimal("0.127"),
          "master password": Decimal("0.4")}),
        ({"aws_elasticache_replication_group": {
            "engine": "valkey", "node_type": "cache.t4g.micro", "num_cache_clusters": 2}},
         {"cache nodes": 2 * HOURS * Decimal("0.0136")}),
        ({"aws_elasticache_replication_group": {
            "node_type": "cache.r7g.large", "num_node_groups": 2, "replicas_per_node_group": 2}},
         {"cache nodes": 6 * HOURS * Decimal("0.243")}),
        ({"aws_kms_key": {"enable_key_rotation": True}}, {"customer key": Decimal(1)}),
        ({"aws_wafv2_web_acl": {"rule": [{"name": "a"}, {"name": "b"}]}},
         {"web access list": Decimal(5), "web access rules": Decimal(2)}),
        ({"aws_cloudwatch_metric_alarm": {"period": 60}}, {"alarm": Decimal("0.1")}),
        ({"aws_cloudwatch_metric_alarm": {
            "metric_query": [{"id": "a", "metric": [{}]}, {"id": "b", "metric": [{"x": 1}]},
                             {"id": "c", "expression": "a+b"}]}},
         {"alarm": Decimal("0.2")}),
        ({"aws_route53_zone": {}}, {"hosted zone": Decimal("0.5")}),
    ],
)  # fmt: skip
def test_each_part_costs_what_the_table_says(resources: dict[str, Any], expected: dict[str, Decimal]) -> None:
    """Worked out by hand from the price of one unit, to the last digit."""
    found = cost_of(**resources)

    assert amounts(found) == expected
    assert found.total == sum(expected.values())


def fargate(**service: Any) -> Estimate:
    """Estimate a service of two tasks of half a vCPU and 1 GiB that may grow to ten."""
    return cost_of(
        aws_ecs_task_definition={"cpu": "512", "memory": "1024"},
        aws_ecs_service={
            "name": "payments",
            "task_definition": "${aws_ecs_task_definition.it.arn}",
            "desired_count": 2,
            **service,
        },
        aws_appautoscaling_target={"resource_id": "service/main/payments", "min_capacity": 2, "max_capacity": 10},
    )


def test_fargate_by_vcpu_and_memory_now_and_at_its_limit() -> None:
    """What a service costs when it starts, and when the load is at its highest."""
    found = fargate(launch_type="FARGATE")

    assert found.total == HOURS * (1 * Decimal("0.04048") + 2 * Decimal("0.004445"))
    assert found.most == 5 * found.total
    assert {line.note for line in found.lines} == {"scales from 2 to 10 tasks"}


def test_spot_tasks_have_no_price_here() -> None:
    """The price of Spot changes every minute: it is said to be unknown, not taken from the fixed price."""
    found = fargate(capacity_provider_strategy=[{"capacity_provider": "FARGATE_SPOT", "weight": 1}])

    assert [line.kind for line in found.lines] == ["unpriced", "unpriced"]
    assert found.total == 0


def test_replica_costs_as_much_as_its_source() -> None:
    """A replica takes engine and storage from the database it copies."""
    raw = {
        "provider": PROVIDER,
        "resource": {
            "aws_db_instance": {
                "main": {**DATABASE, "identifier": "main", "instance_class": "db.t4g.micro"},
                "read": {"replicate_source_db": "${aws_db_instance.main.identifier}", "instance_class": "db.t4g.micro"},
            }
        },
    }

    found = estimate(parse(raw, name="dev", source="test"), PRICES)

    one = HOURS * Decimal("0.017") + 100 * Decimal("0.127")
    assert found.total == 2 * one


@pytest.mark.parametrize(
    ("resources", "note"),
    [
        ({"aws_db_instance": {**DATABASE, "instance_class": "db.z9.large"}},
         "rds-postgres db.z9.large.single-az is not priced in eu-west-1"),
        ({"aws_cloudwatch_dashboard": {}},
         "cloudwatch dashboard-month is not priced in eu-west-1 (3 USD in us-east-1)"),
        ({"aws_redshift_cluster": {}}, "no price is known for this type"),
        ({"aws_kms_key": {"provider": "aws.copy"}},
         "kms key-month is not priced in eu-central-1 (1 USD in eu-west-1, 1 USD in us-east-1, 1 USD in us-west-2)"),
    ],
)  # fmt: skip
def test_an_unknown_price_is_said_and_never_zero(resources: dict[str, Any], note: str) -> None:
    """A part without a price would make the total look complete and the budget safe."""
    (line,) = cost_of(**resources).of_kind("unpriced")

    assert (line.note, line.monthly) == (note, None)


def test_a_quantity_only_the_cloud_knows_is_said() -> None:
    """The number of zones decides about two thirds of an endpoint's cost."""
    (line,) = cost_of(aws_vpc_endpoint={"vpc_endpoint_type": "Interface", "subnet_ids": "${var.subnets}"}).of_kind(
        "unknown"
    )

    assert (line.note, line.monthly) == ("the number of subnets is not known", None)


def test_without_a_region_nothing_has_a_price() -> None:
    """The same thing costs a tenth more next door: no region, no price."""
    found = cost_of(provider={"aws": [{}]}, aws_nat_gateway={})

    assert found.region == "unknown"
    assert found.total == 0
    assert [line.kind for line in found.lines] == ["unpriced", "usage"]


def test_no_type_is_both_free_and_metered() -> None:
    """A type in the list of free ones and with a meter would be two opinions about one bill."""
    assert sorted(FREE & set(meters())) == []


def test_a_meter_wins_over_a_free_family() -> None:
    """Settings of a bucket are free, but what replication copies is not."""
    (line,) = cost_of(aws_s3_bucket_replication_configuration={}, aws_s3_bucket_versioning={}).lines

    assert (line.kind, line.note) == ("usage", "GB copied")


def test_the_platform_is_priced_within_its_budgets(synthesized: dict[str, dict[str, Any]]) -> None:
    """Every part of every environment is known to the estimate, and dev costs a fraction of prod."""
    documents = {name: parse(raw, name=name, source=name) for name, raw in synthesized.items()}
    found = {name: estimate(document, PRICES) for name, document in documents.items()}

    for name, one in found.items():
        (budget,) = documents[name].of("aws_budgets_budget")
        assert one.region == "eu-west-1"
        assert not one.of_kind("unknown"), name
        assert not [line.what for line in one.lines if line.note == "no price is known for this type"], name
        assert 0 < one.total <= one.most <= Decimal(str(budget.get("limit_amount")))
        assert sum(line.monthly for line in one.lines if line.monthly is not None) == one.total
    assert found["dev"].total * 2 < found["staging"].total * 2 < found["prod"].total * 2
