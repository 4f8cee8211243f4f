"""Paths on which a role gains more than it was given, across all roles of a document, each step named.

A role is *sovereign* when it can give itself any permission: everything is allowed to it, or a method of
`methods` lets it rewrite its own grants or a user's. A path leads from a role that is not sovereign by grant,
over roles it can become, to such power. A role that may deploy code as a role of bounded power is no path.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.iam import methods
from planproof.iam.policy import Answer
from planproof.iam.roles import Policy, Role, roles
from planproof.iam.steps import ASSUME, ENTER, PASS, REWRITE, Step, doors, powers

if TYPE_CHECKING:
    from planproof.document import Document
    from planproof.iam.policy import Statement

EVERYTHING: Final = "*"
LEADING: Final = (
    REWRITE,
    ASSUME,
    PASS,
    *ENTER,
    *(
        action
        for kind in (methods.ON_OWN_POLICY, methods.ON_OWN_ROLE, methods.ON_USERS, methods.ON_GROUPS)
        for method in kind
        for action in method.actions
        if isinstance(action, str)
    ),
)
"""The actions with which every path begins."""
UNREAD: Final = frozenset({"Action", "NotAction", "Resource", "NotResource"})


def source_of(step: Step) -> tuple[Policy, Statement] | None:
    """Find the statement that allows the first action of a step, and the policy that holds it."""
    for policy in step.role.policies:
        for statement in policy.statements:
            if statement.allows and statement.has_action(step.actions[0]) is Answer.YES:
                return policy, statement
    return None


class Path(Struct, frozen=True):
    """The steps from one role to power over the account."""

    role: Role
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return ", then ".join(map(str, self.steps))

    @property
    def unsure(self) -> bool:
        """Whether a step is open only if the stack is made in the account that a policy names."""
        return any(step.unsure for step in self.steps)


def paths(document: Document) -> tuple[Path, ...]:
    """Give the shortest path of each role that has one, by address."""
    return document.once(_paths)


def _paths(document: Document) -> tuple[Path, ...]:
    every_role = roles(document)
    power = {role.arn: tuple(powers(role, document)) for role in every_role}
    all_ways = {role.arn: tuple(doors(role, every_role, document)) for role in every_role}
    sure = {name: tuple(step for step in steps if not step.unsure) for name, steps in all_ways.items()}
    found = (_shortest(role, power, sure) or _shortest(role, power, all_ways) for role in every_role)
    return tuple(path for path in found if path is not None)


def _shortest(role: Role, power: dict[str, tuple[Step, ...]], ways: dict[str, tuple[Step, ...]]) -> Path | None:
    if _owns_everything(role):
        return None  # its policy says so plainly, and other rules judge that
    queue: deque[tuple[Role, tuple[Step, ...]]] = deque([(role, ())])
    seen = {role.arn}
    while queue:
        here, taken = queue.popleft()
        if taken and _owns_everything(here):
            return Path(role, taken)
        if power[here.arn]:
            return Path(role, (*taken, power[here.arn][0]))
        for door in ways[here.arn]:
            if door.target is None:
                return Path(role, (*taken, door))
            if door.target.arn not in seen:
                seen.add(door.target.arn)
                queue.append((door.target, (*taken, door)))
    return None


def _owns_everything(role: Role) -> bool:
    return role.may(EVERYTHING, EVERYTHING).answer is Answer.YES


def unread(document: Document) -> dict[str, tuple[tuple[Policy, Statement], ...]]:
    """Give for each role without a path the statements of which a part is unknown and may open one, by address."""
    return document.once(_unread)


def _unread(document: Document) -> dict[str, tuple[tuple[Policy, Statement], ...]]:
    known = {path.role.resource.address for path in paths(document)}
    return {
        role.resource.address: tuple(
            (policy, one) for policy in role.policies for one in policy.statements if _may_lead(one, role.boundary)
        )
        for role in roles(document)
        if role.resource.address not in known
    }


def _may_lead(statement: Statement, boundary: tuple[Statement, ...] | None) -> bool:
    if not statement.allows or UNREAD.isdisjoint(statement.unknown):
        return False
    led = [action for action in LEADING if statement.has_action(action) is not Answer.NO]
    return bool(led) if boundary is None else any(_within(action, boundary) for action in led)


def _within(action: str, boundary: tuple[Statement, ...]) -> bool:
    """Tell whether a boundary may leave an action to its role."""
    about = [one for one in boundary if one.has_action(action) is not Answer.NO]
    denied = any(not one.allows and not one.conditions and EVERYTHING in one.resources for one in about)
    return not denied and any(one.allows for one in about)
