"""The SNS topic through which the platform talks to people."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_policy import SnsTopicPolicy
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from constructs import Construct

from modules import policies
from modules.deployment import Deployment
from modules.key import Key

PUBLISHERS = ("backup", "budgets", "cloudwatch", "events")


class Topic(Construct):
    """One encrypted topic and its subscribers by mail.

    Outputs: `arn`.
    """

    def __init__(
        self, scope: Construct, id: str, *, deployment: Deployment, key: Key, recipients: Sequence[str]
    ) -> None:
        super().__init__(scope, id)
        topic = SnsTopic(self, "topic", name=deployment.name(id), kms_master_key_id=key.arn)
        policy = SnsTopicPolicy(
            self,
            "policy",
            arn=topic.arn,
            policy=policies.document(
                policies.deny(
                    "RefusePlainHttp",
                    ["sns:Publish"],
                    [topic.arn],
                    principal="*",
                    condition={"Bool": {"aws:SecureTransport": "false"}},
                ),
                policies.allow(
                    "PublishedByOurOwnServices",
                    ["sns:Publish"],
                    [topic.arn],
                    principal={"Service": [f"{name}.amazonaws.com" for name in PUBLISHERS]},
                    condition={"StringEquals": {"aws:SourceAccount": deployment.account_id}},
                ),
            ),
        )
        for index, recipient in enumerate(recipients):
            SnsTopicSubscription(
                self,
                f"recipient-{index}",
                topic_arn=topic.arn,
                protocol="email",
                endpoint=recipient,
                depends_on=[policy],
            )
        self.arn: str = topic.arn
