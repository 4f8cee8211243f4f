"""Every rule, whoever wrote it, is proved here; a rule's author adds nothing but the rule's file."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planproof.document import Document
from planproof.frameworks import controls
from planproof.proof import findings, parsed, prove, specimens
from planproof.rule import AnyRule, Fault, Rule
from planproof.rules import rules
from planproof.settings import Settings

EACH_RULE = [pytest.param(rule, id=rule.id) for rule in rules()]
FURTHER = [pytest.mark.slow, pytest.mark.no_cover]
"""Each rule's first fault is one of the fast tests, and is traced for coverage; so are all that tests write by hand."""

EACH_FAULT = [
    pytest.param(rule, fault, id=f"{rule.id}:{fault}", marks=FURTHER if number else [])
    for rule in rules()
    for number, fault in enumerate(rule.mutations)
]
Configurations = dict[str, dict[str, Any]]
Sound = dict[str, Document]


@pytest.mark.parametrize("rule", EACH_RULE)
def test_what_is_right_is_left_alone(rule: AnyRule, sound: Sound, settings: Settings) -> None:
    """No resource of any environment, nor of the rule's specimen, breaks the rule: a false alarm costs trust."""
    found = []
    for documents in (sound, parsed(specimens(rule))):
        if documents:
            found.extend(findings(rule, tuple(documents.values()), settings))

    assert not found, "\n\n".join(map(str, found))


@pytest.mark.parametrize(("rule", "fault"), EACH_FAULT)
def test_fault_is_caught(
    rule: AnyRule, fault: Fault, configurations: Configurations, sound: Sound, settings: Settings
) -> None:
    """Breaking one resource in one way gives one finding: that resource, that attribute."""
    proofs = [*prove(rule, fault, configurations, settings, sound), *prove(rule, fault, specimens(rule), settings)]

    assert proofs, f"nothing was proved: no environment has what {fault} breaks, and no specimen stands in"
    assert not [str(proof) for proof in proofs if not proof.exact]


@pytest.mark.parametrize("rule", EACH_RULE)
def test_rule_says_all_a_reader_needs(rule: AnyRule) -> None:
    """A finding without why, fix, page or proof sends its reader away to search."""
    assert re.fullmatch(r"[A-Z\"'].*\.", rule.sentence), "the docstring's first line is a sentence"
    assert rule.why.endswith(".")
    assert rule.fix.endswith(".")
    assert rule.docs.startswith("https://")
    assert rule.mutations
    assert rule.resources or not isinstance(rule, Rule)


@pytest.mark.parametrize("rule", EACH_RULE)
def test_controls_exist(rule: AnyRule) -> None:
    """An auditor can look up every control a rule names."""
    assert [control for control in rule.controls if control not in controls()] == []
