"""A stream is not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


VIDEO: Final = "aws_kinesis_video_stream"


def is_data(stream: Resource, document: Document) -> bool:
    """Whether it is a data stream."""
    del document
    return stream.type == "aws_kinesis_stream"


def is_delivery(stream: Resource, document: Document) -> bool:
    """Whether it is a delivery stream."""
    return not is_data(stream, document) and stream.type != VIDEO


def check(stream: Resource, document: Document) -> Iterator[Outcome]:
    """A data stream by its own attributes, a delivery stream by a block, unless a data stream feeds it."""
    if stream.type == "aws_kinesis_stream":
        yield from must(stream, "encryption_type", equals="KMS", default="NONE")
        if stream.get("encryption_type") == "KMS":
            yield from must_use_our_key(stream, "kms_key_id", document)
    elif stream.type == VIDEO:
        yield from must_use_our_key(stream, "kms_key_id", document)
    elif stream.get("kinesis_source_configuration") is None:
        yield from must(stream, "server_side_encryption.0.enabled", equals=True, default=False)
        if stream.get("server_side_encryption.0.enabled"):
            yield from must_use_our_key(stream, "server_side_encryption.0.key_arn", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_kinesis_stream", "aws_kinesis_firehose_delivery_stream", VIDEO),
    why="Every event that passes lies readable for days.",
    fix="Set encryption_type to KMS with a customer key, or enable server_side_encryption.",
    docs="https://docs.aws.amazon.com/streams/latest/dg/what-is-sse.html",
    controls=("pci-dss-4.0.1/3.5.1", "aws-fsbp/Kinesis.1", "aws-fsbp/DataFirehose.1"),
    check=check,
    mutations=(
        Mutation("encryption_type", "NONE", on=is_data),
        Mutation("encryption_type", ABSENT, on=is_data),
        Mutation("kms_key_id", "alias/aws/kinesis", on=is_data),
        Mutation("server_side_encryption.0.enabled", value=False, on=is_delivery),
        Mutation("server_side_encryption.0.key_arn", ABSENT, on=is_delivery),
        Mutation("kms_key_id", ABSENT, VIDEO),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_kinesis_stream": {"events": {"encryption_type": "KMS", "kms_key_id": "${aws_kms_key.data.arn}"}},
            VIDEO: {"doors": {"kms_key_id": "${aws_kms_key.data.arn}"}},
            "aws_kinesis_firehose_delivery_stream": {
                "logs": {
                    "server_side_encryption": {
                        "enabled": True,
                        "key_type": "CUSTOMER_MANAGED_CMK",
                        "key_arn": "${aws_kms_key.data.arn}",
                    }
                }
            },
        }
    },
)
