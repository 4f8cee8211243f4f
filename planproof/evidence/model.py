"""What a folder of evidence says, as frozen data ready to be laid out."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct


class Status(StrEnum):
    """The answer to one requirement."""

    PASS = "pass"  # noqa: S105 - an answer, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "not applicable"
    NOT_EVALUATED = "not evaluated"


class Input(Struct, frozen=True):
    """One file that was judged, as it lies in the folder."""

    file: str
    sha256: str


class Attribute(Struct, frozen=True):
    """One attribute that a rule decided by, and its value."""

    path: str
    value: str


class Shown(Struct, frozen=True):
    """One resource that a rule is content with, and what shows it."""

    environment: str
    address: str
    origin: str
    place: str
    attributes: tuple[Attribute, ...]


class Exemption(Struct, frozen=True):
    """The waiver that answers for a finding."""

    because: str
    owner: str
    until: str


class Failure(Struct, frozen=True):
    """One finding; waived or not, it stays a finding."""

    environment: str
    address: str
    origin: str
    place: str
    path: str
    found: str
    expected: str
    waiver: Exemption | None


class Question(Struct, frozen=True):
    """One question that the inputs cannot answer, and why."""

    environment: str
    address: str
    origin: str
    path: str
    cause: str


class Crash(Struct, frozen=True):
    """A defect of a rule: it answered nothing there."""

    environments: tuple[str, ...]
    address: str
    error: str


class RuleResult(Struct, frozen=True):
    """One rule, the requirements it shows, and everything it said."""

    id: str
    title: str
    severity: str
    why: str
    docs: str
    judges: tuple[str, ...]
    requirements: tuple[str, ...]
    proofs: tuple[str, ...]
    shown: tuple[Shown, ...]
    failures: tuple[Failure, ...]
    questions: tuple[Question, ...]
    defects: tuple[Crash, ...]

    @property
    def met(self) -> Iterator[Shown | Failure | Question]:
        """Every answer about a resource."""
        yield from self.shown
        yield from self.failures
        yield from self.questions

    @property
    def asked(self) -> bool:
        """Whether the rule met anything it judges."""
        return bool(self.shown or self.failures or self.questions or self.defects)


class Answer(Struct, frozen=True):
    """What one environment shows of one requirement."""

    environment: str
    status: Status
    passed: int
    failed: int
    waived: int
    undecided: int


class Requirement(Struct, frozen=True):
    """One requirement, its status, and why."""

    number: str
    text: str
    status: Status
    why: str
    rules: tuple[str, ...]
    answers: tuple[Answer, ...]

    @property
    def places(self) -> tuple[tuple[Status, tuple[str, ...]], ...]:
        """The environments by what they show."""
        found = ((one, tuple(each.environment for each in self.answers if each.status is one)) for one in Status)
        return tuple((status, names) for status, names in found if names and self.rules)


class Evidence(Struct, frozen=True):
    """The whole."""

    as_of: str
    version: str
    rule_set: str
    framework: str
    source: str
    inputs: tuple[Input, ...]
    environments: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    rules: tuple[RuleResult, ...]
    notes: tuple[str, ...]

    @property
    def failed(self) -> bool:
        """Whether a requirement fails."""
        return any(one.status is Status.FAIL for one in self.requirements)

    def count(self, status: Status) -> int:
        """How many requirements have this status."""
        return sum(one.status is status for one in self.requirements)
