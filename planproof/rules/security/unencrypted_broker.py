"""A message broker keeps or moves its data readable, or keeps it under a key of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


KAFKA: Final = "aws_msk_cluster"
MQ: Final = "aws_mq_broker"
TRANSIT: Final = "encryption_info.0.encryption_in_transit.0"
AT_REST: Final = "encryption_options.0"


def check(broker: Resource, document: Document) -> Iterator[Outcome]:
    """Our key at rest, where the engine takes one; for Kafka TLS too, which silence means."""
    if broker.type == MQ:
        if broker.get("engine_type") == "RabbitMQ":
            return
        owned = tuple(must(broker, f"{AT_REST}.use_aws_owned_key", equals=False, default=True))
        yield from owned or must_use_our_key(broker, f"{AT_REST}.kms_key_id", document)
        return
    yield from must(broker, f"{TRANSIT}.client_broker", equals="TLS", default="TLS")
    yield from must(broker, f"{TRANSIT}.in_cluster", equals=True, default=True)
    yield from must_use_our_key(broker, "encryption_info.0.encryption_at_rest_kms_key_arn", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(KAFKA, MQ),
    why="Every event of every topic crosses the network, or lies on disks, for anybody to read.",
    fix="Set client_broker to TLS, leave in_cluster on and name a customer key; for Amazon MQ in encryption_options.",
    docs="https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html",
    controls=("pci-dss-4.0.1/4.2.1", "pci-dss-4.0.1/3.5.1", "aws-fsbp/MSK.1"),
    check=check,
    mutations=(
        Mutation(f"{TRANSIT}.client_broker", "TLS_PLAINTEXT", KAFKA),
        Mutation(f"{TRANSIT}.client_broker", "PLAINTEXT", KAFKA),
        Mutation(f"{TRANSIT}.in_cluster", value=False, type=KAFKA),
        Mutation("encryption_info.0.encryption_at_rest_kms_key_arn", ABSENT, KAFKA),
        Mutation("encryption_options", ABSENT, MQ, at=f"{AT_REST}.use_aws_owned_key"),
        Mutation(f"{AT_REST}.use_aws_owned_key", value=True, type=MQ),
        Mutation(f"{AT_REST}.kms_key_id", ABSENT, MQ),
        Mutation(f"{AT_REST}.kms_key_id", "alias/aws/mq", MQ),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            KAFKA: {
                "events": {
                    "encryption_info": {
                        "encryption_at_rest_kms_key_arn": "${aws_kms_key.data.arn}",
                        "encryption_in_transit": {"client_broker": "TLS", "in_cluster": True},
                    }
                }
            },
            MQ: {
                "orders": {"encryption_options": {"use_aws_owned_key": False, "kms_key_id": "${aws_kms_key.data.arn}"}}
            },
        }
    },
)
