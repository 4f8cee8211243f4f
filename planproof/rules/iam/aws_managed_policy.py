"""A role, a user or a permission set has a policy that AWS writes.

Policies below `service-role/` that only one AWS service uses are left alone, but for the one that lets a task
pull every image and write every log.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

PREFIX: Final = "arn:aws:iam::aws:policy/"
OURS: Final = "arn:aws:iam::111111111111:policy/staff"
OF_AWS: Final = re.compile(r"arn:aws[a-z-]*:iam::aws:policy/")
LISTS: Final = {
    "aws_iam_role": "managed_policy_arns",
    "aws_iam_role_policy_attachments_exclusive": "policy_arns",
    "aws_iam_user_policy_attachments_exclusive": "policy_arns",
    "aws_iam_group_policy_attachments_exclusive": "policy_arns",
}
ATTACHMENTS: Final = {
    "aws_iam_role_policy_attachment": "policy_arn",
    "aws_iam_user_policy_attachment": "policy_arn",
    "aws_iam_group_policy_attachment": "policy_arn",
    "aws_iam_policy_attachment": "policy_arn",
    "aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
}
TOO_WIDE = "service-role/AmazonECSTaskExecutionRolePolicy"


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Look at attachments, and at the lists of roles, users and groups."""
    del document
    if resource.type in ATTACHMENTS:
        path = ATTACHMENTS[resource.type]
        yield from _one(path, resource.get(path))
        return
    path = LISTS[resource.type]
    listed = resource.get(path, [])
    for position, arn in enumerate(listed if isinstance(listed, list | tuple) else ()):
        yield from _one(f"{path}.{position}", arn)


def _one(path: str, arn: Any) -> Iterator[Outcome]:
    named = OF_AWS.match(arn) if isinstance(arn, str) else None
    if named is None:
        return
    name = arn[named.end() :]
    if name == TOO_WIDE or not name.startswith(("service-role/", "aws-service-role/")):
        yield Violation(path, "a policy of this project that names what is needed", found=arn)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=(*ATTACHMENTS, *LISTS),
    why="AWS writes it for everybody, so it is too wide for anybody, and it grows without our review.",
    fix="Write the permissions as grants: role.grants.allow(access, resource, why).",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    controls=("pci-dss-4.0.1/7.2.2",),
    check=check,
    mutations=(
        Mutation("policy_arn", f"{PREFIX}AdministratorAccess", type="aws_iam_role_policy_attachment"),
        Mutation("policy_arn", f"{PREFIX}{TOO_WIDE}", type="aws_iam_role_policy_attachment"),
        Mutation("managed_policy_arns.0", f"{PREFIX}ReadOnlyAccess", type="aws_iam_role"),
        Mutation(
            "managed_policy_arn", f"{PREFIX}AdministratorAccess", type="aws_ssoadmin_managed_policy_attachment"
        ),
        Mutation("policy_arns.0", f"{PREFIX}AdministratorAccess", type="aws_iam_role_policy_attachments_exclusive"),
    ),
    specimen={
        "resource": {
            "aws_ssoadmin_managed_policy_attachment": {"staff": {"managed_policy_arn": OURS}},
            "aws_iam_role_policy_attachments_exclusive": {"task": {"role_name": "task", "policy_arns": [OURS]}},
        }
    },
)  # fmt: skip
