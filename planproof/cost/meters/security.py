"""Keys, secrets, the web firewall, and the services that watch an account.

Sources: https://aws.amazon.com/kms/pricing/, https://aws.amazon.com/secrets-manager/pricing/,
https://aws.amazon.com/waf/pricing/
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planproof.cost.items import Item, Meters, Usage, count, used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

ONE: Final = Decimal(1)


def key(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """A key by the month; the first two rotations add as much again."""
    del document
    rotates = resource.get("enable_key_rotation") is True
    most = Decimal(3) if rotates else None
    note = "each of the first two rotations adds one key-month" if rotates else ""
    yield Item("customer key", "kms", "key-month", ONE, hourly=False, most=most, note=note)
    yield Usage("key requests", "requests")


def secret(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """A secret by the month."""
    del resource, document
    yield Item("secret", "secretsmanager", "secret-month", ONE, hourly=False)
    yield Usage("secret requests", "requests")


def web_acl(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """The access list and each of its rules by the month; a managed group is one rule."""
    del document
    yield Item("web access list", "wafv2", "web-acl-month", ONE, hourly=False)
    yield Item("web access rules", "wafv2", "rule-month", count(resource.get("rule", [])), hourly=False)
    yield Usage("web requests", "requests inspected")


METERS: Final[Meters] = {
    "aws_kms_key": key,
    "aws_kms_replica_key": key,
    "aws_secretsmanager_secret": secret,
    "aws_wafv2_web_acl": web_acl,
    "aws_guardduty_detector": used("GuardDuty", "events and GB of logs"),
    "aws_guardduty_detector_feature": used("GuardDuty feature", "what the feature watches"),
    "aws_securityhub_account": used("Security Hub", "checks and findings"),
    "aws_config_configuration_recorder": used("Config", "configuration items recorded"),
    "aws_config_config_rule": used("Config rule", "evaluations"),
    "aws_inspector2_enabler": used("Inspector", "images and functions scanned"),
    "aws_macie2_account": used("Macie", "buckets and GB inspected"),
    "aws_cloudtrail": used("CloudTrail", "data events; the first copy of management events is free"),
    "aws_accessanalyzer_analyzer": used("Access Analyzer", "roles and users, for unused access only"),
}
