"""A role that one AWS service assumes for this account.

Always: inside the permission boundary, only for requests of this account,
without any permission until a stack says `role.grants.allow(...)`.
"""

from __future__ import annotations

from cdktf_cdktf_provider_aws.iam_role import IamRole
from constructs import Construct

from modules import policies
from modules.boundary import Boundary
from modules.deployment import Deployment
from modules.grants import Grants


class Role(Construct):
    """One service role.

    Outputs: `arn`, `role_name`, `grants`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        boundary: Boundary,
        component: str,
        service: str,
    ) -> None:
        super().__init__(scope, id)
        role = IamRole(
            self,
            "role",
            name=deployment.name(component),
            description=f"Assumed by {service} for {component}",
            permissions_boundary=boundary.arn,
            max_session_duration=3600,
            assume_role_policy=policies.document(
                policies.allow(
                    "AssumedByTheServiceForThisAccount",
                    ["sts:AssumeRole"],
                    principal={"Service": f"{service}.amazonaws.com"},
                    condition={"StringEquals": {"aws:SourceAccount": deployment.account_id}},
                )
            ),
        )
        self.arn: str = role.arn
        self.role_name: str = role.name
        self.grants = Grants(self, role_name=role.name)
