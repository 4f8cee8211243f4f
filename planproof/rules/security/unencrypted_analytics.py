"""The results of queries or the catalogue of the data lie readable, or under a key of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


RESULTS: Final = "configuration.0.result_configuration.0.encryption_configuration.0"
AT_REST: Final = "data_catalog_encryption_settings.0.encryption_at_rest.0"
JOBS: Final = "encryption_configuration.0.s3_encryption.0"
OURS: Final = "${aws_kms_key.data.arn}"
# Kind: the attribute that says how, what it may say, and the attribute that names the key.
KINDS: Final = {
    "aws_athena_workgroup": (f"{RESULTS}.encryption_option", ("SSE_KMS", "CSE_KMS"), f"{RESULTS}.kms_key_arn"),
    "aws_athena_database": (
        "encryption_configuration.0.encryption_option",
        ("SSE_KMS", "CSE_KMS"),
        "encryption_configuration.0.kms_key",
    ),
    "aws_glue_data_catalog_encryption_settings": (
        f"{AT_REST}.catalog_encryption_mode",
        ("SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"),
        f"{AT_REST}.sse_aws_kms_key_id",
    ),
    "aws_glue_security_configuration": (f"{JOBS}.s3_encryption_mode", ("SSE-KMS",), f"{JOBS}.kms_key_arn"),
}
ENFORCED: Final = "configuration.0.enforce_workgroup_configuration"


def check(store: Resource, document: Document) -> Iterator[Outcome]:
    """By KMS with our key, and what a workgroup says holds for those who query."""
    mode, modes, key = KINDS[store.type]
    off = tuple(must(store, mode, one_of=modes))
    yield from off or must_use_our_key(store, key, document)
    if store.type == "aws_athena_workgroup":
        yield from must(store, ENFORCED, equals=True, default=True)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=tuple(KINDS),
    why="One query copies the payments of a month into a bucket, outside of the encryption of the ledger.",
    fix="Choose SSE_KMS (SSE-KMS in Glue) and give the arn of a customer key.",
    docs="https://docs.aws.amazon.com/athena/latest/ug/encrypting-query-results-stored-in-s3.html",
    controls=("pci-dss-4.0.1/3.5.1",),
    check=check,
    mutations=(
        *(Mutation(mode, "SSE_S3", kind) for kind, (mode, _, _) in KINDS.items()),
        *(Mutation(mode, ABSENT, kind) for kind, (mode, _, _) in KINDS.items()),
        *(Mutation(key, value, kind) for kind, (_, _, key) in KINDS.items() for value in (ABSENT, "alias/aws/s3")),
        Mutation(ENFORCED, value=False, type="aws_athena_workgroup"),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_athena_workgroup": {
                "reports": {
                    "configuration": {
                        "result_configuration": {
                            "encryption_configuration": {"encryption_option": "SSE_KMS", "kms_key_arn": OURS}
                        }
                    }
                }
            },
            "aws_athena_database": {
                "reports": {"encryption_configuration": {"encryption_option": "SSE_KMS", "kms_key": OURS}}
            },
            "aws_glue_data_catalog_encryption_settings": {
                "ours": {
                    "data_catalog_encryption_settings": {
                        "encryption_at_rest": {"catalog_encryption_mode": "SSE-KMS", "sse_aws_kms_key_id": OURS}
                    }
                }
            },
            "aws_glue_security_configuration": {
                "jobs": {
                    "encryption_configuration": {
                        "s3_encryption": {"s3_encryption_mode": "SSE-KMS", "kms_key_arn": OURS}
                    }
                }
            },
        }
    },
)
