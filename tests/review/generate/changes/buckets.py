"""Changes to the buckets of the audit trail and of the access logs."""

from __future__ import annotations

from tests.review.generate.change import BLOCKED, HUMAN, SAFE, change
from tests.review.generate.stack import Stack

TRAIL = "aws_s3_bucket.trail_bucket"
ACCESS_LOGS = "aws_s3_bucket.entrance_logs_bucket"
TRAIL_POLICY = "aws_s3_bucket_policy.trail_bucket_policy"


@change(HUMAN, ("data-destroyed", TRAIL), ("protection-removed", "aws_cloudtrail.trail"))
def trail_bucket_is_deleted(stack: Stack) -> None:
    """The audit trail and its bucket are taken out of the code; S3 refuses while records are in the bucket."""
    stack.remove("trail/trail")
    parts = ("lifecycle", "encryption", "versioning", "ownership", "policy", "public-access-block", "bucket")
    stack.remove(*(f"trail/bucket/{part}" for part in parts))


@change(
    BLOCKED,
    ("data-destroyed", ACCESS_LOGS),
    earlier={"entrance/logs/bucket": {"force_destroy": True}},
)
def access_logs_are_emptied_and_deleted(stack: Stack) -> None:
    """The bucket of access logs is deleted after an earlier change let Terraform empty it."""
    stack.set("entrance/balancer", access_logs={"bucket": "", "enabled": False})
    parts = ("lifecycle", "encryption", "versioning", "ownership", "policy", "public-access-block", "bucket")
    stack.remove(*(f"entrance/logs/{part}" for part in parts))


@change(HUMAN, ("data-replaced", TRAIL))
def trail_bucket_is_renamed(stack: Stack) -> None:
    """The bucket of the audit trail gets another name: a new and empty one is made."""
    stack.set("trail/bucket/bucket", bucket="payflow-audit-staging-222222222222")


@change(
    HUMAN,
    ("protection-removed", "aws_s3_bucket_public_access_block.entrance_logs"),
    ("access-widened", "aws_s3_bucket_public_access_block.entrance_logs"),
)
def bucket_may_be_public(stack: Stack) -> None:
    """Nothing keeps the bucket of access logs from being made public; no policy makes it so yet."""
    stack.set(
        "entrance/logs/public-access-block",
        block_public_acls=False,
        block_public_policy=False,
        ignore_public_acls=False,
        restrict_public_buckets=False,
    )


@change(BLOCKED, ("access-widened", TRAIL_POLICY))
def bucket_is_open_to_anyone(stack: Stack) -> None:
    """Anyone may read the audit trail."""
    stack.remove("trail/bucket/public-access-block")
    with stack.policy("trail/bucket/policy") as statements:
        statements.append(
            {
                "Sid": "Auditors",
                "Effect": "Allow",
                "Principal": "*",
                "Action": ["s3:GetObject"],
                "Resource": ["arn:aws:s3:::payflow-trail-staging-222222222222/*"],
            }
        )


@change(HUMAN, ("access-widened", TRAIL_POLICY))
def bucket_is_read_by_another_account(stack: Stack) -> None:
    """The account of an auditor may read the audit trail."""
    with stack.policy("trail/bucket/policy") as statements:
        statements.append(
            {
                "Sid": "Auditors",
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::444444444444:root"},
                "Action": ["s3:GetObject"],
                "Resource": ["arn:aws:s3:::payflow-trail-staging-222222222222/*"],
            }
        )


@change(HUMAN, ("protection-removed", TRAIL_POLICY))
def bucket_accepts_plain_http(stack: Stack) -> None:
    """The statement that refuses plain HTTP leaves the policy of the audit trail's bucket."""
    with stack.policy("trail/bucket/policy") as statements:
        statements[:] = [item for item in statements if item["Sid"] != "RefusePlainHttp"]


@change(HUMAN, ("protection-removed", "aws_s3_bucket_versioning.trail_bucket"))
def bucket_forgets_old_versions(stack: Stack) -> None:
    """Versioning of the audit trail's bucket is suspended."""
    stack.set("trail/bucket/versioning", versioning_configuration={"status": "Suspended"})


@change(HUMAN, ("protection-removed", "aws_s3_bucket_lifecycle_configuration.trail_bucket"))
def trail_is_kept_shorter(stack: Stack) -> None:
    """Records of the audit trail are deleted after 30 days rather than 180."""
    stack.part("trail/bucket/lifecycle")["rule"][0]["expiration"][0]["days"] = 30


@change(SAFE, ("protection-added", "aws_s3_bucket_lifecycle_configuration.trail_bucket"))
def trail_is_kept_longer(stack: Stack) -> None:
    """Records of the audit trail are kept for 400 days rather than 180."""
    stack.part("trail/bucket/lifecycle")["rule"][0]["expiration"][0]["days"] = 400


@change(HUMAN, ("protection-removed", "aws_s3_bucket_server_side_encryption_configuration.trail_bucket"))
def bucket_gives_up_our_key(stack: Stack) -> None:
    """The audit trail's bucket is encrypted with a key of S3 rather than with ours."""
    stack.set(
        "trail/bucket/encryption",
        rule=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
    )


@change(
    HUMAN,
    ("protection-removed", "aws_s3_account_public_access_block.account_public-access-block"),
    ("access-widened", "aws_s3_account_public_access_block.account_public-access-block"),
)
def account_may_have_public_buckets(stack: Stack) -> None:
    """The account's own block of public buckets is removed."""
    stack.remove("account/public-access-block")
