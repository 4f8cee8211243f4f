"""A verdict may become decided between synth, plan and state; it never flips."""

from __future__ import annotations

from pathlib import Path

import pytest

from planproof.document import Document, load
from planproof.engine import judge
from planproof.rule import AnyRule
from planproof.rules import rules

RECORDED = Path(__file__).parents[1] / "document" / "recorded"
FORMS = ("configuration", "plan", "state")


@pytest.fixture(scope="module")
def forms() -> dict[str, Document]:
    """One platform, recorded in its three forms from the real Terraform."""
    return {form: load(RECORDED / f"{form}.json")[0] for form in FORMS}


def verdicts(rule: AnyRule, document: Document) -> dict[str, str]:
    """The rule's answer for each resource that is there in every form."""
    said = judge((document,), (rule,))
    assert said.defects == []
    found = {one.address: "pass" for resources in said.passed.values() for one in resources}
    found |= {one.resource.address: "undecided" for one in said.doubts}
    found |= {one.resource.address: "fail" for one in said.findings}
    return found


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_no_verdict_flips(rule: AnyRule, forms: dict[str, Document]) -> None:
    """A pipeline that was green at synth must not turn red after apply for the same platform, nor the reverse."""
    answers = {form: verdicts(rule, document) for form, document in forms.items()}
    shared = set.intersection(*(set(found) for found in answers.values()))
    flipped = {
        address: [answers[form][address] for form in FORMS]
        for address in shared
        if {"pass", "fail"} <= {answers[form][address] for form in FORMS}
    }

    assert flipped == {}
