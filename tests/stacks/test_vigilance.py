"""What people are told at once: which calls raise an alarm, and which events are passed on."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from typing import Any

import pytest

from planproof.document import Document
from tests.conftest import PLATFORMS

Event = dict[str, Any]

CLAUSE = re.compile(r'\$\.(?P<path>[\w.]+) (?:(?P<absent>NOT EXISTS)|(?P<how>!?=) "?(?P<value>[^")]+?)"?)(?=\)| &&| })')


def call(name: str, service: str = "ec2", **more: Any) -> Event:
    """An event of CloudTrail: a call, by a role where nothing else is said."""
    return {
        "eventName": name,
        "eventSource": f"{service}.amazonaws.com",
        "eventType": "AwsApiCall",
        "userIdentity": {"type": "AssumedRole"},
        **more,
    }


def sign_in(**more: Any) -> Event:
    """An event of a person at the console."""
    return call("ConsoleLogin", "signin", userIdentity={"type": "IAMUser"}, **more)


SUCCESS = {"ConsoleLogin": "Success"}
TOLD = {
    "4.1 a call that is refused": (call("RunInstances", errorCode="Client.UnauthorizedOperation"), {"refused-calls"}),
    "4.2 a sign-in with a password alone": (
        sign_in(additionalEventData={"MFAUsed": "No"}, responseElements=SUCCESS),
        {"sign-in-without-mfa"},
    ),
    "4.3 the root user": (call("ListUsers", "iam", userIdentity={"type": "Root"}), {"root-login"}),
    "4.4 a permission": (call("AttachRolePolicy", "iam"), {"iam-changes"}),
    "4.5 a trail that is stopped": (call("StopLogging", "cloudtrail"), {"trail-changes"}),
    "4.6 a wrong password": (
        sign_in(errorMessage="Failed authentication", responseElements={"ConsoleLogin": "Failure"}),
        {"failed-sign-in"},
    ),
    "4.7 a key that is to go": (call("ScheduleKeyDeletion", "kms"), {"key-deletion"}),
    "4.8 a bucket that is opened": (call("PutBucketPolicy", "s3"), {"bucket-policy-changes"}),
    "4.9 a recorder that is stopped": (call("StopConfigurationRecorder", "config"), {"config-changes"}),
    "4.10 a door": (call("AuthorizeSecurityGroupIngress"), {"group-changes"}),
    "4.11 an access list": (call("ReplaceNetworkAclEntry"), {"acl-changes"}),
    "4.12 a gateway": (call("AttachInternetGateway"), {"gateway-changes"}),
    "4.13 a route": (call("ReplaceRoute"), {"route-changes"}),
    "4.14 a peering": (call("AcceptVpcPeeringConnection"), {"vpc-changes"}),
    "4.15 an account that leaves": (call("LeaveOrganization", "organizations"), {"organization-changes"}),
}
"""One call for each filter of section 4 of the CIS AWS Foundations Benchmark 3.0, and the alarms it raises."""

QUIET = {
    "a sign-in with MFA": sign_in(additionalEventData={"MFAUsed": "Yes"}, responseElements=SUCCESS),
    "a look": call("DescribeInstances"),
    "a deployment of tasks": call("UpdateService", "ecs"),
    "a policy of another service": call("PutResourcePolicy", "secretsmanager"),
}


def matches(pattern: str, event: Event) -> bool:
    """Whether a metric filter counts an event, as CloudWatch Logs reads the patterns that we write."""

    def holds(clause: re.Match[str]) -> str:
        found: Any = event
        for name in clause["path"].split("."):
            found = found.get(name) if isinstance(found, dict) else None
        if clause["absent"]:
            return str(found is None)
        equal = found is not None and fnmatchcase(str(found), clause["value"])
        return str(equal if clause["how"] == "=" else found is not None and not equal)

    said = CLAUSE.sub(holds, pattern).strip("{} ").replace("&&", "and").replace("||", "or")
    assert re.fullmatch(r"(True|False|and|or|[() ])+", said), f"unread: {said}"
    return bool(eval(said))  # noqa: S307 - nothing but the words above


def raised(document: Document, event: Event) -> set[str]:
    """The alarms that an event raises."""
    alarms = {str(alarm.get("metric_name")) for alarm in document.of("aws_cloudwatch_metric_alarm")}
    counted = {
        str(one.get("metric_transformation.0.name"))
        for one in document.of("aws_cloudwatch_log_metric_filter")
        if matches(str(one.get("pattern")), event)
    }
    return counted & alarms


@pytest.mark.parametrize("environment", PLATFORMS)
@pytest.mark.parametrize("what", TOLD)
def test_a_change_of_the_account_raises_its_alarm(what: str, environment: str, documents: dict[str, Document]) -> None:
    """An intruder who changes who may do what, or who sees it, is noticed by the alarm that says what."""
    event, alarms = TOLD[what]

    assert raised(documents[environment], event) == alarms


@pytest.mark.parametrize("what", QUIET)
def test_everyday_work_raises_none(what: str, documents: dict[str, Document]) -> None:
    """People who are woken for nothing stop listening."""
    assert raised(documents["prod"], QUIET[what]) == set()


@pytest.mark.parametrize("environment", PLATFORMS)
def test_only_failed_deployments_are_told(environment: str, documents: dict[str, Document]) -> None:
    """A deployment that begins and ends well is no news; one that ECS gives up is.

    The event: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
    """
    patterns = [
        json.loads(str(rule.get("event_pattern"))) for rule in documents[environment].of("aws_cloudwatch_event_rule")
    ]

    assert [pattern for pattern in patterns if pattern["source"] == ["aws.ecs"]] == [
        {
            "source": ["aws.ecs"],
            "detail-type": ["ECS Deployment State Change"],
            "detail": {"eventName": ["SERVICE_DEPLOYMENT_FAILED"]},
        }
    ]
