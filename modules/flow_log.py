"""The record of every connection that was accepted or refused (PCI DSS 10.2)."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.flow_log import FlowLog as AwsFlowLog
from constructs import Construct

from modules.boundary import Boundary
from modules.deployment import Deployment
from modules.grants import Access, Resource
from modules.key import Key
from modules.log_group import LogGroup
from modules.network import Network
from modules.role import Role

WRITE_LOGS = Access("write", ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"), ())
FIND_LOGS = Access("find", ("logs:DescribeLogGroups",), ())
"""No log group can be named for it: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html"""


class FlowLog(Construct):
    """The flow log of one network.

    Outputs: `log_group`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        boundary: Boundary,
        network: Network,
        key: Key,
        retention_days: int,
    ) -> None:
        super().__init__(scope, id)
        self.log_group = LogGroup(
            self, "log", name=f"/vpc/{deployment.name(id)}", key=key, retention_days=retention_days
        )
        role = Role(self, "writer", deployment=deployment, boundary=boundary, component=id, service="vpc-flow-logs")
        role.grants.allow(
            WRITE_LOGS,
            Resource("flow-log", (self.log_group.arn, f"{self.log_group.arn}:*")),
            "record each connection",
        )
        role.grants.allow(FIND_LOGS, Resource("log-groups", ("*",)), "find the log group to write to")
        AwsFlowLog(
            self,
            "flow-log",
            vpc_id=network.vpc_id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=self.log_group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=60,
            tags={"Name": deployment.name(id)},
        )
