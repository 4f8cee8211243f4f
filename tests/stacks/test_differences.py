"""How the environments differ, as a payments company would have them: one table, one truth."""

from __future__ import annotations

from collections import Counter

import pytest

from planproof.document import Document

ENVIRONMENTS = ("dev", "staging", "prod")

VALUES = {
    ("aws_db_instance", "database/instance", "instance_class"): ("db.t4g.micro", "db.t4g.medium", "db.r6g.large"),
    ("aws_db_instance", "database/instance", "multi_az"): (False, True, True),
    ("aws_db_instance", "database/instance", "backup_retention_period"): (7, 14, 35),
    ("aws_db_instance", "database/instance", "deletion_protection"): (False, True, True),
    ("aws_db_instance", "database/instance", "allocated_storage"): (20, 50, 200),
    ("aws_elasticache_replication_group", "cache/group", "node_type"): (
        "cache.t4g.micro",
        "cache.t4g.medium",
        "cache.r7g.large",
    ),
    ("aws_elasticache_replication_group", "cache/group", "num_cache_clusters"): (2, 2, 3),
    ("aws_elasticache_replication_group", "cache/group", "snapshot_retention_limit"): (1, 3, 7),
    ("aws_appautoscaling_target", "payments/scaling/target", "min_capacity"): (1, 2, 3),
    ("aws_appautoscaling_target", "payments/scaling/target", "max_capacity"): (2, 6, 30),
    ("aws_ecs_service", "payments/service", "desired_count"): (1, 2, 6),
    ("aws_ecs_task_definition", "payments/task/definition", "cpu"): ("256", "512", "1024"),
    ("aws_cloudwatch_log_group", "payments/log/group", "retention_in_days"): (30, 90, 400),
    ("aws_lb", "entrance/balancer", "enable_deletion_protection"): (False, True, True),
    ("aws_budgets_budget", "budget/budget", "limit_amount"): ("450", "1500", "6000"),
    ("aws_vpc", "network/vpc", "cidr_block"): ("10.10.0.0/16", "10.20.0.0/16", "10.30.0.0/16"),
}
COUNTS = {
    "aws_nat_gateway": (1, 1, 3),
    "aws_subnet": (6, 9, 9),
    "aws_db_instance": (1, 1, 2),
    "aws_db_proxy": (0, 0, 1),
    "aws_wafv2_web_acl": (0, 1, 1),
    "aws_guardduty_detector": (0, 1, 1),
    "aws_securityhub_account": (0, 1, 1),
    "aws_backup_vault": (1, 1, 2),
    "aws_backup_vault_lock_configuration": (0, 0, 2),
    "aws_appautoscaling_scheduled_action": (0, 0, 2),
    "aws_cloudtrail": (1, 1, 1),
}


@pytest.mark.parametrize(("kind", "path", "attribute"), sorted(VALUES))
def test_each_environment_has_its_own_size(
    kind: str, path: str, attribute: str, documents: dict[str, Document]
) -> None:
    """Dev is cheap, staging rehearses, prod bears the load and keeps the records."""
    found = tuple(
        resource.get(attribute)
        for name in ENVIRONMENTS
        for resource in documents[name].of(kind)
        if resource.origin == f"{name}/{path}"
    )

    assert found == VALUES[kind, path, attribute]


@pytest.mark.parametrize("kind", sorted(COUNTS))
def test_each_environment_has_what_it_needs(kind: str, documents: dict[str, Document]) -> None:
    """What protects real money is in prod, and dev does not pay for it."""
    assert tuple(len(documents[name].of(kind)) for name in ENVIRONMENTS) == COUNTS[kind]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_service_scales_on_its_own_load(environment: str, documents: dict[str, Document]) -> None:
    """Payments follow requests, notifications follow the queue, and all follow CPU and memory."""
    policies = Counter(
        policy.origin.removeprefix(f"{environment}/")
        for policy in documents[environment].of("aws_appautoscaling_policy")
    )

    assert policies == Counter(
        f"{service}/scaling/{metric}"
        for service, metrics in {
            "payments": ("cpu", "memory", "requests"),
            "ledger": ("cpu", "memory"),
            "notifications": ("cpu", "memory", "messages"),
        }.items()
        for metric in metrics
    )


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_backup_plan_covers_the_ledger(environment: str, documents: dict[str, Document]) -> None:
    """The ledger can be brought back, every night's and every second's."""
    document = documents[environment]
    (selection,) = document.of("aws_backup_selection")
    (plan,) = document.of("aws_backup_plan")
    covered = {resource.origin for resource in document.targets(selection, "resources")}

    assert covered == {f"{environment}/database/instance"}
    assert [rule.get("enable_continuous_backup", False) for rule in plan.get("rule")] == [False, True]


def test_prod_survives_its_region(documents: dict[str, Document]) -> None:
    """Each night's backup of prod is copied to a vault in another region, under a key of that region."""
    prod = documents["prod"]
    vaults = {vault.origin: vault.meta.get("provider") for vault in prod.of("aws_backup_vault")}
    (plan,) = prod.of("aws_backup_plan")
    copies = prod.targets(plan, "rule.0.copy_action")

    assert vaults == {"prod/vault/vault": None, "prod/vault-copy/vault": "aws.copy"}
    assert [copy.origin for copy in copies] == ["prod/vault-copy/vault"]
