"""A machine image is written out by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATHS: Final = {"aws_instance": "ami", "aws_launch_template": "image_id", "aws_launch_configuration": "image_id"}


def check(machine: Resource, _: Document) -> Iterator[Outcome]:
    """Only a configuration shows who wrote the number: in plans and states all images have one."""
    path = PATHS[machine.type]
    if not machine.references(path):
        value = machine.get(path)
        if isinstance(value, str) and value.startswith("ami-"):
            yield Violation(path, "a reference to data.aws_ami or to a parameter of Systems Manager")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=tuple(PATHS),
    why="The image is of one region and one day: it exists nowhere else, and its holes are never closed.",
    fix="Look the image up with data.aws_ami or data.aws_ssm_parameter.",
    docs="https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html",
    controls=("pci-dss-4.0.1/6.3.3",),
    kinds=("configuration",),
    check=check,
    mutations=(
        Mutation("ami", "ami-0abcdef1234567890", on=lambda one, _: one.type == "aws_instance"),
        Mutation("image_id", "ami-0abcdef1234567890", on=lambda one, _: one.type == "aws_launch_template"),
    ),
    specimen={
        "data": {"aws_ami": {"linux": {"owners": ["amazon"]}}},
        "resource": {
            "aws_instance": {"bastion": {"ami": "${data.aws_ami.linux.id}"}},
            "aws_launch_template": {"worker": {"image_id": "${data.aws_ami.linux.id}"}},
        },
    },
)
