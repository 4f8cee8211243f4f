"""Every number that a setting may have: the limits are accepted, one beyond them is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.environments.environment_files import message, refusal, schema_limits, staging

ONE_TASK = {f"services.ledger.{limit}_tasks": value for limit, value in (("min", 1), ("desired", 1), ("max", 2))}
MANY_TASKS = {
    f"services.ledger.{limit}_tasks": value for limit, value in (("min", 999), ("desired", 1000), ("max", 1000))
}
NIGHT = "services.payments.schedules.0"

LIMITS: dict[str, tuple[int | None, int | None]] = {
    "application.services.ledger.port": (1024, 65_535),
    "load_balancer.idle_timeout_seconds": (1, 4000),
    "load_balancer.access_log_retention_days": (1, 3653),
    "load_balancer.requests_per_5_minutes": (10, 20_000_000),
    "database.storage_gib": (20, 65_536),
    "database.storage_limit_gib": (None, 65_536),
    "database.backup_retention_days": (1, 35),
    "database.read_replicas": (0, 5),
    "cache.replicas": (0, 5),
    "cache.snapshot_retention_days": (0, 35),
    "queue.retention_days": (1, 14),
    "queue.visibility_timeout_seconds": (30, 43_200),
    "queue.receives_before_dead_letter": (2, 1000),
    "services.ledger.min_tasks": (1, 1000),
    "services.ledger.desired_tasks": (1, 1000),
    "services.ledger.max_tasks": (1, 1000),
    "services.ledger.target_cpu_percent": (1, 100),
    "services.ledger.target_memory_percent": (1, 100),
    "services.ledger.requests_per_task": (1, None),
    "services.ledger.messages_per_task": (1, None),
    f"{NIGHT}.min_tasks": (0, 1000),
    f"{NIGHT}.max_tasks": (0, 1000),
    "monitoring.cpu_percent": (1, 100),
    "monitoring.memory_percent": (1, 100),
    "monitoring.server_errors_per_minute": (1, None),
    "monitoring.latency_seconds": (None, 60),
    "monitoring.free_storage_percent": (1, 100),
    "monitoring.database_connections": (10, None),
    "monitoring.oldest_message_seconds": (60, None),
    "backup.retention_days": (1, 3653),
    "audit.log_retention_days": (90, 3653),
    "budget.monthly_limit_usd": (1, None),
    "budget.forecast_alert_percent": (1, 100),
    "keys.deletion_window_days": (7, 30),
    "state.old_version_days": (30, 3653),
}

ACCEPTED: dict[tuple[str, int], dict[str, int]] = {
    ("database.storage_gib", 65_536): {"database.storage_gib": 59_578, "database.storage_limit_gib": 65_536},
    ("services.ledger.min_tasks", 1): ONE_TASK,
    ("services.ledger.desired_tasks", 1): ONE_TASK,
    ("services.ledger.max_tasks", 1): ONE_TASK,
    ("services.ledger.min_tasks", 1000): MANY_TASKS,
    ("services.ledger.desired_tasks", 1000): MANY_TASKS,
    ("services.ledger.max_tasks", 1000): MANY_TASKS,
    (f"{NIGHT}.min_tasks", 1000): {f"{NIGHT}.min_tasks": 1000, f"{NIGHT}.max_tasks": 1000},
    (f"{NIGHT}.max_tasks", 0): {f"{NIGHT}.min_tasks": 0, f"{NIGHT}.max_tasks": 0},
}
"""Where a limit is only possible beside others, the nearest that is."""

EACH_LOW = [(path, low) for path, (low, _) in LIMITS.items() if low is not None]
EACH_HIGH = [(path, high) for path, (_, high) in LIMITS.items() if high is not None]


def test_every_number_is_here() -> None:
    """The table above holds exactly the limits that the settings state, so none is untested."""
    stated = {
        path: (limits.get("minimum"), limits.get("maximum"))
        for path, limits in schema_limits("minimum", "maximum").items()
    }
    names = (("services.ledger", "services.*"), ("services.payments.schedules.0", "services.*.schedules.*"))

    here = {}
    for path, limits in LIMITS.items():
        for name, general in names:
            path = path.replace(name, general)  # noqa: PLW2901 - one name after the other
        here[path] = limits
    assert here == stated


@pytest.mark.parametrize(("path", "limit"), [*EACH_LOW, *EACH_HIGH])
def test_a_limit_itself_is_accepted(path: str, limit: int, tmp_path: Path) -> None:
    """What AWS sells at the edge can be bought."""
    assert staging(tmp_path, ACCEPTED.get((path, limit), {path: limit}))


@pytest.mark.parametrize(("path", "low"), EACH_LOW)
def test_less_is_refused(path: str, low: int, tmp_path: Path) -> None:
    """A value AWS would refuse after minutes is refused at once, with the limit and the value."""
    file = "application" if path.startswith("application") else "staging"
    expected = message(f"{path}: input should be greater than or equal to {low}, got {low - 1}", file=file)

    assert refusal(tmp_path, {path: low - 1}) == expected


@pytest.mark.parametrize(("path", "high"), EACH_HIGH)
def test_more_is_refused(path: str, high: int, tmp_path: Path) -> None:
    """A value AWS would refuse after minutes is refused at once, with the limit and the value."""
    file = "application" if path.startswith("application") else "staging"
    expected = message(f"{path}: input should be less than or equal to {high}, got {high + 1}", file=file)

    assert refusal(tmp_path, {path: high + 1}) == expected


def test_no_latency_is_refused(tmp_path: Path) -> None:
    """An alarm at 0 seconds would always ring."""
    expected = message("monitoring.latency_seconds: input should be greater than 0, got 0")

    assert schema_limits("exclusiveMinimum", "exclusiveMaximum") == {
        "monitoring.latency_seconds": {"exclusiveMinimum": 0}
    }
    assert refusal(tmp_path, {"monitoring.latency_seconds": 0}) == expected
    assert staging(tmp_path, {"monitoring.latency_seconds": 0.001}).monitoring.latency_seconds == 0.001
