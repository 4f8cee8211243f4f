"""Tags of what the handlers create; the tags of anything else are moto's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.handler import Call, Params

Tags = Iterable[Mapping[str, str]] | Mapping[str, str] | None


def as_map(tags: Tags) -> dict[str, str]:
    """Read tags sent as a list of Key and Value, or as a map."""
    if tags is None:
        return {}
    if isinstance(tags, Mapping):
        return dict(tags)
    return {tag["Key"]: tag.get("Value", "") for tag in tags}


def as_list(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Write tags as a list of Key and Value."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def put(call: Call, arn: str, tags: Tags) -> None:
    """Make these the tags of a thing of ours."""
    call.table("tags")[arn] = as_map(tags)


def get(call: Call, arn: str) -> dict[str, str]:
    """Give the tags of a thing of ours; of anything else there are none."""
    return dict(call.table("tags").get(arn, {}))


def forget(call: Call, arn: str) -> None:
    """Drop the tags of a thing that is gone."""
    call.table("tags").pop(arn, None)


def is_ours(call: Call, arn: str) -> bool:
    """Tell whether a handler made this thing."""
    return arn in call.table("tags")


def add(call: Call, arn: str, tags: Tags) -> Params:
    """Answer a TagResource: for our things here, for others by moto."""
    if not is_ours(call, arn):
        return call.moto()
    call.table("tags")[arn].update(as_map(tags))
    return {}


def remove(call: Call, arn: str, keys: Iterable[str]) -> Params:
    """Answer an UntagResource: for our things here, for others by moto."""
    if not is_ours(call, arn):
        return call.moto()
    for key in keys:
        call.table("tags")[arn].pop(key, None)
    return {}
