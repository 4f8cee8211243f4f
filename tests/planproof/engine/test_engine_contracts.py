"""What the engine says of rules about all environments, of limited rules, and of crashes, word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from msgspec.structs import replace

from planproof.document import Document, Resource, parse
from planproof.engine import judge, run
from planproof.rule import ContractRule, Outcome, Rule, Severity, Undecided, Violation, only
from planproof.settings import Settings

MakeRule = Callable[..., Rule]
MakeDocument = Callable[..., Document]


def contract(check: Callable[[Mapping[str, Document], Settings], Iterator[Outcome]]) -> ContractRule:
    """A rule about all environments."""
    return ContractRule(
        module="tests.drifting_environment",
        title="Environments differ.",
        severity=Severity.MEDIUM,
        why="What was tested is not what runs.",
        fix="Make them equal.",
        docs="https://12factor.net/dev-prod-parity",
        controls=(),
        check=check,
        mutations=(),
    )


def silent(_: object, __: object) -> Iterator[Outcome]:
    """Content with everything."""
    return iter(())


def test_a_contract_passes_on_each_environment_as_a_whole(document: MakeDocument) -> None:
    """A report counts one answer for each environment, and names the environment."""
    said = judge((document("dev", a={}), document("prod", a={})), (contract(silent),))

    assert {key: [one.type for one in found] for key, found in said.passed.items()} == {
        ("drifting-environment", "dev"): ["stack"],
        ("drifting-environment", "prod"): ["stack"],
    }


def test_rules_after_a_contract_are_asked(rule: MakeRule, document: MakeDocument) -> None:
    """The order in which rules are found changes nothing."""
    said = judge((document(a={}),), (contract(silent), rule(silent)))

    assert list(said.passed) == [("drifting-environment", "staging"), ("bad-key", "staging")]


def test_a_violation_belongs_to_the_document_that_holds_its_resource(document: MakeDocument) -> None:
    """Equal addresses stand in every environment: the resource itself says whose it is."""

    def last(documents: Mapping[str, Document], _: Settings) -> Iterator[Outcome]:
        yield Violation("x", "y", resource=documents["prod"].of("aws_kms_key")[0])
        yield Undecided("x", "who knows", resource=documents["prod"].of("aws_kms_key")[0])
        yield Violation("z", "of no resource")

    said = judge((document("dev", a={}), document("prod", a={})), (contract(last),), Settings(("dev", "prod")))

    assert [(one.document.name, one.path) for one in said.findings] == [("dev", "z"), ("prod", "x")]
    assert [one.document.name for one in said.doubts] == ["prod"]
    assert said.passed == {}


def test_a_crash_of_a_contract_is_told_in_full(document: MakeDocument) -> None:
    """Who has to mend the rule reads which one, where it was asked, and the line."""

    def crashes(_: object, __: object) -> Iterator[Outcome]:
        raise RuntimeError("no")

    (defect,) = judge((document("dev", a={}), document("prod", a={})), (contract(crashes),)).defects

    assert (defect.rule, defect.document, defect.address) == ("drifting-environment", "dev, prod", "all environments")
    assert defect.error.startswith("RuntimeError: no (test_engine_contracts.py:")


def test_all_crashes_are_raised_line_by_line(rule: MakeRule, document: MakeDocument) -> None:
    """A test of a rule shows each crash."""

    def crashes(_: object, __: object) -> Iterator[Outcome]:
        raise RuntimeError("no")

    with pytest.raises(AssertionError) as raised:
        run((rule(crashes),), document(a={}, b={}))

    first, second = str(raised.value).splitlines()
    assert first.startswith("bad-key on aws_kms_key.a: RuntimeError: no")
    assert second.startswith("bad-key on aws_kms_key.b: RuntimeError: no")


def test_doubt_adds_to_what_was_found_before_it(rule: MakeRule, document: MakeDocument) -> None:
    """A rule that finds a fault and then meets an unknown value says both; at one path the fault counts."""

    def both(key: Resource, _: Document) -> Iterator[Outcome]:
        yield Violation("x", "y")
        bool(key.get("x"))

    said = judge((document(a={"x": "${var.x}"}),), (rule(both),))

    assert ([one.path for one in said.findings], said.doubts) == (["x"], [])


def test_a_limited_rule_is_silent_elsewhere(rule: MakeRule) -> None:
    """What only a configuration says is not passed by a state: nobody has looked."""
    body = {"address": "aws_kms_key.a", "mode": "managed", "type": "aws_kms_key", "name": "a", "values": {}}
    state = parse(
        {"format_version": "1.0", "terraform_version": "1.10.0", "values": {"root_module": {"resources": [body]}}},
        name="staging",
        source="state.json",
    )
    wide = rule(silent)
    narrow = replace(wide, kinds=("configuration",))

    assert (only(wide), only(narrow)) == ("", ", in a configuration only")
    assert len(judge((state,), (wide,)).passed) == 1
    assert judge((state,), (narrow,)).passed == {}
