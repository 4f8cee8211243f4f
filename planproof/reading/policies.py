"""Policies that stand on a resource: whom they let in, and whether they refuse requests without TLS.

What narrows a principal of everybody is what AWS counts when it decides whether a policy is public:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.connectivity.intervals import addresses
from planproof.document import Unknown
from planproof.iam.policy import Answer
from planproof.iam.symbols import is_open
from planproof.iam.written import statements
from planproof.reading.ports import is_wide
from planproof.rule import READ, Filter, Outcome, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource
    from planproof.iam.policy import Condition, Statement

EXACT: Final = frozenset({"stringequals", "stringequalsignorecase"})
LIKE: Final = frozenset({"stringlike", "arnequals", "arnlike"})
"""Operators that take wildcards: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""

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


def must_not_be_open(resource: Resource, path: str, document: Document, wish: str = WISH) -> Iterator[Outcome]:
    """Each statement of a policy that lets everybody in."""
    for statement in statements(resource, path, document):
        if not statement.allows:
            continue
        place = f"{path}.Statement.{statement.position}"
        everybody = any(p.name == "*" and p.kind in {"AWS", "*"} for p in statement.principals)
        hidden = _may_be_everybody(statement, document)
        if not everybody and not statement.not_principals and not hidden:
            continue
        answers = {_ties(one, document) for one in statement.conditions}
        if Answer.YES in answers:
            continue
        if not everybody and hidden:
            yield Undecided(f"{place}.Principal", f"the principals are not known: {statement.cause}")
        elif "Condition" in statement.unknown or Answer.MAYBE in answers:
            yield Undecided(f"{place}.Condition", "the conditions are not known")
        else:
            element = f"{place}.{'NotPrincipal' if statement.not_principals else 'Principal'}"
            elsewhere = isinstance(resource.get(element), Unknown)
            yield Violation(element, wish, found="everybody" if elsewhere else READ)


def _may_be_everybody(statement: Statement, document: Document) -> bool:
    """Whether principals are not known, and they are more than the names of services."""
    if "NotPrincipal" in statement.unknown:
        return True
    unsure = [one.kind for one in statement.principals if is_open(one.name, document)]
    return "Principal" in statement.unknown and (not unsure or any(kind != "Service" for kind in unsure))


def _ties(condition: Condition, document: Document) -> Answer:
    """Whether a condition leaves only requests that belong to somebody known."""
    operator, key = condition.operator.lower(), condition.key
    hidden = any(is_open(value, document) for value in condition.values)
    if operator == "ipaddress" and key == "aws:sourceip":
        narrow = all(map(_is_narrow, condition.values))
    elif operator == "bool":
        narrow = key in BOOLEANS and (hidden or condition.values == ("true",))
    else:
        narrow = operator in EXACT | LIKE and key in TIES and all(value.strip("*?") for value in condition.values)
        hidden = hidden and operator in LIKE
    return Answer.NO if not narrow else Answer.MAYBE if hidden else Answer.YES


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
