"""A database, replica, cache or queue that no container is told of.

Whatever a task definition or another resource of the stack refers to is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.rule import Addition, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

USERS: Final = (
    "aws_ecs_task_definition", "aws_lambda_function", "aws_instance", "aws_launch_template", "aws_db_proxy_target",
    "aws_db_instance", "aws_ssm_parameter", "aws_secretsmanager_secret_version", "aws_lambda_event_source_mapping",
    "aws_sns_topic_subscription", "aws_sqs_queue", "aws_pipes_pipe",
)  # fmt: skip
ADDRESSES: Final = ("address", "arn", "url", "identifier", "primary_endpoint_address", "reader_endpoint_address",
                    "configuration_endpoint_address")  # fmt: skip
NAMED_BY: Final = {
    "aws_db_instance": "identifier",
    "aws_elasticache_replication_group": "replication_group_id",
    "aws_sqs_queue": "name",
}


def check(store: Resource, document: Document) -> Iterator[Outcome]:
    """Look for whoever is given its address: by reference, or in a state by the address itself."""
    path = NAMED_BY[store.type]
    if document.referrers(store, *USERS) or _is_mentioned(store, document):
        return
    if not document.of("aws_ecs_task_definition", "aws_lambda_function", "aws_instance"):
        yield Undecided(path, "the users of the store are not in this document")
        return
    yield Violation(path, "a container that is given its address, or no such store")


def _is_mentioned(store: Resource, document: Document) -> bool:
    known = [store.get(attribute) for attribute in ADDRESSES]
    texts = [text for text in known if isinstance(text, str)]
    if not texts:
        return False
    return any(text in told for user, told in document.once(_told) if user is not store for text in texts)


def _told(document: Document) -> tuple[tuple[Resource, str], ...]:
    """All that each user says, as text."""
    return tuple((user, str(user.values)) for user in document.of(*USERS))


_TASK: Final = {"aws_ecs_task_definition": {"ledger": {"container_definitions": "${aws_db_instance.ledger.address}"}}}

RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=tuple(NAMED_BY),
    why="A store that nobody uses is paid by the hour, backed up, patched, and forgotten when it leaks.",
    fix="Hand its variables to the service that needs it, or take it out.",
    docs="https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_decomissioning_resources_track.html",
    controls=("pci-dss-4.0.1/3.2.1",),
    check=check,
    mutations=(
        Addition("aws_sqs_queue", {"name": "forgotten"}, beside="aws_sqs_queue", at="name"),
        Addition("aws_db_instance", {"identifier": "forgotten"}, beside="aws_db_instance", at="identifier"),
    ),
    specimen={"resource": {"aws_db_instance": {"ledger": {"identifier": "ledger"}}, **_TASK}},
)
