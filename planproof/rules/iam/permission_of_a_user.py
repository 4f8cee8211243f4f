"""A person's user has permissions of its own, or a key that never ends.

People and programs take roles for an hour; a user with a policy or an access key stays open until someone
remembers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.rule import Addition, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Any such resource is one too many."""
    del document
    yield Violation("user", "a role that is assumed when it is needed", found=resource.get("user"))


_USER = {"aws_iam_user": {"robot": {"name": "robot"}}}

RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_iam_access_key", "aws_iam_user_policy", "aws_iam_user_policy_attachment"),
    why="A key without an end is found in a log or a laptop years later and still opens the account.",
    fix="Let the program assume a role: GitHub by OIDC (modules.identity), a task by its task role.",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
    controls=("pci-dss-4.0.1/8.6.1", "aws-fsbp/IAM.2"),
    check=check,
    mutations=(
        Addition("aws_iam_access_key", {"user": "${{victim}.name}"}, beside="aws_iam_user", at="user"),
        Addition(
            "aws_iam_user_policy",
            {"user": "${{victim}.name}", "policy": '{"Statement": []}'},
            beside="aws_iam_user",
            at="user",
        ),
    ),
    specimen={"resource": _USER},
)
