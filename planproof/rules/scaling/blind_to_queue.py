"""A worker does not grow when messages wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.scaling import mentions_queue
from planproof.reading.tasks import POLICY, containers, is_ecs, policies_of, ports, scaled
from planproof.rule import Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


QUEUE: Final = "aws_sqs_queue"


def check(target: Resource, document: Document) -> Iterator[Outcome]:
    """A worker is a service that listens nowhere and is told of a queue."""
    service = scaled(target, document)
    if service is None or not _is_worker(service, document):
        return
    if not any(mentions_queue(policy) for policy in policies_of(target, document)):
        yield Violation(POLICY, "a policy that follows a metric of AWS/SQS", found="none")


def _is_worker(service: Resource, document: Document) -> bool:
    task = document.target(service, "task_definition")
    if task is None or service.get("load_balancer") is not None:
        return False
    told = any(one.type == QUEUE for one in document.targets(task, "container_definitions"))
    return told and not any(ports(container) for container in containers(task))


def follows_queue(policy: Resource, document: Document) -> bool:
    """Choose the policies that look at a queue."""
    del document
    return is_ecs(policy) and mentions_queue(policy)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_appautoscaling_target",),
    why="A worker that waits for the mail provider is idle and late at once: only the queue shows it.",
    fix="Add modules.scaling.Scaling with the queue of the worker, which follows messages for each task.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html",
    controls=(),
    check=check,
    mutations=(Removal(POLICY, at=POLICY, on=follows_queue),),
)
