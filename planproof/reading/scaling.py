"""What scaling policies follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import of
from planproof.reading.tasks import is_ecs, policies_of
from planproof.rule import Filter, Outcome, Violation

TRACKING: Final = "target_tracking_scaling_policy_configuration.0"
PREDEFINED: Final = f"{TRACKING}.predefined_metric_specification.0.predefined_metric_type"


def unscaled_by(target: Resource, document: Document, predefined: str, metric: str) -> Iterator[Outcome]:
    """A finding when a service has policies, and none of them follows a metric."""
    if not is_ecs(target):
        return
    policies = policies_of(target, document)
    if policies and not any(_follows(policy, document, predefined, metric) for policy in policies):
        yield Violation(predefined, f"a policy that follows {metric}", found="none")


def _follows(policy: Resource, document: Document, predefined: str, metric: str) -> bool:
    if policy.get(PREDEFINED) == predefined:
        return True
    starters = document.referrers(policy, "aws_cloudwatch_metric_alarm")
    return any(watch.metric == metric for alarm in starters for watch in of(alarm))


def follows(predefined: str) -> Filter:
    """Choose the policies that follow a metric that ECS predefines."""

    def chosen(policy: Resource, document: Document) -> bool:
        del document
        return bool(policy.get(PREDEFINED) == predefined)

    return chosen


def mentions_queue(policy: Resource) -> bool:
    """Whether a policy computes with a metric of a queue."""
    return _holds(policy.get(f"{TRACKING}.customized_metric_specification"), "AWS/SQS")


def _holds(tree: Any, namespace: str) -> bool:
    if isinstance(tree, Mapping):
        return any(key == "namespace" and value == namespace for key, value in tree.items()) or any(
            _holds(value, namespace) for value in tree.values()
        )
    return isinstance(tree, list | tuple) and any(_holds(one, namespace) for one in tree)


def is_rolling(service: Resource) -> bool:
    """Whether ECS itself replaces the tasks of a service."""
    return bool(service.get("deployment_controller.0.type", "ECS") == "ECS")
