"""Which environments must be guarded, and which outputs each must have."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import Judgement, judge
from planproof.errors import UserError
from planproof.rules.security.missing_firewall import RULE as FIREWALL
from planproof.rules.security.missing_output import RULE as OUTPUT
from planproof.rules.security.missing_threat_detection import RULE as DETECTION
from planproof.settings import Settings

BARE = {"resource": {"aws_vpc": {"main": {}}, "aws_lb": {"outer": {"internal": False}}}}


def judged(names: tuple[str, ...], settings: Settings) -> Judgement:
    """What the rules say of environments without any guard."""
    documents = tuple(parse(BARE, name=name, source=name) for name in names)
    return judge(documents, (FIREWALL, DETECTION), settings)


def failed(judgement: Judgement) -> set[tuple[str, str]]:
    """Rules and environments with a finding."""
    return {(one.rule.id, one.document.name) for one in judgement.findings}


def test_only_the_first_environment_may_do_without() -> None:
    """The order of planproof.yaml decides, not the order in which documents are given."""
    found = judged(("prod", "dev", "staging"), Settings(("dev", "staging", "prod")))

    rules = ("missing-firewall", "missing-threat-detection")
    assert failed(found) == {(rule, name) for rule in rules for name in ("staging", "prod")}


def test_production_alone_is_judged_as_production() -> None:
    """`planproof check plan-of-prod.json` knows no other environment, and must not let it pass as the first."""
    found = judged(("prod",), Settings(("dev", "staging", "prod")))

    assert failed(found) == {("missing-firewall", "prod"), ("missing-threat-detection", "prod")}


def test_without_an_order_nobody_can_tell() -> None:
    """A stranger's stack is neither accused nor acquitted."""
    found = judged(("payments",), Settings())

    assert not found.findings
    assert {(one.rule.id, one.document.name) for one in found.doubts} == {
        ("missing-firewall", "payments"),
        ("missing-threat-detection", "payments"),
    }


def test_the_only_environment_is_production() -> None:
    """Who has one environment has no place for experiments."""
    assert failed(judged(("main",), Settings(("main",)))) == {
        ("missing-firewall", "main"),
        ("missing-threat-detection", "main"),
    }


@pytest.mark.parametrize("wrong", ["cluster_name", {"cluster_name": True}, [1]])
def test_a_wrong_list_of_outputs_is_the_readers_error(wrong: Any) -> None:
    """A misspelt setting must not pass as an empty list."""
    document = parse(BARE, name="prod", source="prod")
    with pytest.raises(UserError) as error:
        list(OUTPUT.check({"prod": document}, Settings(("prod",), {"outputs": {"required": wrong}})))

    assert str(error.value) == (
        "planproof.yaml cannot be used\n"
        f"  outputs.required: expected a list of names, got {wrong!r}\n\n"
        "hint: write one output a line, as the integration tests ask for them"
    )
