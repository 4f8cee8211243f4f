"""An approval: somebody's word for one plan, bound to the SHA-256 of its JSON, and worth nothing for another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from planproof.errors import UserError
from planproof.review.effect import Level

if TYPE_CHECKING:
    from planproof.review.reviewing import PlanReview

FORMAT: Final = 1
KEYS: Final = frozenset({"format", "environment", "sha256", "approved_by", "for", "on", "reasons"})
AGAIN: Final = "review the plan and approve it again: planproof approve PLAN.json --by NAME --output FILE"


class Approval(Struct, frozen=True):
    """Who approved which plan on which day, answering for whom, and what they were told."""

    environment: str
    sha256: str
    approved_by: str
    answers_for: tuple[str, ...]
    on: str
    reasons: tuple[str, ...]

    @property
    def text(self) -> str:
        """The file of the approval."""
        data = {
            "format": FORMAT,
            "environment": self.environment,
            "sha256": self.sha256,
            "approved_by": self.approved_by,
            "for": list(self.answers_for),
            "on": self.on,
            "reasons": list(self.reasons),
        }
        return json.dumps(data, indent=2) + "\n"


def approve(review: PlanReview, by: str, on: str, answers_for: tuple[str, ...], reasons: tuple[str, ...]) -> Approval:
    """The approval of a plan. Raises `UserError` for a blocked plan, and for a person without a name."""
    plan = review.plan
    if not by.strip():
        raise UserError(f"{plan.source} cannot be approved", "--by: nobody is named", hint="write --by NAME")
    if review.verdict.level is Level.BLOCKED:
        blocking = [one.effect for one in review.verdict.reasons if one.level is Level.BLOCKED]
        raise UserError(
            f"{plan.source} cannot be approved",
            *(f"{one.where}: {one.kind.value.lower()}" for one in blocking),
            hint="change the plan; if this is what you want, say so in planproof.yaml under review.environments",
        )
    needed = review.verdict.approvers
    strangers = [one for one in answers_for if one not in needed]
    if strangers:
        raise UserError(
            f"{plan.source} cannot be approved",
            *(f"--for {one}: nobody asked for" for one in strangers),
            hint=f"the plan needs {', '.join(needed) or 'nobody'}",
        )
    return Approval(plan.name, plan.sha256, by.strip(), answers_for or needed, on, reasons)


def read(file: Path) -> Approval:
    """The approval in a file. Raises `UserError` when it is none."""
    where = f"{file} cannot be used"
    try:
        raw: Any = json.loads(file.read_bytes())
    except OSError as error:
        raise UserError(where, error.strerror or "unreadable", hint=AGAIN) from error
    except (ValueError, RecursionError) as error:
        raise UserError(where, f"it is no JSON: {error}", hint=AGAIN) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT or set(raw) != KEYS:
        raise UserError(where, "it is not what planproof approve writes", hint=AGAIN)
    texts = [raw[key] for key in ("environment", "sha256", "approved_by", "on")]
    lists = [raw["for"], raw["reasons"]]
    if not all(isinstance(one, str) and one for one in texts) or not all(_names(one) for one in lists):
        raise UserError(where, "it is not what planproof approve writes", hint=AGAIN)
    environment, sha256, approved_by, on = texts
    return Approval(environment, sha256, approved_by, tuple(raw["for"]), on, tuple(raw["reasons"]))


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def refuse_unless_approved(review: PlanReview, approvals: tuple[Approval, ...]) -> None:
    """Refuse a plan that is blocked, that is not the one approved, or that lacks somebody's word."""
    plan = review.plan
    where = f"{plan.source} will not be applied"
    if review.verdict.level is Level.BLOCKED:
        reasons = [one.effect for one in review.verdict.reasons if one.level is Level.BLOCKED]
        raise UserError(
            where, *(f"{one.where}: {one.kind.value.lower()}" for one in reasons),
            hint="a blocked plan cannot be approved; change it, or say in planproof.yaml that this is wanted",
        )  # fmt: skip
    others = [one for one in approvals if one.sha256 != plan.sha256]
    if others:
        raise UserError(
            where,
            *(f"{one.approved_by} approved {one.sha256[:16]} of {one.environment}" for one in others),
            f"this plan is {plan.sha256[:16]} of {plan.name}",
            hint=AGAIN,
        )
    given = {name for one in approvals for name in one.answers_for}
    lacking = [who for who in review.verdict.approvers if who not in given]
    if lacking:
        raise UserError(
            where,
            *(f"{who}: has not approved it" for who in lacking),
            hint="add --approved-by FILE for each of them; planproof approve PLAN.json --by NAME writes one",
        )
