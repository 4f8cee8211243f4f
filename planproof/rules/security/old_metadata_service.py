"""A machine gives its role's keys to any request from within."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_machine(machine: Resource, document: Document) -> bool:
    """Whether it is a machine or a template of one, not the account's default."""
    del document
    return machine.type != "aws_ec2_instance_metadata_defaults"


def check(machine: Resource, _: Document) -> Iterator[Outcome]:
    """Tokens are required, and travel one hop, unless the service is off."""
    prefix = "" if machine.type == "aws_ec2_instance_metadata_defaults" else "metadata_options.0."
    if machine.get(f"{prefix}http_endpoint") == "disabled":
        return
    yield from must(machine, f"{prefix}http_tokens", equals="required", default="optional")
    yield from must(machine, f"{prefix}http_put_response_hop_limit", at_most=1, default=1)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_instance", "aws_launch_template", "aws_launch_configuration", "aws_ec2_instance_metadata_defaults"),
    why="A program that can be made to fetch an address gives away the keys of the machine's role.",
    fix="Set http_tokens to required and http_put_response_hop_limit to 1.",
    docs="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    controls=(
        "pci-dss-4.0.1/2.2.6",
        "aws-fsbp/EC2.8",
        "aws-fsbp/EC2.170",
        "aws-fsbp/AutoScaling.3",
        "aws-fsbp/AutoScaling.4",
        "cis-aws-3.0/5.6",
    ),
    check=check,
    mutations=(
        Mutation("metadata_options.0.http_tokens", "optional", on=is_machine),
        Mutation("metadata_options.0.http_tokens", ABSENT, on=is_machine),
        Mutation("metadata_options", ABSENT, at="metadata_options.0.http_tokens", on=is_machine),
        Mutation("metadata_options.0.http_put_response_hop_limit", 5, on=is_machine),
        Mutation("http_tokens", "optional", on=lambda machine, document: not is_machine(machine, document)),
    ),
    specimen={
        "resource": {
            "aws_instance": {
                "job": {"metadata_options": {"http_tokens": "required", "http_put_response_hop_limit": 1}}
            },
            "aws_launch_template": {"job": {"metadata_options": {"http_tokens": "required"}}},
            "aws_ec2_instance_metadata_defaults": {
                "account": {"http_tokens": "required", "http_put_response_hop_limit": 1}
            },
        }
    },
)
