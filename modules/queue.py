"""An SQS queue with a dead-letter queue.

Always: encrypted with our key, TLS only, nothing lost: what cannot be processed
waits in the dead-letter queue for a person.
"""

from __future__ import annotations

import json

from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.sqs_queue_policy import SqsQueuePolicy
from cdktf_cdktf_provider_aws.sqs_queue_redrive_allow_policy import SqsQueueRedriveAllowPolicy
from constructs import Construct

from environments.capacity import QueueSettings
from environments.operations import MonitoringSettings
from modules import policies
from modules.deployment import Deployment
from modules.grants import Access
from modules.key import Key
from modules.vitals import Vital

SEND = Access("send", ("sqs:SendMessage", "sqs:GetQueueAttributes"), ("kms:GenerateDataKey", "kms:Decrypt"))
RECEIVE = Access(
    "receive",
    ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"),
)
SECONDS_PER_DAY = 86_400
DEAD_LETTER_DAYS = 14
KEY_REUSE_SECONDS = 300


class Queue(Construct):
    """One queue and its dead-letter queue.

    Outputs: `name`, `queue_name`, `url`, `arns`, `encryption_key`, `dead_letter_name`.
    """

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment, key: Key, settings: QueueSettings) -> None:
        super().__init__(scope, id)
        self.name = id
        self.encryption_key: Key | None = key
        dead = SqsQueue(
            self,
            "dead-letters",
            name=deployment.name(f"{id}-dead-letters"),
            message_retention_seconds=DEAD_LETTER_DAYS * SECONDS_PER_DAY,
            kms_master_key_id=key.arn,
            kms_data_key_reuse_period_seconds=KEY_REUSE_SECONDS,
        )
        queue = SqsQueue(
            self,
            "queue",
            name=deployment.name(id),
            message_retention_seconds=settings.retention_days * SECONDS_PER_DAY,
            visibility_timeout_seconds=settings.visibility_timeout_seconds,
            receive_wait_time_seconds=20,
            kms_master_key_id=key.arn,
            kms_data_key_reuse_period_seconds=KEY_REUSE_SECONDS,
            redrive_policy=json.dumps(
                {"deadLetterTargetArn": dead.arn, "maxReceiveCount": settings.receives_before_dead_letter}
            ),
        )
        SqsQueueRedriveAllowPolicy(
            self,
            "redrive",
            queue_url=dead.id,
            redrive_allow_policy=json.dumps({"redrivePermission": "byQueue", "sourceQueueArns": [queue.arn]}),
        )
        for part, one in (("policy", queue), ("dead-letters-policy", dead)):
            SqsQueuePolicy(
                self, part, queue_url=one.id, policy=policies.document(policies.deny_plain_http("sqs", [one.arn]))
            )
        self.url: str = queue.url
        self.queue_name: str = queue.name
        self.dead_letter_name: str = dead.name
        self.arns = (queue.arn,)

    def vitals(self, settings: MonitoringSettings) -> tuple[Vital, ...]:
        """Work that waits too long, and work that was given up."""
        return (
            Vital(
                "oldest-message",
                "AWS/SQS",
                "ApproximateAgeOfOldestMessage",
                {"QueueName": self.queue_name},
                settings.oldest_message_seconds,
                why="Messages wait longer than promised: the workers are too few or they fail.",
                statistic="Maximum",
            ),
            Vital(
                "dead-letters",
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                {"QueueName": self.dead_letter_name},
                1,
                why="A message was given up: a customer waits for something that will not come by itself.",
                statistic="Maximum",
                periods=1,
            ),
        )
