"""`planproof check` as people and pipelines run it: its output and its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Stack = Callable[[Path, str, dict[str, Any]], None]
WIDE = "--rule=unencrypted-database"


def test_a_finding_is_told_in_full(planproof: Run, project: Path) -> None:
    """Where in Python, what was found, why it matters and what to do; exit 1 stops the pipeline."""
    done = planproof("check", WIDE, at=project)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "staging/database/instance  stacks/environment.py:41\n"
        "  aws_db_instance.main\n"
        "\n"
        "  high  Database storage is not encrypted with a key of ours.\n"
        "    storage_encrypted\n"
        "    found     false\n"
        "    expected  true\n"
        "    because   Whoever obtains a snapshot or a disk can read every row.\n"
        "    hint      Set storage_encrypted = true and give kms_key_id the arn of a customer key.\n"
        "    docs      https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html\n"
        "              (unencrypted-database)\n"
        "\n"
        "prod, staging: 4 resources, 1 rule: 1 pass, 1 fail, 0 undecided, 0 waived\n"
    )


def test_what_is_right_is_quiet(planproof: Run, project: Path) -> None:
    """One line, exit 0."""
    done = planproof("check", WIDE, "--environment", "prod", at=project)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "prod: 2 resources, 1 rule: 1 pass, 0 fail, 0 undecided, 0 waived\n"


def test_severity_decides_what_fails(planproof: Run, project: Path) -> None:
    """A finding below the line is told and does not stop."""
    done = planproof("check", WIDE, "--fail-on", "critical", at=project)

    assert done.returncode == 0
    assert "1 fail" in done.stdout


def test_a_baseline_lets_only_new_findings_stop(planproof: Run, project: Path) -> None:
    """An old estate can start today: what is known does not fail, what is new does."""
    first = planproof("check", WIDE, "--format", "json", "--output", "known.json", at=project)
    again = planproof("check", WIDE, "--baseline", "known.json", at=project)
    raw = json.loads((project / "known.json").read_text())

    assert (first.returncode, first.stdout) == (1, "")
    assert first.stderr == "prod, staging: 4 resources, 1 rule: 1 pass, 1 fail, 0 undecided, 0 waived\n"
    assert [one["path"] for one in raw["findings"]] == ["storage_encrypted"]
    assert again.returncode == 0
    assert again.stdout.endswith("1 pass, 0 fail, 0 undecided, 0 waived, 1 in the baseline\n")


WAIVER = """\
- allow: unencrypted-database
  on: staging/database/instance
  because: Replaced in sprint 12.
  owner: payments
  until: 2027-03-31
"""


def test_a_waiver_ends(planproof: Run, project: Path) -> None:
    """The same file passes on its last day and fails on the next."""
    (project / "waivers.yaml").write_text(WAIVER)
    last = planproof("check", WIDE, "--as-of", "2027-03-31", at=project)
    after = planproof("check", WIDE, "--as-of", "2027-04-01", at=project)

    assert last.returncode == 0
    assert last.stdout == (
        "waived  unencrypted-database on staging/database/instance until 2027-03-31 by payments: "
        "Replaced in sprint 12.\n"
        "\n"
        "prod, staging: 4 resources, 1 rule: 1 pass, 0 fail, 0 undecided, 1 waived\n"
    )
    assert after.returncode == 1
    assert "waivers.yaml:1" in after.stdout
    assert "found     2027-03-31, which is past" in after.stdout


MESSAGES = [
    (
        ["check", "--rule", "unencrypted-databse"],
        "There is no such rule\n  unencrypted-databse: not found\n\nhint: planproof rules lists them all\n",
    ),
    (
        ["check", "--environment", "production"],
        "There is no such environment\n  production: not found\n\nhint: the environments are prod, staging\n",
    ),
    (
        ["check", "nowhere.json"],
        (
            "nowhere.json does not exist\n  no such file or folder\n\n"
            "hint: synthesise first (cdktf synth), or name a file\n"
        ),
    ),
    (
        ["check", "cdktf.out", "cdktf.out/stacks/prod"],
        (
            "cdktf.out/stacks/prod/cdk.tf.json cannot be judged with cdktf.out/stacks/prod/cdk.tf.json\n"
            "  both are called prod\n\nhint: judge them one by one, or give the files different names\n"
        ),
    ),
    (
        ["check", "--output", "no/such/folder.txt"],
        (
            "no/such/folder.txt cannot be written\n  No such file or directory\n\n"
            "hint: name a file in a folder that exists\n"
        ),
    ),
    (
        ["check", "--baseline", "planproof.txt"],
        (
            "planproof.txt cannot be read\n  No such file or directory\n\n"
            "hint: write one with: planproof check --format json --output baseline.json\n"
        ),
    ),
    (
        ["check", "--baseline", "cdktf.out/stacks/prod/cdk.tf.json"],
        (
            "cdktf.out/stacks/prod/cdk.tf.json is no baseline\n  it is not a report of planproof\n\n"
            "hint: write one with: planproof check --format json --output baseline.json\n"
        ),
    ),
    (
        ["check", "hollow.json"],
        "hollow.json cannot be judged\n  it holds no resource\n\nhint: check that it is the file you meant\n",
    ),
    (
        ["explain", "unencrypted-databas"],
        "There is no such rule\n  unencrypted-databas: not found\n\nhint: did you mean unencrypted-database?\n",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), MESSAGES, ids=[" ".join(case[0]) for case in MESSAGES])
def test_a_mistake_is_told_in_one_message(planproof: Run, project: Path, arguments: list[str], message: str) -> None:
    """Exit 2, to standard error, no traceback; the whole message is agreed."""
    (project / "hollow.json").write_text('{"terraform": {}}')
    done = planproof(*arguments, at=project)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_nothing_here_is_an_error(planproof: Run, tmp_path: Path) -> None:
    """Run in the wrong folder, the gate must not pass."""
    done = planproof("check", at=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("cdktf.out does not exist\n")


def test_a_name_that_a_terminal_would_obey_is_escaped(planproof: Run, stack: Stack, tmp_path: Path) -> None:
    """A resource cannot clear the screen or hide its finding."""
    stack(tmp_path, "staging", {"kms_key_id": "\x1b[2J\u202e\ud800"})
    done = planproof("check", WIDE, at=tmp_path)

    assert done.returncode == 1
    assert "found     \\x1b[2J\\u202e\\ud800\n" in done.stdout
    assert "\x1b" not in done.stdout
