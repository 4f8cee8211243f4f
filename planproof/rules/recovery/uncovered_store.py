"""No backup plan covers a store of data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.reading.backups import ARNS, covers, doubts
from planproof.reading.stores import is_copy
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "aws_backup_selection"


def check(store: Resource, document: Document) -> Iterator[Outcome]:
    """A selection of a plan names the store, its kind, everything, or a tag of it; EFS may hand itself over."""
    if is_copy(store) or _hands_itself_over(store, document):
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


def _hands_itself_over(store: Resource, document: Document) -> bool:
    policies = document.naming(store, "aws_efs_backup_policy", "file_system_id")
    return any(one.get("backup_policy.0.status") == "ENABLED" for one in policies)


def by_name(selection: Resource, _: Document) -> bool:
    """Choose selections that name resources."""
    return selection.get("resources") is not None


def by_tag(selection: Resource, _: Document) -> bool:
    """Choose selections that ask for a tag."""
    return selection.get("selection_tag") is not None


def tagged(store: Resource, _: Document) -> bool:
    """Choose stores that ask for their backup by a tag."""
    return bool(store.get("tags.Backup") == "daily")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=tuple(ARNS),
    why="The store is backed up by nobody but itself: who may delete it deletes its backups too.",
    fix="Hand the store to modules.backup.Backup among those it covers.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
    controls=("aws-fsbp/RDS.26", "aws-fsbp/DynamoDB.4", "aws-fsbp/EFS.2", "aws-fsbp/EC2.28"),
    check=check,
    mutations=(
        Removal(PATH, at=PATH, many=True),
        Mutation("resources", ["arn:aws:rds:eu-west-1:111111111111:db:other"], PATH, at=PATH, on=by_name),
        Mutation("selection_tag.0.value", "hourly", PATH, at=PATH, on=by_tag, many=True),
        *(Mutation("tags.Backup", "none", kind, at=PATH, on=tagged) for kind in ARNS),
        Mutation("plan_id", ABSENT, PATH, at=PATH, many=True),
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
            **{kind: {"store": {"tags": {"Backup": "daily"}, "deployment_type": "PERSISTENT_2"}} for kind in ARNS},
        }
    },
)
