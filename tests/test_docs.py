"""What the README and its neighbours say is so."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import planproof
from planproof import cli

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README_LINES = 130
TODAY = datetime.now(UTC).date()


def named(page: Path) -> str:
    """A page as the test's id shows it."""
    return page.relative_to(ROOT).as_posix()


def text_of(name: str) -> str:
    """A page's text."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_is_read_in_one_go() -> None:
    """A new colleague reads it to the end."""
    assert text_of("README.md").count("\n") < README_LINES


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    """A reader who follows a link finds a page."""
    links = re.findall(r"\]\(((?!https?:)[^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_make_targets_exist(page: Path) -> None:
    """A command that is copied from a page works."""
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    commands = re.findall(r"(?:^|`)(?:[A-Z_]+=\S+ )*make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    used = set(commands)

    assert used <= targets


def test_planproof_commands_of_the_readme_exist() -> None:
    """The tool can be tried as the README shows it."""
    commands = re.findall(r"^\.venv/bin/planproof (.*?)(?:\s+#.*)?$", text_of("README.md"), re.MULTILINE)

    assert len(commands) >= 4
    for command in commands:
        name = shlex.split(command)[0]
        shown = CliRunner().invoke(cli.planproof, [name, "--help"])
        assert shown.exit_code == 0, shown.output


def test_the_finding_of_the_readme_is_what_the_gate_says(cdktf_out: Path, tmp_path: Path) -> None:
    """The first thing a reader sees of planproof is what it prints about the ledger's disk, to the line of our code."""
    staging = tmp_path / "staging"
    shutil.copytree(cdktf_out / "stacks/staging", staging)
    raw = json.loads((staging / "cdk.tf.json").read_text(encoding="utf-8"))
    (database,) = raw["resource"]["aws_db_instance"].values()
    database["storage_encrypted"] = False
    (staging / "cdk.tf.json").write_text(json.dumps(raw), encoding="utf-8")

    said = planproof.render_text(planproof.check([staging], as_of=TODAY, folder=ROOT), 100, color=False)

    (sample,) = re.findall(r"^```\n(staging/database/instance.*?)^```$", text_of("README.md"), re.MULTILINE | re.DOTALL)
    assert said.rsplit("\n\n", 1)[0] + "\n" == sample


def test_folders_of_the_readme_exist() -> None:
    """The map fits the land."""
    folders = re.findall(r"^\| `([a-z-]+)/`", text_of("README.md"), re.MULTILINE)

    assert len(folders) >= 8
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_no_machine_is_named() -> None:
    """The repository is the same on every machine, and names no package index."""
    hosts = ["pypi" + ".org", "registry.npm" + "js.org", "files.python" + "hosted.org"]
    texts = [ROOT / name for name in ("Pipfile", "Pipfile.lock", "package.json", "package-lock.json", "Makefile")]

    assert [(file.name, host) for file in [*texts, *PAGES] for host in hosts if host in file.read_text()] == []
