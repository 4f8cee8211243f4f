"""What a deployment may do, by part: the verbs it needs, on things of this project where AWS allows to say so.

Statement groups stay below the 6,144 characters of a managed policy and the
10 policies of a role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from modules import policies
from modules.deployment import PARTITION, Deployment

Statements = Sequence[Mapping[str, Any]]

PASSED_TO = (
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "monitoring.rds.amazonaws.com",
    "rds.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
)

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


def permissions(deployment: Deployment, *, boundary_arn: str) -> dict[str, Statements]:
    """The statements of each managed policy of the deploy role, by the part of the platform they are for."""
    here: policies.Condition = {"StringEquals": {"aws:RequestedRegion": deployment.region}}
    own = f"{deployment.project}-*-{deployment.environment}"
    return {
        "reading": [policies.allow("ReadTheStateOfThings", READS, ["*"])],
        "network": _network(deployment, here),
        "compute": _compute(deployment, own),
        "data": _data(deployment, own),
        "operations": _operations(deployment, own, here),
        "identity": _identity(deployment, own, boundary_arn),
        "state": _state(deployment),
    }


def _network(deployment: Deployment, here: policies.Condition) -> Statements:
    kinds = (
        "FlowLogs",
        "InternetGateway",
        "NatGateway",
        "NetworkAcl",
        "NetworkAclEntry",
        "Route",
        "RouteTable",
        "SecurityGroup",
        "Subnet",
        "Tags",
        "Vpc",
    )
    verbs = [f"ec2:{verb}{kind}" for verb in ("Create", "Delete") for kind in kinds]
    return [
        policies.allow(
            "BuildTheNetwork",
            [
                *verbs,
                "ec2:AllocateAddress",
                "ec2:ReleaseAddress",
                "ec2:AssociateRouteTable",
                "ec2:DisassociateRouteTable",
                "ec2:AttachInternetGateway",
                "ec2:DetachInternetGateway",
                "ec2:AuthorizeSecurityGroupEgress",
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:RevokeSecurityGroupEgress",
                "ec2:RevokeSecurityGroupIngress",
                "ec2:CreateVpcEndpoint",
                "ec2:DeleteVpcEndpoints",
                "ec2:EnableEbsEncryptionByDefault",
                "ec2:ModifySecurityGroupRules",
                "ec2:ModifySubnetAttribute",
                "ec2:ModifyVpcAttribute",
                "ec2:ModifyVpcEndpoint",
                "ec2:ReplaceNetworkAclAssociation",
                "ec2:ReplaceRoute",
                "ec2:UpdateSecurityGroupRuleDescriptions*",
            ],
            [deployment.arn("ec2", "*")],
            condition=here,
        ),
        policies.allow(
            "NameTheEntrance",
            ["route53:ChangeResourceRecordSets"],
            [f"arn:{PARTITION}:route53:::hostedzone/*"],
        ),
        policies.allow(
            "CertifyTheEntrance",
            ["acm:RequestCertificate", "acm:DeleteCertificate", "acm:AddTagsToCertificate"],
            [deployment.arn("acm", "certificate/*")],
        ),
    ]


def _compute(deployment: Deployment, own: str) -> Statements:
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
                "ecs:DeregisterTaskDefinition",
                "ecs:TagResource",
                "ecs:UntagResource",
            ],
            [deployment.arn("ecs", f"{kind}/{own}*") for kind in ("cluster", "service", "task-definition")],
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
                "elasticloadbalancing:SetWebAcl",
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
                "wafv2:DisassociateWebACL",
                "wafv2:PutLoggingConfiguration",
                "wafv2:DeleteLoggingConfiguration",
                "wafv2:TagResource",
            ],
            [deployment.arn("wafv2", f"regional/webacl/{own}/*"), deployment.arn("wafv2", "regional/managedruleset/*")],
        ),
    ]


def _data(deployment: Deployment, own: str) -> Statements:
    return [
        policies.allow(
            "KeepTheLedger",
            [
                f"rds:{verb}"
                for verb in ("Create*", "Modify*", "Delete*", "AddTagsToResource", "RegisterDBProxyTargets")
            ],
            [deployment.arn("rds", f"{kind}:{own}*") for kind in ("db", "pg", "subgrp", "snapshot", "db-proxy")],
        ),
        policies.allow(
            "KeepTheSessions",
            [f"elasticache:{verb}" for verb in ("Create*", "Modify*", "Delete*", "AddTagsToResource")],
            [
                deployment.arn("elasticache", f"{kind}:{own}*")
                for kind in ("replicationgroup", "subnetgroup", "parametergroup", "user", "usergroup", "snapshot")
            ],
        ),
        policies.allow(
            "KeepTheQueues",
            ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue"],
            [deployment.arn("sqs", own)],
        ),
        policies.allow(
            "KeepTheSecretsWithoutReadingThem",
            [
                "secretsmanager:CreateSecret",
                "secretsmanager:DeleteSecret",
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetResourcePolicy",
                "secretsmanager:TagResource",
                "secretsmanager:UpdateSecret",
            ],
            [deployment.arn("secretsmanager", f"secret:{own}-*"), deployment.arn("secretsmanager", "secret:rds!*")],
        ),
        policies.allow(
            "KeepTheKeys",
            [
                "kms:CreateAlias",
                "kms:CreateGrant",
                "kms:CreateKey",
                "kms:DeleteAlias",
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:EnableKeyRotation",
                "kms:GenerateDataKey",
                "kms:GetKey*",
                "kms:ListAliases",
                "kms:ListResourceTags",
                "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion",
                "kms:TagResource",
                "kms:UpdateAlias",
            ],
            [f"arn:{PARTITION}:kms:*:{deployment.account_id}:*"],
        ),
        policies.allow(
            "KeepTheBackups",
            [f"backup:{verb}" for verb in ("Create*", "Update*", "Delete*", "Put*", "TagResource")],
            [f"arn:{PARTITION}:backup:*:{deployment.account_id}:*"],
        ),
    ]


def _operations(deployment: Deployment, own: str, here: policies.Condition) -> Statements:
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
                "logs:CreateLogDelivery",
                "logs:CreateLogGroup",
                "logs:DeleteLogGroup",
                "logs:DeleteMetricFilter",
                "logs:PutMetricFilter",
                "logs:PutResourcePolicy",
                "logs:PutRetentionPolicy",
                "logs:TagResource",
            ],
            [deployment.arn("logs", "log-group:*")],
        ),
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


def _identity(deployment: Deployment, own: str, boundary_arn: str) -> Statements:
    roles = [deployment.global_arn("iam", f"role/{own}")]
    return [
        policies.allow(
            "MakeRolesInsideTheBoundary",
            ["iam:CreateRole", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
            roles,
            condition={"StringEquals": {"iam:PermissionsBoundary": boundary_arn}},
        ),
        policies.allow(
            "KeepTheRoles",
            [
                "iam:DeleteRole",
                "iam:GetRole",
                "iam:GetRolePolicy",
                "iam:ListAttachedRolePolicies",
                "iam:ListInstanceProfilesForRole",
                "iam:ListRolePolicies",
                "iam:TagRole",
                "iam:UpdateRoleDescription",
            ],
            roles,
        ),
        policies.allow(
            "HandRolesToServices",
            ["iam:PassRole"],
            roles,
            condition={"StringEquals": {"iam:PassedToService": PASSED_TO}},
        ),
        policies.allow(
            "ReadPolicies",
            ["iam:GetOpenIDConnectProvider", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"],
            [
                deployment.global_arn("iam", f"policy/{own}"),
                deployment.global_arn("iam", "oidc-provider/token.actions.githubusercontent.com"),
            ],
        ),
        policies.deny(
            "NeverChangeItselfOrTheBoundary",
            [
                "iam:AttachRolePolicy",
                "iam:CreatePolicyVersion",
                "iam:DeleteRolePermissionsBoundary",
                "iam:PutRolePolicy",
                "iam:SetDefaultPolicyVersion",
                "iam:UpdateAssumeRolePolicy",
            ],
            [
                deployment.global_arn("iam", f"role/{deployment.name('deploy')}"),
                deployment.global_arn("iam", f"policy/{deployment.name('deploy-*')}"),
                boundary_arn,
            ],
        ),
    ]


def _state(deployment: Deployment) -> Statements:
    bucket = f"arn:{PARTITION}:s3:::{deployment.bucket('state')}"
    others = [
        f"arn:{PARTITION}:s3:::{deployment.bucket(component)}"
        for component in ("access-logs", "trail", "configuration")
    ]
    return [
        policies.allow("FindTheState", ["s3:ListBucket", "s3:GetBucketVersioning"], [bucket]),
        policies.allow(
            "WriteAndLockTheState", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], [f"{bucket}/platform.tfstate*"]
        ),
        policies.allow(
            "KeepTheBuckets",
            [
                "s3:CreateBucket",
                "s3:GetBucket*",
                "s3:GetEncryptionConfiguration",
                "s3:GetLifecycleConfiguration",
                "s3:PutBucket*",
                "s3:PutEncryptionConfiguration",
                "s3:PutLifecycleConfiguration",
            ],
            others,
        ),
        policies.allow(
            "BlockPublicAccess",
            ["s3:GetAccountPublicAccessBlock", "s3:PutAccountPublicAccessBlock"],
            ["*"],
        ),
    ]
