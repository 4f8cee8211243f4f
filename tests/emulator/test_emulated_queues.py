"""SQS: what a deployment reads back of a queue with a dead-letter queue."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.emulator.emulated_account import Account

POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]}
)
ALLOWED = json.dumps({"redrivePermission": "denyAll"})


@pytest.fixture
def sqs(account: Account) -> Any:
    """An SQS client."""
    return account.client("sqs")


@pytest.fixture
def queue(sqs: Any) -> str:
    """A queue encrypted with a key of the account."""
    return str(sqs.create_queue(QueueName="receipts", Attributes={"KmsMasterKeyId": "alias/data"})["QueueUrl"])


def attributes(sqs: Any, queue: str, *names: str) -> dict[str, str]:
    """What the API says of the queue."""
    found: dict[str, str] = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names or ["All"])["Attributes"]
    return found


def test_setting_one_attribute_keeps_the_policy(sqs: Any, queue: str) -> None:
    """A queue that lost its TLS-only policy when another attribute was set would be open unnoticed."""
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": POLICY})
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "45"})

    assert attributes(sqs, queue)["Policy"] == POLICY


def test_an_empty_policy_removes_it(sqs: Any, queue: str) -> None:
    """Removing a policy is possible, and seen."""
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": POLICY})
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": ""})

    assert "Policy" not in attributes(sqs, queue)


def test_who_may_use_a_dead_letter_queue_is_read_back(sqs: Any, queue: str) -> None:
    """Terraform waits until it reads what it wrote; without it a deployment would hang for minutes."""
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedriveAllowPolicy": ALLOWED})

    assert attributes(sqs, queue, "RedriveAllowPolicy") == {"RedriveAllowPolicy": ALLOWED}


def test_a_key_of_the_account_replaces_the_key_of_sqs(sqs: Any, queue: str) -> None:
    """The encryption that an auditor reads is the one that is in force."""
    assert attributes(sqs, queue, "SqsManagedSseEnabled") == {"SqsManagedSseEnabled": "false"}


def test_a_new_queue_of_the_same_name_starts_clean(sqs: Any, queue: str) -> None:
    """Whom an old queue let in says nothing about the new one."""
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedriveAllowPolicy": ALLOWED})

    sqs.delete_queue(QueueUrl=queue)
    again = sqs.create_queue(QueueName="receipts")["QueueUrl"]

    assert "RedriveAllowPolicy" not in attributes(sqs, again)


def test_a_redrive_policy_is_read_back_without_blanks(sqs: Any, queue: str) -> None:
    """AWS writes it so; a blank more would be a change in every later plan."""
    dead = sqs.create_queue(QueueName="dead-letters")["QueueUrl"]
    arn = attributes(sqs, dead)["QueueArn"]
    policy = {"deadLetterTargetArn": arn, "maxReceiveCount": 5}
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": json.dumps(policy)})

    assert attributes(sqs, queue)["RedrivePolicy"] == json.dumps(policy, separators=(",", ":"))
