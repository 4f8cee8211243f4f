"""Needed against granted: what a task's roles lack, and what they have for nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from planproof.document import Unknown
from planproof.iam import actions as known_actions
from planproof.iam.containers import containers
from planproof.iam.needs import Need, Request, of_execution, of_task
from planproof.iam.patterns import includes, intersects
from planproof.iam.policy import Answer
from planproof.iam.roles import roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource
    from planproof.iam.policy import Decision, Statement
    from planproof.iam.roles import Policy, Role


class Assignment(Struct, frozen=True):
    """A role in one of its two places: what all tasks that use it there need."""

    role: Role
    path: str  # task_role_arn or execution_role_arn
    tasks: tuple[Resource, ...]
    needs: tuple[Need, ...]
    unknown: str = ""  # why the needs are not known entirely


class Lack(Struct, frozen=True):
    """A need that the role cannot meet, by the way that lacks least; `doubt` when that is not certain."""

    need: Need
    missing: tuple[Request, ...]
    doubt: str = ""


class Excess(Struct, frozen=True):
    """A grant that no need explains."""

    policy: Policy
    statement: Statement
    element: int  # position in the statement's actions
    request: Request


def assignments(document: Document) -> tuple[Assignment, ...]:
    """Give each role of an ECS task with what is needed of it, by address and place."""
    return document.once(_assignments)


def _assignments(document: Document) -> tuple[Assignment, ...]:
    by_address = {role.resource.address: role for role in roles(document)}
    found: dict[tuple[str, str], list[Resource]] = {}
    for task in document.of("aws_ecs_task_definition"):
        for path in ("execution_role_arn", "task_role_arn"):
            target = document.target(task, path)
            if target is not None and target.address in by_address:
                found.setdefault((target.address, path), []).append(task)
    return tuple(
        _assignment(by_address[address], path, tuple(tasks), document)
        for (address, path), tasks in sorted(found.items(), key=lambda item: item[0])
    )


def _assignment(role: Role, path: str, tasks: tuple[Resource, ...], document: Document) -> Assignment:
    needs: list[Need] = []
    unknown = ""
    for task in tasks:
        parts = containers(task, document)
        if isinstance(parts, Unknown):
            unknown = parts.cause
        elif path == "execution_role_arn":
            needs += of_execution(parts, document)
        else:
            needs += of_task(task, parts, document, enters=_is_entered(task, document))
    return Assignment(role, path, tasks, tuple(dict.fromkeys(needs)), unknown)


def _is_entered(task: Resource, document: Document) -> bool:
    services = document.referrers(task, "aws_ecs_service")
    return any(service.get("enable_execute_command") is True for service in services)


def lacks(assignment: Assignment) -> Iterator[Lack]:
    """Yield each need that no way meets."""
    for need in assignment.needs:
        answers = [_lack(need, way, assignment.role) for way in need.ways]
        if answers and all(answer is not None for answer in answers):
            yield min((a for a in answers if a is not None), key=lambda a: (not a.doubt, len(a.missing)))


def _lack(need: Need, way: tuple[Request, ...], role: Role) -> Lack | None:
    decided = [(request, _decide(role, request)) for request in way]
    missing = tuple(request for request, decision in decided if decision.answer is Answer.NO)
    if missing:
        return Lack(need, missing)
    unsure = tuple(request for request, decision in decided if decision.answer is Answer.MAYBE)
    if unsure:
        cause = next(d.cause for _, d in decided if d.answer is Answer.MAYBE)
        return Lack(need, unsure, cause or "a part of a policy is not known")
    return None


def _decide(role: Role, request: Request) -> Decision:
    if not request.some:
        return role.may(request.action, request.resource)
    granted = {r for s in role.statements if s.allows for r in s.resources if intersects(r, request.resource)}
    decisions = [role.may(request.action, r) for r in sorted(granted)] or [role.may(request.action, request.resource)]
    order = (Answer.YES, Answer.MAYBE, Answer.NO)
    return min(decisions, key=lambda decision: order.index(decision.answer))


def excesses(assignment: Assignment) -> Iterator[Excess]:
    """Yield each action of each statement, on each resource, that no need explains."""
    explained: dict[str, list[str]] = {}
    for need in assignment.needs:
        for request in need.requests():
            explained.setdefault(request.action.lower(), []).append(request.resource)
    for policy in assignment.role.policies:
        for statement in policy.statements:
            if statement.allows and not statement.unknown:
                yield from _excess(policy, statement, explained)


def _excess(policy: Policy, statement: Statement, explained: dict[str, list[str]]) -> Iterator[Excess]:
    if statement.not_actions or statement.not_resources:
        yield Excess(policy, statement, 0, Request("everything but some", "*"))
        return
    for position, pattern in enumerate(statement.actions):
        for name in known_actions.names(pattern) or (pattern,):
            reasons = tuple(explained.get(name.lower(), ()))
            over = next((r for r in statement.resources if not _explains(reasons, r)), None)
            if over is not None:
                yield Excess(policy, statement, position, Request(name, over))
                break


def _explains(reasons: tuple[str, ...], resource: str) -> bool:
    if includes(reasons, resource):
        return True
    return any(_symbolic(reason).fullmatch(resource) for reason in reasons)


@lru_cache(maxsize=4096)
def _symbolic(reason: str) -> re.Pattern[str]:
    """Compile a text whose symbols may turn out to be any text, but never a wildcard."""
    parts = re.split(r"(<[^<>]*>|\*)", reason)
    return re.compile(
        "".join(".*" if part == "*" else "[^*?]*" if part.startswith("<") else re.escape(part) for part in parts)
    )
