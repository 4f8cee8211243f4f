"""Proofs of rules about all environments: every environment is asked, with the rule's own settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from planproof.document import Document, Resource, parse
from planproof.mutants import mutants
from planproof.proof import Proof, findings, prove, specimens
from planproof.rule import ContractRule, Mutation, Outcome, Removal, Rule, Severity, Violation
from planproof.settings import Settings

RAWS: dict[str, dict[str, Any]] = {
    name: {"resource": {"aws_kms_key": {"key": {"rotation": True}}}} for name in ("dev", "prod")
}


def drifts(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """The first and the last environment of the settings differ."""
    ends = [documents[name].of("aws_kms_key") for name in settings.environments if name in documents]
    if len(ends) > 1 and ends[0] and ends[-1] and ends[0][0].get("rotation") != ends[-1][0].get("rotation"):
        yield Violation("rotation", "the same", resource=ends[-1][0])


CONTRACT = ContractRule(
    module="tests.drifting_environment",
    title="Environments differ.",
    severity=Severity.MEDIUM,
    why="What was tested is not what runs.",
    fix="Make them equal.",
    docs="https://12factor.net/dev-prod-parity",
    controls=(),
    check=drifts,
    mutations=(),
)
FAULT = Mutation("rotation", value=False, type="aws_kms_key", environment="prod")


def test_a_contract_is_proved_on_all_environments() -> None:
    """A fault in one environment is found because the others are asked with it."""
    (proof,) = prove(CONTRACT, FAULT, RAWS, Settings(("dev", "prod")))

    assert proof.caught == (("aws_kms_key.key", "rotation"),)
    assert proof.exact


def test_what_the_settings_leave_out_is_not_compared() -> None:
    """A proof uses the settings it is given, before the fault and after it."""
    (proof,) = prove(CONTRACT, FAULT, RAWS, Settings(("dev",)))

    assert proof.caught == ()


def test_a_fault_that_was_there_before_proves_nothing() -> None:
    """What is found without the fault is not caught by it, in whatever environment it is."""
    raws: dict[str, dict[str, Any]] = {**RAWS, "dev": {"resource": {"aws_kms_key": {"key": {"rotation": "often"}}}}}
    (proof,) = prove(CONTRACT, FAULT, raws, Settings(("dev", "prod")))

    assert proof.caught == ()


def test_a_rule_may_bring_its_own_settings() -> None:
    """The settings of the repository do not decide whether a rule is proved."""
    documents = tuple(parse(RAWS[name], name=name, source=name) for name in ("dev", "prod"))
    differing = (documents[0], parse({"resource": {"aws_kms_key": {"key": {}}}}, name="prod", source="prod"))
    own = replace(CONTRACT, settings=Settings(("dev", "prod")))

    assert findings(own, documents, Settings(())) == []
    assert len(findings(own, differing, Settings(()))) == 1
    assert findings(CONTRACT, differing, Settings(())) == []
    assert len(findings(CONTRACT, differing, Settings(("dev", "prod")))) == 1


def rotated(key: Resource, _: Document) -> Iterator[Outcome]:
    """A rule about one resource."""
    if key.get("rotation") is not True:
        yield Violation("rotation", "true")


@pytest.fixture
def plain(rule: Callable[..., Rule]) -> Rule:
    """A rule about keys."""
    return rule(rotated)


def test_a_rule_is_proved_on_each_environment_alone(plain: Rule) -> None:
    """A rule about one document never sees another."""
    seen: list[str] = []

    def counted(key: Resource, document: Document) -> Iterator[Outcome]:
        seen.append(document.name)
        return rotated(key, document)

    proofs = list(prove(replace(plain, check=counted), Mutation("rotation", value=False), RAWS, Settings(())))

    assert [proof.exact for proof in proofs] == [True, True]
    assert seen == ["dev", "dev", "prod", "prod"]


def test_crashes_of_a_proved_rule_are_raised_line_by_line(plain: Rule) -> None:
    """A rule that crashes proves nothing."""

    def crashes(_: Resource, __: Document) -> Iterator[Outcome]:
        raise RuntimeError("no")

    keys: dict[str, Any] = {"resource": {"aws_kms_key": {"a": {}, "b": {}}}}
    with pytest.raises(AssertionError) as raised:
        findings(replace(plain, check=crashes), (parse(keys, name="dev", source="dev"),), Settings(()))

    assert [line.partition(" (")[0] for line in str(raised.value).splitlines()] == [
        "bad-key on aws_kms_key.a: RuntimeError: no",
        "bad-key on aws_kms_key.b: RuntimeError: no",
    ]


def test_a_specimen_has_an_environment(plain: Rule) -> None:
    """A contract's own examples are named; those of other rules are called specimen; none is none."""
    assert specimens(CONTRACT) == {}
    assert specimens(replace(CONTRACT, specimen=RAWS)) == RAWS
    assert specimens(replace(plain, specimen=RAWS["dev"])) == {"specimen": RAWS["dev"]}


def test_a_failed_proof_says_what_was_expected(plain: Rule) -> None:
    """The message of a failing proof names the fault's victim, the expected place and what came instead."""
    document = parse(RAWS["dev"], name="dev", source="dev")
    (mutant,) = mutants(RAWS["dev"], document, plain, Mutation("rotation", value=False))
    (other,) = mutants(RAWS["dev"], document, plain, Removal("aws_kms_key", at="x"))

    assert str(Proof(mutant, (), many=False)) == (
        "fault on aws_kms_key.key: expected aws_kms_key.key at rotation, caught []"
    )
    assert str(Proof(other, (("a", "b"),), many=False)) == (
        "fault on aws_kms_key.key: expected a resource at x, caught [('a', 'b')]"
    )
