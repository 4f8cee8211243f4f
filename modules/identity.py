"""Who deploys and who plans: GitHub Actions of one repository, without a stored key (PCI DSS 8.6).

The deploy role is for jobs of one GitHub environment, which has reviewers. The plan role is for pull requests and
the main branch: it reads, and changes nothing.
"""

from __future__ import annotations

from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from constructs import Construct

from modules import policies
from modules.boundary import Boundary
from modules.deploying import permissions, planning
from modules.deployment import Deployment

ISSUER = "token.actions.githubusercontent.com"
SESSION_SECONDS = 3600


class Identity(Construct):
    """The deploy role and the plan role of one environment.

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
        role = self._role(
            "deploy",
            deployment,
            provider,
            f"Assumed by the deployment of {repository} to {deployment.environment}",
            "OnlyTheDeploymentOfThisEnvironment",
            f"repo:{repository}:environment:{deployment.environment}",
        )
        plan = self._role(
            "plan",
            deployment,
            provider,
            f"Assumed to see what {repository} would change in {deployment.environment}",
            "OnlyPullRequestsAndTheMainBranch",
            f"repo:{repository}:pull_request",
            f"repo:{repository}:ref:refs/heads/main",
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
            if part == "reading":
                IamRolePolicyAttachment(self, "plan-reading-attached", role=plan.name, policy_arn=policy.arn)
        looking = IamPolicy(
            self,
            "plan-looking",
            name=deployment.name("plan-looking"),
            description="What a plan reads beyond descriptions: the state, and settings of what holds secrets",
            policy=policies.document(*planning.statements(deployment)),
        )
        IamRolePolicyAttachment(self, "plan-looking-attached", role=plan.name, policy_arn=looking.arn)
        self.role_arn: str = role.arn

    def _role(
        self,
        id: str,
        deployment: Deployment,
        provider: IamOpenidConnectProvider,
        description: str,
        sid: str,
        *subjects: str,
    ) -> IamRole:
        return IamRole(
            self,
            id,
            name=deployment.name(id),
            description=description,
            max_session_duration=SESSION_SECONDS,
            assume_role_policy=policies.document(
                policies.allow(
                    sid,
                    ["sts:AssumeRoleWithWebIdentity"],
                    principal={"Federated": provider.arn},
                    condition={
                        "StringEquals": {
                            f"{ISSUER}:aud": "sts.amazonaws.com",
                            f"{ISSUER}:sub": subjects[0] if len(subjects) == 1 else subjects,
                        }
                    },
                )
            ),
        )
