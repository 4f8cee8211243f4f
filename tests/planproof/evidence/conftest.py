"""Evidence of the real environments, written once; and a small project where everything can be wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planproof.cli import main
from planproof.evidence.folder import write

ROOT = Path(__file__).parents[3]
DAY = date(2026, 11, 23)


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


@pytest.fixture(scope="session")
def platform(cdktf_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The evidence of every environment of this repository."""
    folder = tmp_path_factory.mktemp("platform") / "evidence"
    write((cdktf_out,), folder, as_of=DAY, project=ROOT)
    return folder


def put(folder: Path, name: str, resources: dict[str, Any]) -> None:
    """A synthesized stack, and where its resources were written."""
    place = folder / "cdktf.out" / "stacks" / name
    place.mkdir(parents=True)
    raw = {"//": {"metadata": {"stackName": name}}, "resource": resources}
    (place / "cdk.tf.json").write_text(json.dumps(raw))
    origins = {
        f"{kind}.{label}": {"origin": f"{name}/{label}", "file": "stacks/environment.py", "line": 41}
        for kind, labelled in resources.items()
        for label in labelled
    }
    (place / "origins.json").write_text(json.dumps(origins))


def databases(encrypted: object) -> dict[str, Any]:
    """One key, and one database with it."""
    return {
        "aws_kms_key": {"data": {"enable_key_rotation": True}},
        "aws_db_instance": {"ledger": {"storage_encrypted": encrypted, "kms_key_id": "${aws_kms_key.data.arn}"}},
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A staging whose database is readable, a prod where nobody knows, and a waiver."""
    folder = tmp_path / "project"
    put(folder, "staging", databases(encrypted=False))
    put(folder, "prod", databases(encrypted="${var.encrypted}"))
    (folder / "planproof.yaml").write_text("environments: [staging, prod]\n")
    (folder / "waivers.yaml").write_text(
        "- allow: unencrypted-database\n"
        "  on: staging/ledger\n"
        "  because: Holds <b>fixtures</b> only.\n"
        "  owner: payments\n"
        "  until: 2027-03-31\n"
    )
    return folder


@pytest.fixture
def evidence(project: Path, planproof: Run) -> Path:
    """The evidence of the small project."""
    done = planproof("evidence", "--output", "evidence", "--as-of", DAY.isoformat(), at=project)
    assert done.returncode == 1, done.stderr
    return project / "evidence"


@pytest.fixture
def copy(platform: Path, tmp_path: Path) -> Path:
    """The evidence of the real environments, to be spoiled."""
    return Path(shutil.copytree(platform, tmp_path / "copy"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT
