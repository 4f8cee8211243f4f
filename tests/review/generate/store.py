"""Writes plans to the folder of fixtures, and proves that they are read as they were printed."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from tests.review import plans
from tests.review.generate.change import Change
from tests.review.generate.changes import CHANGES
from tests.review.generate.delta import delta
from tests.review.generate.printed import printed
from tests.review.plans import FOLDER, Plan


class Unfaithful(Exception):  # noqa: N818 - a defect of the store
    """A stored plan is not read as Terraform printed it."""


def stored(name: str) -> bool:
    """Whether the change has its plan, or is part of one that has."""
    return name in plans.names() or any(name in change.members for change in CHANGES if change.name in plans.names())


def base_file(name: str) -> Path:
    """Where the plan of no change is kept whole."""
    return FOLDER / f"base.{name}.json.xz"


def keep_base(name: str, plan: Plan) -> None:
    """Keep a plan whole. Raises Unfaithful when it is read otherwise."""
    base_file(name).write_bytes(lzma.compress(_text(plan).encode(), preset=9 | lzma.PRESET_EXTREME))
    plans.forget()
    if _text(plans.base(name)) != _text(plan):
        raise Unfaithful(name)


def keep(change: Change, plan: Plan) -> None:
    """Keep the plan of a change as what is different from its base. Raises Unfaithful when it is read otherwise."""
    found = {"story": change.story, "base": change.base, "plan": delta(plans.base(change.base), plan)}
    (FOLDER / f"{change.name}.json").write_text(f"{printed(found)}\n", encoding="utf-8")
    if _text(plans.plan(change.name)) != _text(plan):
        raise Unfaithful(change.name)


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
