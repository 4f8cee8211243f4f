"""A policy names an action that AWS does not have.

A misspelt permission allows nothing; a misspelt prohibition forbids nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.iam.actions import unknown
from planproof.iam.written import IDENTITY, breakable, places, statements
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Look each pattern up in the actions of its service."""
    for path in places(resource):
        for statement in statements(resource, path, document):
            for element in ("Action", "NotAction"):
                if element in statement.unknown:
                    yield Undecided(f"{path}.Statement.{statement.position}.{element}", statement.cause)
            for element, patterns in (("Action", statement.actions), ("NotAction", statement.not_actions)):
                for position, pattern in enumerate(patterns):
                    if "<" not in pattern and unknown(pattern):
                        place = f"{path}.Statement.{statement.position}.{element}.{position}"
                        yield Violation(place, "an action of the Service Authorization Reference", found=pattern)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=IDENTITY,
    why="The service that was to be allowed fails at run time, or what was to be denied is allowed.",
    fix="Look the action up in the Service Authorization Reference and write it as there.",
    docs="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    controls=("pci-dss-4.0.1/7.2.2",),
    check=check,
    mutations=(
        Mutation("policy.Statement.0.Action.0", "sqs:SendMesage", type="aws_iam_role_policy", on=breakable),
        Mutation("policy.Statement.0.Action.0", "GetObject", type="aws_iam_role_policy", on=breakable),
    ),
)
