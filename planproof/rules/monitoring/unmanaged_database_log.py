"""A database exports a log into a group that the stack does not make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planproof.document import Document, Resource, Unknown, items
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(database: Resource, document: Document) -> Iterator[Outcome]:
    """RDS makes the group itself when nobody did: without an end and without a key."""
    identifier = database.get("identifier")
    if isinstance(identifier, Unknown):
        yield Undecided("identifier", identifier.cause)
        return
    names = document.once(_names)
    for position, log in enumerate(items(database.get("enabled_cloudwatch_logs_exports"))):
        wanted = f"/aws/rds/instance/{identifier}/{log}"
        if wanted not in names:
            yield Violation(f"enabled_cloudwatch_logs_exports.{position}", f"a log group called {wanted}")


def _names(document: Document) -> frozenset[Any]:
    groups = document.of("aws_cloudwatch_log_group")
    return frozenset(name for group in groups if isinstance(name := group.get("name"), str))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_db_instance",),
    why="The log of who logged in to the ledger is kept for ever, readable by everyone who may read logs.",
    fix="Make an aws_cloudwatch_log_group of that name first, as modules.database.Database does.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html",
    controls=("pci-dss-4.0.1/10.5.1", "pci-dss-4.0.1/10.3.1"),
    check=check,
    mutations=(
        Mutation("enabled_cloudwatch_logs_exports.0", "iam-db-auth-error"),
        Mutation(
            "name",
            "/rds/postgresql",
            "aws_cloudwatch_log_group",
            at="enabled_cloudwatch_logs_exports.0",
            on=lambda group, _: str(group.get("name")).endswith("/postgresql"),
        ),
    ),
)
