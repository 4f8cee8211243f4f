"""What was right before the deployment is right after it: every rule on every resource, in each of the four documents.

The stack as it was synthesized, the plan that creates it, the plan of the stack that is there, and its state.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from delivery.toolchain import Toolchain
from planproof.document import Document, load, parse
from planproof.document.origins import read as read_origins
from planproof.engine import Judgement, judge
from planproof.rule import EVERY_KIND, AnyRule, Rule
from planproof.rules import rules
from planproof.settings import near

FORMS: Final = ("configuration", "create", "update", "state")
MOST_RESOURCES: Final = 0.97
"""The part of the verdicts of a synthesis that a deployment must still have; the others are about the backend."""

Answers = dict[tuple[str, str], str]


def terraform(tools: Toolchain, folder: Path, *arguments: str) -> str:
    """What Terraform says in a folder."""
    done = subprocess.run(
        [tools.terraform, *arguments],
        cwd=folder,
        env=dict(tools.variables),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"terraform {' '.join(arguments)}:\n{done.stderr}"
    return done.stdout


def planned(tools: Toolchain, folder: Path, file: Path) -> str:
    """A plan made in a folder, as JSON; nothing in the folder changes."""
    terraform(tools, folder, "plan", "-input=false", "-no-color", "-lock=false", f"-out={file}")
    return terraform(tools, folder, "show", "-json", str(file))


@pytest.fixture(scope="module")
def empty(stack_folder: Path, tools: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stack where nothing is deployed yet: the same JSON with a state of its own, which is empty."""
    folder = tmp_path_factory.mktemp("create") / stack_folder.name
    shutil.copytree(stack_folder, folder, symlinks=True)
    (folder / ".terraform" / "terraform.tfstate").unlink(missing_ok=True)
    raw = json.loads((folder / "cdk.tf.json").read_text(encoding="utf-8"))
    del raw["terraform"]["backend"]
    (folder / "cdk.tf.json").write_text(json.dumps(raw), encoding="utf-8")
    terraform(tools, folder, "init", "-input=false", "-no-color")
    return folder


@pytest.fixture(scope="module")
def forms(
    stack_folder: Path, empty: Path, tools: Toolchain, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Document]:
    """The deployed stack in its four forms."""
    plans = tmp_path_factory.mktemp("plans")
    shown = {
        "create": planned(tools, empty, plans / "create"),
        "update": planned(tools, stack_folder, plans / "update"),
        "state": terraform(tools, stack_folder, "show", "-json"),
    }
    origin = read_origins(stack_folder / "origins.json")
    found = {"configuration": load(stack_folder / "cdk.tf.json")[0]}
    for form, text in shown.items():
        found[form] = parse(json.loads(text), name=stack_folder.name, source=f"{form}.json", origin=origin)
    assert [found[form].kind for form in FORMS] == ["configuration", "plan", "plan", "state"]
    return found


@pytest.fixture(scope="module")
def judgements(forms: dict[str, Document], request: pytest.FixtureRequest) -> dict[str, Judgement]:
    """What all rules say of each form, judged on its own."""
    settings = near(request.config.rootpath)
    return {form: judge((document,), rules(), settings) for form, document in forms.items()}


@pytest.fixture(scope="module")
def answers(judgements: dict[str, Judgement]) -> dict[str, Answers]:
    """The answer of each rule for each resource, by form."""
    return {form: verdicts(said) for form, said in judgements.items()}


def verdicts(said: Judgement) -> Answers:
    """The worst answer of each rule for each resource."""
    assert said.defects == []
    found = {(rule, one.address): "pass" for (rule, _), resources in said.passed.items() for one in resources}
    found |= {(one.rule.id, one.resource.address): "undecided" for one in said.doubts}
    found |= {(one.rule.id, one.resource.address): "fail" for one in said.findings}
    return found


def test_no_verdict_flips(answers: dict[str, Answers]) -> None:
    """A pipeline that was green at synth must not turn red in the plan or after the apply, nor the reverse."""
    asked = set().union(*answers.values())
    given = {key: [answers[form].get(key, "-") for form in FORMS] for key in asked}

    assert {key: said for key, said in given.items() if {"pass", "fail"} <= set(said)} == {}


def test_what_is_deployed_is_decided(answers: dict[str, Answers]) -> None:
    """Doubt ends with the apply: what AWS knows leaves no question open, and finds nothing wrong."""
    for form in ("configuration", "update", "state"):
        assert Counter(answers[form].values()).keys() == {"pass"}, form
    decided = set(answers["configuration"])

    assert len(decided & set(answers["state"])) > MOST_RESOURCES * len(decided)
    assert len(decided) > 900


def test_a_plan_that_creates_may_ask_and_not_accuse(judgements: dict[str, Judgement]) -> None:
    """Before anything exists there are open questions, each with what it waits for, and not one finding."""
    said = judgements["create"]

    assert said.findings == []
    assert said.doubts
    assert all(one.cause for one in said.doubts)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_each_rule_agrees_with_itself(rule: AnyRule, answers: dict[str, Answers]) -> None:
    """Rule by rule: a decided answer stays, and a rule that only a synthesis can answer says nothing elsewhere."""
    kinds = rule.kinds if isinstance(rule, Rule) else EVERY_KIND
    said = {form: {key: one for key, one in answers[form].items() if key[0] == rule.id} for form in FORMS}
    for form, kind in zip(FORMS, ("configuration", "plan", "plan", "state"), strict=True):
        assert kind in kinds or said[form] == {}
    for key, before in said["update"].items():
        assert said["state"].get(key, before) == before
    for key, before in said["create"].items():
        assert before == "undecided" or said["update"].get(key, before) == before
