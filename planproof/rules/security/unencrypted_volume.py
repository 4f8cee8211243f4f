"""A disk, or the account's default for disks, is not encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


ACCOUNT: Final = "aws_ebs_encryption_by_default"
WHOLE: Final = frozenset({"aws_ebs_volume", "aws_ebs_snapshot_copy"})
BLOCKS: Final = {
    "aws_instance": ("root_block_device", "ebs_block_device"),
    "aws_launch_configuration": ("root_block_device", "ebs_block_device"),
    "aws_launch_template": ("block_device_mappings",),
}


def check(disk: Resource, document: Document) -> Iterator[Outcome]:
    """Every disk that is described, and the account's default; where that is on, silence means encrypted."""
    default = any(one.get("enabled", True) is True for one in document.of(ACCOUNT))
    if disk.type == ACCOUNT:
        yield from must(disk, "enabled", equals=True, default=True)
    elif disk.type in WHOLE:
        yield from must(disk, "encrypted", equals=True, default=default)
    for block in BLOCKS.get(disk.type, ()):
        for one in disk.blocks(block):
            inner = one.at("ebs.0.encrypted" if disk.type == "aws_launch_template" else "encrypted")
            if disk.get(inner.removesuffix(".encrypted")) is not None:
                yield from must(disk, inner, equals=True, default=default)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(
        "aws_ebs_volume",
        "aws_ebs_snapshot_copy",
        "aws_instance",
        "aws_launch_template",
        "aws_launch_configuration",
        "aws_ebs_encryption_by_default",
    ),
    why="Whoever obtains a snapshot or a disk reads it, swap and temporary files included.",
    fix="Set encrypted to true on every volume, and aws_ebs_encryption_by_default for those nobody names.",
    docs="https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html",
    controls=("pci-dss-4.0.1/3.5.1", "aws-fsbp/EC2.3", "aws-fsbp/EC2.7", "aws-fsbp/EC2.181", "cis-aws-3.0/2.2.1"),
    check=check,
    mutations=(
        Mutation("enabled", value=False, on=lambda disk, _: disk.type == ACCOUNT),
        Mutation("encrypted", value=False, on=lambda disk, _: disk.type in WHOLE),
        Mutation("encrypted", ABSENT, on=lambda disk, _: disk.type in WHOLE),
        Mutation("root_block_device.0.encrypted", value=False, on=lambda disk, _: disk.type == "aws_instance"),
        Mutation("ebs_block_device.0.encrypted", ABSENT, on=lambda disk, _: disk.type == "aws_instance"),
        Mutation(
            "block_device_mappings.0.ebs.0.encrypted", "false", on=lambda disk, _: disk.type == "aws_launch_template"
        ),
    ),
    specimen={
        "resource": {
            "aws_ebs_volume": {"data": {"encrypted": True}},
            "aws_instance": {
                "job": {
                    "root_block_device": {"encrypted": True},
                    "ebs_block_device": [{"device_name": "/dev/sdb", "encrypted": True}],
                }
            },
            "aws_launch_template": {
                "job": {"block_device_mappings": [{"device_name": "/dev/xvda", "ebs": {"encrypted": "true"}}]}
            },
        }
    },
)
