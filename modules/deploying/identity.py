"""How a deployment makes roles inside the boundary, and never changes itself."""

from __future__ import annotations

from modules import policies
from modules.deploying.statements import Statements
from modules.deployment import Deployment

PASSED_TO = (
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "monitoring.rds.amazonaws.com",
    "rds.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
)


def statements(deployment: Deployment, own: str, boundary_arn: str) -> Statements:
    """The statements of the managed policy."""
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
                *(deployment.global_arn("iam", f"role/{deployment.name(who)}") for who in ("deploy", "plan")),
                *(deployment.global_arn("iam", f"policy/{deployment.name(f'{who}-*')}") for who in ("deploy", "plan")),
                boundary_arn,
            ],
        ),
    ]
