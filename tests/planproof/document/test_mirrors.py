"""A plan after a deployment says what will be, not what other resources said before it."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import parse

GROUP = "sg-0a1b"
MIRROR = {"protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_blocks": ["10.0.0.0/16"]}
RULE = {
    "security_group_id": GROUP, "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432, "cidr_ipv4": "10.0.0.0/16",
}  # fmt: skip


def change(address: str, actions: list[str], before: Any, after: Any) -> dict[str, Any]:
    """One entry of a plan."""
    kind, name = address.split(".")
    body = {"actions": actions, "before": before, "after": after, "after_unknown": {}}
    return {"address": address, "mode": "managed", "type": kind, "name": name, "change": body}


def group(*rules: dict[str, Any], expressions: dict[str, Any] | None = None, actions: str = "delete") -> Any:
    """The ingress of a group as a plan says it, beside a separate rule that is deleted or stays."""
    values = {"id": GROUP, "name": "data", "ingress": list(rules)}
    raw = {
        "format_version": "1.2",
        "resource_changes": [
            change("aws_security_group.data", ["no-op"], values, values),
            change("aws_vpc_security_group_ingress_rule.in", [actions], RULE, None if actions == "delete" else RULE),
        ],
        "configuration": {
            "root_module": {
                "resources": [
                    {
                        "address": "aws_security_group.data", "mode": "managed", "type": "aws_security_group",
                        "name": "data", "expressions": {"name": {"constant_value": "data"}, **(expressions or {})},
                    }
                ]
            }
        },
    }  # fmt: skip
    document = parse(raw, name="staging", source="staging.json")
    found = document.resource("aws_security_group.data")
    assert found is not None
    return found.get("ingress")


def test_a_rule_that_is_deleted_no_longer_stands_in_its_group() -> None:
    """Otherwise a door that the plan closes would be proved to be open."""
    assert group(MIRROR) is None


def test_a_rule_that_stays_is_told_once() -> None:
    """The separate resource says it; the group's own list only repeats it."""
    assert group(MIRROR, actions="no-op") is None


def test_a_rule_made_by_hand_is_kept() -> None:
    """Terraform will not take it away, so packets will still pass."""
    by_hand = {**MIRROR, "cidr_blocks": ["0.0.0.0/0"]}

    assert group(MIRROR, by_hand) == [by_hand]


def test_what_is_configured_is_kept() -> None:
    """Rules written in the group itself are no mirror."""
    assert group(MIRROR, expressions={"ingress": [{"protocol": {"constant_value": "tcp"}}]}) == [MIRROR]


@pytest.mark.parametrize("beside", ["aws_sqs_queue_policy", "aws_sqs_queue_redrive_policy"])
def test_the_policy_of_a_queue_is_a_mirror_only_where_a_policy_stands_beside_it(beside: str) -> None:
    """A queue whose own attribute holds the policy keeps it; one with a policy of its own says it there."""
    url = "https://sqs/1/work"
    queue = {
        "id": url,
        "url": url,
        "arn": "arn:aws:sqs:eu-west-1:1:work",
        "name": "work",
        "policy": '{"Statement": []}',
    }
    raw = {
        "format_version": "1.2",
        "resource_changes": [
            change("aws_sqs_queue.work", ["no-op"], queue, queue),
            change(f"{beside}.p", ["delete"], {"queue_url": url}, None),
        ],
    }
    found = parse(raw, name="staging", source="staging.json").resource("aws_sqs_queue.work")

    assert found is not None
    assert (found.get("policy") is None) is (beside == "aws_sqs_queue_policy")
