"""Secrets covered wherever they appear in a text, also inside other strings and in other notations.

What is covered: every value that the plan marks as sensitive (before, after, outputs, variables), every attribute
that the provider is known to mark, every value whose name says that it is secret, and every token by its form.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from planproof.document.sensitive import secrets
from planproof.reading.secrets import is_secret, token
from planproof.review.effects.secret import written

if TYPE_CHECKING:
    from planproof.review.plan import Plan

COVER: Final = "(sensitive)"
SHORTEST: Final = 4
"""A shorter text would be found in half of all words, and is no secret."""
HARMLESS: Final = frozenset({"true", "false", "null", "none", "default", "enabled", "disabled"})


class Mask:
    """Covers what it was given, longest first, in every text."""

    def __init__(self, values: Iterable[str]) -> None:
        self.values = frozenset(value for value in values if _worth(value))
        forms = {form for value in self.values for form in _forms(value)}
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def __call__(self, text: str) -> str:
        """The text without a secret."""
        if self._pattern is not None:
            text = self._pattern.sub(COVER, text)
        if token(text) is None:
            return text
        for word in sorted(_words(text), key=len, reverse=True):
            text = text.replace(word, COVER)
        return text if token(text) is None else COVER


def mask_of(plan: Plan) -> Mask:
    """The mask for everything written about a plan."""
    return Mask(_hidden(plan))


def together(masks: Sequence[Mask]) -> Mask:
    """One mask that covers what any of them covers."""
    return masks[0] if len(masks) == 1 else Mask(value for mask in masks for value in mask.values)


def _worth(value: str) -> bool:
    return len(value) >= SHORTEST and value.lower() not in HARMLESS


def _forms(value: str) -> Iterator[str]:
    """The notations in which the same secret may be written."""
    yield value
    escaped = json.dumps(value)[1:-1]
    yield escaped
    yield json.dumps(escaped)[1:-1]
    yield quote(value, safe="")
    yield quote(value)
    yield base64.b64encode(value.encode()).decode().rstrip("=")
    for line in value.splitlines():
        if _worth(line.strip()):
            yield line.strip()


def _hidden(plan: Plan) -> Iterator[str]:
    for section in ("resource_changes", "resource_drift"):
        for one in plan.raw.get(section) or ():
            yield from _in_change(one)
    for change in (*plan.changes, *plan.drift):
        for values in (change.before, change.after):
            for _, called, text in written(change, values):
                if called and is_secret(called, text, plan.after):
                    yield text
    yield from _in_outputs(plan)
    declared = ((plan.raw.get("configuration") or {}).get("root_module") or {}).get("variables") or {}
    for name, variable in (plan.raw.get("variables") or {}).items():
        value = variable.get("value")
        yield from _marked(value, (declared.get(name) or {}).get("sensitive"))
        yield from _texts(value) if is_secret(name, value, plan.after) else ()


def _in_change(one: Mapping[str, Any]) -> Iterator[str]:
    change = one.get("change") or {}
    for side in ("before", "after"):
        tree = change.get(side)
        if tree is None:
            continue
        yield from _marked(tree, change.get(f"{side}_sensitive"))
        yield from _named(str(one.get("type")), tree)


def _in_outputs(plan: Plan) -> Iterator[str]:
    for name, output in (plan.raw.get("output_changes") or {}).items():
        for side in ("before", "after"):
            yield from _marked(output.get(side), output.get(f"{side}_sensitive"))
            yield from _texts(output.get(side)) if is_secret(name, output.get(side), plan.after) else ()
    for values in (plan.raw.get("planned_values"), (plan.raw.get("prior_state") or {}).get("values")):
        for output in ((values or {}).get("outputs") or {}).values():
            yield from _marked(output.get("value"), output.get("sensitive"))


def _marked(value: Any, marks: Any) -> Iterator[str]:
    """Every text below a mark."""
    if marks is True:
        yield from _texts(value)
    elif isinstance(marks, dict) and isinstance(value, dict):
        for key, inside in marks.items():
            yield from _marked(value.get(key), inside)
    elif isinstance(marks, list) and isinstance(value, list):
        for inside, mark in zip(value, marks, strict=False):
            yield from _marked(inside, mark)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inside in value.values():
            yield from _texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _named(kind: str, tree: Mapping[str, Any]) -> Iterator[str]:
    """Attributes that the provider is known to mark, also where a plan forgot to."""
    for path in secrets().get(kind, ()):
        value: Any = tree
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        yield from _texts(value)


def _words(text: str) -> Iterator[str]:
    """The tokens inside a longer text, such as a password in an address."""
    for word in re.split(r"[\s\"'=,;@\\]+|://|(?<=[^/]):(?=[^/])", text):
        if word and token(word) is not None:
            yield word
    yield from re.findall(r"://[^\s/:@]+:([^\s/@]+)@", text)
