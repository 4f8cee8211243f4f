"""Who deploys: GitHub Actions of one repository and environment, without a stored key (PCI DSS 8.6)."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from constructs import Construct

from modules import policies
from modules.boundary import Boundary
from modules.deploying import permissions
from modules.deployment import Deployment

ISSUER = "token.actions.githubusercontent.com"
SESSION_SECONDS = 3600


class Identity(Construct):
    """The deploy role of one environment.

    Outputs: `role_arn`.
    """

    def __init__(
        self, scope: Construct, id: str, *, deployment: Deployment, boundary: Boundary, repository: str
    ) -> None:
        super().__init__(scope, id)
        provider = IamOpenidConnectProvider(
            self,
            "github",
            url=f"https://{ISSUER}",
            client_id_list=["sts.amazonaws.com"],
            tags={"Name": deployment.name("github")},
        )
        role = IamRole(
            self,
            "deploy",
            name=deployment.name("deploy"),
            description=f"Assumed by the deployment of {repository} to {deployment.environment}",
            max_session_duration=SESSION_SECONDS,
            assume_role_policy=policies.document(
                policies.allow(
                    "OnlyTheDeploymentOfThisEnvironment",
                    ["sts:AssumeRoleWithWebIdentity"],
                    principal={"Federated": provider.arn},
                    condition={
                        "StringEquals": {
                            f"{ISSUER}:aud": "sts.amazonaws.com",
                            f"{ISSUER}:sub": f"repo:{repository}:environment:{deployment.environment}",
                        }
                    },
                )
            ),
        )
        for part, statements in permissions(deployment, boundary_arn=boundary.arn).items():
            policy = IamPolicy(
                self,
                part,
                name=deployment.name(f"deploy-{part}"),
                description=f"What a deployment does with {part}",
                policy=policies.document(*statements),
            )
            IamRolePolicyAttachment(self, f"{part}-attached", role=role.name, policy_arn=policy.arn)
        self.role_arn: str = role.arn
