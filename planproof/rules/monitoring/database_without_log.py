"""A database does not publish the logs that an investigation needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "enabled_cloudwatch_logs_exports"
# https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-9
NEEDED: Final = {
    "postgres": ("postgresql",),
    "mysql": ("error",),
    "mariadb": ("error",),
    "oracle": ("alert", "audit"),
    "sqlserver": ("error",),
}


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """What the engine of the database calls its log of errors and logins."""
    engine = next((name for name in NEEDED if str(database.get("engine", "")).startswith(name)), None)
    if engine is None:
        return
    yield from must(
        database,
        PATH,
        default=(),
        satisfies=lambda logs: all(log in logs for log in NEEDED[engine]),
        expected=f"{' and '.join(NEEDED[engine])} among the logs",
    )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_db_instance",),
    why="Nobody can say who logged in to the ledger, or why it stopped, once its disk is gone.",
    fix="Build the instance with modules.database.Database, which publishes its logs.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html",
    controls=("pci-dss-4.0.1/10.2.1", "aws-fsbp/RDS.9", "aws-fsbp/RDS.36"),
    check=check,
    mutations=(
        Mutation(PATH, ABSENT, on=lambda database, _: database.get("engine") is not None),
        Mutation(PATH, ["upgrade"], on=lambda database, _: database.get("engine") is not None),
    ),
)
