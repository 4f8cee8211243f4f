"""What is said to the jsii kernel and by it, as JSON on one line."""

from __future__ import annotations

import json
from typing import Any, Final

from jsii._kernel import types
from jsii._kernel.providers import process

stock: Final[Any] = process  # most of it has no types
MOST_SHOWN: Final = 100  # characters of an answer


def to_json(value: Any) -> Any:
    """Write what jsii puts into its requests beside plain JSON."""
    if isinstance(value, types.ObjRef):
        return stock._unstructure_ref(value)  # noqa: SLF001 - jsii's own form of it
    if isinstance(value, types.Override):
        return {"method": value.method, "property": value.property, "cookie": value.cookie}
    return stock.jdefault(value)


def shortened(line: bytes) -> str:
    """Return the beginning of an answer, for a message."""
    text = line.decode()
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."


encode: Final = json.JSONEncoder(default=to_json).encode
decode: Final = json.JSONDecoder(object_hook=stock.ohook).decode
