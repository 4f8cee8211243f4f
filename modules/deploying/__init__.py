"""What a deployment may do, by part: the verbs it needs, on things of this project where AWS allows to say so.

Statement groups stay below the 6,144 characters of a managed policy and the
10 policies of a role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from __future__ import annotations

from modules import policies
from modules.deploying import compute, data, identity, network, operations, reading, state
from modules.deploying.statements import Statements
from modules.deployment import Deployment


def permissions(deployment: Deployment, *, boundary_arn: str) -> dict[str, Statements]:
    """The statements of each managed policy of the deploy role, by the part of the platform they are for."""
    here: policies.Condition = {"StringEquals": {"aws:RequestedRegion": deployment.region}}
    own = f"{deployment.project}-*-{deployment.environment}"
    return {
        "reading": reading.statements(),
        "network": network.statements(deployment, here),
        "compute": compute.statements(deployment, own),
        "data": data.statements(deployment, own),
        "operations": operations.statements(deployment, own, here),
        "identity": identity.statements(deployment, own, boundary_arn),
        "state": state.statements(deployment),
    }
