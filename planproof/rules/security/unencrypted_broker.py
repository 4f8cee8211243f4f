"""A message broker keeps or moves its data readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


TRANSIT: Final = "encryption_info.0.encryption_in_transit.0"


def check(cluster: Resource, document: Document) -> Iterator[Outcome]:
    """TLS to clients and between brokers, and our key at rest; silence means TLS for both."""
    yield from must(cluster, f"{TRANSIT}.client_broker", equals="TLS", default="TLS")
    yield from must(cluster, f"{TRANSIT}.in_cluster", equals=True, default=True)
    yield from must_use_our_key(cluster, "encryption_info.0.encryption_at_rest_kms_key_arn", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_msk_cluster",),
    why="Every event of every topic crosses the network, or lies on disks, for anybody to read.",
    fix="Set client_broker to TLS, leave in_cluster on and name a customer key.",
    docs="https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html",
    controls=("pci-dss-4.0.1/4.2.1", "pci-dss-4.0.1/3.5.1", "aws-fsbp/MSK.1"),
    check=check,
    mutations=(
        Mutation(f"{TRANSIT}.client_broker", "TLS_PLAINTEXT"),
        Mutation(f"{TRANSIT}.client_broker", "PLAINTEXT"),
        Mutation(f"{TRANSIT}.in_cluster", value=False),
        Mutation("encryption_info.0.encryption_at_rest_kms_key_arn", ABSENT),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_msk_cluster": {
                "events": {
                    "encryption_info": {
                        "encryption_at_rest_kms_key_arn": "${aws_kms_key.data.arn}",
                        "encryption_in_transit": {"client_broker": "TLS", "in_cluster": True},
                    }
                }
            },
        }
    },
)
