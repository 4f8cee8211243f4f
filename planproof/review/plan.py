"""One plan ready to be reviewed: its changes, and the account before and after it as two documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from planproof.document import Document, Resource
from planproof.document.decoding import decode
from planproof.document.mirrors import Beside
from planproof.document.origins import NOWHERE, Origins, near
from planproof.document.reading import parse
from planproof.errors import UserError
from planproof.review.change import NONE, Change
from planproof.review.earlier import earlier
from planproof.review.masking import Mask, mask_of
from planproof.settings import Settings

AWS: Final = "registry.terraform.io/hashicorp/aws"
SHOW: Final = "terraform show -json plan.tfplan > plan.json"
ZIP: Final = b"PK\x03\x04"


class Plan(Struct, frozen=True, eq=False, dict=True):
    """One environment's plan. `sha256` is that of the JSON's bytes: approvals are bound to it."""

    name: str
    source: str
    sha256: str
    raw: Mapping[str, Any]
    after: Document
    places: Origins = NOWHERE
    settings: Settings = field(default_factory=Settings)

    def __repr__(self) -> str:
        return f"<plan {self.name}: {self.sha256}>"

    @cached_property
    def before(self) -> Document:
        """The account as it is now, after Terraform's refresh."""
        return earlier(self.raw, name=self.name, source=self.source, places=self.places)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Everything the plan acts on, by address; data sources are not."""
        return tuple(self._read("resource_changes"))

    @cached_property
    def drift(self) -> tuple[Change, ...]:
        """What somebody or something changed since Terraform's last apply."""
        return tuple(self._read("resource_drift"))

    @cached_property
    def untouched(self) -> int:
        """How many managed resources stay as they are."""
        managed = [one for one in self.raw.get("resource_changes", ()) if one.get("mode") != "data"]
        return len(managed) - len(self.changes)

    @cached_property
    def by_address(self) -> Mapping[str, Change]:
        """The changes by their addresses."""
        return {one.address: one for one in self.changes}

    @cached_property
    def beside(self) -> Beside:
        """What separate resources say of others, so that mirrors are told from changes."""
        return Beside(self.raw.get("resource_changes", ()))

    @cached_property
    def material(self) -> tuple[Change, ...]:
        """The changes of more than tags and descriptions, and more than an address."""
        return tuple(one for one in self.changes if not one.only_labels or one.destroys or one.creates or one.forgets)

    @cached_property
    def mask(self) -> Mask:
        """Covers the secrets of this plan in a text, before the text is shortened."""
        return mask_of(self)

    @cached_property
    def starts(self) -> bool:
        """Whether nothing is there yet, so that everything is new and meant."""
        return not any(one.mode == "managed" for one in self.before.resources)

    @property
    def only_refreshes(self) -> bool:
        """Whether the plan does nothing but learn what was changed outside of Terraform."""
        return not self.changes and bool(self.drift)

    def now(self, change: Change) -> Resource | None:
        """The changed resource as it is."""
        return self.before.resource(change.address)

    def then(self, change: Change) -> Resource | None:
        """The changed resource as it will be."""
        return self.after.resource(change.address)

    def resource(self, address: str) -> Resource | None:
        """The resource at an address, as it will be or, when it goes, as it is."""
        return self.after.resource(address) or self.before.resource(address)

    def _read(self, section: str) -> Iterator[Change]:
        gone = {one.address: one for one in self.after.removed}
        found = [_change(one, self.after, gone) for one in self.raw.get(section, ()) if one.get("mode") != "data"]
        for one in sorted(found, key=lambda one: one.address):
            if one.acts:
                yield one


def load(path: Path) -> Plan:
    """The plan in a file. Raises `UserError` for whatever is no JSON of a plan of AWS resources."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path} cannot be read", error.strerror or "unreadable", hint=f"name the JSON of a plan: {SHOW}"
        ) from error
    return of_bytes(data, name=path.name.partition(".")[0] or path.name, source=str(path), folder=path)


def of_bytes(data: bytes, *, name: str, source: str, folder: Path | None = None) -> Plan:
    """The plan in the bytes that `terraform show -json` printed."""
    if data.startswith(ZIP):
        raise UserError(
            f"{source} cannot be reviewed", "it is Terraform's binary plan", hint=f"review its JSON: {SHOW}"
        )
    raw = decode(data, source)
    _refuse_others(raw, source)
    name = _name(name, folder)
    places = near(Path(source), name) if Path(source).exists() else NOWHERE
    after = parse(raw, name=name, source=source, origin=places)
    return Plan(name, source, hashlib.sha256(data).hexdigest(), raw, after, places)


def _name(name: str, path: Path | None) -> str:
    """The stack: a plan called plan.json is named after its folder."""
    if name in {"plan", "tfplan"} and path is not None:
        return path.absolute().parent.name or name
    return name


def _refuse_others(raw: Any, source: str) -> None:
    if not isinstance(raw, dict):
        raise UserError(f"{source} cannot be reviewed", "it is not a JSON object", hint=f"review a plan: {SHOW}")
    version = str(raw.get("format_version", ""))
    if "resource_changes" not in raw and "planned_values" not in raw:
        found = "a state" if "values" in raw else "a configuration" if "resource" in raw else "something else"
        raise UserError(
            f"{source} cannot be reviewed", f"it is {found}, not a plan", hint=f"make a plan and show it: {SHOW}"
        )
    if version.partition(".")[0] != "1":
        raise UserError(
            f"{source} cannot be reviewed",
            f"format_version: expected 1.x, got {version or 'nothing'}",
            hint="make the plan with Terraform 1.0 or newer, and show it as JSON again",
        )
    if raw.get("errored") is True:
        return
    changes = raw.get("resource_changes", [])
    if not isinstance(changes, list) or not all(isinstance(one, dict) for one in changes):
        raise UserError(
            f"{source} cannot be reviewed",
            "resource_changes: expected a list of objects",
            hint=f"show it again: {SHOW}",
        )
    managed = [one for one in changes if one.get("mode") != "data"]
    if managed and not any(str(one.get("type", "")).startswith("aws_") for one in managed):
        providers = sorted({str(one.get("provider_name", "unknown")) for one in managed})
        raise UserError(
            f"{source} cannot be reviewed",
            f"it holds no AWS resource, only those of {', '.join(providers)}",
            hint=f"review a plan that uses {AWS}",
        )


def _change(one: Mapping[str, Any], document: Document, gone: Mapping[str, Resource]) -> Change:
    address = str(one["address"])
    body = one.get("change") or NONE
    held = document.resource(address) or gone.get(address)
    importing = body.get("importing") or NONE
    deposed = one.get("deposed")
    return Change(
        address=f"{address} (deposed {deposed})" if deposed else address,
        type=str(one.get("type", "")),
        origin=held.origin if held is not None else address,
        file=held.file if held is not None else None,
        line=held.line if held is not None else None,
        actions=tuple(body.get("actions") or ()),
        before=body.get("before") or NONE,
        after=body.get("after") or NONE,
        unknown=body.get("after_unknown"),
        hidden=(body.get("before_sensitive"), body.get("after_sensitive")),
        replaced_for=tuple(".".join(map(str, steps)) for steps in body.get("replace_paths") or ()),
        reason=str(one.get("action_reason") or ""),
        moved_from=str(one.get("previous_address") or ""),
        imported=str(importing.get("id") or importing.get("unknown") or "") if importing else "",
    )
