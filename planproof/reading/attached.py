"""Policies that AWS writes, where they are attached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Unknown
from planproof.iam.symbols import is_open, text_of
from planproof.rule import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

ATTACHMENTS: Final = (
    "aws_iam_role_policy_attachment",
    "aws_iam_user_policy_attachment",
    "aws_iam_policy_attachment",
    "aws_iam_group_policy_attachment",
)
PREFIX: Final = "arn:aws:iam::aws:policy/"
LOOKED_UP: Final = "<data.aws_iam_policy."


def attached(resource: Resource, document: Document) -> Iterator[tuple[str, str] | Undecided]:
    """Each policy of AWS that an attachment or the list of a role names: its path and its name after `policy/`."""
    if resource.type != "aws_iam_role":
        yield from _one(resource, "policy_arn", document)
        return
    listed = resource.get("managed_policy_arns")
    if isinstance(listed, Unknown):
        yield Undecided("managed_policy_arns", listed.cause)
        return
    for position in range(len(listed or ())):
        yield from _one(resource, f"managed_policy_arns.{position}", document)


def _one(resource: Resource, path: str, document: Document) -> Iterator[tuple[str, str] | Undecided]:
    value = resource.get(path)
    text = text_of(value, document)
    if isinstance(value, Unknown) and (text is None or is_open(text, document) or text.startswith(LOOKED_UP)):
        yield Undecided(path, value.cause)
    elif text is not None and text.startswith(PREFIX):
        yield path, text.removeprefix(PREFIX)
