"""Every text, choice and list of the settings: what fits is accepted, what does not is refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from environments.model import Environment
from tests.environments.environment_files import NIGHT, message, refusal, schema_limits, staging

PAYMENTS = "application.services.payments"
LEDGER = "application.services.ledger"
EMAIL = r"^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$"
DOMAIN = r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$"
NAME = r"^[a-z][a-z0-9]{1,13}$"
REASON = r"^[A-Za-z0-9 ,.:;'()/-]+$"

PATTERNS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "application.project": (r"^[a-z][a-z0-9]{2,9}$", ("pay", "payflow123"), ("pa", "payflow1234", "Pay", "1pay")),
    "application.ownership.owner": (EMAIL, ("a@b.io", "a.b+c@d-e.example"), ("a", "a@b", "a@b..com", "a@-b.com")),
    "application.ownership.cost_center": (r"^[A-Z]{2}-[0-9]{4}$", ("AB-0001",), ("ab-0001", "AB-1", "AB-00010")),
    "application.repository": (r"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", ("a/b.c_d-e",), ("a", "a/b/c", "a/*", "*/b")),
    "application.queues.0": (NAME, (), ("a", "Receipts", "receipts-2", "abcdefghijklmno")),
    f"{PAYMENTS}.paths.0": (r"^/[A-Za-z0-9/_*.-]+$", ("/v1/*",), ("v1", "/", "/a b", "/?x")),
    f"{LEDGER}.health_path": (r"^/[A-Za-z0-9/_-]*$", ("/", "/up/now"), ("", "health", "/a?b")),
    f"{LEDGER}.calls.database": (REASON, ("keep it; (all)",), ("keep the books!", "a reason\nof two lines")),
    f"{PAYMENTS}.sends.receipts": (REASON, ("ask for it",), ("ask for a receipt?",)),
    "application.services.notifications.receives.receipts": (REASON, ("send it on",), ("send it & forget",)),
    f"{PAYMENTS}.secrets.0": (r"^[A-Z][A-Z0-9_]{2,40}$", ("ABC", "A" * 41), ("AB", "A" * 42, "token", "1AB", "A-B")),
    "account_id": (r"^[0-9]{12}$", ("000000000000",), ("12345678901", "1234567890123", "12345678901a")),
    "region": (r"^[a-z]{2}-[a-z]+-[0-9]$", (), ("Europe", "eu-west", "eu-west-1a", "EU-WEST-1", "eu-west-1\n")),
    "domain.name": (DOMAIN, ("a.io", "x-y.z.example"), ("", "io", "-a.io", "a-.io", "a..io", "A.io", "*.a.io")),
    "database.instance_class": (r"^db\.[a-z0-9]+\.[a-z0-9]+$", ("db.m7g.2xlarge",), ("m7g.large", "db.m7g", "db.M7.l")),
    "database.engine_version": (r"^1[4-7]$", ("14", "17"), ("13", "18", "16.9", "16.x")),
    "cache.node_type": (r"^cache\.[a-z0-9]+\.[a-z0-9]+$", ("cache.m7g.large",), ("m7g.large", "db.m7g.large")),
    "cache.engine_version": (r"^[78]\.[0-9]+$", ("7.2", "8.1"), ("6.2", "9.0", "8")),
    "services.ledger.image_tag": (r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", ("1", "a" * 128), ("", ".1", "a" * 129)),
    "services.payments.schedules.0.at": (r"^cron\([^)]+\)$", ("cron(0 6 * * ? *)",), ("cron()", "rate(1 day)")),
    "monitoring.recipients.0": (EMAIL, ("a@b.io",), ("a@b", "a b@c.io", "a@b..io", ".a@b.io", "a@b.io, c@d.io", "")),
    "backup.copy_region": (r"^[a-z]{2}-[a-z]+-[0-9]$", ("eu-central-1",), ("eu", "eu-central-1b")),
}  # fmt: skip

CHOICES: dict[str, tuple[Any, ...]] = {
    "application.ownership.data_classification": ("public", "internal", "confidential", "restricted"),
    "application.ownership.compliance": ("pci-dss", "none"),
    f"{LEDGER}.exposure": ("public", "internal", "worker"),
    "network.nat": ("none", "single", "per_zone"),
    "network.interface_endpoints.0": (
        "ecr.api", "ecr.dkr", "logs", "secretsmanager", "kms", "sqs", "sts", "ssm", "ssmmessages", "monitoring",
    ),
    "database.performance_insights_days": (7, 31, 93, 186, 372, 731),
    "database.monitoring_interval_seconds": (1, 5, 10, 15, 30, 60),
    "monitoring.log_retention_days": (
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ),
}  # fmt: skip

BESIDE = {"network.interface_endpoints.0": {"network.interface_endpoints": ["ssm"]}}
"""What is there before a place of a list is changed."""


def general(path: str) -> str:
    """A path with `*` where a name or a place of a list stands."""
    parts = path.split(".")
    named = {"payments", "ledger", "notifications", "0"}
    below = {"calls", "sends", "receives"}
    return ".".join("*" if part in named or (at and parts[at - 1] in below) else part for at, part in enumerate(parts))


def file_of(path: str) -> str:
    """The file in which a setting stands."""
    return path.split(".", 1)[0] if path.startswith("application.") else "staging"


def test_every_text_is_here() -> None:
    """The table above holds exactly the patterns that the settings state, so none is untested."""
    stated = {path: limits["pattern"] for path, limits in schema_limits("pattern").items()}

    assert {general(path): pattern for path, (pattern, _, _) in PATTERNS.items()} == stated


def test_every_choice_is_here() -> None:
    """The table above holds exactly the choices that the settings offer; `name` is what the file is called."""
    stated = {path: tuple(limits["enum"]) for path, limits in schema_limits("enum").items() if path != "name"}

    assert {general(path): choices for path, choices in CHOICES.items()} == stated


@pytest.mark.parametrize(("path", "text"), [(path, text) for path, (_, good, _) in PATTERNS.items() for text in good])
def test_a_fitting_text_is_accepted(path: str, text: str, tmp_path: Path) -> None:
    """No pattern is narrower than what AWS and the finance department write."""
    assert staging(tmp_path, {path: text})


@pytest.mark.parametrize(("path", "text"), [(path, text) for path, (_, _, bad) in PATTERNS.items() for text in bad])
def test_another_text_is_refused(path: str, text: str, tmp_path: Path) -> None:
    """A misspelt account, domain or mailbox is told before anything is created with it."""
    shown = repr(text) if len(text) < 79 else f"{text!r:.38}...{repr(text)[-39:]}"
    expected = message(f"{path}: string should match pattern '{PATTERNS[path][0]}', got {shown}", file=file_of(path))

    assert refusal(tmp_path, {path: text}) == expected


@pytest.mark.parametrize(("path", "wrong"), [(path, wrong) for path in CHOICES for wrong in ("sometimes", 2)])
def test_another_choice_is_refused(path: str, wrong: Any, tmp_path: Path) -> None:
    """The message lists every choice, so that nobody looks them up."""
    *first, last = [repr(choice) for choice in CHOICES[path]]
    expected = message(f"{path}: input should be {', '.join(first)} or {last}, got {wrong!r}", file=file_of(path))

    assert refusal(tmp_path, {**BESIDE.get(path, {}), path: wrong}) == expected


@pytest.mark.parametrize("days", CHOICES["monitoring.log_retention_days"])
def test_every_retention_of_cloudwatch_is_accepted(days: int, tmp_path: Path) -> None:
    """An auditor's retention can be set, whichever CloudWatch knows."""
    assert staging(tmp_path, {"monitoring.log_retention_days": days}).monitoring.log_retention_days == days


FOUR_ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1d"]

REFUSED = [
    ("network.zones", ["eu-west-1a"], "tuple should have at least 2 items after validation, not 1, got ['eu-west-1a']"),
    (
        "network.zones",
        FOUR_ZONES,
        f"tuple should have at most 3 items after validation, not 4, got {FOUR_ZONES}",
    ),
    ("monitoring.recipients", [], "tuple should have at least 1 item after validation, not 0, got []"),
    (
        f"{PAYMENTS}.paths",
        ["/a", "/b", "/c", "/d", "/e", "/f"],
        "tuple should have at most 5 items after validation, not 6, got ['/a', '/b', '/c', '/d', '/e', '/f']",
    ),
    ("application.services", {}, "dictionary should have at least 1 item after validation, not 0, got {}"),
    (f"{LEDGER}.calls.database", "why not", "string should have at least 8 characters, got 'why not'"),
    (
        f"{LEDGER}.calls.database",
        "x" * 121,
        f"string should have at most 120 characters, got '{'x' * 37}...{'x' * 38}'",
    ),
    (
        "domain.name",
        "a." * 126 + "io",
        f"string should have at most 253 characters, got '{'a.' * 18}a...{'a.' * 18}io'",
    ),
    ("network.zones", ["eu-west-1a", "eu-west-1a"], "eu-west-1a stands twice"),
    ("network.interface_endpoints", ["kms", "sts", "sts", "kms"], "kms, sts stands twice"),
    ("monitoring.recipients", ["a@b.io", "a@b.io"], "a@b.io stands twice"),
    ("services.payments.schedules", [NIGHT, NIGHT], "at='cron(0 22 * * ? *)' min_tasks=2 max_tasks=4 stands twice"),
    ("application.queues", ["receipts", "receipts"], "receipts stands twice"),
    (f"{PAYMENTS}.paths", ["/a", "/a"], "/a stands twice"),
    (f"{PAYMENTS}.secrets", ["TOKEN", "TOKEN"], "TOKEN stands twice"),
    ("network.cidr", "10.20.0.1/16", "input is not a valid IPv4 network, got '10.20.0.1/16'"),
    ("network.cidr", "fd00::/56", "input is not a valid IPv4 network, got 'fd00::/56'"),
    ("network", [], "input should be a valid dictionary or instance of NetworkSettings, got []"),
    ("account_id", 222222222222, "input should be a valid string, got 222222222222"),
    ("cache.replicas", "a", "input should be a valid integer, unable to parse string as an integer, got 'a'"),
    ("database.storage_gib", 20.5, "input should be a valid integer, got a number with a fractional part, got 20.5"),
    ("database.storage_gib", None, "input should be a valid integer, got None"),
    ("database.read_replicas", True, "input should be a number, got True"),
    ("database.monitoring_interval_seconds", True, "input should be a number, got True"),
    ("monitoring.latency_seconds", True, "input should be a number, got True"),
    ("database.multi_az", 1, "input should be true or false, got 1"),
    ("database.multi_az", 0.0, "input should be true or false, got 0.0"),
    ("database.multi_az", "perhaps", "input should be a valid boolean, unable to interpret input, got 'perhaps'"),
    ("database.storage_gb", 20, "extra inputs are not permitted, got 20"),
    ("databse", {"storage_gib": 20}, "extra inputs are not permitted, got {'storage_gib': 20}"),
    ("application.team", "payments", "extra inputs are not permitted, got 'payments'"),
    ("services.Big-Name", {"image_tag": "1"}, f"string should match pattern '{NAME}', got 'Big-Name'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "said"), REFUSED, ids=[f"{path}={str(value)[:40]}" for path, value, _ in REFUSED]
)
def test_a_list_a_group_or_a_wrong_kind_is_refused(path: str, value: Any, said: str, tmp_path: Path) -> None:
    """Too few, too many, twice, unknown or of another kind: the message has the setting and the value."""
    assert refusal(tmp_path, {path: value}) == message(f"{path}: {said}", file=file_of(path))


def test_every_list_is_limited_as_tested() -> None:
    """The sizes tested above are all sizes that the settings state."""
    assert schema_limits("minItems", "maxItems", "minProperties", "maxProperties", "minLength", "maxLength") == {
        "application.services": {"minProperties": 1},
        "application.services.*.paths": {"maxItems": 5},
        "application.services.*.calls.*": {"minLength": 8, "maxLength": 120},
        "application.services.*.sends.*": {"minLength": 8, "maxLength": 120},
        "application.services.*.receives.*": {"minLength": 8, "maxLength": 120},
        "network.zones": {"minItems": 2, "maxItems": 3},
        "domain.name": {"maxLength": 253},
        "monitoring.recipients": {"minItems": 1},
    }


def test_a_setting_without_a_default_is_asked_for(tmp_path: Path) -> None:
    """What has no safe value is never guessed."""
    required = [name for name, field in Environment.model_fields.items() if field.is_required()]
    assert required == [
        "name", "application", "account_id", "region", "network", "database", "cache", "services",
        "monitoring", "budget",
    ]  # fmt: skip

    said = refusal(tmp_path, {"network": {}, "budget": {}, "monitoring": {}, "cache": {}, "services.ledger": {}})

    assert said == message(
        "budget.monthly_limit_usd: is missing",
        "cache.node_type: is missing",
        "monitoring.recipients: is missing",
        "network.cidr: is missing",
        "network.zones: is missing",
        "services.ledger.image_tag: is missing",
    )
