"""What a policy lets whom do, in a form in which two policies can be subtracted from each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from planproof.iam.patterns import includes, includes_action
from planproof.iam.policy import Condition, Statement
from planproof.iam.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planproof.document import Document

ANY: Final = ("*",)


class Grant(Struct, frozen=True):
    """One action on one resource by one principal, allowed or denied, under conditions."""

    allows: bool
    principal: str
    action: str
    resource: str
    conditions: frozenset[Condition]

    def covers(self, other: Grant) -> bool:
        """Whether whatever the other one is about, this one is about as well."""
        return (
            self.allows == other.allows
            and self.principal in {"*", other.principal}
            and includes_action(self.action, other.action)
            and includes((self.resource,), other.resource)
            and self.conditions <= other.conditions
        )

    @property
    def words(self) -> str:
        """The grant in a sentence."""
        who = "everybody" if self.principal == "*" else self.principal
        verb = "may" if self.allows else "may not"
        where = "everything" if self.resource == "*" else self.resource
        condition = f" if {' and '.join(sorted({one.key for one in self.conditions}))} fits" if self.conditions else ""
        return f"{who} {verb} {self.action} on {where}{condition}"


def grants(policy: Any, document: Document, holder: str = "") -> tuple[Grant, ...]:
    """Every grant of a policy document; of an identity's policy the holder is the principal."""
    return tuple(grant for statement in read(policy, document) for grant in _of(statement, holder))


def _of(statement: Statement, holder: str) -> Iterator[Grant]:
    principals: Sequence[str] = [one.name for one in statement.principals]
    if statement.not_principals:
        principals = ANY
    for principal in principals or [holder]:
        for action in statement.actions or (ANY if statement.not_actions else ()):
            for resource in statement.resources or ANY:
                yield Grant(statement.allows, principal, action, resource, frozenset(statement.conditions))


def missing(these: tuple[Grant, ...], those: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """The grants of these that none of those covers."""
    known = set(those)
    return tuple(one for one in dict.fromkeys(these) if one not in known and not any(o.covers(one) for o in those))
