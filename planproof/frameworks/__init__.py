"""Control catalogues as data: numbers as published, and our own one-line paraphrase of each.

One JSON file each, found by being here. A control's id is `<catalogue>/<number>`,
such as `pci-dss-4.0.1/1.3.1`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct


class Framework(Struct, frozen=True):
    """One catalogue of controls."""

    id: str
    name: str
    version: str
    source: str
    controls: Mapping[str, str]


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every catalogue, by id."""
    files = sorted(Path(__file__).parent.glob("*.json"))
    return tuple(Framework(**json.loads(file.read_text(encoding="utf-8"))) for file in files)


@cache
def controls() -> Mapping[str, str]:
    """Every control's paraphrase by id, such as `aws-fsbp/RDS.3`."""
    return {
        f"{framework.id}/{number}": text for framework in frameworks() for number, text in framework.controls.items()
    }
