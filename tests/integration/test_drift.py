"""What somebody changes behind Terraform's back is told, and nothing else is.

On the emulated account only: nobody opens a real ledger to the world to see whether it is told.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from delivery import plan
from delivery.toolchain import Toolchain

Client = Callable[[str], Any]
Outputs = dict[str, str]

STACK = "staging"
SAFE, NEEDS_A_HUMAN = 0, 3
DOOR = [
    {
        "IpProtocol": "tcp",
        "FromPort": 5432,
        "ToPort": 5432,
        "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "by hand"}],
    }
]


def opened_ledger(aws: Client, outputs: Outputs, undo: ExitStack) -> None:
    """A rule of the database's group that no code knows."""
    ec2, group = aws("ec2"), outputs["database_group_id"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=DOOR)
    undo.callback(ec2.revoke_security_group_ingress, GroupId=group, IpPermissions=DOOR)


def short_memory(aws: Client, outputs: Outputs, undo: ExitStack) -> None:
    """Logs of the ledger that are gone tomorrow."""
    logs, name = aws("logs"), outputs["ledger_log_group_name"]
    (group,) = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    logs.put_retention_policy(logGroupName=name, retentionInDays=1)
    undo.callback(logs.put_retention_policy, logGroupName=name, retentionInDays=group["retentionInDays"])


def strange_tag(aws: Client, outputs: Outputs, undo: ExitStack) -> None:
    """A tag that somebody put on the network."""
    ec2, tags = aws("ec2"), [{"Key": "Touched", "Value": "by-hand"}]
    ec2.create_tags(Resources=[outputs["vpc_id"]], Tags=tags)
    undo.callback(ec2.delete_tags, Resources=[outputs["vpc_id"]], Tags=tags)


def drift(tools: Toolchain, synthesis: Path, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What `make drift ENV=staging` ends with and says."""
    capfd.readouterr()
    code = plan.plan(tools, STACK, synthesis, plan.DRIFT)
    return code, capfd.readouterr().out


if os.environ.get("TARGET") != "aws":

    @pytest.mark.usefixtures("settled")
    def test_what_is_changed_by_hand_is_told(
        aws: Client, outputs: Outputs, tools: Toolchain, synthesis: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """An opened port, a shortened memory and a strange tag are told the next night; put back, nothing is."""
        with ExitStack() as undo:
            for change in (opened_ledger, short_memory, strange_tag):
                change(aws, outputs, undo)
            code, told = drift(tools, synthesis, capfd)

        assert code == NEEDS_A_HUMAN
        behind = told.partition("Changed behind Terraform's back")[2].partition("Changed by AWS")[0]
        assert behind.count("somebody changed") == 3
        for sign in (
            "aws_security_group.database_connections_group_",
            "0.0.0.0/0",
            "aws_cloudwatch_log_group.ledger_log_group_",
            "retention_in_days: 90 -> 1",
            "aws_vpc.network_vpc_",
            "tags.Touched: nothing -> by-hand",
        ):
            assert sign in " ".join(behind.split())

        assert drift(tools, synthesis, capfd)[0] == SAFE
