"""A secret whose value people or rotation put in: it is never in code, in the JSON or in the state."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.secretsmanager_secret import SecretsmanagerSecret
from constructs import Construct

from modules.deployment import Deployment
from modules.grants import Access
from modules.key import Key

READ_SECRET = Access("read", ("secretsmanager:GetSecretValue",))


class Secret(Construct):
    """One secret of one service.

    Outputs: `arn`, and what a grant needs: `name`, `arns`, `encryption_key`.
    """

    def __init__(
        self, scope: Construct, id: str, *, deployment: Deployment, key: Key, component: str, purpose: str
    ) -> None:
        super().__init__(scope, id)
        self.name = id
        self.encryption_key: Key | None = key
        self.arn: str = SecretsmanagerSecret(
            self,
            "secret",
            name=deployment.name(component),
            description=purpose,
            kms_key_id=key.arn,
            recovery_window_in_days=30 if deployment.protected else 0,
        ).arn
        self.arns = (self.arn,)
