"""The life of an environment, from an empty account to an empty account, with what goes wrong on the way.

All of it is real: cdktf, Terraform, the AWS provider, and an emulated account that only
these tests use. They build on each other, so each story is one test.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest

from delivery.__main__ import exit_code
from delivery.cdktf import INTERRUPTED, emulated
from delivery.deploy import account_of, deploy, destroy
from delivery.toolchain import Toolchain, find
from emulator.process import Emulator, running
from messages import UserError
from planproof.document import load
from tests.lifecycle import asked
from tests.lifecycle.left_over import left_over, running_in
from tests.workflows.roles import statements

pytestmark = pytest.mark.deploy

STACK = "staging"
LOCK = "platform.tfstate.tflock"
NO_CHANGES = 0


@dataclass
class Log:
    """Keeps what cdktf says, and can act when so many resources have been made."""

    lines: list[str] = field(default_factory=list)
    interrupt_after: int | None = None

    def write(self, text: str) -> int:
        """Keep the text; press Ctrl-C once at the given number of resources."""
        self.lines.append(text)
        made = sum("Creation complete" in line for line in self.lines)
        if self.interrupt_after is not None and made >= self.interrupt_after:
            self.interrupt_after = None
            os.kill(os.getpid(), signal.SIGINT)
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""


@dataclass(frozen=True)
class Account:
    """An emulated account, the tools that deploy to it, and a folder for what they write."""

    emulator: Emulator
    tools: Toolchain
    folder: Path

    def deploy(self, stack: str, log: Log | None = None) -> dict[str, str]:
        """Deploy one stack; gives its outputs."""
        return deploy(self.tools, stack, self.folder / "cdktf.out", log or Log(), kept=self.kept)

    def resume(self, stack: str) -> dict[str, str]:
        """Deploy after an interrupt as a person would, who does what the messages say.

        AWS may have made what was being asked for in that very moment; the message names the commands that adopt it.
        """
        try:
            return self.deploy(stack)
        except UserError as error:
            adopting = [line.split()[1:] for line in str(error).splitlines() if line.startswith("  terraform import ")]
            if not adopting:
                raise
        for verb, *rest in adopting:
            done = self.terraform(verb, "-input=false", *rest)
            assert done.returncode == 0, done.stdout + done.stderr
        return self.deploy(stack)

    @property
    def kept(self) -> Path:
        """Where the outputs go."""
        return self.folder / "flat-outputs.json"

    def terraform(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Terraform in the folder of the stack, as a person would."""
        return subprocess.run(
            [self.tools.terraform, *arguments],
            cwd=self.folder / "cdktf.out/stacks" / STACK,
            env={**self.tools.variables, "TF_CLI_ARGS": "-no-color"},
            capture_output=True,
            text=True,
            check=False,
        )

    def refused_to(self, role: str) -> set[str]:
        """What the account was asked since it was told to forget, and a role of the pipeline may not do."""
        (document,) = (one for one in load(self.folder / "cdktf.out") if one.name == STACK)
        return asked.refused(asked.actions(self.emulator.url), statements(document, role))

    def client(self, service: str) -> Any:
        """A boto3 client of the account."""
        return boto3.client(  # type: ignore[call-overload]
            service,
            endpoint_url=self.emulator.url,
            region_name="eu-west-1",
            aws_access_key_id=self.tools.variables["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key="emulated",
        )

    def locks(self) -> list[str]:
        """The locks that lie beside the state."""
        objects = self.client("s3").list_objects_v2(Bucket=self.state_bucket).get("Contents", [])
        return [one["Key"] for one in objects if one["Key"].endswith(".tflock")]

    @property
    def state_bucket(self) -> str:
        """Where the state is."""
        return f"payflow-state-{STACK}-{self.tools.variables['AWS_ACCESS_KEY_ID']}"


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    """An empty account that allows its resources to be deleted."""
    lifted = {**os.environ, f"PLATFORM__{STACK.upper()}__DELETION_PROTECTION": "false", "GATE": "report"}
    with running(log=tmp_path / "emulator.log") as emulator:
        tools = find(emulated(lifted, emulator.url, account_of(STACK, lifted)))
        yield Account(emulator, tools, tmp_path)


@pytest.mark.xdist_group("lifecycle")
def test_an_environment_is_made_interrupted_resumed_and_taken_down(account: Account) -> None:
    """Nobody loses money because a deployment was stopped halfway, run twice or run by two people at once."""
    account.deploy(f"{STACK}-state")
    outputs_of_state = account.kept.read_text(encoding="utf-8")
    asked.forget(account.emulator.url)

    assert exit_code(lambda: len(account.deploy(STACK, Log(interrupt_after=40)))) == INTERRUPTED
    assert running_in(account.folder) == [], "Terraform and its provider end before the command does"
    assert account.locks() == [], "an interrupted deployment gives the lock back"
    assert account.kept.read_text(encoding="utf-8") == outputs_of_state, "an interrupted deployment writes no outputs"
    saved = account.terraform("state", "list").stdout.splitlines()
    assert len(saved) >= 40, "what was made before the interrupt is in the state"

    outputs = account.resume(STACK)
    assert len(outputs) > 40
    assert outputs == dict(sorted(outputs.items()))
    assert len(account.terraform("state", "list").stdout.splitlines()) >= 150
    of_an_administrator = asked.MADE_BY_AN_ADMINISTRATOR | asked.ENDED_BY_AN_ADMINISTRATOR  # ended: half made before
    assert account.refused_to("deploy") <= of_an_administrator, "the pipeline's role may make what a release brings"

    asked.forget(account.emulator.url)
    second = account.terraform("plan", "-detailed-exitcode", "-lock=false")
    assert second.returncode == NO_CHANGES, second.stdout[-4000:]
    for role in ("plan", "deploy"):
        assert account.refused_to(role) == set(), "both roles of the pipeline may read all that a plan reads"

    account.client("rds").modify_db_instance(
        DBInstanceIdentifier=f"payflow-database-{STACK}", EngineVersion="16.99", ApplyImmediately=True
    )
    upgraded = account.terraform("plan", "-detailed-exitcode", "-lock=false")
    assert upgraded.returncode == NO_CHANGES, f"AWS raises minor versions by itself:\n{upgraded.stdout[-4000:]}"

    held = '{"ID":"11111111-2222-3333-4444-555555555555","Operation":"OperationTypeApply","Who":"somebody@else",'
    held += '"Version":"1.11.4","Created":"2026-01-01T00:00:00Z","Path":"state","Info":""}'
    account.client("s3").put_object(Bucket=account.state_bucket, Key=LOCK, Body=held.encode())
    with pytest.raises(UserError) as refused:
        account.deploy(STACK)
    message = str(refused.value)
    assert message.startswith(f"the state of {STACK} is locked\n")
    assert "somebody@else" in message
    account.client("s3").delete_object(Bucket=account.state_bucket, Key=LOCK)

    asked.forget(account.emulator.url)
    destroy(account.tools, STACK, account.folder / "cdktf.out", Log())
    assert account.refused_to("deploy") == asked.ENDED_BY_AN_ADMINISTRATOR, "no release can end what watches it"
    assert account.terraform("state", "list").stdout == ""
    left = left_over(account.client)
    snapshots = left.pop("final snapshots")
    assert snapshots, "what was in the database can be had back"
    assert all(one.startswith("payflow-database-staging-final-2") for one in snapshots)
    assert {kind: names for kind, names in left.items() if names} == {
        "buckets": [account.state_bucket],
        "keys in use": ["state"],
    }
    assert running_in(account.folder) == []


@pytest.mark.xdist_group("vanishing")
def test_an_account_that_vanishes_is_told_as_such(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A deployment whose target dies ends with one message, and leaves nothing running and no outputs."""
    kept = tmp_path / "flat-outputs.json"

    class Killer(Log):
        """Ends the emulator as soon as the first resource is made."""

        def write(self, text: str) -> int:
            if "Creation complete" in text and not any("Creation complete" in line for line in self.lines):
                os.kill(emulators[0].pid, signal.SIGKILL)
            return super().write(text)

    emulators: list[Emulator] = []

    def deploying() -> int:
        with running(log=tmp_path / "emulator.log") as emulator:
            emulators.append(emulator)
            tools = find(emulated(os.environ, emulator.url, account_of(STACK, os.environ)))
            return len(deploy(tools, f"{STACK}-state", tmp_path / "cdktf.out", Killer(), kept=kept))

    assert exit_code(deploying) == 2
    assert capfd.readouterr().err.startswith("the emulator ended by itself\n  exit code -9\n")
    assert running_in(tmp_path) == []
    assert not Path("/proc", str(emulators[0].pid)).exists()
    assert not kept.exists()
