"""Which key encrypts something: one of ours, or one that AWS manages and nobody can restrict.

A key of AWS (`alias/aws/...`) has a policy that AWS writes: it can be neither withdrawn nor shared.
Source: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.demands import must
from planproof.document import Sensitive, Unknown
from planproof.rule import Outcome, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

KEYS: Final = frozenset({"aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key"})
OF_AWS: Final = "alias/aws/"
WISH: Final = "the arn of a customer key (aws_kms_key)"


def must_use_our_key(resource: Resource, path: str, document: Document) -> Iterator[Outcome]:
    """What is wrong with the key that an attribute names; undecided for a key that is not in the document."""
    target = document.target(resource, path)
    if target is not None:
        if not is_ours(target):
            yield Violation(path, WISH)
        return
    value = resource.get(path)
    if isinstance(value, Sensitive):
        value = value.value
    if value is None or (isinstance(value, str) and OF_AWS in value):
        yield Violation(path, WISH)
    elif isinstance(value, Unknown):
        yield Undecided(path, value.cause)
    else:
        yield Undecided(path, f"the key {value} is not in the document")


def is_ours(target: Resource) -> bool:
    """Whether a resource is a key that a customer controls, or another name of one."""
    if target.type in KEYS:
        return target.mode == "managed" or not _names_aws(target.get("key_id"))
    return target.type == "aws_kms_alias" and not _names_aws(target.get("name"))


def _names_aws(name: Any) -> bool:
    return isinstance(name, str) and OF_AWS in name


def must_encrypt(resource: Resource, switch: str, key: str, document: Document) -> Iterator[Outcome]:
    """What is wrong with a switch for encryption or, where that is on, with the key beside it."""
    off = tuple(must(resource, switch, equals=True))
    yield from off or must_use_our_key(resource, key, document)
