"""How a deployment watches, remembers and budgets."""

from __future__ import annotations

from modules import policies
from modules.deploying.statements import Statements
from modules.deployment import Deployment


def statements(deployment: Deployment, own: str, here: policies.Condition) -> Statements:
    """The statements of the managed policy."""
    return [
        policies.allow(
            "WatchTheServices",
            [
                "cloudwatch:DeleteAlarms",
                "cloudwatch:DeleteDashboards",
                "cloudwatch:PutCompositeAlarm",
                "cloudwatch:PutDashboard",
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:TagResource",
            ],
            [deployment.arn("cloudwatch", f"alarm:{own}"), deployment.global_arn("cloudwatch", f"dashboard/{own}")],
        ),
        policies.allow(
            "KeepTheLogs",
            [
                "logs:AssociateKmsKey",
                "logs:CreateLogGroup",
                "logs:DeleteLogGroup",
                "logs:DeleteMetricFilter",
                "logs:PutMetricFilter",
                "logs:PutRetentionPolicy",
                "logs:TagResource",
            ],
            [deployment.arn("logs", "log-group:*")],
        ),
        policies.allow("DeliverTheLogs", ["logs:CreateLogDelivery", "logs:PutResourcePolicy"], ["*"]),
        policies.allow(
            "TellPeople",
            [
                "sns:CreateTopic",
                "sns:DeleteTopic",
                "sns:SetTopicAttributes",
                "sns:Subscribe",
                "sns:Unsubscribe",
                "sns:TagResource",
            ],
            [deployment.arn("sns", own)],
        ),
        policies.allow(
            "ReactToEvents",
            ["events:PutRule", "events:PutTargets", "events:RemoveTargets", "events:DeleteRule", "events:TagResource"],
            [deployment.arn("events", f"rule/{own}")],
        ),
        policies.allow(
            "KeepTheWitnesses",
            [
                "access-analyzer:CreateAnalyzer",
                "access-analyzer:TagResource",
                "cloudtrail:AddTags",
                "cloudtrail:CreateTrail",
                "cloudtrail:PutEventSelectors",
                "cloudtrail:StartLogging",
                "cloudtrail:UpdateTrail",
                "config:PutConfigRule",
                "config:PutConfigurationRecorder",
                "config:PutDeliveryChannel",
                "config:StartConfigurationRecorder",
                "config:TagResource",
                "guardduty:CreateDetector",
                "guardduty:TagResource",
                "guardduty:UpdateDetector",
                "inspector2:Enable",
                "securityhub:BatchEnableStandards",
                "securityhub:EnableSecurityHub",
                "securityhub:UpdateSecurityHubConfiguration",
            ],
            ["*"],
            condition=here,
        ),
        policies.allow(
            "WatchTheCost",
            ["budgets:ModifyBudget", "budgets:TagResource"],
            [deployment.global_arn("budgets", f"budget/{own}")],
        ),
    ]
