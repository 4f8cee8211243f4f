"""A role has a policy that AWS writes.

Policies below `service-role/` that only one AWS service uses are left alone, but for the one that lets a task
pull every image and write every log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planproof.document import Unknown
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

PREFIX = "arn:aws:iam::aws:policy/"
TOO_WIDE = "service-role/AmazonECSTaskExecutionRolePolicy"


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Look at attachments, and at the list of a role."""
    del document
    if resource.type != "aws_iam_role":
        yield from _one("policy_arn", resource.get("policy_arn"))
        return
    listed = resource.get("managed_policy_arns", [])
    for position, arn in enumerate(listed if isinstance(listed, list | tuple) else ()):
        yield from _one(f"managed_policy_arns.{position}", arn)


def _one(path: str, arn: Any) -> Iterator[Outcome]:
    if isinstance(arn, Unknown) or not isinstance(arn, str) or not arn.startswith(PREFIX):
        return
    name = arn.removeprefix(PREFIX)
    if name == TOO_WIDE or not name.startswith(("service-role/", "aws-service-role/")):
        yield Violation(path, "a policy of this project that names what is needed", found=arn)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_policy_attachment",
               "aws_iam_group_policy_attachment", "aws_iam_role"),
    why="AWS writes it for everybody, so it is too wide for anybody, and it grows without our review.",
    fix="Write the permissions as grants: role.grants.allow(access, resource, why).",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    controls=("pci-dss-4.0.1/7.2.2",),
    check=check,
    mutations=(
        Mutation("policy_arn", f"{PREFIX}AdministratorAccess", type="aws_iam_role_policy_attachment"),
        Mutation("policy_arn", f"{PREFIX}{TOO_WIDE}", type="aws_iam_role_policy_attachment"),
        Mutation("managed_policy_arns.0", f"{PREFIX}ReadOnlyAccess", type="aws_iam_role"),
    ),
)  # fmt: skip
