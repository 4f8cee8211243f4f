"""A role can reach any permission, by itself or through other roles.

The finding names the whole path: each role, the method and the actions it takes. Methods are those of
planproof.iam.methods; permission boundaries, denials and conditions that keep a grant in bounds are respected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.iam.escalation import paths, source_of, unread
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource
    from planproof.iam.escalation import Path
    from planproof.iam.policy import Statement
    from planproof.iam.roles import Policy


def check(role: Resource, document: Document) -> Iterator[Outcome]:
    """Report the shortest path at the statement that opens it, or what may hide one."""
    for path in paths(document):
        if path.role.resource is role:
            yield _told(path)
    for policy, statement in unread(document).get(role.address, ()):
        yield Undecided(_place(policy, statement), statement.cause, policy.resource)


def _told(path: Path) -> Outcome:
    source = source_of(path.steps[0])
    resource = source[0].resource if source else path.role.resource
    place = _place(*source) if source else "assume_role_policy"
    if path.unsure:
        cause = f"{path}, if the account that is named is this one: allowed_account_ids of the provider does not say"
        return Undecided(place, cause, resource)
    return Violation(place, "no path to more permissions", found=str(path), resource=resource)


def _place(policy: Policy, statement: Statement) -> str:
    return policy.path if policy.path == "managed_policy_arns" else f"{policy.path}.Statement.{statement.position}"


def _is_free(policy: Resource, document: Document) -> bool:
    role = document.target(policy, "role")
    return role is not None and role.get("permissions_boundary") is None


_SPECIMEN = {
    "resource": {
        "aws_iam_role": {
            "deploy": {
                "name": "deploy",
                "assume_role_policy": '{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",'
                ' "Principal": {"AWS": "arn:aws:iam::111111111111:root"}}]}',
            },
            "owner": {
                "name": "owner",
                "assume_role_policy": '{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",'
                ' "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}',
            },
        },
        "aws_iam_role_policy": {
            "deploy": {
                "role": "${aws_iam_role.deploy.name}",
                "policy": '{"Statement": [{"Effect": "Allow", "Action": ["ecs:UpdateService"], "Resource": ["*"]}]}',
            },
            "owner": {
                "role": "${aws_iam_role.owner.name}",
                "policy": '{"Statement": [{"Effect": "Allow", "Action": ["*"], "Resource": ["*"]}]}',
            },
        },
    }
}

_OWN = {"Effect": "Allow", "Action": ["iam:PutRolePolicy"], "Resource": ["*"]}
_USERS = {"Effect": "Allow", "Action": ["iam:Create*Key"], "Resource": ["*"]}
_PASS = {
    "Effect": "Allow",
    "Action": ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
    "Resource": ["*"],
}


def _is_deploy(policy: Resource, document: Document) -> bool:
    return _is_free(policy, document) and policy.name == "deploy"


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_iam_role",),
    why="Whoever takes over the role takes over the account: every other limit is only a detour.",
    fix="Take away one action of the path, name the roles it works on, or give the role a permission boundary.",
    docs="https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/7.2.5", "pci-dss-4.0.1/7.3.3"),
    check=check,
    mutations=(
        Mutation("policy.Statement.0", _OWN, type="aws_iam_role_policy", on=_is_deploy),
        Mutation("policy.Statement.0", _USERS, type="aws_iam_role_policy", on=_is_deploy),
        Mutation("policy.Statement.0", _PASS, type="aws_iam_role_policy", on=_is_deploy),
    ),
    specimen=_SPECIMEN,
)
