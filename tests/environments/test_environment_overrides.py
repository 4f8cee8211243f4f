"""Settings given by environment variables at deploy time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from environments.load import load_all
from environments.model import Environment
from messages import UserError
from tests.environments.environment_files import OVERRIDE_HINT, message, refusal, staging, write

S = "PLATFORM__STAGING__"
UNFINISHED = "while parsing a flow sequence, expected ',' or ']', but got '<stream end>'"
TOO_NEAR = "must be at least 10 percent above storage_gib"


def value_at(environment: Environment, path: str) -> Any:
    """The setting at a dotted path."""
    found: Any = environment
    for part in path.split("."):
        found = found[part] if isinstance(found, dict) else getattr(found, part)
    return found


@pytest.mark.parametrize(
    ("variable", "text", "path", "value"),
    [
        ("DATABASE__INSTANCE_CLASS", "db.m7g.large", "database.instance_class", "db.m7g.large"),
        ("DATABASE__ENGINE_VERSION", "17", "database.engine_version", "17"),
        ("DATABASE__STORAGE_GIB", "60", "database.storage_gib", 60),
        ("DATABASE__MULTI_AZ", "false", "database.multi_az", False),
        ("DATABASE__PERFORMANCE_INSIGHTS_DAYS", "731", "database.performance_insights_days", 731),
        ("MONITORING__LOG_RETENTION_DAYS", "30", "monitoring.log_retention_days", 30),
        ("MONITORING__LATENCY_SECONDS", "0.25", "monitoring.latency_seconds", 0.25),
        ("MONITORING__RECIPIENTS", "[a@b.io, c@d.io]", "monitoring.recipients", ("a@b.io", "c@d.io")),
        ("ACCOUNT_ID", "000000000123", "account_id", "000000000123"),
        ("NETWORK__NAT", "none", "network.nat", "none"),
        ("DOMAIN__NAME", "a.io", "domain.name", "a.io"),
        ("BACKUP__COPY_REGION", "us-east-1", "backup.copy_region", "us-east-1"),
        ("KEYS", "{deletion_window_days: 8}", "keys.deletion_window_days", 8),
        ("BUDGET__MONTHLY_LIMIT_USD", "9", "budget.monthly_limit_usd", 9),
        ("SERVICES__LEDGER__IMAGE_TAG", "1.10", "services.ledger.image_tag", "1.10"),
        ("SERVICES__LEDGER__MAX_TASKS", "9", "services.ledger.max_tasks", 9),
        ("SERVICES__LEDGER", "{image_tag: '2'}", "services.ledger.image_tag", "2"),
        ("APPLICATION__PROJECT", "other", "application.project", "other"),
        ("APPLICATION__OWNERSHIP__COMPLIANCE", "none", "application.ownership.compliance", "none"),
        ("APPLICATION__SERVICES__LEDGER__PORT", "9090", "application.services.ledger.port", 9090),
        ("APPLICATION__SERVICES__LEDGER__CALLS__DATABASE", "1: the books", "application.services.ledger.calls.database",
         "1: the books"),
        ("application__queues", "[receipts, refunds]", "application.queues", ("receipts", "refunds")),
    ],
)  # fmt: skip
def test_any_setting_can_be_overridden(variable: str, text: str, path: str, value: Any, tmp_path: Path) -> None:
    """An operator changes one value of one environment for one deployment, without editing a file."""
    assert value_at(staging(tmp_path, {}, **{S + variable: text}), path) == value


def test_a_group_that_the_file_leaves_out_can_be_overridden(tmp_path: Path) -> None:
    """A default is as near as what is written."""
    assert staging(tmp_path, {}, **{S + "KEYS__DELETION_WINDOW_DAYS": "9"}).keys.deletion_window_days == 9
    assert staging(tmp_path, {}, **{S + "STATE__OLD_VERSION_DAYS": "31"}).state.old_version_days == 31


def test_an_override_reaches_its_environment_alone(tmp_path: Path) -> None:
    """A smaller database for a rehearsal is not a smaller database for real payments."""
    before = load_all({}, write(tmp_path))
    after = load_all({S + "DATABASE__STORAGE_GIB": "61", "PLATFORM": "x", "PLATFORMS__X": "y"}, tmp_path)

    assert [each.database.storage_gib for each in after] == [20, 61, 200]
    assert (after[0], after[2]) == (before[0], before[2])


def overrides(*problems: str) -> str:
    """The whole message about overrides that name nothing or cannot be read."""
    lines = "".join(f"  {problem}\n" for problem in problems)
    return f"overrides of staging cannot be used\n{lines}\n{OVERRIDE_HINT}"


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        ("DATABSE__STORAGE_GIB", "60", f"there is no such setting, closest is {S}DATABASE"),
        ("DATABASE__STORAGE_GB", "60", f"there is no such setting, closest is {S}DATABASE__STORAGE_GIB"),
        ("SERVICES__LEGDER__MAX_TASKS", "9", f"there is no such setting, closest is {S}SERVICES__LEDGER"),
        ("SERVICES__LEDGER__MAXTASKS", "9", f"there is no such setting, closest is {S}SERVICES__LEDGER__MAX_TASKS"),
        ("CACHE__NODES_TYPE", "a", f"there is no such setting, closest is {S}CACHE__NODE_TYPE"),
        ("", "x", f"there is no such setting, closest is {S}STATE"),
        ("NAME", "dev", f"there is no such setting, closest is {S}STATE"),
        ("REGION__NAME", "x", f"there is no setting below {S}REGION"),
        ("NETWORK__ZONES__0", "x", f"there is no setting below {S}NETWORK__ZONES"),
        ("APPLICATION__PROJECT__NAME", "x", f"there is no setting below {S}APPLICATION__PROJECT"),
        ("NETWORK__ZONES", "[a", f"'[a' is not YAML: line 1, column 3: {UNFINISHED}"),
        ("KEYS", "{a: 1, a: 2}", "'{a: 1, a: 2}' is not YAML: line 1, column 8: 'a' stands twice"),
        ("CACHE__REPLICAS", "2020-99-99", "'2020-99-99' is not YAML: line 1, column 1: '2020-99-99' is no timestamp"),
    ],
)  # fmt: skip
def test_an_override_that_names_nothing_is_told(variable: str, text: str, said: str, tmp_path: Path) -> None:
    """A misspelt name is never ignored: the message has the closest name there is."""
    assert refusal(tmp_path, {}, **{S + variable: text}) == overrides(f"{S}{variable}: {said}")


def test_a_variable_without_a_setting_is_told(tmp_path: Path) -> None:
    """The name of an environment alone changes nothing, and says how a setting is named."""
    assert refusal(tmp_path, {}, PLATFORM__STAGING="{}") == overrides(
        "PLATFORM__STAGING: it names no setting, for example PLATFORM__STAGING__REGION"
    )


def test_all_misspelt_overrides_are_told_at_once(tmp_path: Path) -> None:
    """A person corrects a pipeline once."""
    said = refusal(tmp_path, {}, **{S + "REGON": "x", S + "NETWORK__NATS": "y", S + "REGION": "eu-west-1"})

    assert said == overrides(
        f"{S}NETWORK__NATS: there is no such setting, closest is {S}NETWORK__NAT",
        f"{S}REGON: there is no such setting, closest is {S}REGION",
    )


def test_an_override_of_a_broken_group_is_told(tmp_path: Path) -> None:
    """A file that is wrong above the setting is told, not covered."""
    said = refusal(tmp_path, {"database": "large"}, **{S + "DATABASE__STORAGE_GIB": "60"})

    assert said == overrides(f"{S}DATABASE__STORAGE_GIB: the file has no group at {S}DATABASE, but 'large'")


def test_an_override_below_a_list_of_services_is_told(tmp_path: Path) -> None:
    """Where the file has no services by name, none can be overridden."""
    said = refusal(tmp_path, {"services": ["ledger"]}, **{S + "SERVICES__LEDGER__CPU_UNITS": "512"})

    assert said == overrides(f"{S}SERVICES__LEDGER__CPU_UNITS: there is no setting below {S}SERVICES")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"DATABASE__STORAGE_GIB": "19"}, "database.storage_gib: input should be greater than or equal to 20, got 19"),
        ({"DATABASE__MULTI_AZ": "1"}, "database.multi_az: input should be true or false, got 1"),
        ({"NETWORK__CIDR": "10"}, "network.cidr: input is not a valid IPv4 network, got '10'"),
        ({"REGION": ""}, "region: string should match pattern '^[a-z]{2}-[a-z]+-[0-9]$', got ''"),
        ({"NETWORK__ZONES": ""}, "network.zones: input should be a valid tuple, got None"),
        ({"KEYS": "{days: 8}"}, "keys.days: extra inputs are not permitted, got 8"),
        ({"DATABASE__STORAGE_GIB": "190"}, f"database: storage_limit_gib 200 {TOO_NEAR} 190"),
        (
            {"SERVICES__LEDGER__CPU_UNITS": "2048", "SERVICES__LEDGER__MEMORY_MIB": "512"},
            "services.ledger: memory_mib 512 does not go with cpu_units 2048: take 4096 to 16384, nearest is 4096",
        ),
        ({"REGION": "eu-west-2"}, "network.zones: zone 'eu-west-1a' is not in region 'eu-west-2'"),
    ],
    ids=str,
)  # fmt: skip
def test_an_override_beyond_a_limit_is_told(given: dict[str, str], said: str, tmp_path: Path) -> None:
    """No limit can be got round by a variable, and the message names the variable, where the value stands."""
    names = ", ".join(f"{S}{name}" for name in given)

    assert refusal(tmp_path, {}, **{S + name: text for name, text in given.items()}) == message(
        f"{said} (set by {names})"
    )


def test_an_override_is_named_only_where_it_matters(tmp_path: Path) -> None:
    """A mistake of the file is not blamed on a variable beside it, nor on one of another environment."""
    given = {S + "DATABASE__STORAGE_GIB": "60", "PLATFORM__DEV__KEYS__DELETION_WINDOW_DAYS": "9"}

    assert refusal(tmp_path, {"keys.deletion_window_days": 1}, **given) == message(
        "keys.deletion_window_days: input should be greater than or equal to 7, got 1"
    )


def test_an_unknown_environment_is_told(tmp_path: Path) -> None:
    """An override for an environment that does not exist would change nothing, so it is an error."""
    with pytest.raises(UserError) as refused:
        load_all({"PLATFORM__STAGE__REGION": "x", "PLATFORM__": "y", "PLATFORM__DEV__REGION": "eu-west-1"}, tmp_path)

    assert str(refused.value) == (
        "overrides cannot be used\n"
        "  PLATFORM__: there is no environment '', closest is 'staging'\n"
        "  PLATFORM__STAGE__REGION: there is no environment 'stage', closest is 'staging'\n\n"
        "hint: write PLATFORM__<ENVIRONMENT>__<SETTING>"
    )
