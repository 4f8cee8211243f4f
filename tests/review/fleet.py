"""A huge plan made of a real one: the platform many times over, each copy with names of its own."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

from planproof.review.plan import Plan, of_bytes
from tests.review import plans

OWN = ("arn", "id", "name", "bucket", "url", "dns_name", "endpoint", "key_id", "domain_name")
REFERENCE = re.compile(r'"(aws_\w+\.[\w-]+?)((?:\.[\w.\[\]]*)?)"')


def fleet(copies: int, *, retagged: bool = True) -> Plan:
    """The plan of a release in which every resource of every copy changes: most by a tag, some by more."""
    raw = plans.plan("nothing")
    real = [one for one in raw["resource_changes"] if one["mode"] == "managed"]
    written = {(one["type"], one["name"]): one for one in raw["configuration"]["root_module"]["resources"]}
    names = {
        value
        for one in real
        for key in OWN
        if isinstance(value := (one["change"]["before"] or {}).get(key), str) and len(value) > 3
    }
    own = re.compile('"(' + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + ')"')
    changes: list[dict[str, Any]] = []
    configuration: list[dict[str, Any]] = []
    for number in range(copies):
        for one in real:
            made = _renamed(one, own, number)
            if retagged:
                _changed(made)
            changes.append(made)
            text = json.dumps(written[one["type"], one["name"]])
            inner = json.loads(REFERENCE.sub(rf'"\1_{number}\2"', text))
            configuration.append({**inner, "name": made["name"], "address": made["address"]})
    raw["resource_changes"] = changes
    raw["configuration"]["root_module"]["resources"] = configuration
    raw["planned_values"] = {"outputs": {}, "root_module": {"resources": []}}
    raw["prior_state"] = {"values": {"outputs": {}, "root_module": {"resources": []}}}
    raw["output_changes"] = {}
    return of_bytes(json.dumps(raw).encode(), name="fleet", source="fleet.json")


def _renamed(one: dict[str, Any], own: re.Pattern[str], number: int) -> dict[str, Any]:
    text = own.sub(lambda match: f'{match.group()[:-1]}-{number}"', json.dumps(one))
    made: dict[str, Any] = json.loads(text)
    made["name"] = f"{one['name']}_{number}"
    made["address"] = f"{one['type']}.{made['name']}"
    return made


def _changed(one: dict[str, Any]) -> None:
    """A tag on everything; new images, shorter logs and later alarms as a release would have them."""
    change = one["change"]
    change["actions"] = ["update"]
    after = change["after"] = copy.deepcopy(change["before"])
    change["after_unknown"] = {}
    if "tags" in after:
        after["tags"] = {**(after["tags"] or {}), "Owner": "another-team"}
    else:
        after["description"] = "another"
    if one["type"] == "aws_cloudwatch_log_group":
        after["retention_in_days"] = 30
    if one["type"] == "aws_cloudwatch_metric_alarm":
        after["threshold"] = (after["threshold"] or 0) + 1
    if one["type"] == "aws_ecs_task_definition":
        change["actions"] = ["delete", "create"]
        after["container_definitions"] = after["container_definitions"].replace("@sha256:", "@sha256:0")
