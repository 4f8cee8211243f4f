"""One step of a role to more than it was given: it rewrites grants, or becomes another role.

What is written for an account that may be the stack's own, but is not known to be, gives steps that are unsure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.iam import methods
from planproof.iam.patterns import literal_start
from planproof.iam.policy import Answer, Decision
from planproof.iam.symbols import arn, place
from planproof.iam.trust import ACCOUNT, trusts_role, trusts_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document
    from planproof.iam.policy import Statement
    from planproof.iam.roles import Role

EVERYTHING: Final = "*"
REWRITE, ASSUME, PASS = "iam:UpdateAssumeRolePolicy", "sts:AssumeRole", "iam:PassRole"
ENTER: Final = ("lambda:UpdateFunctionCode", "codebuild:StartBuild", "ecs:ExecuteCommand")
NOBODY: Final = Decision(Answer.NO)
Usable = tuple[tuple[methods.Launch, tuple[str, ...]], ...]


class Step(Struct, frozen=True):
    """One use of a method: who, how, with which actions, and what it gains."""

    role: Role
    method: str
    actions: tuple[str, ...]
    gains: str
    target: Role | None = None
    unsure: bool = False

    def __str__(self) -> str:
        gained = self.target.resource.address if self.target else self.gains
        return f"{self.role.resource.address} --{' + '.join(self.actions)} ({self.method})--> {gained}"


def powers(role: Role, document: Document) -> Iterator[Step]:
    """Every method by which a role rewrites its own grants, or a user's or group's."""
    own = [p.resource for p in role.policies if p.resource.type == "aws_iam_policy"]
    for kind, targets in (
        (methods.ON_OWN_POLICY, [arn(policy, document) for policy in own]),
        (methods.ON_OWN_ROLE, [role.arn]),
        (methods.ON_USERS, [_anything("user", document)]),
        (methods.ON_GROUPS, [_anything("group", document)]),
    ):
        for method in kind:
            for target in targets:
                for action in method.actions:
                    if isinstance(action, str) and _certain(role.may(action, target)):
                        yield Step(role, method.name, (action,), method.gains)


def _certain(decision: Decision) -> bool:
    statement = decision.statement
    return (
        decision.answer is Answer.YES
        and statement is not None
        and not any(condition.key in methods.GUARDS for condition in statement.conditions)
    )


def doors(role: Role, every_role: tuple[Role, ...], document: Document) -> Iterator[Step]:
    """Every role that this role can become; target None stands for any role of the account."""
    usable = tuple((launch, used) for launch in methods.LAUNCHES if (used := _all_of(role, launch.actions)))
    yield from _any_role(role, usable, document)
    rewritten, assumed = _allowed(role, REWRITE), _allowed(role, ASSUME)
    passed = _allowed(role, PASS) if usable else ()
    enters = any(_allowed(role, action) for action in ENTER)
    if not (rewritten or assumed or passed or enters):
        return
    for other in every_role:
        if other.arn == role.arn:
            continue
        if other.arn.startswith(rewritten) and _certain(role.may(REWRITE, other.arn)):
            yield Step(role, methods.BECOME, (REWRITE,), "", other)
        if _may_be_one_of(other.arn, assumed):
            yield from _chained(role, other)
        if other.arn.startswith(passed):
            yield from _launched(role, usable, other.arn, other)
        if enters:
            yield from _running(role, other, document)


def _allowed(role: Role, action: str) -> tuple[str, ...]:
    """What the name of everything begins with on which a role surely may use an action; without it there is none."""
    found: dict[str, None] = {}
    for statement in role.acting(action):
        if statement.allows and statement.has_action(action) is Answer.YES:
            patterns = statement.resources if not statement.not_resources else (EVERYTHING,)
            found.update(dict.fromkeys(map(literal_start, patterns)))
    return tuple(found)


def _may_be_one_of(name: str, starts: tuple[str, ...]) -> bool:
    """Tell whether a name begins like one of these, as far as the account in it is known."""
    before = name.partition(ACCOUNT)[0]
    return name.startswith(starts) or (before != name and any(start.startswith(before) for start in starts))


def _chained(role: Role, other: Role) -> Iterator[Step]:
    trusted = trusts_role(other.trust, role.arn)
    if trusted is Answer.NO:
        return
    decision = role.may(ASSUME, other.arn)
    allowing = decision.statement
    if decision.answer is Answer.MAYBE and allowing and allowing.has_resource(other.arn) is Answer.MAYBE:
        yield Step(role, methods.CHAIN, (ASSUME,), "", other, unsure=True)
    elif _certain(decision):
        yield Step(role, methods.CHAIN, (ASSUME,), "", other, unsure=trusted is Answer.MAYBE)


def _any_role(role: Role, usable: Usable, document: Document) -> Iterator[Step]:
    anyone = _anything("role", document)
    if _certain(role.may(REWRITE, anyone)):
        yield Step(role, methods.BECOME, (REWRITE,), "any role of the account")
    for step in _launched(role, usable, anyone, None):
        yield Step(step.role, step.method, step.actions, "any role of the account")


def _launched(role: Role, usable: Usable, target: str, other: Role | None) -> Iterator[Step]:
    taken = [(launch, used) for launch, used in usable if other is None or trusts_service(other.trust, launch.service)]
    passing = role.may(PASS, target) if taken else NOBODY
    if passing.answer is not Answer.YES or passing.statement is None:
        return
    for launch, used in taken:
        if _passes_to(passing.statement, launch.service):
            yield Step(role, launch.name, (PASS, *used), "", other)


def _passes_to(statement: Statement, service: str) -> bool:
    conditions = statement.condition("iam:PassedToService")
    return not conditions or any(service in condition.values for condition in conditions)


def _all_of(role: Role, needed: methods.Needed) -> tuple[str, ...]:
    """Choose the actions of a method that the role may use somewhere; empty when one is missing."""
    used = []
    for item in needed:
        options = (item,) if isinstance(item, str) else item
        chosen = next((action for action in options if _somewhere(role, action)), None)
        if chosen is None:
            return ()
        used.append(chosen)
    return tuple(used)


def _somewhere(role: Role, action: str) -> bool:
    for statement in role.statements:
        if statement.allows and statement.has_action(action) is Answer.YES:
            for resource in statement.resources or (EVERYTHING,):
                if role.may(action, resource).answer is Answer.YES:
                    return True
    return False


def _running(role: Role, other: Role, document: Document) -> Iterator[Step]:
    """Code that already runs as the other role, and that this role can replace or enter."""
    for function in document.referrers(other.resource, "aws_lambda_function"):
        if _certain(role.may("lambda:UpdateFunctionCode", arn(function, document))):
            yield Step(role, methods.CODE, ("lambda:UpdateFunctionCode",), "", other)
    for project in document.referrers(other.resource, "aws_codebuild_project"):
        if _certain(role.may("codebuild:StartBuild", arn(project, document))):
            yield Step(role, methods.BUILD, ("codebuild:StartBuild",), "", other)
    for task in document.referrers(other.resource, "aws_ecs_task_definition"):
        if document.target(task, "task_role_arn") != other.resource:
            continue
        for service in document.referrers(task, "aws_ecs_service"):
            entered = service.get("enable_execute_command") is True
            where = place(document)
            tasks = f"arn:aws:ecs:{where['region']}:{where['account']}:task/<any>"
            if entered and _certain(role.may("ecs:ExecuteCommand", tasks)):
                yield Step(role, methods.EXEC, ("ecs:ExecuteCommand",), "", other)


def _anything(kind: str, document: Document) -> str:
    return f"arn:aws:iam::{place(document)['account']}:{kind}/<any>"
