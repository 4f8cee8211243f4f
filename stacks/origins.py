"""Where in the Python code each resource comes from.

While stacks are built, every construct is noted with the lines that made it; after
synthesis `origins.json` beside each stack's JSON holds, by Terraform address, the
construct path, the line of the stack that caused the resource, and the line of the
module that made it. Paths are relative, so that the file is the same everywhere.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jsii

ROOT = Path(__file__).parent.parent


@dataclass
class Recorder:
    """The lines that made each construct, by the construct's path."""

    lines: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    _paths: dict[int, str] = field(default_factory=dict)
    _kept: list[Any] = field(default_factory=list)
    """Holds every construct, so that no two ever have one id()."""

    def note(self, construct: Any, arguments: Any) -> None:
        """Remember who made `construct`, when its arguments are a scope and an id."""
        match arguments:
            case [scope, str() as id, *_] if id:
                above = self._paths.get(id_of(scope))
            case _:
                return
        path = f"{above}/{id}" if above else id
        self._paths[id_of(construct)] = path
        self._kept.append(construct)
        self.lines[path] = _our_lines()


def id_of(construct: Any) -> int:
    """The identity of a Python object."""
    return id(construct)


@contextmanager
def recording() -> Iterator[Recorder]:
    """Note every construct that is made inside."""
    recorder, create = Recorder(), jsii.create

    def noting(kind: Any, construct: Any, args: Any = None, **rest: Any) -> Any:
        recorder.note(construct, args or [])
        return create(kind, construct, args, **rest)

    jsii.create = noting  # type: ignore[assignment]  # the same call, any arguments
    try:
        yield recorder
    finally:
        jsii.create = create


def write(recorder: Recorder, stack_folder: Path) -> None:
    """Write origins.json beside the cdk.tf.json of one stack."""
    raw = json.loads((stack_folder / "cdk.tf.json").read_text(encoding="utf-8"))
    origins = {}
    for section, prefix in (("resource", ""), ("data", "data.")):
        for kind, things in raw.get(section, {}).items():
            for name, body in things.items():
                path = body["//"]["metadata"]["path"]
                origins[f"{prefix}{kind}.{name}"] = _origin(path, recorder.lines.get(path, []))
    lines = (f"{json.dumps(key)}: {json.dumps(one, sort_keys=True)}" for key, one in sorted(origins.items()))
    (stack_folder / "origins.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _origin(path: str, lines: list[tuple[str, int]]) -> dict[str, Any]:
    """The stack's line, which says why; and the module's, which says how."""
    in_module = next((line for line in lines if line[0].startswith("modules/")), None)
    in_stack = next((line for line in lines if line[0].startswith("stacks/")), in_module)
    origin: dict[str, Any] = {"origin": path}
    if in_stack is not None:
        origin |= {"file": in_stack[0], "line": in_stack[1]}
    if in_module is not None:
        origin |= {"module_file": in_module[0], "module_line": in_module[1]}
    return origin


def _our_lines() -> list[tuple[str, int]]:
    """The lines of modules/ and stacks/ that are running, innermost first."""
    lines = []
    frame = sys._getframe(2)  # noqa: SLF001 - the documented way to see the caller without building a traceback
    while frame.f_back is not None:
        file = _ours(frame.f_code.co_filename)
        if file is not None:
            lines.append((file, frame.f_lineno))
        frame = frame.f_back
    return lines


@cache
def _ours(file: str) -> str | None:
    """The path from the root of the project, of a file of modules/ or stacks/ but this one."""
    if file == __file__ or not file.startswith(str(ROOT)):
        return None
    relative = Path(file).relative_to(ROOT).as_posix()
    return relative if relative.startswith(("modules/", "stacks/")) else None
