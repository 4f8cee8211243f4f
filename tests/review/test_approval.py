"""An approval holds for one plan, and nothing else is applied in its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from planproof.errors import UserError
from planproof.review.approval import Approval, approve, read, refuse_unless_approved
from tests.review import plans
from tests.review.reviews import ROOT, review_of

if TYPE_CHECKING:
    from planproof.review.reviewing import PlanReview

COMMAND = Path(sys.executable).parent / "planproof"
HUMAN = "database-grows-at-once"
SAFE = "every-tag"
BLOCKED = "database-is-deleted-without-a-trace"


def one(name: str) -> PlanReview:
    """The review of one stored plan."""
    return review_of(name).plans[0]


def approved(name: str) -> Approval:
    """An approval by everybody whom the plan needs."""
    return approve(one(name), "Ada", "2026-11-23", (), ("why",))


def refusal(name: str, *approvals: Approval) -> str:
    """What somebody is told who applies a plan with these approvals."""
    with pytest.raises(UserError) as caught:
        refuse_unless_approved(one(name), approvals)
    return str(caught.value)


def test_an_approved_plan_is_let_through() -> None:
    """Whoever answers for the change has seen exactly this plan."""
    refuse_unless_approved(one(HUMAN), (approved(HUMAN),))


def test_a_safe_plan_needs_nobody() -> None:
    """A change of tags must not wait for the person on call."""
    refuse_unless_approved(one(SAFE), ())


def test_a_plan_without_approval_is_refused() -> None:
    """The message names who is missing and how they give their word."""
    assert refusal(HUMAN) == (
        "staging.json will not be applied\n"
        + "".join(f"  {who}: has not approved it\n" for who in one(HUMAN).verdict.approvers)
        + "\n"
        "hint: add --approved-by FILE for each of them; planproof approve PLAN.json --by NAME writes one"
    )


def test_an_approval_of_another_plan_is_refused() -> None:
    """Between review and apply somebody may plan again: what was approved then is not what would run now."""
    other = replace(approved(HUMAN), sha256="0" * 64)
    sha256 = one(HUMAN).plan.sha256

    assert refusal(HUMAN, other) == (
        "staging.json will not be applied\n"
        "  Ada approved 0000000000000000 of staging\n"
        f"  this plan is {sha256[:16]} of staging\n"
        "\n"
        "hint: review the plan and approve it again: planproof approve PLAN.json --by NAME --output FILE"
    )


def test_a_blocked_plan_can_neither_be_approved_nor_applied() -> None:
    """No single person can sign away the ledger's database."""
    with pytest.raises(UserError) as caught:
        approved(BLOCKED)

    assert str(caught.value).startswith(
        "staging.json cannot be approved\n  aws_db_instance.database_instance_D7FC2283: data is lost for good\n"
    )
    assert "will not be applied" in refusal(BLOCKED)


def test_a_nameless_approval_is_refused() -> None:
    """An auditor asks who; an empty name is no answer."""
    with pytest.raises(UserError, match="--by: nobody is named"):
        approve(one(HUMAN), "  ", "2026-11-23", (), ())


def test_one_may_answer_only_for_who_is_asked() -> None:
    """A misspelt role would look like an approval and be none."""
    with pytest.raises(UserError, match="--for auditors: nobody asked for"):
        approve(one(HUMAN), "Ada", "2026-11-23", ("auditors",), ())


def test_an_approval_survives_its_file(tmp_path: Path) -> None:
    """What is written is what is read, whole."""
    file = tmp_path / "approval.json"
    file.write_text(approved(HUMAN).text)

    assert read(file) == approved(HUMAN)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}', "\udcff"])
def test_what_is_no_approval_is_refused(text: str, tmp_path: Path) -> None:
    """A file that was cut or written by hand is nobody's word."""
    file = tmp_path / "approval.json"
    file.write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(UserError, match=r"approval\.json cannot be used"):
        read(file)


TERRAFORM = """#!{python}
import pathlib, sys
folder = pathlib.Path(__file__).parent
if sys.argv[1:3] == ["show", "-json"]:
    if not (folder / "shown.json").exists():
        sys.exit("Error: Failed to read plan file")
    sys.stdout.write((folder / "shown.json").read_text())
else:
    (folder / "applied").write_text(" ".join(sys.argv[1:3]))
"""


def applied(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`planproof apply` in a folder whose terraform shows shown.json and notes what it is told to apply."""
    program = folder / "terraform"
    program.write_text(TERRAFORM.format(python=sys.executable))
    program.chmod(0o755)
    (folder / "plan.tfplan").write_bytes(b"PK\x03\x04")
    return subprocess.run(
        [str(COMMAND), "apply", str(folder / "plan.tfplan"), "--name", "staging", *arguments],
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_apply_runs_the_plan_that_was_approved(tmp_path: Path) -> None:
    """The binary plan is shown again, compared with the approval, and only then applied."""
    text = json.dumps(plans.read(HUMAN))
    (tmp_path / "shown.json").write_text(text)
    (tmp_path / "approval.json").write_text(approved(HUMAN).text)

    done = applied(tmp_path, "--approved-by", str(tmp_path / "approval.json"))

    assert (done.returncode, (tmp_path / "applied").read_text()) == (0, "apply -input=false"), done.stderr
    assert "needs a human" in done.stderr
    assert "Ada" in done.stderr


def test_apply_refuses_a_plan_that_changed_after_its_approval(tmp_path: Path) -> None:
    """One byte of the plan is another than what was approved: nothing is applied."""
    (tmp_path / "shown.json").write_text(json.dumps(plans.read(HUMAN)) + " ")
    (tmp_path / "approval.json").write_text(approved(HUMAN).text)

    done = applied(tmp_path, "--approved-by", str(tmp_path / "approval.json"))

    assert done.returncode == 2
    assert "plan.tfplan will not be applied" in done.stderr
    assert not (tmp_path / "applied").exists()


def test_apply_says_when_terraform_cannot_show_the_plan(tmp_path: Path) -> None:
    """A plan file of another folder or version is told with Terraform's own words."""
    done = applied(tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        f"{tmp_path}/plan.tfplan cannot be shown\n"
        "  Error: Failed to read plan file\n"
        "\n"
        f"hint: run it in the folder that terraform init was run in: --chdir FOLDER (now {tmp_path})\n"
    )
