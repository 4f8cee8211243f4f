"""How a deployment runs the services and balances their load."""

from __future__ import annotations

from modules import policies
from modules.deploying.statements import Statements
from modules.deployment import Deployment


def statements(deployment: Deployment, own: str) -> Statements:
    """The statements of the managed policy."""
    balancers = [
        deployment.arn("elasticloadbalancing", f"{kind}/*") for kind in ("loadbalancer", "listener", "targetgroup")
    ]
    return [
        policies.allow(
            "RunTheServices",
            [
                "ecs:CreateCluster",
                "ecs:DeleteCluster",
                "ecs:PutClusterCapacityProviders",
                "ecs:UpdateCluster*",
                "ecs:CreateService",
                "ecs:UpdateService",
                "ecs:DeleteService",
                "ecs:RegisterTaskDefinition",
                "ecs:TagResource",
                "ecs:UntagResource",
            ],
            [deployment.arn("ecs", f"{kind}/{own}*") for kind in ("cluster", "service", "task-definition")],
        ),
        policies.allow(
            "RetireTasksAndPutUpFirewalls", ["ecs:DeregisterTaskDefinition", "elasticloadbalancing:SetWebAcl"], ["*"]
        ),
        policies.allow(
            "ScaleTheServices",
            [
                "application-autoscaling:RegisterScalableTarget",
                "application-autoscaling:DeregisterScalableTarget",
                "application-autoscaling:PutScalingPolicy",
                "application-autoscaling:DeleteScalingPolicy",
                "application-autoscaling:PutScheduledAction",
                "application-autoscaling:DeleteScheduledAction",
                "application-autoscaling:TagResource",
            ],
            [deployment.arn("application-autoscaling", "scalable-target/*")],
        ),
        policies.allow(
            "BalanceTheLoad",
            [
                *(
                    f"elasticloadbalancing:{verb}{kind}"
                    for verb in ("Create", "Delete", "Modify")
                    for kind in ("Listener", "Rule", "TargetGroup")
                ),
                "elasticloadbalancing:CreateLoadBalancer",
                "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:AddTags",
                "elasticloadbalancing:RemoveTags",
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "elasticloadbalancing:SetSecurityGroups",
                "elasticloadbalancing:SetSubnets",
                "wafv2:AssociateWebACL",
                "wafv2:DisassociateWebACL",
            ],
            [*balancers, deployment.arn("elasticloadbalancing", "listener-rule/*")],
        ),
        policies.allow(
            "KeepTheImages",
            [
                "ecr:CreateRepository",
                "ecr:DeleteRepository",
                "ecr:Put*",
                "ecr:DeleteLifecyclePolicy",
                "ecr:TagResource",
            ],
            [deployment.arn("ecr", f"repository/{own}")],
        ),
        policies.allow(
            "NameTheServices",
            [
                "servicediscovery:CreateHttpNamespace",
                "servicediscovery:DeleteNamespace",
                "servicediscovery:TagResource",
            ],
            ["*"],
            condition={"StringEquals": {"aws:RequestedRegion": deployment.region}},
        ),
        policies.allow(
            "FilterTheRequests",
            [
                "wafv2:CreateWebACL",
                "wafv2:UpdateWebACL",
                "wafv2:DeleteWebACL",
                "wafv2:AssociateWebACL",
                "wafv2:PutLoggingConfiguration",
                "wafv2:DeleteLoggingConfiguration",
                "wafv2:TagResource",
            ],
            [deployment.arn("wafv2", f"regional/webacl/{own}/*"), deployment.arn("wafv2", "regional/managedruleset/*")],
        ),
    ]
