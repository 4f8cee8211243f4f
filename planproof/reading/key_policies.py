"""Whether a key lets a service of AWS use it on behalf of our account.

A service that may not use the key of its target fails quietly: no log line, no audit event, no alarm arrives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.iam.patterns import includes
from planproof.iam.policy import Answer
from planproof.iam.symbols import place
from planproof.iam.written import statements
from planproof.rule import Outcome, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource
    from planproof.iam.policy import Condition, Statement

EQUAL: Final = frozenset({"stringequals", "stringlike", "arnequals", "arnlike"})


def users(key: Resource, kind: str, path: str, document: Document) -> tuple[Resource, ...]:
    """The resources of a type whose attribute names this key."""
    return document.naming(key, kind, path)


def must_let(
    key: Resource, service: str, actions: tuple[str, ...], about: dict[str, str], document: Document
) -> Iterator[Outcome]:
    """One outcome at `policy` unless the key lets the service do all actions.

    `about` are the condition keys whose value the service will send, such as the arn of the trail.
    """
    holders = (key, *document.naming(key, "aws_kms_key_policy", "key_id"))
    written = [one for holder in holders for one in statements(holder, "policy", document)]
    sent = {"aws:sourceaccount": place(document, key)["account"], **about}
    for action in actions:
        answers = [_lets(one, service, action, sent) for one in written]
        if Answer.YES in answers:
            continue
        if Answer.MAYBE in answers:
            yield Undecided("policy", "a part of the key policy is not known", resource=key)
        else:
            yield Violation("policy", f"{action} for {service}", found=f"refused to {service}", resource=key)
        return


def _lets(statement: Statement, service: str, action: str, sent: dict[str, str]) -> Answer:
    if not statement.allows or not all(_holds(one, sent) for one in statement.conditions):
        return Answer.NO
    named = any(_is(p.kind, p.name, service) for p in statement.principals)
    if not named:
        return Answer.MAYBE if "Principal" in statement.unknown else Answer.NO
    met = statement.has_action(action)
    if met is Answer.YES and "Condition" in statement.unknown:
        return Answer.MAYBE
    return Answer.NO if met is Answer.PART else met


def _is(kind: str, name: str, service: str) -> bool:
    """Whether a principal is the service; a region that is not known is any region."""
    if name == "*":
        return True
    return kind == "Service" and (name == service or includes(service.replace("<region>", "*"), name))


def _holds(condition: Condition, sent: dict[str, str]) -> bool:
    """Whether a condition is met; what the service sends is known for a few keys, others are believed."""
    value = sent.get(condition.key)
    if value is None or "<" in value or any("<" in one for one in condition.values):
        return True
    return condition.operator.lower() not in EQUAL or includes(condition.values, value)
