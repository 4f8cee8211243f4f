"""Rules that hold today and will be broken: every rule of planproof, asked before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from planproof.engine import judge
from planproof.review.effect import Effect, Kind
from planproof.review.effects.reach import NETWORK
from planproof.review.words import said
from planproof.rules import rules

if TYPE_CHECKING:
    from planproof.document import Document
    from planproof.engine import Finding
    from planproof.review.plan import Plan
    from planproof.rule import AnyRule
    from planproof.settings import Settings

IDENTITY: Final = "aws_iam_"
NETWORK_RULES: Final = "flow-"
LEFT_OUT: Final = frozenset({"contract", "naming"})  # about several environments, and about words
CUTS_OFF: Final = frozenset({
    "flow-refuted", "missing-permission", "stranded-service", "target-port-mismatch", "health-check-port-mismatch",
    "forward-to-nowhere", "empty-target-group", "deaf-balancer", "missing-execution-role", "impossible-fargate-size",
    "endpoint-closed-to-callers", "endpoint-without-private-dns", "key-refuses-audit", "key-refuses-logs",
    "key-refuses-publisher", "disabled-key",
})  # fmt: skip
WIDENS: Final = frozenset({"flow-unintended", "flow-store-routed-out", "unbounded-egress"})
OPENS: Final = ("public-", "open-trust", "open-federation", "open-api")
GUARDS: Final = frozenset({"public-bucket", "public-account-storage"})  # a guard against being public, not the door
ADDRESSES: Final = frozenset({"public-database", "public-instance", "public-broker"})  # whether packets pass is proved
SHOWS: Final = ("secret-in-", "literal-password", "credentials-in-provider")
PROTECTS: Final = frozenset({"security", "monitoring", "recovery", ""})
TELLS: Final = frozenset({"missing-budget", "budget-exceeded"})  # of the package cost, and about being told in time


def find(plan: Plan) -> Iterator[Effect]:
    """Each finding of the plan that is none today."""
    if not plan.material:
        return
    asked = _asked(plan)
    then = _findings(plan.after, asked, plan.settings)
    broken = {one.rule.id: one.rule for one in then}
    today = set() if plan.starts else {_key(one) for one in _findings(plan.before, broken.values(), plan.settings)}
    for one in then:
        if _key(one) in today or (one.rule.id.startswith(SHOWS) and _given(plan, one)):
            continue
        change = plan.by_address.get(one.resource.address)
        found = "" if one.found is None else f", found {said(one.found, plan.mask)}"
        text = f"{one.rule.sentence.rstrip('.')}{found}, expected {one.expected}"
        new = plan.starts or plan.before.resource(one.resource.address) is None
        yield Effect(
            _kind(one.rule, new=new), text, change, one.path, source=one.rule.docs, subject=one.resource.origin,
            rule=one.rule.id, resource=plan.resource(one.resource.address),
        )  # fmt: skip


def _given(plan: Plan, one: Finding) -> bool:
    """Whether a secret comes from outside of the code: a variable, a data source. Who gave it marked it."""
    expressions = getattr(one.resource.attributes, "expressions", None) or {}
    written = expressions.get(one.path.partition(".")[0])
    change = plan.by_address.get(one.resource.address)
    marks = change.hidden[1] if change is not None else None
    marked = isinstance(marks, Mapping) and marks.get(one.path.partition(".")[0]) is True
    return marked and isinstance(written, Mapping) and "references" in written


def _asked(plan: Plan) -> list[AnyRule]:
    """The rules that the changes can concern: about their types, about what they point to and what points to them."""
    types = {"stack", "output", *(one.type for one in plan.material)}
    for change in plan.material:
        document = plan.before if change.deletes else plan.after
        resource = document.resource(change.address)
        if resource is not None:
            types.update(one.type for one in document.referrers(resource))
            types.update(one.address.split(".")[-2] for one in resource.references() if "." in one.address)
    network = any(one.type.startswith(NETWORK) for one in plan.material)
    identity = any(one.type.startswith(IDENTITY) for one in plan.material)

    def concerns(rule: AnyRule) -> bool:
        if rule.id.startswith(NETWORK_RULES):
            return network
        if _package(rule) == "iam" and rule.id not in CUTS_OFF and not identity:
            return False
        return _package(rule) not in LEFT_OUT and not types.isdisjoint(rule.resources)

    return [rule for rule in rules() if concerns(rule)]


def _findings(document: Document, asked: Iterable[AnyRule], settings: Settings) -> list[Finding]:
    return judge((document,), asked, settings).findings


def _key(one: Finding) -> tuple[str, str]:
    return (one.rule.id, one.resource.address)


def _package(rule: AnyRule) -> str:
    """The folder of a rule, such as security; nothing for those that stand alone."""
    parts = rule.module.split(".")
    return parts[2] if len(parts) > 3 else ""  # noqa: PLR2004 - planproof.rules.PACKAGE.RULE


def _kind(rule: AnyRule, *, new: bool) -> Kind:
    """What it means that a rule will be broken, by its name first, then by its package."""
    for kind, named in (
        (Kind.ACCESS_WIDENED, rule.id in ADDRESSES),
        (Kind.SECRET, rule.id.startswith(SHOWS)),
        (Kind.OPENED, rule.id.startswith(OPENS) and rule.id not in GUARDS),
        (Kind.DOWNTIME, rule.id in CUTS_OFF),
        (Kind.RULE_BROKEN, new),
        (Kind.ACCESS_WIDENED, rule.id in WIDENS or _package(rule) == "iam"),
        (Kind.PROTECTION_REMOVED, rule.id in TELLS or _package(rule) in PROTECTS),
    ):
        if named:
            return kind
    return Kind.RULE_BROKEN
