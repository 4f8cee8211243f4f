"""The first environment has a feature that only production needs.

The first environment is the one planproof.yaml names first: nothing in it is worth a second copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.document import Unknown
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Undecided, Violation
from planproof.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.document import Document, Resource

# What only production needs: the type, the attribute, and the value that an environment for tests should have.
SWITCHES: Final[tuple[tuple[str, str, Any, str], ...]] = (
    ("aws_db_instance", "multi_az", True, "false: a test database may be away for an hour"),
    ("aws_s3_bucket_replication_configuration", "rule", None, "no copy in another region"),
    ("aws_db_proxy", "name", None, "no proxy: the few connections of a test do not need one"),
    ("aws_db_instance", "replicate_source_db", None, "no read replica: there is nothing to read in parallel"),
    ("aws_db_instance_automated_backups_replication", "source_db_instance_arn", None, "no copy in another region"),
)


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Ask the first of at least two environments."""
    names = [name for name in settings.environments if name in documents]
    if len(names) > 1:
        document = documents[names[0]]
        for kind, path, costly, expected in SWITCHES:
            for resource in document.of(kind):
                yield from _switch(resource, path, costly, expected)
        yield from _copies(document)
        yield from _gateways(document)


def _switch(resource: Resource, path: str, costly: Any, expected: str) -> Iterator[Outcome]:
    value = resource.get(path)
    if value is None:
        return
    if costly is None:
        yield Violation(path, expected, resource=resource, found=str(value))
    elif isinstance(value, Unknown):
        yield Undecided(path, value.cause, resource)
    elif value is costly:
        yield Violation(path, expected, resource=resource)


def _copies(document: Document) -> Iterator[Outcome]:
    for plan in document.of("aws_backup_plan"):
        for block in plan.blocks("rule"):
            if block.get("copy_action") is not None:
                yield Violation(block.at("copy_action"), "no copy in another region", resource=plan, found="a copy")


def _gateways(document: Document) -> Iterator[Outcome]:
    """Name each NAT gateway but the first."""
    for gateway in document.of("aws_nat_gateway")[1:]:
        yield Violation("subnet_id", "one NAT gateway for all zones", resource=gateway, found=gateway.address)


_DATABASE: Final = {"aws_db_instance": {"ledger": {"multi_az": False}}}

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    why="Each copy of what nobody would miss is paid every hour, and hides what production really costs.",
    fix="Write the setting into the environment's YAML file, for instance database.multi_az: false.",
    docs="https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_manage_demand_resources.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("multi_az", value=True, type="aws_db_instance", environment="dev"),
        Mutation("replicate_source_db", "payments", type="aws_db_instance", environment="dev"),
        Mutation("rule.0.copy_action", [{"destination_vault_arn": "arn:aws:backup:eu-central-1:1:backup-vault:far"}],
                 type="aws_backup_plan", environment="dev"),
    ),
    specimen={
        "dev": {"resource": _DATABASE},
        "prod": {"resource": _DATABASE},
    },
    settings=Settings(environments=("dev", "prod")),
)  # fmt: skip
