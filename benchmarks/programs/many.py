"""Stacks of as many resources as asked for, ten kinds of them, each with a reference to another and tags.

python many.py COUNT FOLDER makes one stack; python many.py COUNT FOLDER STACKS as many of that count, judged by the
gate of main.py. The imports are the same for every count.
"""

from __future__ import annotations

# isort: off
import fastsynth  # before cdktf

# isort: on
import sys
from pathlib import Path

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule
from constructs import Construct

TAGS = {"Project": "many", "Owner": "platform"}


class Cell(Construct):
    """Ten resources that belong together."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16", enable_dns_hostnames=True, tags=TAGS)
        subnet = Subnet(self, "subnet", vpc_id=vpc.id, cidr_block="10.0.0.0/24", tags=TAGS)
        table = RouteTable(self, "routes", vpc_id=vpc.id, tags=TAGS)
        RouteTableAssociation(self, "association", subnet_id=subnet.id, route_table_id=table.id)
        group = SecurityGroup(self, "group", vpc_id=vpc.id, description="Traffic of the cell", tags=TAGS)
        VpcSecurityGroupIngressRule(
            self,
            "door",
            security_group_id=group.id,
            referenced_security_group_id=group.id,
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
        )
        queue = SqsQueue(self, "queue", sqs_managed_sse_enabled=True, tags=TAGS)
        role = IamRole(self, "role", assume_role_policy=f'{{"Resource": "{queue.arn}"}}', tags=TAGS)
        IamRolePolicy(self, "policy", role=role.name, policy=f'{{"Resource": "{queue.arn}"}}')
        CloudwatchLogGroup(self, "log", name=f"/cells/{id}", retention_in_days=365, tags=TAGS)


def main(count: int, folder: str) -> None:
    """Synthesise one stack."""
    app = App(outdir=folder)
    add(app, "many", count)
    app.synth()


def judged(count: int, folder: str, stacks: int) -> None:
    """Synthesise as many stacks, and have them judged as main.py does."""
    import gate  # noqa: PLC0415 - the other use needs none

    app = App(outdir=folder)
    for number in range(stacks):
        add(app, f"many-{number}", count)
    gate.around(app.synth, Path(folder), as_before=fastsynth.as_before())


def add(app: App, name: str, count: int) -> None:
    """One stack of `count` resources."""
    stack = TerraformStack(app, name)
    AwsProvider(stack, "aws", region="eu-west-1")
    for number in range(count // 10):
        Cell(stack, f"cell-{number}")


if __name__ == "__main__":
    if len(sys.argv) > 3:  # noqa: PLR2004 - with the number of stacks
        judged(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    else:
        main(int(sys.argv[1]), sys.argv[2])
