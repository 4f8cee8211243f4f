"""A policy document read into statements; what is not known is named, and never taken for absent.

A value that comes from a variable may be anything, `*` as well; the arn or the name of a resource is never a wildcard.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from planproof.document import Unknown
from planproof.iam.policy import Condition, Principal, Statement
from planproof.iam.symbols import is_open, text_of, tree_of

if TYPE_CHECKING:
    from planproof.document import Document

ELEMENTS: Final = ("Action", "Resource", "Principal", "Condition")
ACTIONS: Final = frozenset({"Action", "NotAction"})


def read(policy: Any, document: Document) -> tuple[Statement, ...]:
    """Read the statements of a policy document; one that is unknown has no element that is known."""
    if isinstance(policy, Unknown) and policy.template:
        policy = tree_of(policy.template) or policy
    if isinstance(policy, Unknown):
        return (_hidden(0, policy.cause),)
    if not isinstance(policy, Mapping):
        return ()
    found = (_read(position, one, document) for position, one in enumerate(_many(policy.get("Statement"))))
    return tuple(statement for statement in found if statement is not None)


def _read(position: int, raw: Any, document: Document) -> Statement | None:
    if isinstance(raw, Mapping):
        return _statement(position, raw, document)
    if isinstance(raw, Unknown):
        return _hidden(position, raw.cause)
    if isinstance(raw, str) and "${" in raw:
        return _hidden(position, "an expression that only Terraform can evaluate")
    return None


def _hidden(position: int, cause: str) -> Statement:
    return Statement(position, "", allows=True, unknown=ELEMENTS, cause=cause)


def _statement(position: int, raw: Mapping[str, Any], document: Document) -> Statement:
    unknown: dict[str, str] = {}

    def text(element: str, value: Any) -> str | None:
        found = text_of(value, document)
        if found is None or is_open(found, document) or (element in ACTIONS and "<" in found):
            unknown.setdefault(element, value.cause if isinstance(value, Unknown) else f"{value} is not known")
        return found

    def texts(element: str) -> tuple[str, ...]:
        found = (text(element, value) for value in _many(raw.get(element)))
        return tuple(one for one in found if one is not None)

    def principals(element: str) -> tuple[Principal, ...]:
        value = raw.get(element)
        if isinstance(value, Unknown):
            unknown[element] = value.cause
            return ()
        groups = value if isinstance(value, Mapping) else {"AWS": value} if value is not None else {}
        found = ((kind, text(element, name)) for kind, names in groups.items() for name in _many(names))
        return tuple(Principal(kind, name) for kind, name in found if name is not None)

    sid = raw.get("Sid")
    return Statement(
        position=position,
        sid=sid if isinstance(sid, str) else "",
        allows=raw.get("Effect") != "Deny",
        actions=texts("Action"),
        not_actions=texts("NotAction"),
        resources=texts("Resource"),
        not_resources=texts("NotResource"),
        principals=principals("Principal"),
        not_principals=principals("NotPrincipal"),
        conditions=_conditions(raw.get("Condition"), document, unknown),
        unknown=tuple(unknown),
        cause=next(iter(unknown.values()), ""),
    )


def _conditions(raw: Any, document: Document, unknown: dict[str, str]) -> tuple[Condition, ...]:
    if isinstance(raw, Unknown):
        unknown["Condition"] = raw.cause
        return ()
    found = []
    for operator, keys in (raw if isinstance(raw, Mapping) else {}).items():
        if isinstance(keys, Unknown):
            unknown["Condition"] = keys.cause
        for key, values in (keys if isinstance(keys, Mapping) else {}).items():
            texts = tuple(text_of(value, document) or "<unknown>" for value in _many(values))
            found.append(Condition(operator, key.lower(), texts))
    return tuple(found)


def _many(value: Any) -> list[Any]:
    """IAM writes one of something without its list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
