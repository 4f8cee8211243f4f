"""Policies that stand on a resource: whom they let in, and whether they refuse requests without TLS.

What narrows a principal of everybody is what AWS counts when it decides whether a policy is public:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.connectivity.intervals import addresses
from planproof.iam.policy import Answer
from planproof.iam.written import statements
from planproof.reading.ports import is_wide
from planproof.rule import Filter, Outcome, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource
    from planproof.iam.policy import Condition, Statement

EQUAL: Final = frozenset({"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"})
TIES: Final = frozenset(
    {
        "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths",
        "aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner",
        "aws:sourcevpc", "aws:sourcevpce", "kms:calleraccount", "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn", "sns:endpoint",
    }
)  # fmt: skip
BOOLEANS: Final = frozenset({"elasticfilesystem:accessedviamounttarget", "aws:principalisawsservice"})
WISH: Final = "the accounts, roles or services that need it, or a condition on our account"


def must_not_be_open(resource: Resource, path: str, document: Document) -> Iterator[Outcome]:
    """Each statement of a policy that lets everybody in."""
    for statement in statements(resource, path, document):
        if not statement.allows:
            continue
        place = f"{path}.Statement.{statement.position}"
        if "Principal" in statement.unknown or "NotPrincipal" in statement.unknown:
            yield Undecided(f"{place}.Principal", "the principals are not known")
            continue
        everybody = any(p.name == "*" and p.kind in {"AWS", "*"} for p in statement.principals)
        if not everybody and not statement.not_principals:
            continue
        element = "NotPrincipal" if statement.not_principals else "Principal"
        if any(map(_ties, statement.conditions)):
            continue
        if "Condition" in statement.unknown:
            yield Undecided(f"{place}.Condition", "the conditions are not known")
        else:
            yield Violation(f"{place}.{element}", WISH)


def _ties(condition: Condition) -> bool:
    """Whether a condition leaves only requests that belong to somebody known."""
    operator = condition.operator.lower()
    if operator == "ipaddress" and condition.key == "aws:sourceip":
        return all(map(_is_narrow, condition.values))
    if operator == "bool":
        return condition.key in BOOLEANS and condition.values == ("true",)
    return operator in EQUAL and condition.key in TIES and all(value.strip("*?") for value in condition.values)


def _is_narrow(cidr: str) -> bool:
    try:
        return not is_wide(addresses(cidr))
    except ValueError:
        return True


def must_refuse_plain_http(
    policy: Resource, path: str, document: Document, actions: tuple[str, ...], resources: tuple[str, ...]
) -> Iterator[Outcome]:
    """One outcome at the path unless a statement denies everybody these actions without TLS, on these resources."""
    answers = [
        max(
            (_refuses(statement, action, resource) for statement in statements(policy, path, document)),
            key=(Answer.NO, Answer.PART, Answer.MAYBE, Answer.YES).index,
            default=Answer.NO,
        )
        for action in actions
        for resource in resources
    ]
    if Answer.NO in answers or Answer.PART in answers:
        yield Violation(path, "a statement that denies requests without TLS", found="none", resource=policy)
    elif Answer.MAYBE in answers:
        yield Undecided(path, "a part of the policy is not known", resource=policy)


def _refuses(statement: Statement, action: str, resource: str) -> Answer:
    if {"Action", "Resource", "Principal", "Condition"}.issubset(statement.unknown):
        return Answer.MAYBE
    everybody = any(p.name == "*" and p.kind in {"AWS", "*"} for p in statement.principals)
    if statement.allows or not everybody or len(statement.conditions) != 1:
        return Answer.NO
    (condition,) = statement.conditions
    if condition.operator.lower() not in {"bool", "boolifexists"} or condition.key != "aws:securetransport":
        return Answer.NO
    if tuple(value.lower() for value in condition.values) != ("false",):
        return Answer.NO
    both = (statement.has_action(action), statement.has_resource(resource))
    return max(both, key=(Answer.YES, Answer.MAYBE, Answer.PART, Answer.NO).index)


def has_policy(path: str) -> Filter:
    """Choose the resources that carry a policy at the path, for faults that break it."""
    return lambda resource, _: resource.get(path) is not None
