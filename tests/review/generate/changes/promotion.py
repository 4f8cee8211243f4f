"""The same release in dev and in prod, next to its plan for staging: see PROMOTIONS in tests/review/expected.py."""

from __future__ import annotations

from tests.review.generate.change import HUMAN, SAFE, change
from tests.review.generate.stack import Stack

INSTANCE = "aws_db_instance.database_instance"
TASK = "aws_ecs_task_definition.payments_task_definition"
SERVICE = "aws_ecs_service.payments_service"


@change(SAFE, ("replaced", TASK), ("updated", SERVICE), environment="dev")
def image_is_new_in_dev(stack: Stack) -> None:
    """A new version of payments is rolled out in dev."""
    stack.replace("payments/task/definition", "container_definitions", ":1.5.0-rc.2", ":1.5.0")


@change(SAFE, ("replaced", TASK), ("updated", SERVICE), environment="prod")
def image_is_new_in_prod(stack: Stack) -> None:
    """A new version of payments is rolled out in prod."""
    stack.replace("payments/task/definition", "container_definitions", ":1.4.2", ":1.5.0")


@change(HUMAN, ("downtime", INSTANCE), ("cost-up", INSTANCE), environment="dev")
def database_grows_in_dev(stack: Stack) -> None:
    """A larger instance class is taken in dev."""
    stack.set("database/instance", instance_class="db.t4g.large")


@change(
    HUMAN,
    ("downtime", INSTANCE),
    ("cost-up", INSTANCE),
    ("protection-removed", INSTANCE),
    environment="prod",
)
def database_grows_in_prod_and_loses_its_protection(stack: Stack) -> None:
    """A larger instance class is taken in prod and, as nowhere before, deletion protection is switched off."""
    stack.set("database/instance", instance_class="db.r6g.xlarge", deletion_protection=False)
