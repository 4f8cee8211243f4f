"""Files and folders to documents. What cannot be read is said, with its place; nothing is passed over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from planproof.document import configuration, origins, plan, state
from planproof.document.cdktf_out import stacks
from planproof.document.decoding import DEEPEST, decode, refusal
from planproof.document.document import Document
from planproof.document.placing import Placed, named, placed
from planproof.errors import UserError

SYNTH: Final = "synthesise first (cdktf synth), or name a file"
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
    return (parse(raw, name=named(path), source=str(path)),)


def parse(raw: Mapping[str, Any], *, name: str, source: str, origin: origins.Origins | None = None) -> Document:
    """The document of parsed JSON, its kind told by its content."""
    if not isinstance(raw, dict):
        raise refusal(source, "it is not a JSON object")
    kind = _kind(raw, source)
    stack = configuration.stack_name(raw) if kind == "configuration" else None
    place = (
        placed(raw, stack or name, source, guess=kind != "configuration") if origin is None else Placed(name, origin)
    )
    try:
        found = READERS[kind](raw, name=place.name, source=source, origins=place.origins)
    except RecursionError as error:
        raise refusal(source, f"it is nested deeper than {DEEPEST} levels") from error
    return replace(found, notes=(*place.notes, *found.notes)) if place.notes else found


def _kind(raw: Mapping[str, Any], source: str) -> str:
    if not raw:
        raise refusal(source, "it is an empty object")
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
            raise refusal(source, "it holds provider schemas, not a plan or a state")
        raise refusal(source, "it is an empty state, with no resource to judge")
    if "lineage" in raw and "serial" in raw:
        raise UserError(
            f"{source} cannot be read",
            "it is a raw state file, whose format is Terraform's own affair",
            hint="terraform show -json > state.json, and judge that",
        )
    return "configuration"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path} cannot be read", error.strerror or "unreadable", hint="check that it is a readable file"
        ) from error


def _folder(path: Path) -> tuple[Document, ...]:
    """Each stack of a `cdktf.out`, or the one stack whose files lie in a folder."""
    files = stacks(path)
    if files:
        return tuple(document for file in files for document in load(file))
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
            raise refusal(str(part), "it is not a JSON object with a section")
        if "format_version" in raw:
            raise refusal(str(part), "it is a plan or a state among configuration files")
        for section, body in raw.items():
            if section == "//":
                found.setdefault("//", body)
            else:
                found.setdefault(section, []).extend(body if isinstance(body, list) else [body])
    return found
