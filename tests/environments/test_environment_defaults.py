"""What an environment is when its file says nothing: the safe choice, each time."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from environments import NAMES, load_all
from environments.application import Application
from environments.capacity import CacheSettings, DatabaseSettings, NetworkSettings, QueueSettings, ServiceSettings
from environments.model import Environment
from environments.operations import (
    AuditSettings,
    BackupSettings,
    BudgetSettings,
    KeySettings,
    LoadBalancerSettings,
    MonitoringSettings,
    StateSettings,
)
from environments.settings import Settings


def defaults(settings: type[Settings]) -> dict[str, Any]:
    """What is taken for each setting that may be left out."""
    return {name: field.default for name, field in settings.model_fields.items() if not field.is_required()}


DEFAULTS: list[tuple[type[Settings], dict[str, Any]]] = [
    (
        Environment,
        {
            "deletion_protection": True,
            "domain": None,
            "load_balancer": LoadBalancerSettings(),
            "queue": QueueSettings(),
            "backup": BackupSettings(),
            "audit": AuditSettings(),
            "keys": KeySettings(),
            "state": StateSettings(),
        },
    ),
    (Application, {"queues": ()}),
    (
        NetworkSettings,
        {
            "nat": "per_zone",
            "interface_endpoints": ("ecr.api", "ecr.dkr", "logs", "secretsmanager", "kms", "sqs", "sts", "monitoring"),
        },
    ),
    (
        DatabaseSettings,
        {
            "engine_version": "16",
            "multi_az": True,
            "backup_retention_days": 35,
            "read_replicas": 0,
            "proxy": False,
            "performance_insights_days": 7,
            "monitoring_interval_seconds": 60,
        },
    ),
    (CacheSettings, {"engine_version": "8.0", "replicas": 2, "snapshot_retention_days": 7}),
    (QueueSettings, {"retention_days": 14, "visibility_timeout_seconds": 60, "receives_before_dead_letter": 5}),
    (
        ServiceSettings,
        {
            "cpu_units": 512,
            "memory_mib": 1024,
            "min_tasks": 2,
            "desired_tasks": 2,
            "max_tasks": 6,
            "target_cpu_percent": 60,
            "target_memory_percent": 70,
            "requests_per_task": 600,
            "messages_per_task": 100,
            "schedules": (),
        },
    ),
    (
        LoadBalancerSettings,
        {
            "idle_timeout_seconds": 60,
            "access_log_retention_days": 365,
            "waf": True,
            "requests_per_5_minutes": 2000,
        },
    ),
    (
        MonitoringSettings,
        {
            "log_retention_days": 365,
            "cpu_percent": 80,
            "memory_percent": 85,
            "server_errors_per_minute": 5,
            "latency_seconds": 1.0,
            "free_storage_percent": 20,
            "database_connections": 200,
            "oldest_message_seconds": 300,
        },
    ),
    (BackupSettings, {"retention_days": 35, "lock": True, "copy_region": None}),
    (
        AuditSettings,
        {
            "trail": True,
            "config": True,
            "guardduty": True,
            "security_hub": True,
            "access_analyzer": True,
            "inspector": True,
            "log_retention_days": 400,
        },
    ),
    (BudgetSettings, {"forecast_alert_percent": 90}),
    (KeySettings, {"deletion_window_days": 30}),
    (StateSettings, {"old_version_days": 365}),
]


@pytest.mark.parametrize(("settings", "expected"), DEFAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_left_out_is_safe(settings: type[Settings], expected: dict[str, Any]) -> None:
    """A weaker platform is always a line of a YAML file that a reviewer sees, never a forgotten one."""
    assert defaults(settings) == expected


def test_prod_weakens_nothing() -> None:
    """Real payments run on the safe choices: no switch that a default turns on is off in prod."""
    prod = next(each for each in load_all({}) if each.name == "prod")
    groups = [getattr(prod, name) for name in type(prod).model_fields] + list(prod.services.values())

    weakened = [
        f"{type(group).__name__}.{name}"
        for group in [prod, *groups]
        if isinstance(group, Settings)
        for name, default in defaults(type(group)).items()
        if default is True and getattr(group, name) is not True
    ]

    assert weakened == []


def test_environments_come_in_the_order_of_a_change() -> None:
    """Rehearsal comes before production, everywhere the environments are listed."""
    assert tuple(each.name for each in load_all({})) == NAMES == ("dev", "staging", "prod")


def test_each_environment_is_named_after_its_file() -> None:
    """The account that is guarded is the one of the file that was edited."""
    assert {each.name: each.account_id for each in load_all({})} == {
        "dev": "111111111111",
        "staging": "222222222222",
        "prod": "333333333333",
    }


def test_settings_do_not_change() -> None:
    """What was judged is what is deployed: nothing can change a setting on the way."""
    dev = load_all({})[0]

    with pytest.raises(ValidationError, match="frozen"):
        dev.region = "us-east-1"
    with pytest.raises(ValidationError, match="frozen"):
        dev.database.multi_az = True
