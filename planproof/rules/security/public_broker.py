"""A message broker or a cluster's control plane can be reached from the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.connectivity.matching import blocks
from planproof.document import ABSENT, Document, Resource
from planproof.reading.ports import is_wide
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


BROKERS: Final = "broker_node_group_info.0.connectivity_info.0.public_access.0.type"


def check(cluster: Resource, _: Document) -> Iterator[Outcome]:
    """No public endpoint; a cluster of EKS may have one for addresses that are named."""
    if cluster.type == "aws_msk_cluster":
        if cluster.get(BROKERS, "DISABLED") != "DISABLED":
            yield Violation(BROKERS, "DISABLED")
        return
    if cluster.get("vpc_config.0.endpoint_public_access", True):
        named = cluster.get("vpc_config.0.public_access_cidrs", ["0.0.0.0/0"])
        if is_wide(blocks([named]).addresses):
            yield Violation("vpc_config.0.endpoint_public_access", "false, or named addresses")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_msk_cluster", "aws_eks_cluster"),
    why="Who controls the broker or the cluster controls everything that runs on it.",
    fix="Turn public access off, or name the office's addresses in public_access_cidrs.",
    docs="https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
    controls=("pci-dss-4.0.1/1.4.2", "aws-fsbp/EKS.1", "aws-fsbp/MSK.4"),
    check=check,
    mutations=(
        Mutation(BROKERS, "SERVICE_PROVIDED_EIPS", on=lambda cluster, _: cluster.type == "aws_msk_cluster"),
        Mutation("vpc_config.0.endpoint_public_access", value=True, on=lambda cluster, _: cluster.name == "closed"),
        Mutation("vpc_config.0.endpoint_public_access", ABSENT, on=lambda cluster, _: cluster.name == "closed"),
        Mutation(
            "vpc_config.0.public_access_cidrs",
            ["0.0.0.0/1", "128.0.0.0/1"],
            at="vpc_config.0.endpoint_public_access",
            on=lambda cluster, _: cluster.name == "office",
        ),
    ),
    specimen={
        "resource": {
            "aws_msk_cluster": {
                "events": {"broker_node_group_info": {"connectivity_info": {"public_access": {"type": "DISABLED"}}}}
            },
            "aws_eks_cluster": {
                "closed": {"vpc_config": {"endpoint_public_access": False}},
                "office": {"vpc_config": {"endpoint_public_access": True, "public_access_cidrs": ["198.51.100.0/24"]}},
            },
        }
    },
)
