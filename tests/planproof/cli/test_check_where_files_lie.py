"""`planproof check` given plans and states where they really lie: each finding still names its Python line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
RULE = "--rule=unencrypted-database"
VALUES = {"storage_encrypted": False, "kms_key_id": "alias/ledger"}
DATABASE = {"address": "aws_db_instance.main", "type": "aws_db_instance", "name": "main", "mode": "managed"}
KEY = {"address": "aws_kms_key.data", "type": "aws_kms_key", "name": "data", "mode": "managed"}
PLAN = {
    "format_version": "1.2",
    "resource_changes": [
        {**DATABASE, "change": {"actions": ["create"], "before": None, "after": VALUES, "after_unknown": {}}},
        {**KEY, "change": {"actions": ["create"], "before": None, "after": {}, "after_unknown": {}}},
    ],
}
STATE = {
    "format_version": "1.0",
    "values": {"root_module": {"resources": [{**DATABASE, "values": VALUES}, {**KEY, "values": {}}]}},
}
ONLY_STAGING = {"aws_kms_key.data": {"origin": "staging/key", "file": "stacks/environment.py", "line": 12}}


@pytest.fixture
def two_stacks(project: Path) -> Path:
    """The project, where only staging has the key among its origins."""
    file = project / "cdktf.out/stacks/staging/origins.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | ONLY_STAGING))
    return project


INSIDE = "cdktf.out/stacks/staging"
PLACES = {
    "plan in the folder of its stack": (f"{INSIDE}/plan.json", PLAN),
    "state in the folder of its stack": (f"{INSIDE}/state.json", STATE),
    "plan called by its stack": ("staging.json", PLAN),
    "plan called by its stack and kind": ("plans/staging.plan.json", PLAN),
    "plan beside cdktf.out": ("plan.json", PLAN),
    "state beside cdktf.out": ("state.json", STATE),
}


@pytest.mark.parametrize(("place", "raw"), PLACES.values(), ids=PLACES)
def test_a_finding_has_its_python_line(planproof: Run, two_stacks: Path, place: str, raw: dict[str, Any]) -> None:
    """Who reads the finding opens the sentence that caused it, and staging is judged as staging."""
    (two_stacks / place).parent.mkdir(exist_ok=True)
    (two_stacks / place).write_text(json.dumps(raw))
    done = planproof("check", RULE, "--environment", "staging", place, at=two_stacks)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("staging/database/instance  stacks/environment.py:41\n")
    assert done.stdout.endswith("staging: 2 resources, 1 rule: 0 pass, 1 fail, 0 undecided, 0 waived\n")


def test_a_stack_told_by_its_addresses_is_said(planproof: Run, two_stacks: Path) -> None:
    """A guess is told, with the name that makes it sure."""
    (two_stacks / "plan.json").write_text(json.dumps(PLAN))
    done = planproof("check", RULE, "plan.json", at=two_stacks)

    assert (
        "note: plan.json: taken for the stack staging, which has its addresses; call it staging.json to say so\n"
        in done.stdout
    )


def test_a_plan_that_may_be_of_two_stacks_is_of_none(planproof: Run, project: Path) -> None:
    """Staging and prod have the same addresses here: a guess could judge prod as staging."""
    (project / "plan.json").write_text(json.dumps(PLAN))
    done = planproof("check", RULE, "plan.json", at=project)

    assert done.stdout.startswith("aws_db_instance.main\n")
    assert (
        "note: plan.json: no stack of cdktf.out is surely its own, so nothing has a line; call it STACK.json\n"
        in done.stdout
    )
    assert "plan: 2 resources" in done.stdout


def test_without_a_cdktf_out_nothing_is_said(planproof: Run, project: Path) -> None:
    """Terraform is also written without CDKTF: there is no line to miss."""
    shutil.rmtree(project / "cdktf.out")
    (project / "plan.json").write_text(json.dumps(PLAN))

    assert "note" not in planproof("check", RULE, "plan.json", at=project).stdout


def test_evidence_of_a_plan_keeps_its_stack(planproof: Run, two_stacks: Path) -> None:
    """The copy that an auditor judges again gets the same name and the same lines."""
    (two_stacks / INSIDE / "plan.json").write_text(json.dumps({**PLAN, "resource_changes": [PLAN_OF_KEY]}))
    planproof("evidence", f"{INSIDE}/plan.json", "--output", "evidence", at=two_stacks)
    again = planproof("evidence", "--verify", "evidence", at=two_stacks)

    assert again.returncode == 0, again.stderr
    assert (two_stacks / "evidence/inputs/staging/staging.json").is_file()


PLAN_OF_KEY = {**KEY, "change": {"actions": ["create"], "before": None, "after": {"enable_key_rotation": True}}}


def test_a_module_that_was_not_read_is_counted(planproof: Run, tmp_path: Path) -> None:
    """A database in a module passes no check unseen: the count says that something is not decided."""
    (tmp_path / "child").mkdir()
    database = {"aws_db_instance": {"main": {"publicly_accessible": True}}}
    (tmp_path / "child/main.tf.json").write_text(json.dumps({"resource": database}))
    raw = {"module": {"db": {"source": "./child"}}, "resource": {"aws_vpc": {"main": {}}}}
    (tmp_path / "main.tf.json").write_text(json.dumps(raw))
    done = planproof("check", "--rule=unread-module", "main.tf.json", at=tmp_path)

    assert done.returncode == 0
    assert done.stdout.startswith(
        "undecided  unread-module on main/module.db source\n"
        "           its resources are not in main.tf.json; judge the plan, which has them\n"
    )
    assert done.stdout.endswith("main: 1 resource, 1 rule: 0 pass, 0 fail, 1 undecided, 0 waived\n")
