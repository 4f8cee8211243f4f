"""The pipeline's own rights: what runs there is known to the byte, and may do only what it must."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.yaml_of import ACTIONS, ROOT, WORKFLOWS, read, steps, workflow

BIN = Path(sys.executable).parent
PINNED = re.compile(r"uses: (?:\$/[\w./-]+|[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")
LONGEST = 90
MAY_WRITE = {
    ("pull-request", "comment"): {"pull-requests"},
    ("pull-request", "annotate"): {"security-events"},
    ("drift", "tell"): {"issues"},
}
"""The jobs that may write anything; none of them runs code of the repository."""

TAKES_A_ROLE = {
    "pull-request": {"review"},
    "deploy": {"plan-dev", "apply-dev", "plan-staging", "apply-staging", "plan-prod", "apply-prod"},
    "drift": {"compare"},
}
NAMES = [file.stem for file in WORKFLOWS]
EVERY = [*WORKFLOWS, *ACTIONS]


def named(file: Path) -> str:
    """A file as the test's id shows it."""
    return file.relative_to(ROOT).as_posix()


def jobs(name: str) -> dict[str, Any]:
    """The jobs of a workflow."""
    found: dict[str, Any] = workflow(name)["jobs"]
    return found


def test_every_workflow_is_looked_at() -> None:
    """A new workflow is judged like the others."""
    assert NAMES == ["deploy", "drift", "pull-request"]
    assert {path.suffix for path in (ROOT / ".github/workflows").iterdir()} == {".yml"}


@pytest.mark.parametrize(
    "command", [["actionlint"], ["zizmor", "--offline", "--no-progress", "--strict-collection", "."]]
)
def test_linters_find_nothing(command: list[str]) -> None:
    """A workflow that cannot run, or that gives a stranger its rights, is not merged."""
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("linter", "bad", "sign"),
    [
        (
            ["actionlint", "-"],
            "on: push\njobs: {a: {runs-on: ubuntu-24.04, steps: [{run: '${{ gihub.sha }}'}]}}\n",
            "gihub",
        ),
        (
            ["zizmor", "--offline", "--no-progress", "-"],
            ("on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
            "      - run: echo ${{ github.event.pull_request.title }}\n"),
            "template-injection",
        ),
    ],
)  # fmt: skip
def test_linters_would_find_something(linter: list[str], bad: str, sign: str) -> None:
    """Their silence means something: each is run on a fault of its kind."""
    done = subprocess.run(
        [BIN / linter[0], *linter[1:]], input=bad, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode != 0
    assert sign in done.stdout


@pytest.mark.parametrize("file", EVERY, ids=named)
def test_foreign_code_is_pinned_by_commit(file: Path) -> None:
    """A tag can be moved by whoever takes over the action; a commit cannot. Ours is of the commit that runs."""
    lines = [line.strip().removeprefix("- ") for line in file.read_text(encoding="utf-8").splitlines()]

    assert [line for line in lines if line.startswith("uses:") and not PINNED.fullmatch(line)] == []


def test_one_action_has_one_version() -> None:
    """An update is not forgotten in one of the places."""
    found = {match for file in EVERY for match in re.findall(r"uses: ([\w/-]+@.*)", file.read_text(encoding="utf-8"))}

    assert len({one.partition("@")[0] for one in found}) == len(found) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_allowed_but_by_the_job(name: str) -> None:
    """A new job starts without any right; each right it has is a line of a diff."""
    found = workflow(name)

    assert found["permissions"] == {}
    assert found["concurrency"]["group"]
    assert [job for job, body in found["jobs"].items() if "permissions" not in body] == []


@pytest.mark.parametrize("name", NAMES)
def test_only_jobs_without_our_code_may_write(name: str) -> None:
    """Code of a pull request cannot approve, comment or push in the repository's name."""
    for job, body in jobs(name).items():
        writes = {right for right, level in body["permissions"].items() if level == "write"} - {"id-token"}
        assert writes == MAY_WRITE.get((name, job), set())
        if writes:
            assert not [
                step for step in body["steps"] if "checkout" in step.get("uses", "") or "$/" in step.get("uses", "")
            ]


@pytest.mark.parametrize("name", NAMES)
def test_only_these_jobs_take_a_role(name: str) -> None:
    """The identity token, which opens an account, is asked for where a role is taken and nowhere else."""
    assert {job for job, body in jobs(name).items() if "id-token" in body["permissions"]} == TAKES_A_ROLE[name]


def test_no_job_hangs_for_ever() -> None:
    """A job that hangs holds up every later deployment."""
    limits = {(name, job): body.get("timeout-minutes") for name in NAMES for job, body in jobs(name).items()}

    assert [job for job, minutes in limits.items() if not isinstance(minutes, int) or minutes > LONGEST] == []


@pytest.mark.parametrize("file", EVERY, ids=named)
def test_no_token_stays_on_the_disk(file: Path) -> None:
    """What runs after the checkout does not find the token that fetched the code."""
    checkouts = [step for step in steps(file) if step.get("uses", "").startswith("actions/checkout@")]

    assert [step for step in checkouts if step.get("with", {}).get("persist-credentials") is not False] == []


@pytest.mark.parametrize("file", EVERY, ids=named)
def test_scripts_take_values_from_their_environment(file: Path) -> None:
    """A branch called `$(curl ...)` is a name, never a command."""
    assert [step for step in steps(file) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("file", EVERY, ids=named)
def test_no_event_runs_strangers_code_with_our_rights(file: Path) -> None:
    """pull_request_target and workflow_run give secrets to code that nobody has read."""
    assert set(read(file).get("on", {})) <= {"pull_request", "push", "schedule", "workflow_dispatch"}


def test_a_pull_request_never_takes_a_deploy_role() -> None:
    """Whoever opens a pull request changes nothing in any account."""
    asked = [
        step["with"]["role"]
        for step in jobs("pull-request")["review"]["steps"]
        if "credentials" in step.get("uses", "")
    ]

    assert asked == ["plan", "plan", "plan"]
    assert not [job for job in jobs("pull-request").values() if "environment" in job]
    assert jobs("pull-request")["review"]["env"] == {"LOCK": "off"}
    assert jobs("pull-request")["review"]["if"] == "github.event.pull_request.head.repo.full_name == github.repository"


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_only_the_environments_own_job_applies(environment: str) -> None:
    """The job of prod waits for its reviewers, and applies the plan they saw."""
    found = jobs("deploy")
    planning, applying = found[f"plan-{environment}"], found[f"apply-{environment}"]

    assert "environment" not in planning
    assert applying["environment"] == environment
    assert applying["needs"] == f"plan-{environment}"
    assert applying["steps"][1]["with"] == {
        "environment": environment,
        "sha256": f"${{{{ needs.plan-{environment}.outputs.sha256 }}}}",
        "key": "${{ secrets.PLAN_KEY }}",
    }


def test_environments_are_reached_in_order() -> None:
    """What staging's tests refuse never reaches prod."""
    found = jobs("deploy")

    assert [found[job].get("needs") for job in ("plan-dev", "plan-staging", "plan-prod")] == [
        None,
        "apply-dev",
        "apply-staging",
    ]
    assert found["apply-staging"]["steps"][-1]["run"].endswith("-m pytest tests/integration")
    assert workflow("deploy")["concurrency"] == {"group": "deploy", "cancel-in-progress": False}


def test_no_plan_is_uploaded_in_the_clear() -> None:
    """Who may read the repository's artifacts may not read the values of prod."""
    uploads = {
        step["with"]["path"]
        for file in EVERY
        for step in steps(file)
        if step.get("uses", "").startswith("actions/upload-artifact@")
    }

    assert uploads == {"review/", "drift/", "plan.sealed"}
