"""A route in a plan: what AWS will compute is no target that anybody wrote."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import judge
from planproof.rules import rules

(RULE,) = (rule for rule in rules() if rule.id == "route-to-nowhere")
ADDRESS = "aws_route.out"


def plan(expressions: dict[str, Any]) -> dict[str, Any]:
    """A plan that makes a route; its gateways and interface are known only after apply."""
    route = {"type": "aws_route", "name": "out", "address": ADDRESS, "mode": "managed"}
    gateway = {"type": "aws_nat_gateway", "name": "a", "address": "aws_nat_gateway.a", "mode": "managed"}
    values = {"destination_cidr_block": "0.0.0.0/0"}
    unknown = {"nat_gateway_id": True, "network_interface_id": True, "id": True}
    change = {"actions": ["create"], "before": None, "after": values, "after_unknown": unknown}
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": [{**route, "values": values}, {**gateway, "values": {}}]}},
        "resource_changes": [
            {**route, "change": change},
            {**gateway, "change": {**change, "after": {}, "after_unknown": {"id": True}}},
        ],
        "configuration": {
            "root_module": {
                "resources": [{**route, "expressions": expressions}, {**gateway, "expressions": {}}],
                "variables": {"gateway": {}},
            }
        },
    }


@pytest.mark.parametrize(
    ("expressions", "found", "undecided"),
    [
        ({}, ["gateway_id"], []),
        ({"nat_gateway_id": {"references": ["aws_nat_gateway.a.id", "aws_nat_gateway.a"]}}, [], []),
        ({"nat_gateway_id": {"references": ["var.gateway"]}}, [], ["nat_gateway_id"]),
        ({"nat_gateway_id": {"references": ["module.elsewhere.gateway"]}}, [], ["nat_gateway_id"]),
    ],
    ids=["written nowhere", "a gateway to come", "from outside", "from a module that the plan does not show"],
)
def test_only_what_is_written_is_a_target(expressions: dict[str, Any], found: list[str], undecided: list[str]) -> None:
    """Before anything exists every target is unknown, and whether one was written must still be told apart."""
    said = judge((parse(plan(expressions), name="staging", source="plan.json"),), (RULE,))

    assert not said.defects
    assert [one.path for one in said.findings] == found
    assert [one.path for one in said.doubts] == undecided
