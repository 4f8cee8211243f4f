"""A table is not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_encrypt, must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


TABLE: Final = "aws_dynamodb_table"
REPLICA: Final = "aws_dynamodb_table_replica"
CASSANDRA: Final = "aws_keyspaces_table"
BLOCK: Final = "server_side_encryption.0"
SPECIFIED: Final = "encryption_specification.0"


def check(table: Resource, document: Document) -> Iterator[Outcome]:
    """With a key of ours; without the block AWS uses one that it owns."""
    if table.type == TABLE:
        yield from must_encrypt(table, f"{BLOCK}.enabled", f"{BLOCK}.kms_key_arn", document)
    elif table.type == REPLICA:
        yield from must_use_our_key(table, "kms_key_arn", document)
    else:
        owned = tuple(must(table, f"{SPECIFIED}.type", equals="CUSTOMER_MANAGED_KMS_KEY"))
        yield from owned or must_use_our_key(table, f"{SPECIFIED}.kms_key_identifier", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=(TABLE, REPLICA, CASSANDRA),
    why="The table lies under a key of AWS that we can neither restrict nor withdraw.",
    fix="Enable server_side_encryption (in Keyspaces encryption_specification) and name a customer key.",
    docs="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
    controls=("pci-dss-4.0.1/3.5.1",),
    check=check,
    mutations=(
        Mutation(f"{BLOCK}.enabled", value=False, type=TABLE),
        Mutation(f"{BLOCK}.kms_key_arn", ABSENT, TABLE),
        Mutation(f"{BLOCK}.kms_key_arn", "alias/aws/dynamodb", TABLE),
        Mutation("server_side_encryption", ABSENT, TABLE, at=f"{BLOCK}.enabled"),
        Mutation("kms_key_arn", ABSENT, REPLICA),
        Mutation(f"{SPECIFIED}.type", "AWS_OWNED_KMS_KEY", CASSANDRA),
        Mutation("encryption_specification", ABSENT, CASSANDRA, at=f"{SPECIFIED}.type"),
        Mutation(f"{SPECIFIED}.kms_key_identifier", ABSENT, CASSANDRA),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            TABLE: {"locks": {"server_side_encryption": {"enabled": True, "kms_key_arn": "${aws_kms_key.data.arn}"}}},
            REPLICA: {"locks": {"kms_key_arn": "${aws_kms_key.data.arn}"}},
            CASSANDRA: {
                "locks": {
                    "encryption_specification": {
                        "type": "CUSTOMER_MANAGED_KMS_KEY",
                        "kms_key_identifier": "${aws_kms_key.data.arn}",
                    }
                }
            },
        }
    },
)
