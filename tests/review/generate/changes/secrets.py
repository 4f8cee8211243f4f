"""Secrets in a plan, marked by Terraform and unmarked. All of them are made up for these tests and open nothing.

They are put together from parts, so that nobody who searches this repository for secrets
finds one in the code; the plans hold them whole, because that is what a review has to find.
"""

from __future__ import annotations

import base64
import json
from typing import Final

from tests.review.generate.change import BLOCKED, SAFE, change
from tests.review.generate.stack import Stack

DEFINITION = "payments/task/definition"
TASK = "aws_ecs_task_definition.payments_task_definition"


def _encoded(claims: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")


ACCESS_KEY: Final = "AK" + "IA" + "Q3MADEUP7WXFT4LB"
SECRET_KEY: Final = "wJ8rMadeUp" + "/K7MDENG9b/" + "PxRfiCYzQ4mTpLsV7nA2"
TOKEN: Final = ".".join(
    (
        _encoded({"alg": "HS256", "typ": "JWT"}),
        _encoded({"sub": "made-up"}),
        "n4Jm0qD2vT9xR7cK5bW8zL3yP6sF1gH0aE4uQ2iM9oU",
    )
)
PRIVATE_KEY: Final = "\n".join(
    (
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "MIIEmadeUpMadeUpMadeUp0vZ3c9K1qLr8TtYw5Xn2Bd7Jf4Hs6Gp",
        "-----END RSA " + "PRIVATE KEY-----",
    )
)
DATABASE_URL: Final = "postgres://owner:" + "hT7-madeUp-q9Zr" + "@books.payflow.example:5432/payflow"
PASSWORD: Final = "Vq4." + "made-up" + ".tL8zR2"
MARKED: Final = "marked-" + "made-up-" + "Xk29vBq7Lm"


UNMARKED: Final = {
    "secret-access-key": (ACCESS_KEY, SECRET_KEY),
    "secret-token": (TOKEN,),
    "secret-private-key": (PRIVATE_KEY,),
    "secret-database-url": (DATABASE_URL,),
    "secret-password": (PASSWORD,),
    "secret-in-an-output": (ACCESS_KEY,),
    "secret-in-a-parameter": (DATABASE_URL,),
}
"""What a plan holds although the provider does not mark it, by the plan's name."""

HIDDEN: Final = {
    "secret-version-is-written": (MARKED,),
    "secret-variable-is-used": (MARKED,),
    "secret-variable-reaches-a-task": (MARKED,),
}
"""What a plan holds and marks as sensitive, by the plan's name."""

PLANTED: Final = {**UNMARKED, **HIDDEN}
"""Every secret by the change that plants it: none of them may appear in what a review prints."""


@change(BLOCKED, ("secret", TASK), ("replaced", TASK))
def secret_access_key(stack: Stack) -> None:
    """An access key with its secret stands in the environment of the payments tasks."""
    _told(stack, AWS_ACCESS_KEY_ID=ACCESS_KEY, AWS_SECRET_ACCESS_KEY=SECRET_KEY)


@change(BLOCKED, ("secret", TASK), ("replaced", TASK))
def secret_token(stack: Stack) -> None:
    """A signed token stands in the environment of the payments tasks."""
    _told(stack, PARTNER=TOKEN)


@change(BLOCKED, ("secret", TASK), ("replaced", TASK))
def secret_private_key(stack: Stack) -> None:
    """A private key stands in the environment of the payments tasks."""
    _told(stack, SIGNING=PRIVATE_KEY)


@change(BLOCKED, ("secret", TASK), ("replaced", TASK))
def secret_database_url(stack: Stack) -> None:
    """The password of the database stands in an address that the payments tasks are given."""
    _told(stack, BOOKS=DATABASE_URL)


@change(BLOCKED, ("secret", TASK), ("replaced", TASK))
def secret_password(stack: Stack) -> None:
    """A password of no known form stands in the environment of the payments tasks, under a telling name."""
    _told(stack, DATABASE_PASSWORD=PASSWORD)


@change(BLOCKED, ("secret", "former_key"))
def secret_in_an_output(stack: Stack) -> None:
    """An access key is an output of the stack."""
    stack.raw["output"]["former_key"] = {"value": f"replaced: {ACCESS_KEY}"}


@change(BLOCKED, ("secret", "aws_ssm_parameter.books"), ("created", "aws_ssm_parameter.books"))
def secret_in_a_parameter(stack: Stack) -> None:
    """The password of the database stands in a parameter that is stored in the clear."""
    stack.add("aws_ssm_parameter", "books", name="/payflow/books", type="String", insecure_value=DATABASE_URL)


@change(
    BLOCKED, ("secret", "aws_secretsmanager_secret_version.card"), ("created", "aws_secretsmanager_secret_version.card")
)
def secret_version_is_written(stack: Stack) -> None:
    """The token of the card network is written in the code; the provider marks it, the configuration shows it."""
    secret = stack.address("payments-card-network-token/secret")
    stack.add("aws_secretsmanager_secret_version", "card", secret_id=f"${{{secret}.id}}", secret_string=MARKED)


@change(
    SAFE, ("created", "aws_secretsmanager_secret_version.card"), arguments=("-refresh=false", f"-var=card={MARKED}")
)
def secret_variable_is_used(stack: Stack) -> None:
    """The token of the card network comes from a sensitive variable: the plan holds it, and marks it."""
    secret = stack.address("payments-card-network-token/secret")
    stack.raw["variable"] = {"card": {"type": "string", "sensitive": True}}
    stack.add("aws_secretsmanager_secret_version", "card", secret_id=f"${{{secret}.id}}", secret_string="${var.card}")


@change(BLOCKED, ("secret", TASK), ("replaced", TASK), arguments=("-refresh=false", f"-var=card={MARKED}"))
def secret_variable_reaches_a_task(stack: Stack) -> None:
    """A sensitive variable is handed to the payments tasks as plain text, which whoever describes a task can read."""
    stack.raw["variable"] = {"card": {"type": "string", "sensitive": True}}
    _told(stack, CARD_NETWORK_TOKEN_NOW="${var.card}")


def _told(stack: Stack, **variables: str) -> None:
    containers = json.loads(stack.part(DEFINITION)["container_definitions"])
    containers[0]["environment"] += [{"name": name, "value": value} for name, value in variables.items()]
    stack.set(DEFINITION, container_definitions=json.dumps(containers))
