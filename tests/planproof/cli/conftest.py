"""A folder to judge, and the command run in it."""

from __future__ import annotations

import json
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


def write_stack(folder: Path, name: str, database: dict[str, Any]) -> None:
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
def stack() -> Callable[[Path, str, dict[str, Any]], None]:
    """Writes a stack whose database has other attributes than the usual bad one."""

    def write(folder: Path, name: str, changes: dict[str, Any]) -> None:
        write_stack(folder, name, {**DATABASE, **changes})

    return write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a bad staging and a good prod."""
    write_stack(tmp_path, "staging", DATABASE)
    write_stack(tmp_path, "prod", {**DATABASE, "storage_encrypted": True})
    return tmp_path
