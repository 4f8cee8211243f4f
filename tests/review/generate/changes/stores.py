"""Changes to what else holds data: queues, buckets, keys, secrets, images, backups and logs."""

from __future__ import annotations

from tests.review.generate.change import BLOCKED, HUMAN, SAFE, change
from tests.review.generate.stack import Stack

QUEUE = "aws_sqs_queue.receipts_queue"
DEAD_LETTERS = "aws_sqs_queue.receipts_dead-letters"
DATA_KEY = "aws_kms_key.data-key"
LOGS_KEY = "aws_kms_key.logs-key"
SECRET = "aws_secretsmanager_secret.payments-card-network-token_secret"  # noqa: S105 - an address
IMAGES = "aws_ecr_repository.payments-images_repository"
VAULT = "aws_backup_vault.vault"


@change(BLOCKED, ("data-destroyed", QUEUE))
def queue_is_deleted(stack: Stack) -> None:
    """The queue of receipts is taken out of the code with whatever still waits in it."""
    stack.remove("receipts/redrive", "receipts/policy", "receipts/queue")


@change(BLOCKED, ("data-replaced", QUEUE))
def queue_is_renamed(stack: Stack) -> None:
    """The queue of receipts gets another name: a new one is made, what waits in the old one is lost."""
    stack.set("receipts/queue", name="payflow-receipts-v2-staging")


@change(BLOCKED, ("data-destroyed", DEAD_LETTERS))
def dead_letters_are_deleted(stack: Stack) -> None:
    """Messages that failed are no longer kept: the dead-letter queue goes with what is in it."""
    stack.remove("receipts/redrive", "receipts/dead-letters-policy", "receipts/dead-letters")
    stack.without("receipts/queue", "redrive_policy")


@change(HUMAN, ("protection-removed", QUEUE))
def queue_forgets_sooner(stack: Stack) -> None:
    """Messages wait for one hour rather than for seven days."""
    stack.set("receipts/queue", message_retention_seconds=3600)


@change(HUMAN, ("protection-removed", "aws_sqs_queue_policy.receipts_policy"))
def queue_accepts_plain_http(stack: Stack) -> None:
    """The queue's policy, which refuses plain HTTP, is removed."""
    stack.remove("receipts/policy")


@change(BLOCKED, ("access-widened", "aws_sqs_queue_policy.receipts_policy"))
def queue_is_open_to_anyone(stack: Stack) -> None:
    """Anyone may send to the queue and read from it."""
    with stack.policy("receipts/policy") as statements:
        statements.append(
            {
                "Sid": "Partners",
                "Effect": "Allow",
                "Principal": "*",
                "Action": ["sqs:SendMessage", "sqs:ReceiveMessage"],
                "Resource": statements[0]["Resource"],
            }
        )


@change(HUMAN, ("data-destroyed", DATA_KEY))
def key_is_deleted(stack: Stack) -> None:
    """The key of all data is scheduled for deletion; after thirty days nothing under it can be read again."""
    stack.remove("data-key/alias", "data-key/key")


@change(HUMAN, ("protection-removed", DATA_KEY))
def key_can_be_deleted_within_a_week(stack: Stack) -> None:
    """A deletion of the data key could be stopped for 7 days only, not for 30."""
    stack.set("data-key/key", deletion_window_in_days=7)


@change(HUMAN, ("protection-removed", DATA_KEY))
def key_is_not_rotated(stack: Stack) -> None:
    """The data key is no longer rotated."""
    stack.set("data-key/key", enable_key_rotation=False)


@change(BLOCKED, ("access-widened", DATA_KEY))
def key_is_open_to_anyone(stack: Stack) -> None:
    """Anyone with an AWS account may decrypt with the data key."""
    with stack.policy("data-key/key") as statements:
        statements.append(
            {
                "Sid": "Decrypt",
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": ["kms:Decrypt"],
                "Resource": ["*"],
            }
        )


@change(HUMAN, ("access-narrowed", LOGS_KEY))
def key_is_closed_to_the_trail(stack: Stack) -> None:
    """CloudTrail may no longer use the key that it writes with: the trail stops."""
    with stack.policy("logs-key/key") as statements:
        statements[:] = [item for item in statements if item["Sid"] != "UsedByCloudtrailAmazonawsCom"]


@change(HUMAN, ("data-destroyed", SECRET))
def secret_is_deleted(stack: Stack) -> None:
    """The token of the card network is deleted; for thirty days it can be brought back."""
    stack.remove("payments-card-network-token/secret")


@change(
    BLOCKED,
    ("data-destroyed", SECRET),
    earlier={"payments-card-network-token/secret": {"recovery_window_in_days": 0}},
)
def secret_is_deleted_at_once(stack: Stack) -> None:
    """The token of the card network is deleted after an earlier change gave up its recovery window."""
    stack.remove("payments-card-network-token/secret")


@change(HUMAN, ("data-destroyed", IMAGES))
def images_are_deleted(stack: Stack) -> None:
    """The repository of the payments images is taken out of the code; AWS refuses while images are in it."""
    stack.remove("payments-images/lifecycle", "payments-images/repository")


@change(HUMAN, ("protection-removed", IMAGES))
def images_can_be_overwritten(stack: Stack) -> None:
    """A tag may be pushed twice: what was tested need not be what runs."""
    stack.set("payments-images/repository", image_tag_mutability="MUTABLE")


@change(HUMAN, ("data-destroyed", VAULT))
def vault_is_deleted(stack: Stack) -> None:
    """The backup vault is taken out of the code; AWS refuses while backups are in it."""
    stack.remove("backup/notifications", "vault/policy", "vault/vault")


@change(
    HUMAN,
    ("protection-removed", "aws_backup_plan.backup_plan"),
    ("protection-removed", "aws_backup_selection.backup_selection"),
)
def backups_are_stopped(stack: Stack) -> None:
    """No more backups are made: the plan and what it selects are removed."""
    stack.remove("backup/selection", "backup/plan")


@change(HUMAN, ("protection-removed", "aws_backup_plan.backup_plan"))
def backups_are_kept_shorter(stack: Stack) -> None:
    """Backups are kept for 2 days rather than 14."""
    for rule in stack.part("backup/plan")["rule"]:
        rule["lifecycle"]["delete_after"] = 2


@change(HUMAN, ("protection-removed", "aws_backup_vault_policy.vault_policy"))
def backups_can_be_deleted(stack: Stack) -> None:
    """The policy under which nobody deletes a backup is removed."""
    stack.remove("vault/policy")


@change(SAFE, ("protection-added", "aws_backup_plan.backup_plan"))
def backups_are_kept_longer(stack: Stack) -> None:
    """Backups are kept for 35 days rather than 14."""
    for rule in stack.part("backup/plan")["rule"]:
        rule["lifecycle"]["delete_after"] = 35
