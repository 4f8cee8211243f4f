"""A disk, or the account's default for disks, is not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


ACCOUNT: Final = "aws_ebs_encryption_by_default"
WHOLE: Final = frozenset({"aws_ebs_volume", "aws_ebs_snapshot_copy", "aws_ami_copy"})
KEY: Final = "aws_ebs_default_kms_key"
BLOCKS: Final = {
    "aws_instance": ("root_block_device", "ebs_block_device"),
    "aws_launch_configuration": ("root_block_device", "ebs_block_device"),
    "aws_launch_template": ("block_device_mappings",),
    "aws_ami": ("ebs_block_device",),
}
KEYLESS: Final = frozenset({"aws_ami", "aws_launch_configuration"})
OURS: Final = "${aws_kms_key.data.arn}"


def check(disk: Resource, document: Document) -> Iterator[Outcome]:
    """Every disk that is described, and the account's default; where that is on, silence means encrypted.

    A disk of an image that comes from a snapshot is as encrypted as that.
    """
    default = any(one.get("enabled", True) is True for one in document.of(ACCOUNT))
    if disk.type == ACCOUNT:
        yield from must(disk, "enabled", equals=True, default=True)
    elif disk.type in WHOLE:
        off = tuple(must(disk, "encrypted", equals=True, default=default))
        yield from off or _key(disk, "kms_key_id", document)
    for block in BLOCKS.get(disk.type, ()):
        for one in disk.blocks(block):
            place = one.at("ebs.0") if disk.type == "aws_launch_template" else one.path
            if disk.get(place) is None or (disk.type == "aws_ami" and one.get("snapshot_id") is not None):
                continue
            off = tuple(must(disk, f"{place}.encrypted", equals=True, default=default))
            yield from off or _key(disk, f"{place}.kms_key_id", document)


def _key(disk: Resource, path: str, document: Document) -> Iterator[Outcome]:
    """Our key, named on the disk, or for the whole account where the disk names none or cannot."""
    if disk.type not in KEYLESS and (disk.get(path) is not None or not document.of(KEY)):
        yield from must_use_our_key(disk, path, document)


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
        "aws_ami",
        "aws_ami_copy",
        "aws_ebs_encryption_by_default",
    ),
    why="Whoever obtains a snapshot or a disk reads it, swap and temporary files included.",
    fix="Set encrypted and kms_key_id on every volume, or aws_ebs_encryption_by_default and aws_ebs_default_kms_key.",
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
        Mutation("ebs_block_device.0.encrypted", ABSENT, "aws_ami"),
        *(Mutation("kms_key_id", value, kind) for kind in sorted(WHOLE) for value in (ABSENT, "alias/aws/ebs")),
        Mutation("root_block_device.0.kms_key_id", ABSENT, "aws_instance"),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            **{kind: {"data": {"encrypted": True, "kms_key_id": OURS}} for kind in sorted(WHOLE)},
            "aws_ami": {
                "base": {
                    "ebs_block_device": [
                        {"device_name": "/dev/sda1", "encrypted": True},
                        {"device_name": "/dev/sdb", "snapshot_id": "snap-1"},
                    ]
                }
            },
            "aws_instance": {
                "job": {
                    "root_block_device": {"encrypted": True, "kms_key_id": OURS},
                    "ebs_block_device": [{"device_name": "/dev/sdb", "encrypted": True, "kms_key_id": OURS}],
                }
            },
            "aws_launch_template": {
                "job": {
                    "block_device_mappings": [
                        {"device_name": "/dev/xvda", "ebs": {"encrypted": "true", "kms_key_id": OURS}}
                    ]
                }
            },
        }
    },
)
