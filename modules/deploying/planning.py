"""How a plan looks: at the state, and at settings that `reading` leaves out. Nothing here writes or reads contents."""

from __future__ import annotations

from modules import policies
from modules.deploying.statements import Statements
from modules.deployment import PARTITION, Deployment


def statements(deployment: Deployment) -> Statements:
    """The statements of the managed policy of the plan role, beside those of `reading`."""
    own = f"{deployment.project}-*-{deployment.environment}"
    state = f"arn:{PARTITION}:s3:::{deployment.bucket('state')}"
    buckets = [f"arn:{PARTITION}:s3:::{deployment.bucket(name)}" for name in ("access-logs", "trail", "configuration")]
    return [
        policies.allow("FindTheState", ["s3:ListBucket"], [state]),
        policies.allow("ReadTheStateWithoutItsLock", ["s3:GetObject"], [f"{state}/platform.tfstate"]),
        policies.allow(
            "DecryptTheState",
            ["kms:Decrypt"],
            [f"arn:{PARTITION}:kms:{deployment.region}:{deployment.account_id}:key/*"],
            condition={
                "StringEquals": {"kms:ViaService": f"s3.{deployment.region}.amazonaws.com"},
                "StringLike": {"kms:EncryptionContext:aws:s3:arn": f"{state}*"},
            },
        ),
        policies.allow(
            "LookAtTheBuckets",
            [
                "s3:GetAccelerateConfiguration",
                "s3:GetBucket*",
                "s3:GetEncryptionConfiguration",
                "s3:GetLifecycleConfiguration",
                "s3:GetReplicationConfiguration",
                "s3:ListBucket",
            ],
            buckets,
        ),
        policies.allow(  # AWS lets none of these be bound to a resource
            "LookAtTheAccount",
            ["kms:ListAliases", "s3:GetAccountPublicAccessBlock"],
            ["*"],
        ),
        policies.allow(
            "LookAtTheKeys",
            [
                "kms:DescribeKey",
                "kms:GetKeyPolicy",
                "kms:GetKeyRotationStatus",
                "kms:ListResourceTags",
            ],
            [f"arn:{PARTITION}:kms:*:{deployment.account_id}:*"],
        ),
        policies.allow(
            "LookAtTheSecretsWithoutReadingThem",
            ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
            [deployment.arn("secretsmanager", f"secret:{own}-*"), deployment.arn("secretsmanager", "secret:rds!*")],
        ),
        policies.allow(
            "LookAtTheRoles",
            [
                "iam:GetOpenIDConnectProvider",
                "iam:GetPolicy",
                "iam:GetPolicyVersion",
                "iam:GetRole",
                "iam:GetRolePolicy",
                "iam:ListAttachedRolePolicies",
                "iam:ListPolicyVersions",
                "iam:ListRolePolicies",
            ],
            [
                deployment.global_arn("iam", f"role/{own}"),
                deployment.global_arn("iam", "role/aws-service-role/*"),
                deployment.global_arn("iam", f"policy/{own}"),
                deployment.global_arn("iam", "oidc-provider/token.actions.githubusercontent.com"),
            ],
        ),
    ]
