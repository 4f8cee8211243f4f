"""A table is not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_encrypt
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


BLOCK: Final = "server_side_encryption.0"


def check(table: Resource, document: Document) -> Iterator[Outcome]:
    """With a key of ours; without the block AWS uses one that it owns."""
    yield from must_encrypt(table, f"{BLOCK}.enabled", f"{BLOCK}.kms_key_arn", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_dynamodb_table",),
    why="The table lies under a key of AWS that we can neither restrict nor withdraw.",
    fix="Enable server_side_encryption and give kms_key_arn the arn of a customer key.",
    docs="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
    controls=("pci-dss-4.0.1/3.5.1",),
    check=check,
    mutations=(
        Mutation(f"{BLOCK}.enabled", value=False),
        Mutation(f"{BLOCK}.kms_key_arn", ABSENT),
        Mutation(f"{BLOCK}.kms_key_arn", "alias/aws/dynamodb"),
        Mutation("server_side_encryption", ABSENT, at=f"{BLOCK}.enabled"),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_dynamodb_table": {
                "locks": {"server_side_encryption": {"enabled": True, "kms_key_arn": "${aws_kms_key.data.arn}"}}
            },
        }
    },
)
