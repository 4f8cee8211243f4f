"""The policies that a resource writes down, and whether they give anything or only limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.iam.policy import Statement
from planproof.iam.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

IDENTITY: Final = (
    "aws_iam_policy",
    "aws_iam_role_policy",
    "aws_iam_user_policy",
    "aws_iam_group_policy",
    "aws_iam_role",
    "aws_ssoadmin_permission_set_inline_policy",
)
PLACES: Final = {"aws_ssoadmin_permission_set_inline_policy": "inline_policy"}


def granting(resource: Resource, document: Document) -> Iterator[tuple[str, Statement]]:
    """Yield each allowing statement with the path at which it stands.

    A policy that is only a permission boundary allows nothing by itself and has none.
    """
    if resource.type == "aws_iam_policy" and _only_limits(resource, document):
        return
    for path in places(resource):
        for statement in statements(resource, path, document):
            if statement.allows:
                yield f"{path}.Statement.{statement.position}", statement


def statements(resource: Resource, path: str, document: Document) -> tuple[Statement, ...]:
    """The statements of the policy at a path, read once however many rules ask."""
    kept = document.once(_kept)
    found = kept.get((resource, path))
    if found is None:
        found = kept[resource, path] = read(resource.policy(path), document)
    return found


def _kept(document: Document) -> dict[tuple[Resource, str], tuple[Statement, ...]]:
    del document
    return {}


def places(resource: Resource) -> Iterator[str]:
    """The paths at which a resource writes policies down: those of a role stand in blocks."""
    if resource.type != "aws_iam_role":
        yield PLACES.get(resource.type, "policy")
        return
    for block in resource.blocks("inline_policy"):
        yield block.at("policy")


def _only_limits(policy: Resource, document: Document) -> bool:
    users = document.referrers(policy)
    limited = [u for u in users if document.target(u, "permissions_boundary") is policy]
    return bool(limited) and not any(u.type.endswith("_attachment") for u in users)


def breakable(policy: Resource, document: Document) -> bool:
    """Tell whether the statements of a policy are text that a fault can be put into."""
    del document
    return isinstance(policy.policy("policy"), dict)
