"""One review from start to end: the JSON of plans in, everything a reviewer must know out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from planproof import settings as settings_file
from planproof.document.decoding import uncollected
from planproof.errors import UserError
from planproof.review.bill import Bill, bill
from planproof.review.change import Change
from planproof.review.effect import Effect, Kind, Level
from planproof.review.effects import finders
from planproof.review.masking import Mask, together
from planproof.review.plan import Plan, load
from planproof.review.policy import Policy, policy_of
from planproof.review.promotion import Promotion, promotions
from planproof.review.verdict import EXIT, Verdict, verdict_of, worst
from planproof.settings import Settings

ACTIONS = {
    ("create",): "create", ("delete",): "delete", ("update",): "update", ("delete", "create"): "replace",
    ("create", "delete"): "replace", ("forget",): "forget", ("create", "forget"): "replace", ("no-op",): "no change",
}  # fmt: skip


class PlanReview(Struct, frozen=True, dict=True):
    """What one plan does: its effects, the worst first, its verdict, its bill."""

    plan: Plan
    effects: tuple[Effect, ...]
    verdict: Verdict
    bill: Bill

    @cached_property
    def actions(self) -> Mapping[str, int]:
        """How many resources are created, updated, replaced, deleted."""
        return Counter(ACTIONS.get(one.actions, "+".join(one.actions)) for one in self.plan.changes)

    @cached_property
    def rest(self) -> tuple[Change, ...]:
        """The changes that have no effect anybody must know of."""
        told = {one.change.address for one in self.effects if one.change is not None}
        return tuple(one for one in self.plan.changes if one.address not in told)

    def of(self, kind: Kind) -> tuple[Effect, ...]:
        """The effects of one kind."""
        return tuple(one for one in self.effects if one.kind is kind)


class Review(Struct, frozen=True):
    """The plans of one change to the platform, in the order of promotion."""

    plans: tuple[PlanReview, ...]
    promotions: tuple[Promotion, ...]
    policy: Policy
    mask: Mask

    @property
    def level(self) -> Level:
        """The strongest verdict of any plan."""
        return worst(one.verdict.level for one in self.plans)

    @property
    def exit_code(self) -> int:
        """0 safe, 3 needs a human, 1 blocked."""
        return EXIT[self.level]


def review(paths: Sequence[Path], *, settings: Settings | Path | None = None, folder: Path | None = None) -> Review:
    """Review the plans whose JSON lies at the paths.

    Settings are those of `planproof.yaml` in the folder (the current one) unless they are given. Raises `UserError`
    for whatever is no plan of AWS resources, for two plans of one environment and for plans of different commits.
    """
    if isinstance(settings, Path):
        settings = settings_file.read(settings)
    settings = settings or settings_file.near(folder or Path())
    with uncollected():
        return reviewed([load(path) for path in paths], settings)


def reviewed(plans: Sequence[Plan], settings: Settings) -> Review:
    """Review plans that are loaded already."""
    policy = policy_of(settings)
    refuse_a_mixture(plans, policy)
    last = len(settings.environments)
    ranks = {name: position for position, name in enumerate(settings.environments)}
    ordered = sorted((replace(one, settings=settings) for one in plans), key=lambda one: ranks.get(one.name, last))
    return Review(
        plans=tuple(_one(plan, policy) for plan in ordered),
        promotions=promotions(ordered),
        policy=policy,
        mask=together([one.mask for one in ordered]),
    )


def _one(plan: Plan, policy: Policy) -> PlanReview:
    found = [effect for find in finders() for effect in find(plan)]
    told = {_place(one) for one in found if not one.rule}
    found = [one for one in found if not one.rule or one.change is None or _place(one) not in told]
    found.sort(key=lambda one: (one.kind.rank, one.where, one.path, one.text))
    effects = tuple(dict.fromkeys(found))
    return PlanReview(plan, effects, verdict_of(effects, plan.name, policy), bill(plan))


def _place(one: Effect) -> tuple[str, Kind, str]:
    """Where an effect is: a rule that finds the same kind at the same attribute only repeats it."""
    return (one.change.address if one.change is not None else "", one.kind, one.path.partition(".")[0])


def refuse_a_mixture(plans: Sequence[Plan], policy: Policy) -> None:
    """Refuse two plans of one environment, and plans made of different commits or by different Terraforms."""
    seen: dict[str, Plan] = {}
    for plan in plans:
        other = seen.setdefault(plan.name, plan)
        if other is not plan:
            raise UserError(
                f"{plan.source} cannot be reviewed with {other.source}",
                f"both are plans of {plan.name}",
                hint="give one plan for each environment, in files called after it: staging.json",
            )
    for what, values in (
        ("commit", {plan.source: _revision(plan, policy.revision) for plan in plans}),
        ("Terraform", {plan.source: str(plan.raw.get("terraform_version") or "") for plan in plans}),
    ):
        known = {source: value for source, value in values.items() if value}
        if len(set(known.values())) > 1:
            raise UserError(
                "the plans cannot be reviewed together",
                *(f"{source}: made of {what} {value}" for source, value in known.items()),
                hint="make all plans again from one commit, with one Terraform",
            )


def _revision(plan: Plan, variable: str) -> str:
    value = ((plan.raw.get("variables") or {}).get(variable) or {}).get("value")
    return str(value) if value not in (None, "", "unknown") else ""
