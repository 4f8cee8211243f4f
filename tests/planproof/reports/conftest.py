"""One report that holds every kind of answer, with values that try to break out of each format."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from planproof.checking import Report, check

HOSTILE = '<script>alert(1)</script> | `code` ]]> "quoted" & \x1b[31m \ud800 \x00'
WAIVERS = """\
- allow: unencrypted-database
  on: staging/waived
  because: Replaced in <b>sprint</b> 12 | maybe.
  owner: payments
  until: 2027-03-31
- allow: no-such-rule
  on: staging/waived
  because: Nobody knows.
  owner: payments
  until: 2027-03-31
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stack with a good, a bad, an open and a waived database."""
    folder = tmp_path_factory.mktemp("project")
    place = folder / "cdktf.out" / "stacks" / "staging"
    place.mkdir(parents=True)
    bodies: dict[str, dict[str, object]] = {
        "good": {"storage_encrypted": True, "kms_key_id": "${aws_kms_key.data.arn}"},
        "bad": {"storage_encrypted": HOSTILE, "kms_key_id": "${aws_kms_key.data.arn}"},
        "open": {"storage_encrypted": "${var.encrypted}", "kms_key_id": "${aws_kms_key.data.arn}"},
        "waived": {"storage_encrypted": False, "kms_key_id": "${aws_kms_key.data.arn}"},
    }
    raw = {
        "//": {"metadata": {"stackName": "staging"}},
        "module": {"x": {"source": "./x"}},
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_db_instance": {
                name: {**body, "//": {"metadata": {"path": f"staging/{name}"}}} for name, body in bodies.items()
            },
        },
    }
    (place / "cdk.tf.json").write_text(json.dumps(raw))
    origin = {"origin": "staging/bad", "file": "stacks/environment.py", "line": 41}
    (place / "origins.json").write_text(json.dumps({"aws_db_instance.bad": origin}))
    (folder / "waivers.yaml").write_text(WAIVERS)
    return folder


@pytest.fixture
def report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """What one rule says about the stack."""
    monkeypatch.chdir(folder)
    return check(as_of=date(2026, 11, 23))


@pytest.fixture
def small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """The same, of one rule only."""
    monkeypatch.chdir(folder)
    return check(as_of=date(2026, 11, 23), rules=("unencrypted-database",))
