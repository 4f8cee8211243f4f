"""JSON for readers: what fits on a line is on one line, the rest is indented."""

from __future__ import annotations

import json
from typing import Any

WIDTH = 120
STEP = " "


def printed(value: Any, indent: str = "", used: int = 0) -> str:
    """The value as text; `used` is how much of its first line is taken."""
    line = json.dumps(value)
    if len(indent) + used + len(line) <= WIDTH or not value or not isinstance(value, (dict, list)):
        return line
    inner = indent + STEP
    if isinstance(value, list):
        rows = [inner + printed(item, inner) for item in value]
        return "[\n" + ",\n".join(rows) + f"\n{indent}]"
    names = {key: f"{json.dumps(key)}: " for key in value}
    rows = [inner + names[key] + printed(item, inner, len(names[key])) for key, item in value.items()]
    return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
