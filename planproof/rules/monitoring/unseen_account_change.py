"""A change of the account that must raise an alarm raises none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import watches
from planproof.rule import Filter, Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


FILTER: Final = "aws_cloudwatch_log_metric_filter"
# What must be seen, and a word that only its filter holds: CIS AWS Foundations 3.0, section 4.
SEEN: Final = {
    "refused-calls": "UnauthorizedOperation",
    "root-user": "Root",
    "iam-policies": "AttachRolePolicy|Attach*Policy",
    "trail": "StopLogging",
    "keys": "ScheduleKeyDeletion",
    "bucket-policies": "PutBucketPolicy",
    "security-groups": "AuthorizeSecurityGroup",
    "network-acls": "NetworkAcl",
    "sign-ins-without-mfa": "MFAUsed",
    "failed-sign-ins": "Failed authentication",
    "config": "ConfigurationRecorder",
    "gateways": "InternetGateway",
    "routes": "ReplaceRoute",
    "vpcs": "VpcPeeringConnection",
    "organization": "organizations.amazonaws.com",
}


def check(trail: Resource, document: Document) -> Iterator[Outcome]:
    """Each has a filter on the trail's log, and an alarm on what the filter counts."""
    del trail
    for name in document.once(_unseen):
        yield Violation(name, "a log metric filter on the trail, and an alarm on its metric", found="none")


def _unseen(document: Document) -> tuple[str, ...]:
    counted = _counted(document)
    written = [_pattern(one) for one in document.of(FILTER) if _metric(one) in counted]
    return tuple(
        name for name, words in SEEN.items() if not any(word in text for text in written for word in words.split("|"))
    )


def _counted(document: Document) -> frozenset[tuple[str, str]]:
    return frozenset((str(watch.namespace), str(watch.metric)) for watch in watches(document))


def _pattern(one: Resource) -> str:
    return str(one.get("pattern", ""))


def _metric(one: Resource) -> tuple[str, str]:
    return str(one.get("metric_transformation.0.namespace")), str(one.get("metric_transformation.0.name"))


def about(words: str) -> Filter:
    """Choose the filters for something."""
    return lambda one, _: any(word in _pattern(one) for word in words.split("|"))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_cloudtrail",),
    why="An intruder who opens a door or stops the trail is noticed when the customers are.",
    fix="Add modules.vigilance.Vigilance to the stack, which makes a filter and an alarm for each.",
    docs="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html",
    controls=(
        "pci-dss-4.0.1/10.4.1.1",
        *(f"cis-aws-3.0/4.{number}" for number in range(1, 16)),
    ),
    check=check,
    mutations=tuple(
        fault
        for name, words in SEEN.items()
        for fault in (
            Removal(FILTER, at=name, on=about(words)),
            Mutation("metric_transformation.0.name", "nobody-asks", FILTER, at=name, on=about(words)),
        )
    ),
)
