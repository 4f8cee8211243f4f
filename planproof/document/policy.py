"""Policy documents, however they are written: JSON text, `jsonencode`, or a data source's blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from planproof.document.evaluation import structure
from planproof.document.expression import OpaqueError, has_expression
from planproof.document.paths import split
from planproof.document.resource import Block, Resource
from planproof.document.values import ABSENT, Sensitive, Unknown

DEEPEST: Final = 5
DATA: Final = "aws_iam_policy_document"
LISTS: Final = {
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}


def read(resource: Resource, path: str, depth: int = 0) -> dict[str, Any] | Unknown | None:
    """The policy at a path of a resource; None when the attribute is absent or is no policy."""
    value = tree(resource, path)
    if isinstance(value, Unknown):
        return _followed(resource, path, value, depth)
    return dict(value) if isinstance(value, Mapping) else None


def tree(resource: Resource, path: str) -> Any:
    """The tree in the JSON text at a path; None when there is no JSON, Unknown when it is not known."""
    steps = split(path)
    written = resource.attributes.written(steps)
    if isinstance(written, str) and has_expression(written):
        found = _written(resource, written, path)
        if found is not None:
            return found
    value = resource.get(path)
    if isinstance(value, Sensitive):
        value = value.value
    if isinstance(value, str):
        return _parsed(value)
    return value if isinstance(value, Mapping | list | Unknown) else None


def _parsed(text: str) -> Any:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def _written(resource: Resource, written: str, path: str) -> Any:
    """The tree whose text holds expressions: its parts are resolved one by one."""
    parsed = _parsed(written)
    if parsed is not None:
        return resource.attributes.resolve(parsed, path)
    try:
        inside = structure(written, lambda reference: resource.attributes.resolve(f"${{{reference}}}", path))
    except OpaqueError:
        return None
    return inside if isinstance(inside, dict | list) else None


def _followed(resource: Resource, path: str, value: Unknown, depth: int) -> dict[str, Any] | Unknown:
    """The policy of the one place the attribute points to."""
    pointed = [(reference, resource.lookup(reference.address)) for reference in resource.references(path)]
    if depth > DEEPEST or len(pointed) != 1:
        return value
    reference, target = pointed[0]
    if target is None:
        return value
    if target.type == DATA:
        return composed(target, depth + 1)
    if not reference.attribute:
        return value
    found = read(target, reference.attribute, depth + 1)
    return value if found is None else found


def composed(data: Resource, depth: int = 0) -> dict[str, Any] | Unknown:
    """The policy that an `aws_iam_policy_document` writes: its own statements between those it is made of."""
    ready = data.get("json")
    if isinstance(ready, str):
        parsed = _parsed(ready)
        return parsed if isinstance(parsed, dict) else {}
    if isinstance(data.get("statement"), Unknown):
        return data.get("statement")  # type: ignore[no-any-return]
    statements: list[Any] = []
    for part in (
        *_parts(data, "source_policy_documents", depth),
        [_statement(block) for block in data.blocks("statement")],
        *_parts(data, "override_policy_documents", depth),
    ):
        if part is None:
            return Unknown(f"{data.address} merges other documents", data.references())
        statements = _merged(statements, part)
    return {"Version": data.get("version", "2012-10-17"), "Statement": statements}


def _parts(data: Resource, path: str, depth: int) -> Iterator[list[Any] | None]:
    """The statements of each document that another is made of; None in place of what is not known."""
    listed = data.get(path)
    for position in range(1 if isinstance(listed, Unknown) else len(listed or ())):
        found = None if isinstance(listed, Unknown) else read(data, f"{path}.{position}", depth + 1)
        statements = found.get("Statement") if isinstance(found, dict) else None
        yield [statements] if isinstance(statements, Mapping) else statements if isinstance(statements, list) else None


def _merged(statements: list[Any], more: list[Any]) -> list[Any]:
    """Statements and more of them: one with the Sid of an earlier one takes its place.

    Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
    """
    places = {sid: position for position, one in enumerate(statements) if (sid := _sid(one))}
    merged = list(statements)
    for one in more:
        place = places.get(_sid(one))
        if place is None:
            merged.append(one)
        else:
            merged[place] = one
    return merged


def _sid(statement: Any) -> str:
    sid = statement.get("Sid") if isinstance(statement, Mapping) else None
    return sid if isinstance(sid, str) else ""


def _statement(block: Block) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": block.get("effect", "Allow")}
    if block.get("sid") is not None:
        statement["Sid"] = block.get("sid")
    for name, word in LISTS.items():
        if block.get(name) is not None:
            statement[word] = block.get(name)
    for name, word in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        principals = _principals(block.get(name))
        if principals is not None:
            statement[word] = principals
    conditions = _conditions(block.get("condition"))
    if isinstance(conditions, Unknown) or conditions:
        statement["Condition"] = conditions
    return statement


def _each(value: Any) -> list[Any]:
    if value is None or value is ABSENT:
        return []
    return [value] if isinstance(value, Mapping) else list(value)


def _principals(value: Any) -> Any:
    if value is None or isinstance(value, Unknown):
        return value
    found: dict[str, list[Any]] = {}
    for one in _each(value):
        identifiers = one.get("identifiers", [])
        if one.get("type") == "*":
            return "*"
        if isinstance(identifiers, Unknown):
            found[one.get("type")] = [identifiers]
        else:
            found.setdefault(one.get("type"), []).extend(identifiers)
    return found


def _conditions(value: Any) -> Any:
    if isinstance(value, Unknown):
        return value
    found: dict[str, dict[str, Any]] = {}
    for one in _each(value):
        found.setdefault(one.get("test"), {})[one.get("variable")] = one.get("values")
    return found
