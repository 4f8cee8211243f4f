"""The inputs of evidence: copies that lie in the folder, so that anybody can judge them again anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec.structs import asdict

from planproof import settings, waivers
from planproof.checking import read
from planproof.document import Document, Sensitive, decode, origins
from planproof.document.cdktf_out import STACK
from planproof.document.configuration import stack_name
from planproof.errors import UserError

FOLDER: Final = "inputs"
MOST: Final = 5


def gather(paths: Sequence[Path], folder: Path) -> dict[str, bytes]:
    """Every file that the verdicts depend on, by its name in the folder of evidence.

    Raises `UserError` for what cannot be judged, and for inputs that hold a
    secret: what is handed to an auditor must not.
    """
    found: dict[str, bytes] = {}
    for document in read(paths or (folder / "cdktf.out",)):
        _refuse_secrets(document)
        found.update(_copies(document))
    settings.near(folder)
    waivers.near(folder)
    for name in (settings.FILE, waivers.FILE):
        if (folder / name).is_file():
            found[f"{FOLDER}/{name}"] = (folder / name).read_bytes()
    return found


def _copies(document: Document) -> Iterator[tuple[str, bytes]]:
    """A document's files, laid out so that it gets the same name and the same origins when it is read again."""
    source = Path(document.source)
    place = f"{FOLDER}/{document.name}"
    if source.is_dir():
        parts = sorted(source.glob("*.tf.json"))
        yield from ((f"{place}/{document.name}/{part.name}", part.read_bytes()) for part in parts)
        yield f"{place}/{origins.FILE}", _origins(source, document.name)
        return
    data = source.read_bytes()
    told = source.name == STACK or source.name.partition(".")[0] == document.name
    yield f"{place}/{source.name if told else f'{document.name}.json'}", data
    beside = source.parent / origins.FILE
    if beside.is_file():
        yield f"{place}/{origins.FILE}", beside.read_bytes()
        return
    stack = stack_name(decode(data, document.source)) if document.kind == "configuration" else None
    yield f"{place}/{origins.FILE}", _origins(source, stack or document.name)


def _origins(source: Path, name: str) -> bytes:
    """The origins found around the source; an empty object when there are none, so that no others are found."""
    places = origins.near(source, name).places
    return (json.dumps({key: asdict(one) for key, one in sorted(places.items())}, indent=2) + "\n").encode()


def documents(folder: Path) -> tuple[Path, ...]:
    """What is to be judged in a folder of evidence, by name."""
    return tuple(_judged(place) for place in sorted((folder / FOLDER).iterdir()) if place.is_dir())


def _judged(place: Path) -> Path:
    (found,) = (one for one in place.iterdir() if one.name != origins.FILE)
    return found


def _refuse_secrets(document: Document) -> None:
    found = [
        f"{resource.address}.{path}"
        for resource in document.resources
        for name in resource.values
        for path in _secrets(resource.values[name], name)
    ]
    if found:
        more = (f"and {len(found) - MOST} more",) if len(found) > MOST else ()
        raise UserError(
            f"{document.source} cannot be handed to an auditor",
            *(f"{path}: holds a secret" for path in found[:MOST]),
            *more,
            hint="keep the secret out of it, or make the evidence from the synthesized configuration",
        )


def _secrets(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, Sensitive):
        if isinstance(value.value, str | int | float) and value.value not in {"", False}:
            yield path
    elif isinstance(value, Mapping):
        for key in value:
            yield from _secrets(value[key], f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _secrets(item, f"{path}.{number}")
