"""Policies that AWS writes, where they are attached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.document import Unknown, items
from planproof.iam.symbols import is_open, text_of
from planproof.rule import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

# Each kind of resource that attaches policies, with the attribute that names one of them or lists them all.
ATTACHED: Final = {
    "aws_iam_role_policy_attachment": "policy_arn",
    "aws_iam_user_policy_attachment": "policy_arn",
    "aws_iam_group_policy_attachment": "policy_arn",
    "aws_iam_policy_attachment": "policy_arn",
    "aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
    "aws_iam_role": "managed_policy_arns",
    "aws_iam_role_policy_attachments_exclusive": "policy_arns",
    "aws_iam_user_policy_attachments_exclusive": "policy_arns",
    "aws_iam_group_policy_attachments_exclusive": "policy_arns",
}
OF_AWS: Final = re.compile(r"arn:aws[a-z-]*:iam::aws:policy/")
LOOKED_UP: Final = "<data.aws_iam_policy."


class Attached(Struct, frozen=True):
    """A policy of AWS, and the path at which it is named."""

    path: str
    arn: str
    name: str  # what follows `policy/`


def attached(resource: Resource, document: Document) -> Iterator[Attached | Undecided]:
    """Each policy of AWS that an attachment, or the list of a role, user or group, names."""
    path = ATTACHED[resource.type]
    if not path.endswith("s"):
        yield from _one(resource, path, document)
        return
    listed = resource.get(path)
    if isinstance(listed, Unknown):
        yield Undecided(path, listed.cause)
        return
    for position in range(len(items(listed))):
        yield from _one(resource, f"{path}.{position}", document)


def _one(resource: Resource, path: str, document: Document) -> Iterator[Attached | Undecided]:
    value = resource.get(path)
    text = text_of(value, document)
    if isinstance(value, Unknown) and (text is None or is_open(text, document) or text.startswith(LOOKED_UP)):
        yield Undecided(path, value.cause)
    elif text is not None and (start := OF_AWS.match(text)) is not None:
        yield Attached(path, text, text[start.end() :])
