"""A policy allows an action on resources that the action never works on.

Some actions work on nothing in particular, such as the creation of a key, and only `*` allows them; others work on
resources of certain types. A grant on anything else looks right and allows nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from planproof.iam.actions import known, resource_pattern
from planproof.iam.symbols import SYMBOL
from planproof.iam.written import IDENTITY, breakable, granting
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


ARN_PARTS: Final = 6
WILD: Final = re.compile(r"[*?]")


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Each action that is written in full, against the resources beside it."""
    for place, statement in granting(resource, document):
        if "*" in statement.resources:
            continue
        if "Resource" in statement.unknown:
            yield Undecided(f"{place}.Resource", statement.cause)
            continue
        if "Action" in statement.unknown:
            yield Undecided(f"{place}.Action", statement.cause)
        if not statement.resources:
            continue
        for position, action in enumerate(statement.actions):
            types = working_on(action)
            if types is not None and not any(may_be(r, t) for r in statement.resources for t in types):
                expected = "a statement of its own with the resource *" if not types else " or ".join(types)
                yield Violation(f"{place}.Action.{position}", expected, found=action)


@cache
def may_be(pattern: str, kind: str) -> bool:
    """Whether a pattern may name a resource of a kind, by what both say before their first wildcard.

    Both are ARNs: the service is compared, and the beginning of the last part, such as `key/`.
    """
    mine, its = (SYMBOL.sub("*", one).split(":", 5) for one in (pattern, kind))
    if len(mine) < ARN_PARTS or len(its) < ARN_PARTS:
        return True
    ours, theirs = (WILD.split(one, maxsplit=1)[0] for one in (mine[5], its[5]))
    service = "*" in mine[2] or mine[2] == its[2]
    return service and (ours.startswith(theirs) or theirs.startswith(ours))


@cache
def working_on(action: str) -> tuple[str, ...] | None:
    """The patterns of the resources an action works on; none when only `*` allows it; None when it is not known."""
    found = None if "*" in action or "?" in action else known(action)
    if found is None:
        return None
    service = found.name.partition(":")[0]
    patterns = [resource_pattern(service, kind) for kind in found.resource_types]
    return None if None in patterns else tuple(dict.fromkeys(one for one in patterns if one is not None))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=IDENTITY,
    why="The deployment or the service is refused in the account, long after the policy was reviewed as sufficient.",
    fix="Give an action that has no resources a statement with `*`, and every other one the ARN of its own kind.",
    docs="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    controls=("pci-dss-4.0.1/7.2.2",),
    check=check,
    mutations=(
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Action": ["kms:CreateKey"], "Resource": ["arn:aws:kms:eu-west-1:111111111111:key/*"]},
            at="policy.Statement.0.Action.0",
            type="aws_iam_role_policy",
            on=breakable,
        ),
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": ["arn:aws:sns:eu-west-1:111111111111:work"]},
            at="policy.Statement.0.Action.0",
            type="aws_iam_role_policy",
            on=breakable,
        ),
    ),
)
