"""Faults hit what they say, and a proof cannot be passed by accident."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from planproof.document import ABSENT, Document, Resource, parse
from planproof.mutants import broken_by
from planproof.proof import prove, specimens
from planproof.rule import Addition, Fault, Mutation, Outcome, Removal, Rule, Severity, Violation
from planproof.settings import Settings

RAW: dict[str, Any] = {
    "resource": {
        "aws_vpc": {
            "main": {
                "cidr": "10.0.0.0/16",
                "options": {"dns": True},
                "ports": [{"from": 1}, {"from": 2}],
                "policy": '{"Statement": [{"Action": "${aws_kms_key.key.arn}"}]}',
                "made": "${jsonencode({a = [aws_kms_key.key.arn, 1]})}",
                "text": "plain",
            }
        },
        "aws_kms_key": {"key": {}},
    },
    "data": {"aws_region": {"here": {"name": "eu"}}},
    "provider": {"aws": [{"region": "a"}, {"region": "b", "alias": "far"}], "null": {}},
    "output": {"vpc": {"value": "x"}},
    "terraform": {"backend": {"s3": {"encrypt": True}}},
}
DOCUMENT = parse(RAW, name="x", source="x")


def after(address: str, fault: Fault) -> Any:
    """The configuration with the fault in one resource."""
    victim = DOCUMENT.resource(address)
    assert victim is not None
    return broken_by(RAW, victim, fault)


@pytest.mark.parametrize(
    ("path", "value", "read", "found"),
    [
        ("cidr", "10.1.0.0/16", "cidr", "10.1.0.0/16"),
        ("cidr", ABSENT, "cidr", None),
        ("options.dns", False, "options", {"dns": False}),
        ("options.0.dns", False, "options", {"dns": False}),
        ("ports.1.from", 9, "ports", [{"from": 1}, {"from": 9}]),
        ("ports.0", ABSENT, "ports", [{"from": 2}]),
        ("ports.2", {"from": 3}, "ports", [{"from": 1}, {"from": 2}, {"from": 3}]),
        ("new.0.deep", 1, "new", [{"deep": 1}]),
        ("new.deep", 1, "new", {"deep": 1}),
        ("policy.Statement.0.Action", "*", "policy", '{"Statement": [{"Action": "*"}]}'),
        ("made.a.1", 2, "made", '{"a": ["${aws_kms_key.key.arn}", 2]}'),
        ("cidr", "{victim}", "cidr", "aws_vpc.main"),
    ],
)
def test_one_attribute_is_broken(path: str, value: object, read: str, found: object) -> None:
    """Exactly the named place changes, through lists, single blocks and JSON text."""
    broken = after("aws_vpc.main", Mutation(path, value))
    body = broken["resource"]["aws_vpc"]["main"]

    assert body.get(read) == found
    assert {key: body[key] for key in body if key != read} == {
        key: inside for key, inside in RAW["resource"]["aws_vpc"]["main"].items() if key != read
    }
    assert {key: broken[key] for key in broken if key != "resource"} == {
        key: inside for key, inside in RAW.items() if key != "resource"
    }


@pytest.mark.parametrize(
    "fault",
    [
        Mutation("cidr", "10.0.0.0/16"),
        Mutation("none", ABSENT),
        Mutation("none.deep", ABSENT),
        Mutation("ports.from", 5),
        Mutation("ports.9", ABSENT),
        Mutation("text.deep", 1),
    ],
)
def test_a_fault_that_changes_nothing_is_no_proof(fault: Mutation) -> None:
    """Otherwise a rule would be blamed for missing what is not there."""
    before = json.dumps(RAW)

    assert after("aws_vpc.main", fault) in (None, RAW)
    assert json.dumps(RAW) == before


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("data.aws_region.here", ("data", "aws_region", "here", "broken")),
        ("provider.aws.far", ("provider", "aws", 1, "broken")),
        ("provider.null", ("provider", "null", "broken")),
        ("output.vpc", ("output", "vpc", "broken")),
        ("terraform.backend.s3", ("terraform", "backend", "s3", "broken")),
    ],
)
def test_every_part_of_a_document_can_be_broken(address: str, read: tuple[Any, ...]) -> None:
    """Rules about outputs, providers and the backend are proved like all others."""
    found = after(address, Mutation("broken", "yes"))
    for step in read:
        found = found[step]

    assert found == "yes"


def test_resources_are_taken_away_and_added() -> None:
    """Some failures are a thing too few or too many."""
    assert "main" not in after("aws_vpc.main", Removal("aws_vpc", at="x"))["resource"]["aws_vpc"]
    added = after("aws_vpc.main", Addition("aws_route", {"vpc": "${{victim}.id}"}, beside="aws_vpc", at="x"))
    assert added["resource"]["aws_route"] == {"added_by_a_fault": {"vpc": "${aws_vpc.main.id}"}}


def rule(*faults: Fault, sees: bool = True, everywhere: bool = False) -> Rule:
    """A rule about the word "bad" in a VPC; blind, or seeing too much, where asked."""

    def check(vpc: Resource, document: Document) -> Iterator[Outcome]:
        bad = any(one.get("cidr") == "bad" for one in document.of("aws_vpc"))
        if sees and (vpc.get("cidr") == "bad" or (everywhere and bad)):
            yield Violation("cidr", "a range")
        if document.of("aws_route"):
            yield Violation("route", "none")

    return Rule(
        module="tests.bad_vpc",
        title="A VPC is bad.",
        severity=Severity.LOW,
        resources=("aws_vpc",),
        why="So.",
        fix="So.",
        docs="https://docs.aws.amazon.com/vpc/",
        controls=(),
        check=check,
        mutations=faults,
        specimen={"resource": {"aws_vpc": {"a": {"cidr": "x"}, "b": {"cidr": "y"}}}},
    )


def proved(one: Rule, fault: Fault) -> list[bool]:
    """Whether each mutant of the rule's specimen was caught exactly."""
    return [proof.exact for proof in prove(one, fault, specimens(one), Settings())]


def test_a_proof_is_exact() -> None:
    """Caught at the victim's attribute and nowhere else; a blind or a loud rule is not proved."""
    bad = Mutation("cidr", "bad")

    assert proved(rule(), bad) == [True, True]
    assert proved(rule(sees=False), bad) == [False, False]
    assert proved(rule(everywhere=True), bad) == [False, False]
    assert proved(rule(), Mutation("cidr", "bad", at="elsewhere")) == [False, False]
    assert proved(rule(everywhere=True), Mutation("cidr", "bad", many=True)) == [True, True]
    assert proved(rule(), Mutation("cidr", "bad", on=lambda vpc, _: vpc.name == "a")) == [True]
    assert proved(rule(), Mutation("cidr", "bad", environment="prod")) == []
    assert proved(rule(), Addition("aws_route", {}, beside="aws_vpc", at="route", many=True)) == [True, True]
    assert proved(rule(), Addition("aws_route", {}, beside="aws_vpc", at="route")) == [False, False]


def test_a_crash_fails_the_proof() -> None:
    """A rule that crashes on a mutant has proved nothing."""

    def crash(_: Resource, __: Document) -> Iterator[Outcome]:
        raise ZeroDivisionError
        yield

    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        proved(replace(rule(), check=crash), Mutation("cidr", "bad"))


def test_a_proof_says_what_it_missed() -> None:
    """The message of a failed proof is enough to find the fault."""
    (proof, _) = prove(rule(sees=False), Mutation("cidr", "bad"), specimens(rule()), Settings())

    assert str(proof) == "fault on aws_vpc.a: expected aws_vpc.a at cidr, caught []"
    assert [str(fault) for fault in (Mutation("a.b", ABSENT), Removal("aws_vpc", at="x"))] == [
        "a.b=absent",
        "without aws_vpc",
    ]
