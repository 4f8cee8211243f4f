"""The gate judges what will be deployed, also when it began to judge before that was written."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import gate
import planproof

STACK = "stacks/dev/cdk.tf.json"
OPEN = {"publicly_accessible": True}


def write(folder: Path, **database: Any) -> None:
    """Synthesise a stack with one database."""
    body = {"instance_class": "db.t4g.small", "engine": "postgres", **database}
    raw = {
        "//": {"metadata": {"stackName": "dev"}},
        "resource": {"aws_db_instance": {"main": body}},
    }
    (folder / STACK).parent.mkdir(parents=True, exist_ok=True)
    (folder / STACK).write_text(json.dumps(raw), encoding="utf-8")


def found(report: planproof.Report) -> bool:
    """Whether the report tells of a public database."""
    return "public-database" in {one.rule.id for one in report.findings}


@pytest.fixture
def judgements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the stacks of each judgement, in order."""
    seen: list[str] = []
    check = planproof.check

    def noted(given: Any, **words: Any) -> planproof.Report:
        report = check(given, **words)
        seen.append(" ".join(one.name for one in report.documents))
        return report

    monkeypatch.setattr(planproof, "check", noted)
    return seen


def test_what_is_written_again_is_judged_meanwhile(
    tmp_path: Path, judgements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan or a deployment of what was synthesised before does not wait for the gate after Node."""
    write(tmp_path, **OPEN)
    judged, done = gate.judged, Event()

    def noted(given: Any) -> planproof.Report:
        report = judged(given)
        done.set()
        return report

    monkeypatch.setattr(gate, "judged", noted)

    def synthesise() -> None:
        assert done.wait(60), "nothing was judged beside the synthesis"
        write(tmp_path, **OPEN)

    assert found(gate.around(synthesise, tmp_path, as_before=True))
    assert judgements == ["dev"]


def test_what_changed_after_all_is_judged_anew(tmp_path: Path, judgements: list[str]) -> None:
    """A database that was opened a moment ago never passes on yesterday's judgement."""
    write(tmp_path)

    report = gate.around(lambda: write(tmp_path, **OPEN), tmp_path, as_before=True)

    assert found(report)
    assert judgements == ["dev", "dev"]
    assert not found(gate.around(lambda: write(tmp_path), tmp_path, as_before=True))


def test_a_new_stack_is_judged(tmp_path: Path) -> None:
    """What was not there before is not overlooked."""
    write(tmp_path)

    def synthesise() -> None:
        text = (tmp_path / STACK).read_text(encoding="utf-8")
        other = tmp_path / "stacks/prod/cdk.tf.json"
        other.parent.mkdir()
        other.write_text(text.replace('"dev"', '"prod"'), encoding="utf-8")

    report = gate.around(synthesise, tmp_path, as_before=True)

    assert [one.name for one in report.documents] == ["dev", "prod"]


def test_the_lines_are_those_of_this_run(tmp_path: Path) -> None:
    """A comment moved a module call down: the finding leads to where it is now."""
    write(tmp_path, **OPEN)
    origins = tmp_path / "stacks/dev/origins.json"

    def synthesise(line: int = 20) -> None:
        write(tmp_path, **OPEN)
        place = {"origin": "dev/database", "file": "stacks/stores.py", "line": line}
        origins.write_text(json.dumps({"aws_db_instance.main": place}), encoding="utf-8")

    synthesise(10)
    report = gate.around(synthesise, tmp_path, as_before=True)

    assert {one.resource.line for one in report.findings if one.rule.id == "public-database"} == {20}


@pytest.mark.parametrize("left", ["", '{"resource": {"aws_db_in'], ids=["empty", "cut off"])
def test_what_an_interrupted_run_left_is_no_mistake(left: str, tmp_path: Path) -> None:
    """Whoever pressed Ctrl-C during a synthesis only has to synthesise again."""
    write(tmp_path)
    (tmp_path / STACK).write_text(left, encoding="utf-8")

    assert found(gate.around(lambda: write(tmp_path, **OPEN), tmp_path, as_before=True))


def test_a_first_run_is_judged_when_it_is_written(tmp_path: Path, judgements: list[str]) -> None:
    """An empty checkout has nothing to begin with."""
    assert found(gate.around(lambda: write(tmp_path, **OPEN), tmp_path, as_before=True))
    assert found(gate.around(lambda: write(tmp_path, **OPEN), tmp_path, as_before=False))
    assert judgements == ["dev", "dev"]
