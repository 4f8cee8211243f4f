"""Bucket policies of the emulated S3."""

from __future__ import annotations

import json
from types import SimpleNamespace

from moto.iam.access_control import PermissionResult

from emulator.services.s3_bucket_policies import permission

BUCKET = "arn:aws:s3:::ledger"


def judge(*statements: dict[str, object]) -> PermissionResult:
    """What a policy of these statements says of reading an object."""
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements}).encode()
    return permission(SimpleNamespace(policy=policy), "s3:GetObject", f"{BUCKET}/entry")


def deny(condition: dict[str, object] | None = None) -> dict[str, object]:
    """A statement that refuses everything on the bucket."""
    statement: dict[str, object] = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": f"{BUCKET}/*"}
    return statement | ({"Condition": condition} if condition else {})


def test_a_tls_only_bucket_can_be_used() -> None:
    """The state bucket refuses plain HTTP; a deployment must still read its state there."""
    assert judge(deny({"Bool": {"aws:SecureTransport": "false"}})) is PermissionResult.NEUTRAL


def test_a_refusal_without_condition_still_refuses() -> None:
    """A policy that locks everybody out is noticed here, before it locks a real account."""
    assert judge(deny()) is PermissionResult.DENIED


def test_a_refusal_over_tls_refuses() -> None:
    """The emulator stands for TLS, so what is refused over TLS is refused."""
    assert judge(deny({"Bool": {"aws:SecureTransport": "true"}})) is PermissionResult.DENIED


def test_no_policy_says_nothing() -> None:
    """Without a policy the caller's own permissions decide."""
    assert permission(SimpleNamespace(policy=None), "s3:GetObject", BUCKET) is PermissionResult.NEUTRAL
