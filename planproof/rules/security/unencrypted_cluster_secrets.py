"""Secrets of Kubernetes are not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(cluster: Resource, document: Document) -> Iterator[Outcome]:
    """The block for secrets, with our key."""
    yield from must_use_our_key(cluster, "encryption_config.0.provider.0.key_arn", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_eks_cluster",),
    why="Whoever reads a backup of the control plane reads every password of every program.",
    fix="Add an encryption_config for secrets with the arn of a customer key.",
    docs="https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
    controls=("pci-dss-4.0.1/8.3.2", "aws-fsbp/EKS.3"),
    check=check,
    mutations=(
        Mutation("encryption_config.0.provider.0.key_arn", ABSENT),
        Mutation("encryption_config", ABSENT, at="encryption_config.0.provider.0.key_arn"),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_eks_cluster": {
                "main": {
                    "encryption_config": {"resources": ["secrets"], "provider": {"key_arn": "${aws_kms_key.data.arn}"}}
                }
            },
        }
    },
)
