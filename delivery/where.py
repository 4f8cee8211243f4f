"""Where a pipeline deploys one environment, and as whom: in the form that GitHub Actions reads as outputs."""

from __future__ import annotations

from collections.abc import Mapping

from environments import load_all
from messages import UserError
from modules.deployment import Deployment

ROLES = ("plan", "deploy")
"""The roles of `modules.identity`: one may only read, the other belongs to jobs of the GitHub environment."""


def where(stack: str, role: str, variables: Mapping[str, str]) -> str:
    """Account, region and role of the environment, one a line. Raises UserError for a role that does not exist."""
    if role not in ROLES:
        raise UserError(
            f"there is no role {role!r}",
            f"the roles are {', '.join(ROLES)}",
            hint="for example: python -m delivery where staging plan",
        )
    (found,) = (environment for environment in load_all(variables) if environment.name == stack)
    deployment = Deployment(
        project=found.application.project,
        environment=found.name,
        account_id=found.account_id,
        region=found.region,
        protected=found.deletion_protection,
    )
    arn = deployment.global_arn("iam", f"role/{deployment.name(role)}")
    return f"account={found.account_id}\nregion={found.region}\nrole={arn}\n"
