"""No backup plan covers a store of data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.reading.backups import covers, doubts
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "aws_backup_selection"


def check(store: Resource, document: Document) -> Iterator[Outcome]:
    """A selection of a plan names the store, everything, or a tag of it."""
    if store.get("replicate_source_db") is not None:
        return
    selections = document.of(PATH)
    near = document.referrers(store, PATH)
    if any(covers(selection, store, document) for selection in (*near, *selections)):
        return
    doubtful = next((one for one in selections if doubts(one, document)), None)
    if doubtful is not None:
        yield Undecided(PATH, f"what {doubtful.address} selects is not known")
    else:
        yield Violation(PATH, "a selection of a backup plan that covers this store", found="none")


def by_name(selection: Resource, _: Document) -> bool:
    """Choose selections that name resources."""
    return selection.get("resources") is not None


def by_tag(selection: Resource, _: Document) -> bool:
    """Choose selections that ask for a tag."""
    return selection.get("selection_tag") is not None


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_db_instance", "aws_rds_cluster", "aws_dynamodb_table", "aws_efs_file_system"),
    why="The store is backed up by nobody but itself: who may delete it deletes its backups too.",
    fix="Hand the store to modules.backup.Backup among those it covers.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
    controls=("aws-fsbp/RDS.26", "aws-fsbp/DynamoDB.4", "aws-fsbp/EFS.2"),
    check=check,
    mutations=(
        Removal(PATH, at=PATH),
        Mutation("resources", ["arn:aws:rds:eu-west-1:111111111111:db:other"], PATH, at=PATH, on=by_name),
        Mutation("selection_tag.0.value", "hourly", PATH, at=PATH, on=by_tag),
        Mutation("tags.Backup", "none", "aws_dynamodb_table", at=PATH),
        Mutation("plan_id", ABSENT, PATH, at=PATH),
    ),
    specimen={
        "resource": {
            "aws_backup_plan": {"main": {"name": "main"}},
            "aws_backup_selection": {
                "tagged": {
                    "plan_id": "${aws_backup_plan.main.id}",
                    "selection_tag": [{"type": "STRINGEQUALS", "key": "Backup", "value": "daily"}],
                }
            },
            "aws_dynamodb_table": {"entries": {"name": "entries", "tags": {"Backup": "daily"}}},
        }
    },
)
