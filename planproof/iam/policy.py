"""A policy document read into statements, and what statements together decide about one request.

Source of the evaluation order (an explicit denial wins, silence denies):
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planproof.document import Unknown
from planproof.iam.patterns import includes, includes_action, intersects, intersects_action
from planproof.iam.symbols import text_of, tree_of, widened

if TYPE_CHECKING:
    from planproof.document import Document


class Answer(Enum):
    """Whether a request is allowed."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True)
class Condition:
    """One operator on one key, such as StringEquals on aws:SourceAccount. The key has no case."""

    operator: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Principal:
    """Who a statement of a resource policy is about: kind AWS, Service, Federated or CanonicalUser."""

    kind: str
    name: str


@dataclass(frozen=True)
class Statement:
    """One statement, each list normalised to a tuple; `unknown` names the elements not known entirely."""

    position: int
    sid: str
    allows: bool
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    principals: tuple[Principal, ...] = ()
    not_principals: tuple[Principal, ...] = ()
    conditions: tuple[Condition, ...] = ()
    unknown: tuple[str, ...] = ()

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(a.lower() for a in self.actions if "*" not in a and "?" not in a)

    @cached_property
    def _wild(self) -> tuple[str, ...]:
        return tuple(a.lower() for a in self.actions if "*" in a or "?" in a)

    def has_action(self, action: str) -> Answer:
        """Tell whether the statement is about this action (or every action of this pattern)."""
        if self.not_actions:
            if any(includes_action(pattern, action) for pattern in self.not_actions):
                return Answer.NO
            touched = any(intersects_action(pattern, action) for pattern in self.not_actions)
            return Answer.MAYBE if touched or "NotAction" in self.unknown else Answer.YES
        wanted = action.lower()
        if wanted in self._named or any(includes(pattern, wanted) for pattern in self._wild):
            return Answer.YES
        if "*" not in wanted and "?" not in wanted:
            return Answer.MAYBE if "Action" in self.unknown else Answer.NO
        if includes((*self._named, *self._wild), wanted):
            return Answer.YES
        touched = any(intersects_action(pattern, action) for pattern in self.actions)
        return Answer.MAYBE if touched or "Action" in self.unknown else Answer.NO

    def has_resource(self, resource: str) -> Answer:
        """Tell whether the statement is about this resource (or every resource of this pattern)."""
        if self.not_resources:
            if includes(self.not_resources, resource):
                return Answer.NO
            return (
                Answer.MAYBE if "NotResource" in self.unknown or _may_meet(self.not_resources, resource) else Answer.YES
            )
        if includes(self.resources, resource):
            return Answer.YES
        return Answer.MAYBE if "Resource" in self.unknown or _may_meet(self.resources, resource) else Answer.NO

    def condition(self, key: str) -> tuple[Condition, ...]:
        """Every condition on this key."""
        return tuple(c for c in self.conditions if c.key == key.lower())


@dataclass(frozen=True)
class Decision:
    """An answer, the statement that gave it, and why it is not certain when it is not."""

    answer: Answer
    statement: Statement | None = None
    cause: str = ""


def read(policy: Any, document: Document) -> tuple[Statement, ...]:
    """Read the statements of a policy document; an unknown document is one statement of unknown elements."""
    if isinstance(policy, Unknown) and policy.template:
        policy = tree_of(policy.template) or policy
    if isinstance(policy, Unknown):
        return (Statement(0, "", allows=True, unknown=("Action", "Resource", "Principal", "Condition")),)
    if not isinstance(policy, Mapping):
        return ()
    statements = _many(policy.get("Statement"))
    return tuple(_statement(n, s, document) for n, s in enumerate(statements) if isinstance(s, Mapping))


def decide(statements: tuple[Statement, ...], action: str, resource: str) -> Decision:
    """Tell whether the statements of one identity let it do `action` on `resource`.

    YES may stand on conditions: they are in the statement. MAYBE says what is not known.
    """
    doubt = ""
    for statement in statements:
        if statement.allows:
            continue
        met = _both(statement, action, resource)
        if met is Answer.YES and not statement.conditions:
            return Decision(Answer.NO, statement)
        if met is not Answer.NO:
            doubt = f"statement {statement.sid or statement.position} may deny it"
    allowing = [(_both(s, action, resource), s) for s in statements if s.allows]
    certain = sorted((s for met, s in allowing if met is Answer.YES), key=lambda s: (len(s.conditions), s.position))
    if certain:
        return Decision(Answer.MAYBE if doubt else Answer.YES, certain[0], doubt)
    possible = [s for met, s in allowing if met is Answer.MAYBE]
    if possible:
        first = possible[0]
        parts = " and ".join(first.unknown) or "a part of its texts"
        cause = f"{parts} of statement {first.sid or first.position} is not known"
        return Decision(Answer.MAYBE, first, cause)
    return Decision(Answer.NO)


def _both(statement: Statement, action: str, resource: str) -> Answer:
    acting = statement.has_action(action)
    if acting is Answer.NO:
        return Answer.NO
    on = statement.has_resource(resource)
    return acting if on is Answer.YES else on


def _may_meet(patterns: tuple[str, ...], resource: str) -> bool:
    """Tell whether a pattern meets the resource once symbols are known; two different symbols never do."""
    for pattern in patterns:
        if intersects(pattern, resource):
            return True
        if ("<" in pattern) != ("<" in resource) and intersects(widened(pattern), widened(resource)):
            return True
    return False


def _statement(position: int, raw: Mapping[str, Any], document: Document) -> Statement:
    unknown: list[str] = []

    def texts(element: str) -> tuple[str, ...]:
        found = []
        for value in _many(raw.get(element)):
            text = text_of(value, document)
            if text is None:
                unknown.append(element)
            else:
                found.append(text)
        return tuple(found)

    def principals(element: str) -> tuple[Principal, ...]:
        value = raw.get(element)
        if isinstance(value, Unknown):
            unknown.append(element)
            return ()
        groups = value if isinstance(value, Mapping) else {"AWS": value} if value is not None else {}
        found = []
        for kind, names in groups.items():
            for name in _many(names):
                text = text_of(name, document)
                if text is None:
                    unknown.append(element)
                else:
                    found.append(Principal(kind, text))
        return tuple(found)

    sid = raw.get("Sid")
    return Statement(
        position=position,
        sid=sid if isinstance(sid, str) else "",
        allows=raw.get("Effect") != "Deny",
        actions=texts("Action"),
        not_actions=texts("NotAction"),
        resources=texts("Resource"),
        not_resources=texts("NotResource"),
        principals=principals("Principal"),
        not_principals=principals("NotPrincipal"),
        conditions=_conditions(raw.get("Condition"), document, unknown),
        unknown=tuple(dict.fromkeys(unknown)),
    )


def _conditions(raw: Any, document: Document, unknown: list[str]) -> tuple[Condition, ...]:
    if isinstance(raw, Unknown):
        unknown.append("Condition")
        return ()
    found = []
    for operator, keys in (raw if isinstance(raw, Mapping) else {}).items():
        for key, values in (keys if isinstance(keys, Mapping) else {}).items():
            texts = tuple(text_of(value, document) or "<unknown>" for value in _many(values))
            found.append(Condition(operator, key.lower(), texts))
    return tuple(found)


def _many(value: Any) -> list[Any]:
    """IAM writes one of something without its list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
