"""One command deletes a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.blame import outside_the_first
from planproof.reading.stores import PROTECTED
from planproof.rule import ContractRule, Mutation, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def _protected(database: Resource, _: Document) -> Iterator[Outcome]:
    switch = PROTECTED[database.type]
    yield from must(database, switch.path, equals=True, default=switch.default)


check = outside_the_first(_protected, *PROTECTED)

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="One wrong name in a pull request replaces the ledger, and Terraform deletes the old one first.",
    fix="Leave deletion_protection at true in the environment's YAML.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    controls=("aws-fsbp/RDS.8", "aws-fsbp/RDS.7", "aws-fsbp/DocumentDB.5", "aws-fsbp/Neptune.4"),
    check=check,
    mutations=(
        *(
            Mutation("deletion_protection", value, "aws_db_instance", environment=name)
            for name in ("staging", "prod")
            for value in (False, ABSENT)
        ),
        *(
            Mutation(switch.path, value, kind, environment="prod")
            for kind, switch in PROTECTED.items()
            for value in ((False,) if switch.default else (False, ABSENT))
        ),
    ),
    specimen={
        "prod": {"resource": {kind: {"store": {switch.path: True}} for kind, switch in PROTECTED.items()}},
    },
)
