"""Where a resource was written: the construct path, and the Python file and line.

`origins.json` beside a synthesized `cdk.tf.json` tells file and line for each
address; CDKTF's `//` metadata tells the construct path; without both the
address stands for itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from planproof.document.paths import walk
from planproof.errors import UserError

FILE: Final = "origins.json"


class Place(Struct, frozen=True):
    """One resource's origin."""

    origin: str
    file: str | None = None
    line: int | None = None


class Origins(Struct, frozen=True):
    """The places of a document's resources, by address without instance keys."""

    places: Mapping[str, Place] = field(default_factory=dict)

    def of(self, address: str, body: Mapping[str, Any] | None = None) -> Place:
        """The place of a resource: recorded, or its construct path, or its address."""
        place = self.places.get(address) or self.places.get(address.partition("[")[0])
        if place:
            return place
        path = walk(body or {}, ("//", "metadata", "path"))
        return Place(path if isinstance(path, str) else address)


NOWHERE: Final = Origins()


def read(file: Path) -> Origins:
    """The origins in a file. Raises `UserError` when it is not what synthesis writes."""
    try:
        raw = json.loads(file.read_bytes())
        return Origins(
            {address: Place(str(one["origin"]), one.get("file"), one.get("line")) for address, one in raw.items()}
        )
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError) as error:
        raise UserError(
            f"{file} cannot be read",
            f"it is not what main.py writes beside cdk.tf.json: {error}",
            hint="synthesise again, or delete the file",
        ) from error


def near(source: Path, name: str) -> Origins:
    """The origins beside a file, or of the stack of that name in a `cdktf.out` around it."""
    for folder in source.absolute().parents:
        for file in (folder / FILE, folder / "cdktf.out" / "stacks" / name / FILE):
            if file.is_file():
                return read(file)
    return NOWHERE


def every(source: Path) -> dict[str, Origins]:
    """The origins of each stack in the `cdktf.out` beside a file or beside its folder, by the stack's name."""
    for folder in source.absolute().parents[:2]:
        files = sorted((folder / "cdktf.out" / "stacks").glob(f"*/{FILE}"))
        if files:
            return {file.parent.name: read(file) for file in files}
    return {}
