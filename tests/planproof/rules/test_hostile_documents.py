"""Whatever stands where a rule looks, the rule answers: a wrong type is no reason to stop, nor a defect."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as patience
from hypothesis import strategies as st

from planproof.document import Document, parse
from planproof.engine import Judgement, judge
from planproof.errors import UserError
from planproof.proof import specimens
from planproof.rule import AnyRule, ContractRule
from planproof.rules import rules
from planproof.settings import Settings
from tests.review.plans import base

Path = tuple[str | int, ...]
SECTIONS: Final = ("resource", "data", "output", "provider", "terraform", "resource_changes")
TEXT: Final = "(in its text)"
"""A step from a text into the JSON that it holds."""

WRONG: Final[st.SearchStrategy[Any]] = st.sampled_from(
    [None, True, 7, -1, 1.5, 10**30, "", "x", "inf", "999.1.1.1/99", "*", [], {}, [None], [1, "x", None], [[1]],
     [{"a": 1}], {"a": None}, {"a": {"b": []}}, "[", '[1, null, {"a": 5}]', '{"Statement": [null, 5]}', "${",
     "${var.given}", "${aws_nothing.here.arn}", "${[", ["${var.given}"], {"a": "${var.given}"},
     [{"a": "${var.given}"}, {"b": 1}]]
)  # fmt: skip
FAULTS: Final = st.lists(st.tuples(st.integers(0, 10**6), WRONG), min_size=1, max_size=300)
PATIENT: Final = patience(
    deadline=None,  # the machine may be busy
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)


def places(tree: Any, way: Path = ()) -> Iterator[Path]:
    """Every place of a tree, also in the JSON of its texts."""
    if way:
        yield way
    if isinstance(tree, dict):
        for key, inside in tree.items():
            if key != "//":
                yield from places(inside, (*way, key))
    elif isinstance(tree, list):
        for position, inside in enumerate(tree):
            yield from places(inside, (*way, position))
    elif isinstance(tree, str) and tree[:2] in {'{"', "[{"}:
        yield from (one for one in places(json.loads(tree), (*way, TEXT)) if one[-1] != TEXT)


@cache
def of_file(text: str, depth: int) -> tuple[Path, ...]:
    """The places of a document below its blocks."""
    return tuple(way for way in places(json.loads(text)) if way[0] in SECTIONS and len(way) > depth)


def put(tree: Any, way: Path, value: Any) -> Any:
    """The tree with another value at a place; as it is when an earlier fault took the place away."""
    step, *rest = way
    if step == TEXT:
        if not isinstance(tree, str) or tree[:2] not in {'{"', "[{"}:
            return tree
        return json.dumps(put(json.loads(tree), tuple(rest), value))
    there = step in tree if isinstance(tree, dict) else isinstance(tree, list) and step in range(len(tree))
    if there:
        tree[step] = put(tree[step], tuple(rest), value) if rest else value
    return tree


def spoiled(texts: dict[str, str], faults: list[tuple[int, Any]], depth: int) -> Iterator[Document]:
    """The documents with wrong values in the bodies of their blocks; without those that are refused as a whole."""
    names = sorted(texts)
    wrong = {name: json.loads(texts[name]) for name in names}
    for number, value in faults:
        name = names[number % len(names)]
        found = of_file(texts[name], depth)
        if found:
            put(wrong[name], found[number // len(names) % len(found)], copy.deepcopy(value))
    for name in names:
        try:
            yield parse(wrong[name], name=name, source=f"{name}.json")
        except UserError:
            continue  # told in one message: there is nothing to judge


def defects(said: Judgement) -> list[str]:
    """The rules that crashed, and how."""
    return sorted({f"{one.rule} on {one.address}: {one.error}" for one in said.defects})


@pytest.fixture(scope="session")
def written(configurations: dict[str, Any]) -> dict[str, str]:
    """The text of every environment, as synthesised."""
    return {name: json.dumps(raw) for name, raw in configurations.items()}


@pytest.fixture(scope="session")
def planned() -> dict[str, str]:
    """The text of two plans, as Terraform printed them."""
    return {name: json.dumps(base(name)) for name in ("dev", "staging")}


@pytest.mark.slow
@pytest.mark.no_cover
@patience(PATIENT, max_examples=15)
@given(faults=FAULTS)
def test_no_rule_stops_at_a_configuration(
    faults: list[tuple[int, Any]], written: dict[str, str], settings: Settings
) -> None:
    """Attributes of all environments hold wrong types, nulls and unknowns: every rule still gives its answer."""
    assert defects(judge(tuple(spoiled(written, faults, depth=3)), rules(), settings)) == []


@pytest.mark.slow
@pytest.mark.no_cover
@patience(PATIENT, max_examples=15)
@given(faults=FAULTS)
def test_no_rule_stops_at_a_plan(faults: list[tuple[int, Any]], planned: dict[str, str], settings: Settings) -> None:
    """The same of what Terraform planned, and of what it marks as unknown or secret."""
    assert defects(judge(tuple(spoiled(planned, faults, depth=4)), rules(), settings)) == []


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize("rule", [pytest.param(one, id=one.id) for one in rules() if one.specimen is not None])
@patience(PATIENT, max_examples=15)
@given(faults=FAULTS)
def test_no_rule_stops_at_its_specimen(rule: AnyRule, faults: list[tuple[int, Any]], settings: Settings) -> None:
    """What a rule judges and we do not deploy is spoiled in its example."""
    texts = {name: json.dumps(raw) for name, raw in specimens(rule).items()}
    known = rule.settings if isinstance(rule, ContractRule) and rule.settings else settings

    assert defects(judge(tuple(spoiled(texts, faults[:6], depth=3)), rules(), known)) == []
