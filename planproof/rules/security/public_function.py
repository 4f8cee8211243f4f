"""Everybody can run a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


TIES: Final = ("source_arn", "source_account", "principal_org_id")


def check(door: Resource, _: Document) -> Iterator[Outcome]:
    """An address asks who calls, and a permission for everybody says whose request it must be."""
    if door.type == "aws_lambda_function_url":
        yield from must(door, "authorization_type", equals="AWS_IAM")
    elif door.get("principal") == "*" and all(door.get(tie) is None for tie in TIES):
        yield Violation("principal", "a service or an account, or a source")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lambda_function_url", "aws_lambda_permission"),
    why="Strangers run our code with our permissions and our bill.",
    fix="Set authorization_type to AWS_IAM, and give each permission a source_account or source_arn.",
    docs="https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    controls=("pci-dss-4.0.1/7.3.3", "aws-fsbp/Lambda.1"),
    check=check,
    mutations=(
        Mutation("authorization_type", "NONE", on=lambda door, _: door.type == "aws_lambda_function_url"),
        Mutation("principal", "*", on=lambda door, _: door.type == "aws_lambda_permission"),
    ),
    specimen={
        "resource": {
            "aws_lambda_function_url": {"hook": {"function_name": "hook", "authorization_type": "AWS_IAM"}},
            "aws_lambda_permission": {"timer": {"function_name": "hook", "principal": "events.amazonaws.com"}},
        }
    },
)
