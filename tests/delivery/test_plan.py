"""`make plan` and `make drift`: what they ask Terraform for, what they leave, and what they end with."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import threading
from pathlib import Path

import pytest

from delivery import __main__ as command
from delivery import plan, toolchain
from delivery.cdktf import Interrupted
from tests.delivery.fake_terraform import DEPLOYED, Machine, machine


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with a Terraform of ours, whose main.py synthesises two stacks."""
    monkeypatch.setattr(plan, "ROOT", tmp_path)
    return machine(tmp_path)


OPTIONS = ["-detailed-exitcode", "-input=false", "-no-color", "-lock=true", "-parallelism=30"]
INIT = ["init", "-input=false", "-no-color", "-reconfigure"]


def test_a_plan_is_made_shown_and_reviewed(at: Machine, capfd: pytest.CaptureFixture[str]) -> None:
    """One command from the code to the page that a reviewer reads."""
    assert plan.plan(at.tools(), "staging", at.root / "cdktf.out") == 0

    assert at.calls() == [
        INIT,
        ["plan", "-out=plan.tfplan", *OPTIONS],
        ["show", "-json", "plan.tfplan"],
        ["planproof", "review", str(at.stack / "plan.json")],
    ]
    said = capfd.readouterr()
    assert said.out == "the review\n"
    assert said.err == (
        "[1/3] synthesise and judge staging\n[2/3] plan\n[3/3] review cdktf.out/stacks/staging/plan.json\n"
    )


def test_drift_refreshes_only(at: Machine) -> None:
    """A comparison proposes no change of code, and does not take the place of a plan."""
    assert plan.plan(at.tools(), "staging", at.root / "cdktf.out", plan.DRIFT) == 0

    assert at.calls()[1:] == [
        ["plan", "-refresh-only", "-out=staging.drift.tfplan", *OPTIONS],
        ["show", "-json", "staging.drift.tfplan"],
        ["planproof", "review", str(at.stack / "staging.drift.json")],
    ]


@pytest.mark.parametrize("verdict", [0, 1, 2, 3])
def test_the_verdict_is_the_exit_code(verdict: int, at: Machine) -> None:
    """A pipeline stops where planproof says so."""
    assert plan.plan(at.tools(VERDICT=str(verdict)), "staging", at.root / "cdktf.out") == verdict


def test_findings_of_the_gate_leave_no_plan(at: Machine) -> None:
    """Nobody reviews the plan of an earlier run when the code was refused."""
    plan.plan(at.tools(), "staging", at.root / "cdktf.out")
    at.diary.write_text("")

    assert plan.plan(at.tools(FINDINGS="1"), "staging", at.root / "cdktf.out") == 1
    assert at.calls() == []
    assert not (at.stack / "plan.json").exists()


def test_the_json_is_what_terraform_shows_to_the_byte(at: Machine) -> None:
    """An approval is bound to the SHA-256 of what `terraform show -json` prints: apply must find the same."""
    shown = json.dumps({**DEPLOYED, "name": "M\u00fcller"}, ensure_ascii=False) + "\n\n"

    plan.plan(at.tools(SHOW=shown), "staging", at.root / "cdktf.out")

    made = hashlib.sha256((at.stack / "plan.json").read_bytes()).hexdigest()
    assert made == hashlib.sha256(shown.encode()).hexdigest()


def test_only_its_owner_reads_a_plan(at: Machine) -> None:
    """A plan holds what Terraform masks on the screen only."""
    (at.root / "cdktf.out/stacks/staging").mkdir(parents=True)
    for name in ("plan.json", "plan.log"):
        (at.stack / name).write_text("earlier, readable by all")
        (at.stack / name).chmod(0o644)

    plan.plan(at.tools(), "staging", at.root / "cdktf.out")

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in at.stack.glob("plan.*")}
    assert modes == {"plan.json": 0o600, "plan.log": 0o600, "plan.tfplan": 0o600}


def test_a_plan_changes_no_lock_file(at: Machine) -> None:
    """A provider is changed by people, not by looking."""
    (at.root / "cdktf.out/stacks/staging").mkdir(parents=True)
    (at.stack / ".terraform.lock.hcl").touch()

    plan.plan(at.tools(), "staging", at.root / "cdktf.out")

    assert at.calls()[0] == [*INIT, "-lockfile=readonly"]


def test_a_role_that_may_only_read_plans_without_a_lock(at: Machine) -> None:
    """A pull request's plan does not hold up a deployment."""
    plan.plan(at.tools(LOCK="off"), "staging", at.root / "cdktf.out")

    assert "-lock=false" in at.calls()[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_reaches_terraform_once(number: signal.Signals, at: Machine) -> None:
    """Ctrl-C, pressed in impatience, leaves no locked state behind: a second time Terraform would just go."""
    before = signal.getsignal(number)
    for name in ("heard", "release"):
        os.mkfifo(at.root / name)
    heard, errors = os.pipe()
    kept = os.dup(2)
    release = os.open(at.root / "release", os.O_RDWR)
    said: list[bytes] = []

    def interrupt() -> None:
        (at.root / "heard").read_text()
        for _ in range(3):
            os.kill(os.getpid(), number)
            said.append(os.read(heard, 1000))  # it was taken
        os.write(release, b"\n")

    thread = threading.Thread(target=interrupt)
    os.dup2(errors, 2)
    try:
        thread.start()
        with pytest.raises(Interrupted):
            plan.plan(at.tools(WAITS="plan"), "staging", at.root / "cdktf.out")
        thread.join()
    finally:
        os.dup2(kept, 2)
        for end in (kept, heard, errors, release):
            os.close(end)

    assert said == [b"interrupted: waiting for Terraform to save its state\n"] * 3
    assert (at.stack / "plan.log").read_text() == "interrupted\nlock given back\n"
    assert signal.getsignal(number) == before
    assert [call[0] for call in at.calls()] == ["init", "plan"]


def test_settling_refreshes_the_state_and_keeps_the_outputs(at: Machine) -> None:
    """After `planproof apply` the tests start from the same file as after `make deploy`."""
    plan.synthesise(at.tools(), at.root / "cdktf.out")
    shown = {
        "vpc_id": {"sensitive": False, "value": "vpc-1"},
        "zones": {"sensitive": False, "value": ["a", "b"]},
        "token": {"sensitive": True, "value": "hunter2"},
    }

    flat = plan.settle(at.tools(OUTPUT=json.dumps(shown)), "staging", at.root / "cdktf.out", at.root / "kept/flat.json")

    assert flat == json.loads((at.root / "kept/flat.json").read_text()) == {"vpc_id": "vpc-1", "zones": "a,b"}
    assert at.calls() == [
        INIT,
        ["apply", "-refresh-only", "-auto-approve", "-input=false", "-no-color", "-parallelism=30"],
        ["output", "-json"],
    ]
    assert "hunter2" not in "".join(file.read_text() for file in at.root.rglob("*.json"))


@pytest.fixture
def shell(at: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The same machine, as the command finds it."""
    monkeypatch.setattr(toolchain, "WORK", at.root / "work")
    for name, place in (("ROOT", at.root), ("FOLDER", at.root / "emulator")):
        monkeypatch.setattr(command, name, place)
    monkeypatch.setattr(command, "find", lambda variables: at.tools(**variables))
    return at


@pytest.mark.parametrize(("word", "made"), [("plan", "plan.json"), ("drift", "staging.drift.json")])
@pytest.mark.parametrize(("target", "folder"), [("aws", "cdktf.out"), ("emulator", "emulator/cdktf.out")])
def test_the_command_plans_at_its_target(word: str, made: str, target: str, folder: str, shell: Machine) -> None:
    """A plan against the emulator never overwrites the one against AWS."""
    assert command.main([word, "staging"], {"TARGET": target, "AWS_PROFILE": "pay", "VERDICT": "3"}) == 3

    assert [file.relative_to(shell.root).as_posix() for file in shell.root.rglob(made)] == [
        f"{folder}/stacks/staging/{made}"
    ]


def test_the_command_settles(shell: Machine, capfd: pytest.CaptureFixture[str]) -> None:
    """The pipeline is told where the outputs are; a state stack does not take the platform's place."""
    plan.synthesise(shell.tools(), shell.root / "cdktf.out")
    output = json.dumps({"bucket": {"sensitive": False, "value": "b"}})

    assert command.main(["settle", "staging-state"], {"AWS_PROFILE": "pay", "OUTPUT": output}) == 0
    assert capfd.readouterr().err == "1 outputs are in cdktf.out/staging-state.flat-outputs.json\n"
