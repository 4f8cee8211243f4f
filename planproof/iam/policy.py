"""The statements of a policy, and what they together decide about one request.

Source of the evaluation order (an explicit denial wins, silence denies):
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property

from msgspec import Struct

from planproof.iam.patterns import includes, includes_action, intersects, intersects_action
from planproof.iam.symbols import widened


class Answer(Enum):
    """Whether a request is allowed."""

    YES = "yes"
    NO = "no"
    PART = "a part of it"
    MAYBE = "maybe"


class Condition(Struct, frozen=True):
    """One operator on one key, such as StringEquals on aws:SourceAccount. The key has no case."""

    operator: str
    key: str
    values: tuple[str, ...]


class Principal(Struct, frozen=True):
    """Who a statement of a resource policy is about: kind AWS, Service, Federated or CanonicalUser."""

    kind: str
    name: str


class Statement(Struct, frozen=True, dict=True):
    """One statement, each list normalised to a tuple; `unknown` names the elements not known entirely, `cause` why."""

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
    cause: str = ""

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(a.lower() for a in self.actions if "*" not in a and "?" not in a)

    @cached_property
    def _wild(self) -> tuple[str, ...]:
        return tuple(a.lower() for a in self.actions if "*" in a or "?" in a)

    @cached_property
    def _told(self) -> dict[str, Answer]:
        return {}

    def has_action(self, action: str) -> Answer:
        """Tell whether the statement is about this action (or every action of this pattern)."""
        try:
            return self._told[action]
        except KeyError:
            told = self._told[action] = self._has_left(action) if self.not_actions else self._has_listed(action)
            return told

    def _has_listed(self, action: str) -> Answer:
        wanted = action.lower()
        if wanted in self._named or (self._wild and any(includes(pattern, wanted) for pattern in self._wild)):
            return Answer.YES
        is_pattern = "*" in wanted or "?" in wanted
        if is_pattern and includes((*self._named, *self._wild), wanted):
            return Answer.YES
        if "Action" in self.unknown:
            return Answer.MAYBE
        touched = is_pattern and any(intersects_action(pattern, action) for pattern in self.actions)
        return Answer.PART if touched else Answer.NO

    def _has_left(self, action: str) -> Answer:
        if any(includes_action(pattern, action) for pattern in self.not_actions):
            return Answer.NO
        if "NotAction" in self.unknown:
            return Answer.MAYBE
        touched = any(intersects_action(pattern, action) for pattern in self.not_actions)
        return Answer.PART if touched else Answer.YES

    def has_resource(self, resource: str) -> Answer:
        """Tell whether the statement is about this resource (or every resource of this pattern)."""
        if self.not_resources:
            if includes(self.not_resources, resource):
                return Answer.NO
            met = Answer.MAYBE if "NotResource" in self.unknown else _meeting(self.not_resources, resource)
            return Answer.YES if met is Answer.NO else met
        if includes(self.resources, resource):
            return Answer.YES
        return Answer.MAYBE if "Resource" in self.unknown else _meeting(self.resources, resource)

    def condition(self, key: str) -> tuple[Condition, ...]:
        """Every condition on this key."""
        return tuple(c for c in self.conditions if c.key == key.lower())


class Decision(Struct, frozen=True):
    """An answer, the statement that gave it, and why it is not certain when it is not."""

    answer: Answer
    statement: Statement | None = None
    cause: str = ""


def decide(statements: tuple[Statement, ...], action: str, resource: str) -> Decision:
    """Tell whether the statements of one identity let it do `action` on `resource`, a pattern meaning on all of it.

    YES may stand on conditions: they are in the statement. MAYBE says what is not known.
    """
    doubt = ""
    for statement in statements:
        if statement.allows:
            continue
        met = _both(statement, action, resource)
        if met in {Answer.YES, Answer.PART} and not statement.conditions:
            return Decision(Answer.NO, statement, "denied" if met is Answer.YES else "a part of it is denied")
        if met is not Answer.NO:
            doubt = f"statement {statement.sid or statement.position} may deny it"
    allowing = [(_both(s, action, resource), s) for s in statements if s.allows]
    certain = sorted((s for met, s in allowing if met is Answer.YES), key=lambda s: (len(s.conditions), s.position))
    if not certain:
        parts = [s for met, s in allowing if met is Answer.PART and s.has_action(action) is Answer.YES]
        if len(parts) > 1 and includes(tuple(r for s in parts if not s.conditions for r in s.resources), resource):
            certain = parts
    if certain:
        return Decision(Answer.MAYBE if doubt else Answer.YES, certain[0], doubt)
    possible = next((s for met, s in allowing if met is Answer.MAYBE), None)
    if possible is None:
        return Decision(Answer.NO)
    unknown = " and ".join(possible.unknown) or "a part of its texts"
    cause = f"{unknown} of statement {possible.sid or possible.position} is not known"
    return Decision(Answer.MAYBE, possible, cause)


def _both(statement: Statement, action: str, resource: str) -> Answer:
    acting = statement.has_action(action)
    if acting is Answer.NO:
        return Answer.NO
    on = statement.has_resource(resource)
    return max(acting, on, key=(Answer.YES, Answer.PART, Answer.MAYBE, Answer.NO).index)


def _meeting(patterns: tuple[str, ...], resource: str) -> Answer:
    """Tell how far patterns that do not cover the resource meet it; two different symbols never do."""
    if any(("<" in p) != ("<" in resource) and intersects(widened(p), widened(resource)) for p in patterns):
        return Answer.MAYBE
    return Answer.PART if any(intersects(pattern, resource) for pattern in patterns) else Answer.NO
