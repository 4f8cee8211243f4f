"""Files and folders to documents. What cannot be read is said, with its place; nothing is passed over."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, NoReturn

from planproof.document import configuration, origins, plan, state
from planproof.document.document import Document
from planproof.errors import UserError

DEEPEST: Final = 120
JUDGED: Final = "give it a synthesized cdk.tf.json, or the output of terraform show -json"
SYNTH: Final = "synthesise first (cdktf synth), or name a file"
NEST: Final = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}
OTHERS: Final = bytes(set(range(256)) - set(NEST))
READERS: Final = {"configuration": configuration.read, "plan": plan.read, "state": state.read}


def load(path: Path) -> tuple[Document, ...]:
    """The documents of a file, of a folder of Terraform JSON, or of a `cdktf.out`.

    Raises `UserError` for whatever is not Terraform's JSON.
    """
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise UserError(f"{path} does not exist", "no such file or folder", hint=SYNTH)
    if path.suffix in {".tf", ".hcl", ".tfvars"}:
        raise UserError(
            f"{path} cannot be read",
            "it is HCL, and planproof reads Terraform's JSON",
            hint=f"judge a plan: terraform plan -out plan && terraform show -json plan > {path.stem}.json",
        )
    raw = decode(_bytes(path), str(path))
    return (parse(raw, name=_name(path), source=str(path)),)


def parse(raw: Mapping[str, Any], *, name: str, source: str, origin: origins.Origins | None = None) -> Document:
    """The document of parsed JSON, its kind told by its content."""
    if not isinstance(raw, dict):
        raise _refusal(source, "it is not a JSON object")
    kind = _kind(raw, source)
    stack = (configuration.stack_name(raw) if kind == "configuration" else None) or name
    if origin is None:
        file = Path(source)
        origin = origins.near(file, stack) if file.exists() else origins.NOWHERE
    try:
        return READERS[kind](raw, name=name, source=source, origins=origin)
    except RecursionError as error:
        raise _refusal(source, f"it is nested deeper than {DEEPEST} levels") from error


def _kind(raw: Mapping[str, Any], source: str) -> str:
    if not raw:
        raise _refusal(source, "it is an empty object")
    if "format_version" in raw or "resource_changes" in raw or "planned_values" in raw:
        version = raw.get("format_version")
        if not isinstance(version, str) or version.partition(".")[0] not in {"0", "1"}:
            raise UserError(
                f"{source} cannot be read",
                f"format_version: expected 0.x or 1.x, got {json.dumps(version)}",
                hint="planproof knows the JSON of Terraform 0.12 to 1.x; look for a newer planproof",
            )
        if "planned_values" in raw or "resource_changes" in raw or "configuration" in raw:
            return "plan"
        if "values" in raw:
            return "state"
        if "provider_schemas" in raw:
            raise _refusal(source, "it holds provider schemas, not a plan or a state")
        raise _refusal(source, "it is an empty state, with no resource to judge")
    if "lineage" in raw and "serial" in raw:
        raise UserError(
            f"{source} cannot be read",
            "it is a raw state file, whose format is Terraform's own affair",
            hint="terraform show -json > state.json, and judge that",
        )
    return "configuration"


def _refusal(source: str, problem: str) -> UserError:
    return UserError(f"{source} cannot be read", problem, hint=JUDGED)


def _name(path: Path) -> str:
    if path.name == "cdk.tf.json":
        return path.absolute().parent.name
    return path.name.partition(".")[0] or path.name


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path} cannot be read", error.strerror or "unreadable", hint="check that it is a readable file"
        ) from error


def decode(data: bytes, source: str) -> Any:
    """The JSON in a file's bytes, with every fault told by line and column."""
    if not data.strip():
        raise _refusal(source, "it is empty")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise UserError(
            f"{source} cannot be read",
            "it is UTF-16, as PowerShell redirects write it",
            hint="write it as UTF-8: terraform show -json plan | Out-File -Encoding utf8 plan.json",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(data, error.start)
        raise _refusal(source, f"line {line}, column {column}: not UTF-8") from error
    if text[:1] not in {"{", "["} and text.lstrip()[:1] not in {"{", "["}:
        raise _refusal(source, f"line 1, column 1: expected a JSON object, found {text.lstrip()[:20]!a}")
    if _depth(data) > DEEPEST:
        raise _refusal(source, f"it is nested deeper than {DEEPEST} levels")
    try:
        with uncollected():
            return json.loads(text, object_pairs_hook=_once, parse_constant=_constant)
    except json.JSONDecodeError as error:
        short = "" if error.pos < len(text.rstrip()) else "; the file ends early"
        raise _refusal(source, f"line {error.lineno}, column {error.colno}: {error.msg}{short}") from error
    except ValueError as error:
        raise _refusal(source, str(error)) from error


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection while millions of objects are made, none of them garbage: twice as fast."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _position(data: bytes, offset: int) -> tuple[int, int]:
    return data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset)


def _depth(data: bytes) -> int:
    """How deep the brackets nest, counted outside of strings when it matters."""
    if max(accumulate(map(NEST.__getitem__, data.translate(None, OTHERS))), default=0) <= DEEPEST:
        return 0
    deepest = depth = 0
    inside = False
    letters = iter(data)
    for letter in letters:
        if inside:
            if letter == ord("\\"):
                next(letters, None)
            inside = letter != ord('"')
        elif letter == ord('"'):
            inside = True
        else:
            depth += NEST.get(letter, 0)
            deepest = max(deepest, depth)
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise ValueError(f"the key {key!a} stands twice in one object")
            seen.add(key)
    return found


def _constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _folder(path: Path) -> tuple[Document, ...]:
    """Each stack of a `cdktf.out`, or the one stack whose files lie in a folder."""
    stacks = sorted((path / "stacks").glob("*/cdk.tf.json"))
    if stacks:
        return tuple(document for file in stacks for document in load(file))
    parts = sorted(path.glob("*.tf.json"))
    written = sorted(path.glob("*.tf"))
    if written:
        raise UserError(
            f"{path} cannot be judged",
            f"{written[0].name}: it is HCL, and planproof reads Terraform's JSON",
            hint="judge a plan: terraform plan -out plan && terraform show -json plan > plan.json",
        )
    if len(parts) == 1:
        return load(parts[0])
    if parts:
        return (parse(_merged(parts), name=path.absolute().name, source=str(path)),)
    plans = sorted(path.glob("*.json"))
    if plans and not (path / "manifest.json").is_file():
        return tuple(document for file in plans for document in load(file))
    raise UserError(f"{path} cannot be judged", "there is no stack in it", hint=SYNTH)


def _merged(parts: list[Path]) -> dict[str, Any]:
    """The files of one module together; Terraform reads sections as lists of objects."""
    found: dict[str, Any] = {}
    for part in parts:
        raw = decode(_bytes(part), str(part))
        if not isinstance(raw, dict) or not raw:
            raise _refusal(str(part), "it is not a JSON object with a section")
        if "format_version" in raw:
            raise _refusal(str(part), "it is a plan or a state among configuration files")
        for section, body in raw.items():
            if section == "//":
                found.setdefault("//", body)
            else:
                found.setdefault(section, []).extend(body if isinstance(body, list) else [body])
    return found
