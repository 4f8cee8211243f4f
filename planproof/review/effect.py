"""What a change does to the people who depend on the platform: its kind, its reason, and who must look at it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from planproof.document import Resource
    from planproof.review.change import Change


class Level(Enum):
    """What a kind of effect asks of people; the later the stronger."""

    SAFE = "safe"
    HUMAN = "needs a human"
    BLOCKED = "blocked"


class Kind(Enum):
    """The kinds of effects, the worst first: the order of every report. The text is the report's heading."""

    DATA_LOST = "Data is lost for good"
    SECRET = "A secret stands in the plan in the clear"  # noqa: S105 - a heading
    OPENED = "Opened to the whole world"
    DATA_REPLACED = "Data is replaced by an empty store"
    DATA_DESTROYED = "Data is destroyed"
    ACCESS_WIDENED = "Access is widened"
    PROTECTION_REMOVED = "Protection is removed"
    DOWNTIME = "Interrupted while it is applied"
    UNSEEN_ACCESS = "Permissions that can be seen only after apply"
    RULE_BROKEN = "Rules that hold today will be broken"
    DRIFT = "Changed behind Terraform's back"
    COST_UP = "Costs more"
    FORGOTTEN = "No longer managed by Terraform"
    IMPORTED = "Taken under management"
    MOVED = "Moved to another address"
    ACCESS_NARROWED = "Access is narrowed"
    PROTECTION_ADDED = "Protection is added"
    COST_WITHIN = "Costs more, within the limit"
    COST_DOWN = "Costs less"
    COST_UNKNOWN = "Costs that cannot be told"
    UNKNOWN = "Values known only after apply"
    DRIFT_NOISE = "Changed by AWS in normal operation"

    @property
    def id(self) -> str:
        """The name that planproof.yaml and the JSON use, such as data-lost."""
        return self.name.lower().replace("_", "-")

    @property
    def rank(self) -> int:
        """The place in the order, 0 for the worst."""
        return _RANKS[self]


_RANKS = {kind: position for position, kind in enumerate(Kind)}
LEVELS = {
    Kind.DATA_LOST: Level.BLOCKED,
    Kind.SECRET: Level.BLOCKED,
    Kind.OPENED: Level.BLOCKED,
    Kind.DATA_REPLACED: Level.HUMAN,
    Kind.DATA_DESTROYED: Level.HUMAN,
    Kind.ACCESS_WIDENED: Level.HUMAN,
    Kind.PROTECTION_REMOVED: Level.HUMAN,
    Kind.DOWNTIME: Level.HUMAN,
    Kind.UNSEEN_ACCESS: Level.HUMAN,
    Kind.RULE_BROKEN: Level.HUMAN,
    Kind.DRIFT: Level.HUMAN,
    Kind.COST_UP: Level.HUMAN,
    Kind.FORGOTTEN: Level.HUMAN,
}


class Effect(Struct, frozen=True):
    """One thing a plan does: what, at which attribute, and how it is known.

    `change` is None for what the plan does as a whole, such as its cost, and for a `resource` that it leaves as it is
    while it takes something away beside it. `guard` says what is left of destroyed
    data; `source` is the page of AWS or Terraform that says that it is so, `rule` the rule that
    found it, if one did.
    """

    kind: Kind
    text: str
    change: Change | None = None
    path: str = ""
    guard: str = ""
    source: str = ""
    subject: str = ""
    rule: str = ""
    resource: Resource | None = None

    @property
    def concerns(self) -> Change | Resource | None:
        """What has an address, a type and a line of code: what is changed, or whom its change leaves behind."""
        return self.change if self.change is not None else self.resource

    @property
    def where(self) -> str:
        """Whom it happens to, as the reader knows it."""
        return self.subject or (self.change.origin if self.change is not None else "")
