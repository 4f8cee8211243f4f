"""Writes a folder of evidence, and finds out whether anything in it was changed.

Two witnesses stand for each input, SHA256SUMS and evidence.json; two for each
output, SHA256SUMS and what the inputs give when they are judged again. What
contradicts both is what was changed. Who rewrites everything consistently
leaves no trace here: sign SHA256SUMS to know who made it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from planproof.errors import UserError
from planproof.evidence import data, oscal, page
from planproof.evidence.assessment import assess, rule_set
from planproof.evidence.inputs import FOLDER, gather
from planproof.evidence.model import Evidence

SEAL: Final = "SHA256SUMS"
OUTPUTS: Final[Mapping[str, Callable[[Evidence], str]]] = {
    "assessment-results.json": oscal.render,
    "evidence.json": data.render,
    "index.html": page.render,
}
DATA: Final = "evidence.json"
MADE: Final = "make it with: planproof evidence --output FOLDER"


class Change(Struct, frozen=True):
    """One file of the folder that is not what it was, and how it is known."""

    file: str
    how: str

    def __str__(self) -> str:
        return f"{self.file}: {self.how}"


def write(paths: Sequence[Path], output: Path, *, as_of: date, project: Path) -> Evidence:
    """Copy what is judged, judge the copy, and write down what it shows."""
    files = gather(paths, project)
    try:
        if output.exists() and (not output.is_dir() or any(output.iterdir())):
            raise UserError(
                f"{output} cannot be written", "it is there already", hint="name a new folder, or remove the old one"
            )
        for name, content in files.items():
            _put(output / name, content)
        evidence = assess(output, as_of)
        for name, content in _rendered(evidence).items():
            _put(output / name, content)
        _put(output / SEAL, _seal(output).encode())
    except OSError as error:
        raise UserError(
            f"{output} cannot be written", error.strerror or "not writable", hint="name a folder that you may make"
        ) from error
    return evidence


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _rendered(evidence: Evidence) -> dict[str, bytes]:
    return {name: render(evidence).encode() for name, render in OUTPUTS.items()}


def _files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file but the seal, by name."""
    return {
        name: sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and (name := file.relative_to(folder).as_posix()) != SEAL
    }


def _seal(folder: Path) -> str:
    """What `sha256sum -c SHA256SUMS` reads."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(_files(folder).items()))


def verify(folder: Path) -> tuple[Change, ...]:
    """What was changed since the folder was written; nothing when it is as it was.

    Raises `UserError` for what is no folder of evidence, and for one whose
    rules are not these.
    """
    if not folder.is_dir():
        raise UserError(f"{folder} cannot be verified", "no such folder", hint=MADE)
    try:
        found = _files(folder)
        sealed = (folder / SEAL).read_bytes() if (folder / SEAL).is_file() else None
        if sealed is None and DATA not in found:
            raise UserError(f"{folder} cannot be verified", f"it holds neither {SEAL} nor {DATA}", hint=MADE)
        return tuple(_changes(folder, found, sealed))
    except OSError as error:
        raise UserError(
            f"{folder} cannot be verified", error.strerror or "unreadable", hint="check that its files are readable"
        ) from error


def _changes(folder: Path, found: Mapping[str, str], sealed: bytes | None) -> Iterator[Change]:
    seal = _lines(sealed or b"")
    recorded = _record(folder)
    if recorded is None:
        yield Change(DATA, "changed" if DATA in found else "missing")
    trusted = recorded is not None and (sealed is None or found[DATA] == seal.get(DATA))
    told = {name: one for name, one in seal.items() if name.startswith(f"{FOLDER}/")}
    if recorded is not None and trusted:
        told = dict(recorded.inputs)
    inputs = tuple(_wrong(found, told, seal))
    yield from inputs
    yield from (Change(name, "missing") for name in OUTPUTS if name not in found and name != DATA)
    if recorded is None or inputs:
        outside = (name for name in OUTPUTS if name in found and name in seal and (name != DATA or recorded))
        yield from (Change(name, "changed") for name in outside if found[name] != seal[name])
        return
    again = {name: sha256(content).hexdigest() for name, content in _rendered(assess(folder, recorded.as_of)).items()}
    different = [name for name in OUTPUTS if name in found and found[name] != again[name]]
    unsealed = [name for name in OUTPUTS if different and name in found and found[name] != seal.get(name)]
    if different and not unsealed and recorded.rule_set != rule_set():
        raise UserError(
            f"{folder} cannot be verified",
            f"rule set: this planproof has {rule_set()}, the evidence was made with {recorded.rule_set}",
            hint=f"its files are as {SEAL} says; use the planproof that made it to judge the inputs again",
        )
    yield from (Change(name, "changed") for name in unsealed)
    yield from (Change(name, "not what the inputs give") for name in different if not unsealed)
    if not different and all(name in found for name in OUTPUTS) and sealed != _seal(folder).encode():
        yield Change(SEAL, "missing" if sealed is None else "changed")


def _wrong(found: Mapping[str, str], told: Mapping[str, str], seal: Mapping[str, str]) -> Iterator[Change]:
    """The inputs that both witnesses contradict, that are gone, or that nobody knows."""
    for name, digest in told.items():
        if name not in found:
            yield Change(name, "missing")
        elif found[name] not in {digest, seal.get(name)}:
            yield Change(name, "changed")
    for name in found:
        if name not in told and name not in OUTPUTS:
            yield Change(name, "added")


class _Record(Struct, frozen=True):
    as_of: date
    rule_set: str
    inputs: Mapping[str, str]


def _record(folder: Path) -> _Record | None:
    """What evidence.json says of its making; None when it is not what we write."""
    try:
        raw: Any = json.loads((folder / DATA).read_bytes())
        inputs = {str(one["file"]): str(one["sha256"]) for one in raw["inputs"]}
        return _Record(date.fromisoformat(raw["as_of"]), str(raw["rule_set"]), inputs)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _lines(sealed: bytes) -> dict[str, str]:
    words = (line.split("  ", 1) for line in sealed.decode("utf-8", "replace").splitlines())
    return {parts[1]: parts[0] for parts in words if len(parts) == 2}  # noqa: PLR2004 - a digest and a name
