"""main.py as cdktf runs it: what it writes, and what it says to a person who got something wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import PLATFORMS, synthesize

pytestmark = pytest.mark.slow


def test_two_runs_write_the_same_bytes(cdktf_out: Path, tmp_path: Path) -> None:
    """A reviewer compares what will be deployed with what was reviewed: nothing may depend on the day or machine."""
    again = tmp_path / "cdktf.out"

    assert synthesize(again).returncode == 0

    written = {file.relative_to(again): file.read_bytes() for file in again.rglob("*") if file.is_file()}
    before = {file.relative_to(cdktf_out): file.read_bytes() for file in cdktf_out.rglob("*") if file.is_file()}
    assert written == before


@pytest.mark.parametrize("environment", PLATFORMS)
def test_every_resource_knows_the_line_that_made_it(environment: str, cdktf_out: Path) -> None:
    """A finding leads to the Python line to change, not into generated JSON."""
    folder = cdktf_out / "stacks" / environment
    origins = json.loads((folder / "origins.json").read_text(encoding="utf-8"))
    resources = json.loads((folder / "cdk.tf.json").read_text(encoding="utf-8"))["resource"]
    addresses = {f"{kind}.{name}" for kind, things in resources.items() for name in things}

    assert addresses <= set(origins)
    for origin in origins.values():
        assert origin["file"].startswith("stacks/")
        assert origin["module_file"].startswith("modules/")


def test_a_connection_leads_to_its_sentence(cdktf_out: Path) -> None:
    """Who asks why a port is open is led to the sentence that opens it."""
    origins = json.loads((cdktf_out / "stacks/staging/origins.json").read_text(encoding="utf-8"))
    (door,) = [one for one in origins.values() if one["origin"] == "staging/database/connections/from-ledger"]
    line = Path(door["file"]).read_text(encoding="utf-8").splitlines()[door["line"] - 1]

    assert "allow_to" in line


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        (
            {"TARGET": "azure"},
            "TARGET cannot be used\n  found 'azure'\n\nhint: set TARGET to aws or to emulator\n",
        ),
        (
            {"GATE": "open"},
            "GATE cannot be used\n  found 'open'\n\nhint: set GATE to stop or to report\n",
        ),
        (
            {"PLATFORM__STAGING__DATABASE__MULTI_A": "false"},
            (
                "overrides of staging cannot be used\n"
                "  PLATFORM__STAGING__DATABASE__MULTI_A: there is no such setting, "
                "closest is PLATFORM__STAGING__DATABASE__MULTI_AZ\n"
                "\n"
                "hint: every setting and its limits are in environments/schema.json; "
                "unset the variable to use the file\n"
            ),
        ),
    ],
    ids=["target", "gate", "override"],
)
def test_a_mistake_is_one_message(variables: dict[str, str], message: str, tmp_path: Path) -> None:
    """Exit code 2, where and what and what to do, and no traceback of ours."""
    done = synthesize(tmp_path, **variables)

    assert done.returncode == 2
    assert done.stderr.endswith(message)
    assert "Traceback" not in done.stderr


def test_a_finding_stops_the_deployment(tmp_path: Path) -> None:
    """Nobody has to remember to run the judge: prod without Multi-AZ is not synthesised for deployment."""
    done = synthesize(tmp_path, PLATFORM__PROD__DATABASE__MULTI_AZ="false")

    assert done.returncode == 1
    assert "prod/database/instance  stacks/stores.py:" in done.stderr
    assert "multi_az" in done.stderr


def test_a_finding_can_be_told_without_stopping(tmp_path: Path) -> None:
    """Taking an environment down on purpose is possible, said aloud, and leaves its trace in the log."""
    done = synthesize(tmp_path, PLATFORM__PROD__DATABASE__MULTI_AZ="false", GATE="report")

    assert done.returncode == 0
    assert done.stderr.endswith("GATE=report: the findings above do not stop this deployment\n")


def test_the_emulator_is_judged_like_aws(tmp_path: Path) -> None:
    """What is rehearsed is what is deployed: the emulated stacks differ in provider and backend only."""
    done = synthesize(tmp_path, TARGET="emulator", EMULATOR_URL="http://127.0.0.1:5755")

    assert done.returncode == 0, done.stderr
    emulated = json.loads((tmp_path / "stacks/staging/cdk.tf.json").read_text(encoding="utf-8"))
    real = json.loads((Path(__file__).parents[1] / "snapshots/staging.json").read_text(encoding="utf-8"))
    assert {key for key in real if real[key] != emulated[key]} == {"provider", "terraform"}
