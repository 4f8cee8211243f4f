"""What a task's roles lack and have too much is derived from what the task is given."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planproof.document import Document, parse
from planproof.iam.sufficiency import assignments, excesses, lacks
from tests.planproof.iam.accounts import ACCOUNT, allow, deny, raw_task, task

KEY = "${aws_kms_key.data.arn}"
QUEUE = "${aws_sqs_queue.receipts.arn}"


def missing(document: Document) -> list[str]:
    """What is missing, as `action on resource`."""
    found = [lack for a in assignments(document) for lack in lacks(a) if not lack.doubt]
    return [f"{r.action} on {r.resource}" for lack in found for r in lack.missing]


def too_much(document: Document) -> list[str]:
    """What no need explains, as `action on resource`."""
    found = [excess for a in assignments(document) for excess in excesses(a)]
    return [f"{e.request.action} on {e.request.resource}" for e in found]


def test_exactly_enough_is_enough() -> None:
    """A task with what it needs is left alone: a warning here would be noise on every deployment."""
    assert (missing(task()), too_much(task())) == ([], [])


@pytest.mark.parametrize(
    ("changes", "lacked"),
    [
        ({"pull": ("execution", [])}, "ecr:GetAuthorizationToken on *"),
        ({"log": ("execution", [allow("logs:CreateLogStream", "${aws_cloudwatch_log_group.log.arn}:*")])},
         f"logs:PutLogEvents on arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/ecs/payments:log-stream:*"),
        ({"secret": ("execution", [allow("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.token.arn}")])},
         f"kms:Decrypt on arn:aws:kms:eu-west-1:{ACCOUNT}:key/<aws_kms_key.data>"),
        ({"send": ("task", [allow("sqs:SendMessage", QUEUE), allow("kms:Decrypt", KEY)])},
         f"kms:GenerateDataKey on arn:aws:kms:eu-west-1:{ACCOUNT}:key/<aws_kms_key.data>"),
        ({"connect": ("task", [])},
         f"rds-db:connect on arn:aws:rds-db:eu-west-1:{ACCOUNT}:dbuser:<aws_db_instance.ledger.resource_id>/*"),
        ({"never": ("task", [deny("sqs:*", "*")])}, f"sqs:SendMessage on arn:aws:sqs:eu-west-1:{ACCOUNT}:receipts"),
    ],
    ids=["image", "log", "key-of-the-secret", "key-of-the-queue", "database", "denied"],
)  # fmt: skip
def test_each_missing_permission_is_named(changes: dict[str, Any], lacked: str) -> None:
    """The task would not start or would fail at its first payment: the finding says what to grant."""
    assert lacked in missing(task(**changes))


@pytest.mark.parametrize(
    ("changes", "extra"),
    [
        ({"more": ("task", [allow("sqs:DeleteQueue", QUEUE)])}, "sqs:DeleteQueue"),
        ({"more": ("task", [allow("sqs:SendMessage", "*")])}, "sqs:SendMessage on *"),
        ({"more": ("task", [allow("sqs:Send*", "arn:aws:sqs:*:*:receipts")])}, "sqs:SendMessage on arn:aws:sqs:*:*"),
        ({"more": ("execution", [allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:*")])},
         "secretsmanager:GetSecretValue"),
        ({"more": ("task", [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}])}, "everything but some"),
    ],
    ids=["other-action", "every-queue", "every-account", "every-secret", "not-action"],
)  # fmt: skip
def test_each_needless_permission_is_named(changes: dict[str, Any], extra: str) -> None:
    """What a service does not need is what a thief gains."""
    (found,) = too_much(task(**changes))

    assert found.startswith(extra)


def test_a_receiver_needs_other_rights_than_a_sender() -> None:
    """Either use of a queue is a use; the worker is not told to be allowed to send."""
    receive = [allow(["sqs:ReceiveMessage", "sqs:DeleteMessage"], QUEUE), allow("kms:Decrypt", KEY)]

    document = task(send=("task", receive))

    assert (missing(document), too_much(document)) == ([], [])


def test_telemetry_is_no_excess() -> None:
    """Metrics and traces take no narrower resource than everything."""
    assert too_much(task(more=("task", [allow(["xray:PutTraceSegments", "cloudwatch:PutMetricData"])]))) == []


def test_unreadable_containers_are_said() -> None:
    """Nothing is concluded from a task whose containers are not known."""
    raw = raw_task()
    raw["resource"]["aws_ecs_task_definition"]["payments"]["container_definitions"] = "${var.containers}"

    found = assignments(parse(raw, name="dev", source="test"))

    assert all(assignment.unknown for assignment in found)
    assert len(found) == len({"execution", "task"})


def test_a_state_is_judged_like_its_configuration() -> None:
    """After the deployment the same things are known by their addresses instead of by reference."""
    host = "ledger.c1.eu-west-1.rds.amazonaws.com"
    url = f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/receipts"
    queue = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:receipts"
    container = {
        "name": "payments",
        "image": "docker.io/library/busybox:1",
        "environment": [{"name": "QUEUE_URL", "value": url}, {"name": "HOSTS", "value": f"{host}:5432,other"}],
    }
    role = f"arn:aws:iam::{ACCOUNT}:role/task"
    connect = f"arn:aws:rds-db:eu-west-1:{ACCOUNT}:dbuser:db-ABC/payments"
    values: dict[tuple[str, str], dict[str, Any]] = {
        ("aws_iam_role", "task"): {"name": "task", "arn": role, "id": "task", "assume_role_policy": "{}"},
        ("aws_iam_role_policy", "p"): {
            "role": "task",
            "id": "task:p",
            "policy": json.dumps({"Statement": [allow("sqs:SendMessage", queue), allow("rds-db:connect", connect)]}),
        },
        ("aws_sqs_queue", "receipts"): {"name": "receipts", "url": url, "id": url, "arn": queue},
        ("aws_db_instance", "ledger"): {
            "address": host,
            "id": "db-ABC",
            "resource_id": "db-ABC",
            "arn": f"arn:aws:rds:eu-west-1:{ACCOUNT}:db:ledger",
            "iam_database_authentication_enabled": True,
        },
        ("aws_ecs_task_definition", "payments"): {
            "family": "payments",
            "task_role_arn": role,
            "container_definitions": json.dumps([container]),
        },
    }
    resources = [
        {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "values": inside,
         "schema_version": 0}
        for (kind, name), inside in values.items()
    ]  # fmt: skip
    state = {"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {"resources": resources}}}

    document = parse(state, name="dev", source="test")

    (assignment,) = assignments(document)
    assert {need.why for need in assignment.needs} >= {"payments is given QUEUE_URL", "payments is given HOSTS"}
    assert (missing(document), too_much(document)) == ([], [])


@pytest.mark.parametrize(("resource", "extra"), [("111111111111", False), ("*", True), ("1111*", True)])
def test_an_account_that_is_not_known_may_be_named_but_not_left_open(resource: str, *, extra: bool) -> None:
    """Where the provider does not say the account, a literal one may be ours; a wildcard is every account."""
    raw = raw_task(more=("task", [allow("sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{resource}:receipts")]))
    raw["provider"] = {"aws": [{"region": "eu-west-1"}]}

    found = [one for one in too_much(parse(raw, name="dev", source="test")) if one.startswith("sqs:")]

    assert bool(found) is extra
