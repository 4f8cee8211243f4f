"""Settings that are possible alone and impossible together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from environments.capacity import MEBIBYTES_BY_CPU_UNITS
from environments.load import load_all
from messages import UserError
from tests.environments.environment_files import message, names_of, refusal, staging, write

SERVICES = "application.services"
FITTING = "between a /16 and a /24: it is cut into 16 subnets and the smallest subnet is a /28"
NEEDED = "ecr.api, ecr.dkr, logs, secretsmanager, kms, sqs, sts"

REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"network.zones": ["eu-west-1a", "eu-central-1a"]},
        "network.zones: zone 'eu-central-1a' is not in region 'eu-west-1'",
    ),
    ({"network.zones": ["eu-west-1a", "eu-west-1"]}, "network.zones: zone 'eu-west-1' is not in region 'eu-west-1'"),
    (
        {"network.zones": ["eu-west-1ab", "eu-west-1c"]},
        "network.zones: zone 'eu-west-1ab' is not in region 'eu-west-1'",
    ),
    ({"region": "eu-west-2"}, "network.zones: zone 'eu-west-1a' is not in region 'eu-west-2'"),
    (
        {"network.cidr": "10.0.0.0/15"},
        f"network: cidr 10.0.0.0/15 must be {FITTING}",
    ),
    (
        {"network.cidr": "10.20.0.0/25"},
        f"network: cidr 10.20.0.0/25 must be {FITTING}",
    ),
    *[
        (
            {"network.cidr": cidr},
            f"network: cidr {cidr} is not private: it must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
        )
        for cidr in ("8.8.0.0/16", "127.0.0.0/16", "169.254.0.0/16", "172.32.0.0/16", "100.64.0.0/16", "240.0.0.0/16")
    ],
    (
        {"network.nat": "none", "network.interface_endpoints": []},
        f"network: without NAT the tasks need the interface endpoints {NEEDED}",
    ),
    (
        {"network.nat": "none", "network.interface_endpoints": ["ecr.api", "ecr.dkr", "logs", "kms", "sqs", "ssm"]},
        "network: without NAT the tasks need the interface endpoints secretsmanager, sts",
    ),
    (
        {"database.storage_gib": 100, "database.storage_limit_gib": 109},
        "database: storage_limit_gib 109 must be at least 10 percent above storage_gib 100",
    ),
    ({"services.payments.schedules.0.max_tasks": 1}, "services.payments.schedules.0: min_tasks 2 is above max_tasks 1"),
    (
        {"services.ledger.image_tag": "latest"},
        "services.ledger: image_tag 'latest' changes under a running service: name a version",
    ),
    (
        {"services.ledger.cpu_units": 500},
        "services.ledger: cpu_units 500 is not sold: take 256, 512, 1024, 2048, 4096, 8192, 16384",
    ),
    *[
        (
            {"services.ledger.cpu_units": cpu, "services.ledger.memory_mib": memory},
            f"services.ledger: memory_mib {memory} does not go with cpu_units {cpu}: {said}",
        )
        for cpu, memory, said in (
            (256, 4096, "take 512 to 2048, nearest is 2048"),
            (256, 700, "take 512 to 2048, nearest is 512"),
            (1024, 512, "take 2048 to 8192, nearest is 2048"),
            (4096, 30_721, "take 8192 to 30720, nearest is 30720"),
            (8192, 17_000, "take 16384 to 61440, nearest is 16384"),
        )
    ],
    (
        {"services.ledger.desired_tasks": 1},
        "services.ledger: min_tasks 2 <= desired_tasks 1 <= max_tasks 4 does not hold",
    ),
    (
        {"services.ledger.desired_tasks": 5},
        "services.ledger: min_tasks 2 <= desired_tasks 5 <= max_tasks 4 does not hold",
    ),
    (
        {"services.ledger.max_tasks": 2},
        "services.ledger: min_tasks and max_tasks are both 2: the service could not scale",
    ),
    ({"domain": None}, "domain.name is missing: payments is public, so it needs a certificate"),
    (
        {"database.proxy": True, f"{SERVICES}.payments.calls": {}, f"{SERVICES}.ledger.calls": {}},
        "database.proxy: no service calls the database, so turn it off",
    ),
    ({"backup.copy_region": "eu-west-1"}, "backup.copy_region 'eu-west-1' is the environment's own region"),
    (
        {"services.refunds": {"image_tag": "1"}},
        "services.refunds: application.yaml has no such service, only ledger, notifications, payments",
    ),
    (
        {f"{SERVICES}.refunds": {"exposure": "internal", "port": 8082}},
        "services.refunds is missing: application.yaml has this service, so say its image_tag",
    ),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED, ids=names_of(REFUSED))
def test_an_impossible_environment_is_refused(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    """AWS would say so after minutes and half a deployment, or not before the first outage."""
    assert refusal(tmp_path, changes) == message(said)


@pytest.mark.parametrize(
    "changes",
    [
        {"network.nat": "none"},
        {"network.cidr": "192.168.0.0/16"},
        {"network.cidr": "172.31.0.0/16"},
        {"network.cidr": "10.99.1.0/24"},
        {"database.storage_gib": 100, "database.storage_limit_gib": 110},
        {"region": "us-east-1", "network.zones": ["us-east-1f", "us-east-1b"]},
        {"backup.copy_region": "eu-central-1"},
    ],
    ids=str,
)
def test_what_aws_allows_is_accepted(changes: dict[str, Any], tmp_path: Path) -> None:
    """No check is narrower than AWS."""
    assert staging(tmp_path, changes)


@pytest.mark.parametrize("cpu", MEBIBYTES_BY_CPU_UNITS)
def test_every_size_of_fargate_is_accepted(cpu: int, tmp_path: Path) -> None:
    """A service can have each size that is sold, and the table is Amazon's: smallest, largest, step in MiB."""
    steps = {
        256: (512, 2048, 512),
        512: (1024, 4096, 1024),
        1024: (2048, 8192, 1024),
        2048: (4096, 16_384, 1024),
        4096: (8192, 30_720, 1024),
        8192: (16_384, 61_440, 4096),
        16_384: (32_768, 122_880, 8192),
    }
    smallest, largest, step = steps[cpu]
    sold = [size for size in range(smallest, largest + 1, step) if (cpu, size) != (256, 1536)]

    assert list(MEBIBYTES_BY_CPU_UNITS[cpu]) == sold
    tested = staging(tmp_path, {"services.ledger.cpu_units": cpu, "services.ledger.memory_mib": sold[-1]})
    for size in sold:
        sized = {**tested.services["ledger"].model_dump(), "memory_mib": size}
        assert type(tested.services["ledger"]).model_validate(sized).memory_mib == size


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    """A person corrects a file once, not once for each mistake; both files are named."""
    said = refusal(tmp_path, {"application.project": "P", "database.storage_gib": 1, "network.cidr": "8.8.0.0/16"})

    assert said == (
        "environments/application.yaml and environments/staging.yaml cannot be used\n"
        "  application.project: string should match pattern '^[a-z][a-z0-9]{2,9}$', got 'P'\n"
        "  database.storage_gib: input should be greater than or equal to 20, got 1\n"
        "  network: cidr 8.8.0.0/16 is not private: it must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16\n\n"
        "hint: every setting, its limits and its default are in "
        "environments/application.schema.json and environments/schema.json"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"network.cidr": "10.10.128.0/20"},
            "network.cidr of dev and staging overlap: 10.10.0.0/16 and 10.10.128.0/20",
        ),
        (
            {"network.cidr": "10.30.0.0/16"},
            "network.cidr of staging and prod overlap: 10.30.0.0/16 and 10.30.0.0/16",
        ),
        ({"account_id": "333333333333"}, "account_id of staging and prod is the same: 333333333333"),
        ({"domain.name": "dev.payflow.example"}, "domain.name of dev and staging is the same: dev.payflow.example"),
    ],
    ids=str,
)
def test_environments_share_nothing(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    """A mistake in staging never reaches prod: not its account, not its addresses, not its name."""
    with pytest.raises(UserError) as refused:
        load_all({}, write(tmp_path, changes))

    assert str(refused.value) == (
        f"environments do not fit together\n  {said}\n\n"
        "hint: give each environment an account, an address range and a domain of its own"
    )


def test_environments_without_a_domain_share_none(tmp_path: Path) -> None:
    """A product without a public service needs no domain anywhere."""
    inside: dict[str, Any] = {
        f"{SERVICES}.payments.exposure": "internal",
        f"{SERVICES}.payments.paths": [],
        "domain": None,
    }
    folder = write(tmp_path, inside)
    first = (folder / "dev.yaml").read_text(encoding="utf-8")
    (folder / "dev.yaml").write_text(first.replace('{"name": "dev.payflow.example"}', "null"), encoding="utf-8")

    assert [each.domain for each in load_all({}, folder)][:2] == [None, None]
