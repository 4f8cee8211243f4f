"""How the load balancer finds the tasks of one public service."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.lb_listener_rule import (
    LbListenerRule,
    LbListenerRuleAction,
    LbListenerRuleCondition,
    LbListenerRuleConditionPathPattern,
)
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from constructs import Construct

from environments.application import Role as ServiceRole
from modules.deployment import Deployment
from modules.load_balancer import LoadBalancer
from modules.network import Network

PRIORITY_STEP = 10


class Target(Construct):
    """The target group and the listener rule of one service.

    Outputs: `group_arn`, `scaling_label` (what a request-count policy names), `group_suffix`, `balancer_suffix`,
    `rule` (without which ECS refuses the target group).
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        network: Network,
        load_balancer: LoadBalancer,
        service: str,
        role: ServiceRole,
        position: int,
    ) -> None:
        super().__init__(scope, id)
        group = LbTargetGroup(
            self,
            "group",
            name=deployment.name(service),
            vpc_id=network.vpc_id,
            target_type="ip",
            protocol="HTTP",
            port=role.port,
            deregistration_delay="30",
            load_balancing_algorithm_type="least_outstanding_requests",
            health_check=LbTargetGroupHealthCheck(
                path=role.health_path,
                port="traffic-port",
                protocol="HTTP",
                matcher="200",
                interval=15,
                timeout=5,
                healthy_threshold=2,
                unhealthy_threshold=3,
            ),
        )
        self.rule = LbListenerRule(
            self,
            "rule",
            listener_arn=load_balancer.https_listener_arn,
            priority=(position + 1) * PRIORITY_STEP,
            condition=[
                LbListenerRuleCondition(path_pattern=LbListenerRuleConditionPathPattern(values=list(role.paths)))
            ],
            action=[LbListenerRuleAction(type="forward", target_group_arn=group.arn)],
        )
        self.group_arn: str = group.arn
        self.group_suffix: str = group.arn_suffix
        self.balancer_suffix = load_balancer.arn_suffix
        self.scaling_label = f"{load_balancer.arn_suffix}/{group.arn_suffix}"
