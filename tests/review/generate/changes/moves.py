"""Code that is moved, taken over or let go, with and without telling Terraform."""

from __future__ import annotations

from tests.review.generate.change import BLOCKED, HUMAN, SAFE, Client, Undo, change
from tests.review.generate.stack import Stack

LEGACY = "/legacy/payflow-batch"


def _legacy_log(client: Client, stack: Stack) -> Undo:
    del stack
    client("logs").create_log_group(logGroupName=LEGACY)
    return lambda: client("logs").delete_log_group(logGroupName=LEGACY)


@change(SAFE, ("moved", "aws_db_instance.books_instance"))
def database_is_called_otherwise(stack: Stack) -> None:
    """The database's construct is renamed to books, and a moved block says so."""
    stack.rename("database/instance", "books_instance", moved=True)


@change(HUMAN, ("data-destroyed", "aws_db_instance.database_instance"), ("created", "aws_db_instance.books_instance"))
def database_is_called_otherwise_without_a_word(stack: Stack) -> None:
    """The database's construct is renamed to books, and nothing says so: one is deleted, one is made."""
    stack.rename("database/instance", "books_instance", moved=False)


@change(BLOCKED, ("data-destroyed", "aws_sqs_queue.receipts_queue"), ("created", "aws_sqs_queue.mail_queue"))
def queue_is_called_otherwise_without_a_word(stack: Stack) -> None:
    """The queue's construct is renamed to mail, and nothing says so: what waits in the queue is lost."""
    stack.rename("receipts/queue", "mail_queue", moved=False)


@change(
    SAFE, ("deleted", "aws_cloudwatch_dashboard.monitoring_dashboard"), ("created", "aws_cloudwatch_dashboard.board")
)
def dashboard_is_called_otherwise_without_a_word(stack: Stack) -> None:
    """The dashboard's construct is renamed, and nothing says so: it is drawn anew."""
    stack.rename("monitoring/dashboard", "board", moved=False)


@change(
    SAFE,
    ("moved", "aws_cloudwatch_log_group.pay_log_group"),
    ("moved", "aws_ecs_service.pay_service"),
    ("moved", "aws_ecs_task_definition.pay_task_definition"),
)
def service_is_moved(stack: Stack) -> None:
    """The construct of payments is renamed to pay with everything below it, and moved blocks say so."""
    stack.rename("payments/log/group", "pay_log_group", moved=True)
    stack.rename("payments/service", "pay_service", moved=True)
    stack.rename("payments/task/definition", "pay_task_definition", moved=True)


@change(SAFE, ("imported", "aws_cloudwatch_log_group.legacy_log"), deed=_legacy_log)
def log_is_imported(stack: Stack) -> None:
    """A log group that somebody made by hand is taken into the code as it is."""
    _import_legacy(stack)


@change(SAFE, ("imported", "aws_cloudwatch_log_group.legacy_log"), ("protection-added", "legacy_log"), deed=_legacy_log)
def log_is_imported_and_protected(stack: Stack) -> None:
    """A log group that somebody made by hand is taken into the code, encrypted and kept for 90 days."""
    _import_legacy(stack, kms_key_id=f"${{{stack.address('logs-key/key')}.arn}}", retention_in_days=90)


@change(HUMAN, ("forgotten", "aws_cloudwatch_dashboard.monitoring_dashboard"))
def dashboard_is_forgotten(stack: Stack) -> None:
    """The dashboard is taken out of the code with a removed block: it stays, and Terraform forgets it."""
    _forget(stack, "monitoring/dashboard")


@change(HUMAN, ("forgotten", "aws_db_instance.database_instance"), ("protection-removed", "aws_db_instance.database"))
def database_is_forgotten(stack: Stack) -> None:
    """The database is taken out of the code with a removed block: it stays, and no code looks after it."""
    _forget(stack, "database/instance")


def _import_legacy(stack: Stack, **values: object) -> None:
    stack.add("aws_cloudwatch_log_group", "legacy_log", name=LEGACY, **values)
    stack.raw["import"] = [{"to": "aws_cloudwatch_log_group.legacy_log", "id": LEGACY}]


def _forget(stack: Stack, path: str) -> None:
    address = stack.address(path)
    stack.remove(path)
    stack.raw["removed"] = [{"from": address, "lifecycle": {"destroy": False}}]
