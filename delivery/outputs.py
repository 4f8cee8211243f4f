"""The outputs of a deployment, flat: one level, string values, sorted by name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from delivery.toolchain import ROOT
from messages import UserError

FILE = ROOT / "cfn-outputs" / "flat-outputs.json"
AGAIN = "run: make deploy ENV=staging"


def flatten(outputs: Mapping[str, Any]) -> dict[str, str]:
    """Every value as one string: lists joined by commas, nested names by underscores.

    Raises UserError when two outputs would have one name.
    """
    pairs = sorted(_pairs(outputs))
    twice = sorted({name for (name, _), (following, _) in pairwise(pairs) if name == following})
    if twice:
        problems = [f"{name} stands for two of them" for name in twice]
        raise UserError("outputs cannot be flattened", *problems, hint="give one of them another name")
    return dict(pairs)


def keep(raw: Path, stack: str, file: Path = FILE) -> dict[str, str]:
    """Write the outputs that cdktf left in `raw` for `stack`; the old file stays until the new one is whole.

    Raises UserError when cdktf left none, or something else than outputs.
    """
    try:
        flat = flatten(json.loads(raw.read_text(encoding="utf-8"))[stack])
    except (FileNotFoundError, ValueError, LookupError, TypeError, AttributeError):
        raise UserError(
            f"{stack} has no outputs", f"cdktf wrote none to {raw.name}", hint=f"deploy {stack} again"
        ) from None
    file.parent.mkdir(parents=True, exist_ok=True)
    whole = file.with_suffix(".new")
    whole.write_text(json.dumps(flat, indent=2) + "\n", encoding="utf-8")
    whole.replace(file)
    return flat


def read(file: Path = FILE) -> dict[str, str]:
    """The outputs of the last deployment. Raises UserError when there was none, or its file is broken."""
    try:
        outputs = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError("nothing has been deployed from here", f"{file.name} does not exist", hint=AGAIN) from None
    except ValueError as error:
        raise UserError(f"{file.name} cannot be read", str(error), hint=AGAIN) from None
    if not isinstance(outputs, dict):
        raise UserError(f"{file.name} cannot be read", f"expected outputs by name, got {outputs!r:.80}", hint=AGAIN)
    return outputs


def _pairs(outputs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in outputs.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}_{inner}", text) for inner, text in _pairs(value))
        elif isinstance(value, list):
            yield name, ",".join(map(_text, value))
        else:
            yield name, _text(value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
