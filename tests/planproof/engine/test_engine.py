"""The engine keeps three answers and one defect apart, whatever a rule does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from planproof.demands import must, must_point_to
from planproof.document import Document, Resource, Unknown
from planproof.engine import judge, run
from planproof.rule import ContractRule, Outcome, Rule, Severity, Undecided, Violation
from planproof.settings import Settings

MakeRule = Callable[..., Rule]
MakeDocument = Callable[..., Document]


def unrotated(key: Resource, _: Document) -> Iterator[Outcome]:
    """A check as most rules have it."""
    if not key.get("rotation"):
        yield Violation("rotation", "true")


def test_three_answers(rule: MakeRule, document: MakeDocument) -> None:
    """Pass, fail and undecided are told apart, each with its resource."""
    staging = document(good={"rotation": True}, bad={"rotation": False}, later={"rotation": "${var.rotation}"})
    said = judge((staging,), (rule(unrotated),))

    assert [(one.resource.origin, one.path, one.found, one.expected) for one in said.findings] == [
        ("staging/keys/bad", "rotation", False, "true")
    ]
    assert [(one.resource.name, one.path, one.cause) for one in said.doubts] == [
        ("later", "rotation", "var.rotation is given from outside")
    ]
    assert {key: [one.name for one in found] for key, found in said.passed.items()} == {
        ("bad-key", "staging"): ["good"]
    }
    assert said.defects == []


def test_what_was_found_before_an_unknown_is_kept(rule: MakeRule, document: MakeDocument) -> None:
    """An unknown attribute must not hide a violation of another."""

    def check(key: Resource, _: Document) -> Iterator[Outcome]:
        yield Violation("name", "a name")
        if key.get("rotation") == "on":
            yield Violation("rotation", "true")

    said = judge((document(key={"rotation": "${var.x}"}),), (rule(check),))

    assert [one.path for one in said.findings] == ["name"]
    assert [one.path for one in said.doubts] == ["rotation"]
    assert said.passed == {}


def test_a_crash_is_a_defect_of_that_rule(rule: MakeRule, document: MakeDocument) -> None:
    """One broken rule is named with its line, and the others are heard."""

    def check(key: Resource, _: Document) -> Iterator[Outcome]:
        yield Violation("name", "a name")
        raise KeyError(key.name)

    said = judge((document(key={}),), (rule(check, "broken"), rule(unrotated)))

    assert [(one.rule.id, one.path) for one in said.findings] == [("bad-key", "rotation"), ("broken", "name")]
    (defect,) = said.defects
    assert (defect.rule, defect.document, defect.address) == ("broken", "staging", "aws_kms_key.key")
    assert defect.error.startswith("KeyError: 'key' (test_engine.py:")
    with pytest.raises(AssertionError, match=r"broken on aws_kms_key\.key"):
        run((rule(check, "broken"),), document(key={}))


def test_the_same_place_is_named_once(rule: MakeRule, document: MakeDocument) -> None:
    """A rule that meets one fault twice reports it once."""

    def check(_: Resource, __: Document) -> Iterator[Outcome]:
        yield Violation("rotation", "true")
        yield Violation("rotation", "true, again")

    assert len(run((rule(check),), document(key={}))) == 1


def test_a_violation_may_blame_another_resource_and_hide_what_it_found(rule: MakeRule, document: MakeDocument) -> None:
    """A rule about a pair names the one to repair, and never prints a secret."""

    def check(key: Resource, staging: Document) -> Iterator[Outcome]:
        if key.name == "a":
            yield Violation("policy", "closed", found="(a secret)", resource=staging.resource("aws_kms_key.b"))

    (finding,) = run((rule(check),), document(a={}, b={"policy": "open"}))

    assert (finding.resource.name, finding.found) == ("b", "(a secret)")
    assert finding.key == ("staging", "bad-key", "aws_kms_key.b", "policy")


def test_the_order_does_not_depend_on_the_rules(rule: MakeRule, document: MakeDocument) -> None:
    """Two runs of one commit print the same bytes."""
    documents = (document("dev", b={}, a={}), document("prod", a={}))
    rules = [rule(unrotated, name) for name in ("z_rule", "a_rule")]
    forwards = [one.key for one in judge(documents, rules).findings]

    assert forwards == [one.key for one in judge(documents, rules[::-1]).findings]
    assert [key[0] for key in forwards] == ["dev"] * 4 + ["prod"] * 2


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


def test_a_rule_on_several_documents_is_a_rule(document: MakeDocument) -> None:
    """It sees the environments in their order, and its violation belongs to the document of its resource."""
    seen: list[str] = []

    def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
        seen.extend(documents)
        weak, strong = (documents[name].of("aws_kms_key")[0] for name in settings.environments)
        if weak.get("rotation") != strong.get("rotation"):
            yield Violation("rotation", "false, as in dev", resource=strong)

    documents = (document("prod", key={"rotation": True}), document("dev", key={"rotation": False}))
    said = judge(documents, (contract(check),), Settings(("dev", "prod")))

    assert seen == ["dev", "prod"]
    assert [one.key for one in said.findings] == [("prod", "drifting-environment", "aws_kms_key.key", "rotation")]
    assert list(said.passed) == [("drifting-environment", "dev")]


def test_a_rule_on_several_documents_may_doubt_or_crash(document: MakeDocument) -> None:
    """The third answer and defects are the same for every kind of rule."""

    def doubts(documents: Mapping[str, Document], _: Settings) -> Iterator[Outcome]:
        yield Undecided("x", "who knows")
        bool(next(iter(documents.values())).of("aws_kms_key")[0].get("rotation"))

    def crashes(_: Mapping[str, Document], __: Settings) -> Iterator[Outcome]:
        yield Violation("x", "y")
        raise RuntimeError("no")

    documents = (document("dev", key={"rotation": "${var.x}"}),)

    assert [one.cause for one in judge(documents, (contract(doubts),)).doubts] == [
        "var.x is given from outside",
        "who knows",
    ]
    said = judge(documents, (contract(crashes),))
    assert (len(said.findings), [one.error[:16] for one in said.defects], said.passed) == (1, ["RuntimeError: no"], {})


@pytest.mark.parametrize(
    ("value", "demand", "wrong"),
    [
        (True, {"equals": True}, None),
        (1, {"equals": True}, "true"),
        ("x", {"equals": "y"}, "y"),
        (7, {"at_least": 7}, None),
        ("7", {"at_least": 7}, None),
        (6, {"at_least": 7}, "at least 7"),
        (True, {"at_least": 0}, "at least 0"),
        (None, {"at_least": 0}, "at least 0"),
        (None, {"at_least": 7, "default": 7}, None),
        ("many", {"at_most": 9}, "at most 9"),
        (9, {"at_most": 9}, None),
        ("a", {"one_of": ("a", "b")}, None),
        ("c", {"one_of": ("b", "a")}, "one of a, b"),
        ("c", {"present": True}, None),
        (None, {"present": True}, "a value"),
        (None, {"absent": True}, None),
        (0, {"absent": True}, "absent"),
        ("c", {"satisfies": str.isdigit, "expected": "digits"}, "digits"),
        ("5", {"satisfies": str.isdigit}, None),
    ],
)
def test_demand(value: object, demand: dict[str, Any], wrong: str | None, document: MakeDocument) -> None:
    """Each demand is broken by exactly what it forbids."""
    key = document(key={} if value is None else {"x": value}).of("aws_kms_key")[0]

    assert list(must(key, "x", **demand)) == ([] if wrong is None else [Violation("x", wrong)])


def test_demand_of_an_unknown_is_undecided(document: MakeDocument) -> None:
    """`is True` cannot see an unknown; `must` can."""
    key = document(key={"x": "${var.x}"}).of("aws_kms_key")[0]

    assert list(must(key, "x", equals=True)) == [Undecided("x", "var.x is given from outside")]
    assert list(must(key, "x", present=True)) == []
    with pytest.raises(TypeError, match="nothing to demand"):
        list(must(key, "y"))


def test_demand_of_a_target(document: MakeDocument) -> None:
    """A reference is judged by whom it reaches; one that leaves the document is undecided."""
    staging = document(a={}, b={"x": "${aws_kms_key.a.arn}"}, c={"x": "${var.key}"}, d={"x": "literal"}, e={})
    answers = {
        key.name: [type(one).__name__ for one in must_point_to(key, "x", staging.target(key, "x"), kind, expected="k")]
        for key in staging.of("aws_kms_key")
        for kind in (("aws_kms_key",) if key.name != "a" else ("aws_vpc",))
    }

    assert answers == {"a": ["Violation"], "b": [], "c": ["Undecided"], "d": ["Violation"], "e": ["Violation"]}
    wrong = must_point_to(staging.of("aws_kms_key")[1], "x", staging.of("aws_kms_key")[0], "aws_vpc", expected="k")
    assert list(wrong) == [Violation("x", "k")]
    assert isinstance(staging.of("aws_kms_key")[2].get("x"), Unknown)
