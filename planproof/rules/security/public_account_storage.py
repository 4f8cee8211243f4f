"""The account lets buckets and snapshots be made public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SETTINGS: Final = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")


def is_of_buckets(block: Resource, document: Document) -> bool:
    """Whether a block is the one for buckets."""
    del document
    return block.type == "aws_s3_account_public_access_block"


def check(block: Resource, _: Document) -> Iterator[Outcome]:
    """All four settings for buckets; any block for snapshots."""
    if block.type == "aws_ebs_snapshot_block_public_access":
        yield from must(block, "state", one_of=("block-all-sharing", "block-new-sharing"))
        return
    for name in SETTINGS:
        yield from must(block, name, equals=True, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_s3_account_public_access_block", "aws_ebs_snapshot_block_public_access"),
    why="The last net below every bucket and disk of the account has a hole.",
    fix="Set all four settings of the account's block to true, and the block of snapshots to block-all-sharing.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html",
    controls=("pci-dss-4.0.1/1.4.4", "aws-fsbp/S3.1", "aws-fsbp/EC2.182", "cis-aws-3.0/2.1.4"),
    check=check,
    mutations=(
        *(Mutation(name, value=False, on=is_of_buckets) for name in SETTINGS),
        Mutation("ignore_public_acls", ABSENT, on=is_of_buckets),
        Mutation("state", "unblocked", on=lambda block, document: not is_of_buckets(block, document)),
    ),
    specimen={"resource": {"aws_ebs_snapshot_block_public_access": {"account": {"state": "block-all-sharing"}}}},
)
