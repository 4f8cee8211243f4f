"""How a deployment reads the state of things: descriptions, never contents."""

from __future__ import annotations

from modules import policies
from modules.deploying.statements import Statements

READS = (
    "access-analyzer:GetAnalyzer",
    "access-analyzer:List*",
    "acm:DescribeCertificate",
    "acm:ListTagsForCertificate",
    "application-autoscaling:Describe*",
    "application-autoscaling:ListTagsForResource",
    "backup:Describe*",
    "backup:GetBackup*",
    "backup:ListTags",
    "budgets:ListTagsForResource",
    "budgets:ViewBudget",
    "cloudtrail:DescribeTrails",
    "cloudtrail:Get*",
    "cloudtrail:ListTags",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetDashboard",
    "cloudwatch:ListTagsForResource",
    "config:Describe*",
    "config:ListTagsForResource",
    "ec2:Describe*",
    "ec2:GetEbsEncryptionByDefault",
    "ecr:DescribeRepositories",
    "ecr:GetLifecyclePolicy",
    "ecr:ListTagsForResource",
    "ecs:Describe*",
    "ecs:ListTagsForResource",
    "elasticache:Describe*",
    "elasticache:ListTagsForResource",
    "elasticloadbalancing:Describe*",
    "events:DescribeRule",
    "events:ListTagsForResource",
    "events:ListTargetsByRule",
    "guardduty:Get*",
    "guardduty:List*",
    "iam:GetAccountPasswordPolicy",
    "inspector2:BatchGetAccountStatus",
    "logs:Describe*",
    "logs:ListTagsForResource",
    "rds:Describe*",
    "rds:ListTagsForResource",
    "route53:Get*",
    "route53:List*",
    "securityhub:Describe*",
    "securityhub:GetEnabledStandards",
    "servicediscovery:Get*",
    "servicediscovery:List*",
    "sns:GetSubscriptionAttributes",
    "sns:GetTopicAttributes",
    "sns:ListTagsForResource",
    "sqs:GetQueueAttributes",
    "sqs:ListQueueTags",
    "wafv2:GetLoggingConfiguration",
    "wafv2:GetWebACL*",
    "wafv2:ListTagsForResource",
)


def statements() -> Statements:
    """The statements of the managed policy."""
    return [policies.allow("ReadTheStateOfThings", READS, ["*"])]
