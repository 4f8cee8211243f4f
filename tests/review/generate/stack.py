"""One synthesized stack that is about to be changed: parts are named by their construct path.

A part is called as planproof and a reviewer call it: `database/instance` is what
modules/database.py makes below the stack, whatever Terraform address it has.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

REFERENCE = re.compile(r"\$\{(aws_\w+)\.([\w-]+)\.([\w.\[\]]+)\}")


@dataclass(frozen=True)
class Stack:
    """The Terraform JSON of one environment, and the values that its deployment has now."""

    environment: str
    raw: dict[str, Any]
    deployed: Mapping[str, Any]
    """Attributes by address, from the state; nothing for a stack that was never deployed."""

    def copy(self) -> Stack:
        """A stack that may be changed without changing this one."""
        return Stack(self.environment, copy.deepcopy(self.raw), self.deployed)

    def address(self, path: str) -> str:
        """The Terraform address of the part at `path`. Raises LookupError when there is no such part."""
        kind, name = self._place(path)
        return f"{kind}.{name}"

    def paths(self, kind: str) -> list[str]:
        """The path of every part of one type."""
        named = self.raw["resource"].get(kind, {}).values()
        return [body["//"]["metadata"]["path"].removeprefix(f"{self.environment}/") for body in named]

    def below(self, path: str) -> list[str]:
        """The path of every part below another."""
        return [found for kind in self.raw["resource"] for found in self.paths(kind) if found.startswith(f"{path}/")]

    def part(self, path: str) -> dict[str, Any]:
        """The settings of the part at `path`, to be changed in place."""
        kind, name = self._place(path)
        found: dict[str, Any] = self.raw["resource"][kind][name]
        return found

    def set(self, path: str, **values: Any) -> None:
        """Give settings of one part other values."""
        self.part(path).update(values)

    def without(self, path: str, *settings: str) -> None:
        """Leave settings of one part out of the code."""
        part = self.part(path)
        for setting in settings:
            del part[setting]

    def replace(self, path: str, setting: str, old: str, new: str) -> None:
        """Change a piece of a long text, such as a policy. Raises LookupError when it is not there."""
        part = self.part(path)
        if old not in part[setting]:
            raise LookupError(f"{path}.{setting} does not say {old!r}")
        part[setting] = part[setting].replace(old, new)

    def policy(self, path: str, setting: str = "policy") -> Policy:
        """A policy of one part as data; what is changed in the block is written back."""
        part = self.part(path)
        return Policy(part, setting)

    def add(self, kind: str, name: str, /, **values: Any) -> None:
        """Write a new resource into the stack."""
        path = f"{self.environment}/{name.replace('_', '/')}"
        self.raw["resource"].setdefault(kind, {})[name] = {
            **values,
            "//": {"metadata": {"path": path, "uniqueId": name}},
        }

    def remove(self, *paths: str) -> None:
        """Take parts out of the code; whoever needs one of them is given its present value instead."""
        for path in paths:
            kind, name = self._place(path)
            del self.raw["resource"][kind][name]
            if not self.raw["resource"][kind]:
                del self.raw["resource"][kind]
            self._forget(kind, name)

    def rename(self, path: str, name: str, *, moved: bool) -> None:
        """Call a part something else in the code, and tell Terraform of it or not."""
        kind, old = self._place(path)
        body = self.raw["resource"][kind].pop(old)
        self.raw["resource"][kind][name] = body
        text = re.sub(rf"\b{kind}\.{re.escape(old)}(?![\w-])", f"{kind}.{name}", json.dumps(self.raw))
        self.raw.clear()
        self.raw.update(json.loads(text))
        body = self.raw["resource"][kind][name]
        body["//"]["metadata"]["path"] = f"{self.environment}/{name.replace('_', '/')}"
        if moved:
            self.raw["moved"] = [*self.raw.get("moved", []), {"from": f"{kind}.{old}", "to": f"{kind}.{name}"}]

    def _place(self, path: str) -> tuple[str, str]:
        wanted = f"{self.environment}/{path}"
        found = [
            (kind, name)
            for kind, named in self.raw["resource"].items()
            for name, body in named.items()
            if body["//"]["metadata"]["path"] == wanted
        ]
        if len(found) != 1:
            raise LookupError(f"{self.environment} has {len(found)} parts called {path}")
        return found[0]

    def _forget(self, kind: str, name: str) -> None:
        address = f"{kind}.{name}"
        values = self.deployed.get(address, {})

        def present(match: re.Match[str]) -> str:
            if (match[1], match[2]) != (kind, name):
                return match[0]
            return str(_at(values, match[3]))

        def rewritten(node: Any) -> Any:
            if isinstance(node, dict):
                return {key: rewritten(value) for key, value in node.items()}
            if isinstance(node, list):
                return [rewritten(item) for item in node if item != address]
            return REFERENCE.sub(present, node) if isinstance(node, str) else node

        for section in ("resource", "output"):
            self.raw[section] = rewritten(self.raw[section])


@dataclass(frozen=True)
class Policy:
    """A policy that is JSON inside a setting, opened for the time of a `with` block."""

    part: dict[str, Any]
    setting: str
    document: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> list[dict[str, Any]]:
        self.document.update(json.loads(self.part[self.setting]))
        statements: list[dict[str, Any]] = self.document["Statement"]
        return statements

    def __exit__(self, *_: object) -> None:
        self.part[self.setting] = json.dumps(self.document)


def _at(values: Mapping[str, Any], path: str) -> Any:
    found: Any = values
    for step in path.replace("[", ".").replace("]", "").split("."):
        found = found[int(step)] if step.isdigit() else found[step]
    return found
