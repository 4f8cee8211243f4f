"""Which stack a file belongs to: told by where it lies, by its name, or by the addresses it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from planproof.document import origins
from planproof.document.cdktf_out import STACK, STACKS
from planproof.document.origins import NOWHERE, Origins
from planproof.document.typed import mapping, mappings

HALF: Final = 0.5
"""How much of its addresses a plan must share with a stack to be taken for it."""


class Placed(Struct, frozen=True):
    """The stack of a document, where its resources were written, and what a reader should know of that."""

    name: str
    origins: Origins
    notes: tuple[str, ...] = ()


def named(file: Path) -> str:
    """The stack whose folder `stacks/<name>/` a file lies in, else the file's own name."""
    folder = file.absolute().parent
    if file.name == STACK or folder.parent.name == STACKS:
        return folder.name
    return file.name.partition(".")[0] or file.name


def placed(raw: Mapping[str, Any], name: str, source: str, *, guess: bool) -> Placed:
    """The stack called `name`; for a plan or a state that no origins lie near, the one with most of its addresses."""
    file = Path(source)
    if not file.exists():
        return Placed(name, NOWHERE)
    found = origins.near(file, name)
    every = origins.every(file) if guess and found is NOWHERE else {}
    if not every:
        return Placed(name, found)
    addresses = frozenset(address.partition("[")[0] for address in _addresses(raw))
    alike = sorted(((_alike(addresses, one), stack) for stack, one in every.items()), reverse=True)
    best, stack = alike[0]
    if best < HALF or (len(alike) > 1 and alike[1][0] == best):
        note = f"{source}: no stack of cdktf.out is surely its own, so nothing has a line; call it STACK.json"
        return Placed(name, NOWHERE, (note,))
    note = f"{source}: taken for the stack {stack}, which has its addresses; call it {stack}.json to say so"
    return Placed(stack, every[stack], (note,))


def _alike(addresses: frozenset[str], one: Origins) -> float:
    return len(addresses & one.places.keys()) / (len(addresses | one.places.keys()) or 1)


def _addresses(raw: Mapping[str, Any]) -> Iterator[str]:
    """Every address of a plan or a state, whatever else is wrong with it."""
    yield from (str(one.get("address")) for _, one in mappings(raw.get("resource_changes")))
    waiting = [mapping(mapping(raw.get("values")).get("root_module"))]
    while waiting:
        module = waiting.pop()
        yield from (str(one.get("address")) for _, one in mappings(module.get("resources")))
        waiting.extend(one for _, one in mappings(module.get("child_modules")))
