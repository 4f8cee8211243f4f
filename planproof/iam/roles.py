"""The roles of a document: who may assume each, what it may do, and where that is written."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from planproof.document import Unknown
from planproof.iam.policy import Answer, Decision, Statement, decide
from planproof.iam.reading import read
from planproof.iam.symbols import arn, text_of
from planproof.iam.written import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

PULL: Final = (
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
)
# The managed policies whose text is known here; any other is an unknown part of the role.
# Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/
MANAGED: Final = {
    "AdministratorAccess": {"Effect": "Allow", "Action": "*", "Resource": "*"},
    "service-role/AWSLambdaBasicExecutionRole": {
        "Effect": "Allow",
        "Action": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": "*",
    },
    "service-role/AmazonECSTaskExecutionRolePolicy": {
        "Effect": "Allow",
        "Action": [*PULL, "logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": "*",
    },
}


class Policy(Struct, frozen=True):
    """The statements one resource gives to a role, and the attribute that holds them."""

    resource: Resource
    path: str
    statements: tuple[Statement, ...]


class Role(Struct, frozen=True, dict=True):
    """One aws_iam_role with everything attached to it."""

    resource: Resource
    arn: str
    trust: tuple[Statement, ...]
    policies: tuple[Policy, ...]
    managed: tuple[str, ...]  # ARNs of policies that AWS writes
    boundary: tuple[Statement, ...] | None

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of every policy."""
        return tuple(s for policy in self.policies for s in policy.statements)

    @cached_property
    def _acting(self) -> dict[str, tuple[Statement, ...]]:
        return {}

    def acting(self, action: str) -> tuple[Statement, ...]:
        """The statements that may be about an action; the others have no say in it."""
        found = self._acting.get(action)
        if found is None:
            about = (s for s in self.statements if s.has_action(action) is not Answer.NO)
            found = self._acting[action] = tuple(about)
        return found

    def may(self, action: str, resource: str) -> Decision:
        """Decide a request of this role: its policies allow it, and its boundary does too."""
        decision = decide(self.acting(action), action, resource)
        if self.boundary is None or decision.answer is Answer.NO:
            return decision
        within = decide(self.boundary, action, resource)
        return decision if within.answer is Answer.YES else within


def roles(document: Document) -> tuple[Role, ...]:
    """Every role of the document, by address."""
    return document.once(_roles)


def _roles(document: Document) -> tuple[Role, ...]:
    return tuple(_role(resource, document) for resource in document.of("aws_iam_role"))


def _role(resource: Resource, document: Document) -> Role:
    policies = tuple(_policies(resource, document))
    managed = tuple(dict.fromkeys(_managed(resource, document)))
    boundary = resource.get("permissions_boundary")
    return Role(
        resource=resource,
        arn=arn(resource, document),
        trust=statements(resource, "assume_role_policy", document),
        policies=(*policies, *(Policy(resource, "managed_policy_arns", _known(name, document)) for name in managed)),
        managed=managed,
        boundary=None if boundary is None else _boundary(resource, document),
    )


def _policies(role: Resource, document: Document) -> Iterator[Policy]:
    for index in range(len(_list(role.get("inline_policy")))):
        path = f"inline_policy.{index}.policy"
        yield Policy(role, path, statements(role, path, document))
    for inline in document.referrers(role, "aws_iam_role_policy"):
        yield Policy(inline, "policy", statements(inline, "policy", document))
    for holder, path in _attachments(role, document):
        policy = document.target(holder, path)
        if policy is not None and policy.type == "aws_iam_policy":
            yield Policy(policy, "policy", statements(policy, "policy", document))


def _attachments(role: Resource, document: Document) -> Iterator[tuple[Resource, str]]:
    for attachment in document.referrers(role, "aws_iam_role_policy_attachment", "aws_iam_policy_attachment"):
        yield attachment, "policy_arn"
    for index in range(len(_list(role.get("managed_policy_arns")))):
        yield role, f"managed_policy_arns.{index}"


def _managed(role: Resource, document: Document) -> Iterator[str]:
    for holder, path in _attachments(role, document):
        text = text_of(holder.get(path), document)
        if text is not None and ":iam::aws:policy/" in text:
            yield text


def _known(policy_arn: str, document: Document) -> tuple[Statement, ...]:
    """Read the text of a managed policy; one not in the table may allow anything."""
    name = policy_arn.partition(":policy/")[2]
    known = {"Statement": MANAGED[name]} if name in MANAGED else Unknown(f"the text of {policy_arn} is not known")
    return read(known, document)


def _boundary(role: Resource, document: Document) -> tuple[Statement, ...]:
    policy = document.target(role, "permissions_boundary")
    if policy is not None and policy.type == "aws_iam_policy":
        return statements(policy, "policy", document)
    text = text_of(role.get("permissions_boundary"), document) or ""
    return _known(text, document)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
