"""A role, a user or a permission set has a policy that AWS writes.

Policies below `service-role/` that only one AWS service uses are left alone, but for the one that lets a task
pull every image and write every log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.reading.attached import ATTACHED, attached
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

PREFIX: Final = "arn:aws:iam::aws:policy/"
OURS: Final = "arn:aws:iam::111111111111:policy/staff"
TOO_WIDE = "service-role/AmazonECSTaskExecutionRolePolicy"


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Look at attachments, and at the lists of roles, users and groups."""
    for one in attached(resource, document):
        if isinstance(one, Undecided):
            yield one
        elif one.name == TOO_WIDE or not one.name.startswith(("service-role/", "aws-service-role/")):
            yield Violation(one.path, "a policy of this project that names what is needed", found=one.arn)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=tuple(ATTACHED),
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
