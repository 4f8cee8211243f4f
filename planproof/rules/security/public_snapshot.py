"""A snapshot or an image is shared with everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource, items
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(shared: Resource, _: Document) -> Iterator[Outcome]:
    """Neither the account `all` nor the group `all`."""
    accounts = items(shared.get("shared_accounts"))
    for position, account in enumerate(accounts):
        if account == "all":
            yield Violation(f"shared_accounts.{position}", "the accounts that restore it")
    if shared.get("group") == "all":
        yield Violation("group", "the accounts that launch it")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_db_snapshot", "aws_db_cluster_snapshot", "aws_ami_launch_permission"),
    why="Everybody restores it in his own account and reads the disk, without a trace in ours.",
    fix="Name the accounts that restore it; none is needed inside one account.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html",
    controls=("pci-dss-4.0.1/1.4.4", "pci-dss-4.0.1/7.3.3", "aws-fsbp/RDS.1", "aws-fsbp/EC2.1"),
    check=check,
    mutations=(
        Mutation("shared_accounts.0", "all", on=lambda shared, _: shared.type != "aws_ami_launch_permission"),
        Mutation("group", "all", on=lambda shared, _: shared.type == "aws_ami_launch_permission"),
    ),
    specimen={
        "resource": {
            "aws_db_snapshot": {"before": {"db_instance_identifier": "payments", "shared_accounts": ["111111111111"]}},
            "aws_db_cluster_snapshot": {"before": {"db_cluster_identifier": "payments"}},
            "aws_ami_launch_permission": {"base": {"image_id": "ami-1", "account_id": "111111111111"}},
        }
    },
)
