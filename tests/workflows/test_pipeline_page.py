"""What docs/pipeline.md tells people to write works where they write it."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from planproof.cli import planproof
from planproof.review.effect import Level
from planproof.review.reports.markdown import MARK
from tests.delivery.fake_programs import program
from tests.workflows.yaml_of import ROOT, WORKFLOWS, script

PAGE = (ROOT / "docs/pipeline.md").read_text(encoding="utf-8")
TABLE = [line for line in PAGE.splitlines() if line.startswith("| `")]


def blocks(language: str) -> list[str]:
    """The snippets in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


ATLANTIS, SPACELIFT = (yaml.safe_load(block) for block in blocks("yaml"))
SCRIPTS = [
    *blocks("sh"),
    *(one["run"] for stage in ATLANTIS["workflows"]["planproof"].values() for one in stage["steps"] if "run" in one),
    *SPACELIFT["stacks"]["staging"]["after_plan"],
]
COMMANDS = [
    command.strip() for text in SCRIPTS for command in re.findall(r"planproof (?!:)[a-z].*?(?=;|&&|\|\||\n|$)", text)
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_planproof_is_one(command: str) -> None:
    """A line that is copied into a pipeline starts, with options that exist."""
    name, *arguments = shlex.split(command)[1:]

    shown = CliRunner().invoke(planproof, [name, "--help"])
    options = {one.split("=")[0] for one in arguments if one.startswith("--")}

    assert shown.exit_code == 0
    assert {option for option in options if option not in shown.output} == set()


def test_the_page_shows_the_commands_it_is_about() -> None:
    """Review, approval and application are shown for each place that has them."""
    assert len(COMMANDS) >= 10
    assert {shlex.split(command)[1] for command in COMMANDS} == {"review", "approve", "apply"}


def test_the_workflows_of_the_page_are_those_that_run() -> None:
    """The table is the list of what is there."""
    assert {line.split("`")[1] for line in TABLE} == {file.name for file in WORKFLOWS}


def test_the_mark_is_what_the_comment_is_found_by() -> None:
    """A mark that changes in one place only would leave a new comment for each push."""
    assert f'startswith("{MARK}")' in script("pull-request", "comment", "Comment")


def test_the_policy_knows_the_verdicts() -> None:
    """A verdict that is called otherwise would deny or pass everything."""
    (rego,) = blocks("rego")

    assert set(re.findall(r'review\.verdict == "([^"]+)"', rego)) == {Level.BLOCKED.value, Level.HUMAN.value}
    assert "planproof.custom.spacelift.json" in " ".join(SPACELIFT["stacks"]["staging"]["after_plan"])


def _atlantis(stage: str) -> str:
    steps: list[Any] = ATLANTIS["workflows"]["planproof"][stage]["steps"]
    return str(next(one["run"] for one in steps if isinstance(one, dict)))


@pytest.mark.parametrize(("code", "passes"), [(0, True), (1, False), (2, False), (3, False)])
def test_atlantis_hears_the_verdict_and_not_a_name(code: int, passes: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Atlantis looks for the letters `fail`: a harmless change of a failover record must not be refused."""
    review = (
        "import pathlib, sys\npathlib.Path('review.txt').write_text('the failover record')\nprint('staging: safe')\n"
    )
    program(tmp_path / "bin/planproof", f"{review}sys.exit({code})\n")
    (tmp_path / "show.json").write_text("{}")

    done = subprocess.run(
        ["sh", "-c", _atlantis("policy_check")],
        cwd=tmp_path,
        env={
            "PATH": f"{tmp_path}/bin:/usr/bin:/bin",
            "SHOWFILE": str(tmp_path / "show.json"),
            "PROJECT_NAME": "staging",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert ("fail" not in done.stdout) is passes
    assert ("the failover record" in done.stdout) is not passes


@pytest.mark.parametrize(("code", "goes_on"), [(0, True), (1, True), (3, True), (2, False)])
def test_spacelift_leaves_the_verdict_to_its_policy(code: int, goes_on: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """A verdict is decided by the policy; a review that could not be made stops the run."""
    program(tmp_path / "bin/planproof", f"import sys\nsys.exit({code})\n")
    (hook,) = [one for one in SPACELIFT["stacks"]["staging"]["after_plan"] if "planproof" in one]

    done = subprocess.run(
        ["sh", "-c", hook], cwd=tmp_path, env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin"}, check=False, timeout=60
    )

    assert (done.returncode == 0) is goes_on
