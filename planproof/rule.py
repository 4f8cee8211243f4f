"""What a rule is: the facts a reader needs, a check, and the mutations that prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any, Final, get_args

from msgspec import Struct

from planproof.document import ABSENT, Document, Resource
from planproof.document.document import Kind
from planproof.settings import Settings


class Severity(IntEnum):
    """How bad it is when a rule is broken; greater is worse."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    def __str__(self) -> str:
        return self.name.lower()


class _Read:
    """Marks a violation whose value the engine reads from the resource."""

    def __repr__(self) -> str:
        return "READ"


READ: Final = _Read()
EVERY_KIND: Final[tuple[Kind, ...]] = get_args(Kind)


class Violation(Struct, frozen=True):
    """What is wrong: where, and what should be there.

    The engine reads what was found at the path, unless `found` says it (for a
    secret, or for something that stands in several places). `resource` is the
    resource to blame when it is not the one that was checked.
    """

    path: str
    expected: str
    found: Any = READ
    resource: Resource | None = None


class Undecided(Struct, frozen=True):
    """A question that the document cannot answer, and why."""

    path: str
    cause: str
    resource: Resource | None = None


Outcome = Violation | Undecided
Filter = Callable[[Resource, Document], bool]
Check = Callable[[Resource, Document], Iterable[Outcome]]
ContractCheck = Callable[[Mapping[str, Document], Settings], Iterable[Outcome]]


class Mutation(Struct, frozen=True):
    """One attribute broken in one way.

    `type` is the type to break when it is not the rule's; `at` the path of the
    finding when it is not the broken one; `on` chooses among the resources;
    `environment` the document to break; `many` allows several findings, all at
    the path, when one fault harms several resources.
    A path may go into JSON text: `container_definitions.0.privileged`.
    """

    path: str
    value: Any = ABSENT
    type: str | None = None
    at: str | None = None
    on: Filter | None = None
    environment: str | None = None
    many: bool = False

    def __str__(self) -> str:
        return f"{self.type + '.' if self.type else ''}{self.path}={_short(self.value)}"


class Removal(Struct, frozen=True):
    """One resource deleted. The finding is expected at `at`."""

    type: str
    at: str
    on: Filter | None = None
    environment: str | None = None
    many: bool = False

    def __str__(self) -> str:
        return f"without {self.type}"


class Addition(Struct, frozen=True):
    """One resource added beside each resource of a type; `{victim}` in its texts is that one's address."""

    type: str
    body: Mapping[str, Any]
    beside: str
    at: str
    on: Filter | None = None
    environment: str | None = None
    many: bool = False

    def __str__(self) -> str:
        return f"with {self.type} beside {self.beside}:{_short(self.body)}"


Fault = Mutation | Removal | Addition


def _short(value: Any, most: int = 40) -> str:
    text = str(value)
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _id(module: str) -> str:
    return module.rpartition(".")[2].replace("_", "-")


class Rule(Struct, frozen=True, kw_only=True, eq=False):
    """One opinion about one resource at a time.

    `resources` are types; `data.<type>` for data sources, and the document's
    own parts: `stack` (one a document), `output`, `provider`, `backend`,
    `variable`, `module`. `specimen` is a small compliant configuration, for a rule that
    meets no resource of ours. `kinds` are the documents that show what it is
    about: on another the rule says nothing, where silence would be taken for right.
    """

    module: str
    title: str | None
    severity: Severity
    resources: tuple[str, ...]
    why: str
    fix: str
    docs: str
    controls: tuple[str, ...]
    check: Check
    mutations: tuple[Fault, ...]
    specimen: Mapping[str, Any] | None = None
    waivable: bool = True
    kinds: tuple[Kind, ...] = EVERY_KIND

    @property
    def id(self) -> str:
        """The file name with dashes."""
        return _id(self.module)

    @property
    def sentence(self) -> str:
        """The title: the first line of the file's docstring."""
        return (self.title or "").strip().partition("\n")[0]


class ContractRule(Struct, frozen=True, kw_only=True, eq=False):
    """One opinion about all environments together; violations name their resource."""

    module: str
    title: str | None
    severity: Severity
    why: str
    fix: str
    docs: str
    controls: tuple[str, ...]
    check: ContractCheck
    mutations: tuple[Fault, ...]
    specimen: Mapping[str, Mapping[str, Any]] | None = None
    settings: Settings | None = None
    waivable: bool = True
    resources: tuple[str, ...] = ("stack",)

    @property
    def id(self) -> str:
        """The file name with dashes."""
        return _id(self.module)

    @property
    def sentence(self) -> str:
        """The title: the first line of the file's docstring."""
        return (self.title or "").strip().partition("\n")[0]


AnyRule = Rule | ContractRule


def only(rule: AnyRule) -> str:
    """The kinds of documents that a rule is limited to, in words; nothing when it judges them all."""
    kinds = rule.kinds if isinstance(rule, Rule) else EVERY_KIND
    return "" if kinds == EVERY_KIND else f", in a {' or a '.join(kinds)} only"
