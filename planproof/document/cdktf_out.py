"""The stacks of a `cdktf.out`: all that its manifest and its folders name, or a message that says which is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from planproof.document.decoding import decode
from planproof.document.shape import HINT, Shape
from planproof.errors import UserError

STACKS: Final = "stacks"
STACK: Final = "cdk.tf.json"
MANIFEST: Final = "manifest.json"


def stacks(folder: Path) -> tuple[Path, ...]:
    """The files of the stacks, by name; none when it is no `cdktf.out`. Raises `UserError` when one is missing."""
    manifest = folder / MANIFEST
    named = dict.fromkeys(_of_manifest(manifest) if manifest.is_file() else (), f"{MANIFEST} names it")
    laid = dict.fromkeys(_of_folders(folder), "its folder is there")
    wanted = laid | named
    if not named and not any((folder / file).is_file() for file in laid):
        return ()  # some folder called stacks
    missing = [f"{file}: missing, and {why}" for file, why in sorted(wanted.items()) if not (folder / file).is_file()]
    if missing:
        raise UserError(
            f"{folder} cannot be judged",
            *missing,
            hint="synthesise again (cdktf synth), and judge the folder it writes",
        )
    return tuple(folder / file for file in sorted(wanted, key=lambda file: Path(file).parts))


def _of_manifest(file: Path) -> Iterator[str]:
    shape = Shape(str(file))
    raw = decode(file.read_bytes(), shape.source)
    if not isinstance(raw, dict) or STACKS not in raw:
        raise UserError(f"{file} cannot be read", "it is not a manifest of CDKTF", hint=HINT)
    for name in shape.object(raw, STACKS):
        yield shape.text(shape.object(raw[STACKS], name, STACKS), "synthesizedStackPath", f"{STACKS}.{name}")


def _of_folders(folder: Path) -> Iterator[str]:
    """What lies in the folders: JSON, HCL where CDKTF was told to write that, or what should be there."""
    for place in sorted((folder / STACKS).glob("[!.]*/")):
        hcl = not (place / STACK).is_file() and (place / "cdk.tf").is_file()
        yield f"{STACKS}/{place.name}/{'cdk.tf' if hcl else STACK}"
