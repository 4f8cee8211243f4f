"""Runs cdktf, shows what it says, and turns its failures into messages a person can act on."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from delivery import leftovers
from delivery.interrupt import passed_on, stop
from delivery.toolchain import ROOT, Toolchain
from messages import UserError

INTERRUPTED = 130
"""What a shell reports for a program that was interrupted."""

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
LAST_LINES = 12
FRAME = " |\u2502\u2577\u2575"
"""What Terraform draws around an error."""
UNREAD = "see that what reads the output stays, or make room on the disk; then run the same command again"


@dataclass(frozen=True)
class Failure:
    """A sign in cdktf's output, and what it means for the person."""

    sign: str
    where: str
    hint: str
    hint_emulated: str | None = None
    """What to do instead where the target is an emulated account."""


GONE = (
    "nothing answers at the target",
    "see that the network, the proxy and the VPN of this machine let AWS through; then run the same command again",
    "start the emulator: make emulator",
)
"""What a target that is gone is noticed by depends on whether it was being asked just then."""

FAILURES = (
    Failure(
        "Error acquiring the state lock",
        "the state of {stack} is locked",
        "wait for the other deployment; if it is dead: terraform force-unlock ID in the stack's folder",
    ),
    Failure(
        "No valid credential sources found",
        "there are no AWS credentials",
        "set AWS_PROFILE, or log in with: aws sso login",
    ),
    Failure("ExpiredToken", "the AWS credentials have expired", "log in again, for example with: aws sso login"),
    Failure(
        "AWS account ID not allowed",
        "these credentials belong to another account",
        "choose the profile of the account that the environment's YAML names",
    ),
    Failure(
        "NoSuchBucket",
        "the state bucket of {stack} does not exist",
        "make it first: make deploy ENV={stack}-state",
    ),
    Failure("Could not find stack", "there is no stack {stack}", "see the environments in environments/"),
    Failure(
        "Plugin did not respond",
        "the AWS provider ended by itself",
        "when memory is short it is the first to go: close other programs, then run the same command again",
    ),
    Failure("connection refused", *GONE),
    Failure("read: connection reset by peer", *GONE),
    Failure("write: broken pipe", *GONE),
    Failure('": EOF', *GONE),
    Failure('": unexpected EOF', *GONE),
    Failure("server closed idle connection", *GONE),
    Failure(
        "Failed to query available provider packages",
        "Terraform cannot get the AWS provider",
        "connect to a network that reaches a provider registry, or keep a mirror where docs/emulator.md says",
    ),
)


class Sink(Protocol):
    """Where output goes: a file, or something that reads along."""

    def write(self, text: str, /) -> int:
        """Take some text."""
        ...

    def flush(self) -> None:
        """Pass on what was taken."""
        ...


class Interrupted(Exception):  # noqa: N818 - it is no error
    """The person pressed Ctrl-C; Terraform has finished and saved its state."""


def run(tools: Toolchain, stack: str, arguments: Sequence[str], sink: Sink) -> None:
    """Run cdktf with `arguments`, copying its output to `sink` line by line.

    Ctrl-C goes to Terraform alone, which finishes what it began, saves its state
    and gives the lock back; cdktf and the emulator live until then.

    Raises UserError when cdktf fails or `sink` does not take its output, Interrupted after Ctrl-C.
    """
    started: list[subprocess.Popen[str]] = []
    said: list[str] = []
    unwritten: OSError | None = None
    with (
        passed_on(lambda: started[0].pid if started else None) as interrupts,
        _start([*tools.cdktf, *arguments], tools.variables) as process,
    ):
        started.append(process)
        if interrupts.came:  # while the process was being started
            stop(process.pid, interrupts.told)
        try:
            _copy(process, said, sink)
        except OSError as error:
            unwritten = error
            stop(process.pid, interrupts.told)
            process.communicate()
    if interrupts.came:  # Ctrl-C ends what reads along, too
        raise Interrupted
    if unwritten is not None:
        raise UserError(f"{stack} was stopped: its output cannot be written", str(unwritten), hint=UNREAD)
    if process.returncode != 0:
        raise explain(stack, "".join(said), tools.variables, next(iter(arguments), "deploy"))


def _start(command: list[str], variables: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )


def _copy(process: subprocess.Popen[str], said: list[str], sink: Sink) -> None:
    assert process.stdout is not None  # noqa: S101 - it was asked for above
    for line in process.stdout:
        said.append(line)
        sink.write(line)
        sink.flush()


def explain(stack: str, output: str, variables: Mapping[str, str], asked: str = "deploy") -> UserError:
    """What the output of a cdktf that failed means; `variables` name its target, `asked` is its command.

    Errors of main.py are messages already and are passed on.
    """
    plain = COLOURS.sub("", output)
    for failure in FAILURES:
        if failure.sign in plain:
            emulated = failure.hint_emulated if variables.get("TARGET") == "emulator" else None
            return UserError(
                failure.where.format(stack=stack),
                *_around(plain, failure.sign),
                hint=(emulated or failure.hint).format(stack=stack),
            )
    lines = [line.strip(FRAME) for line in plain.splitlines() if line.strip(FRAME)]
    if (left := leftovers.explained(stack, "\n".join(lines))) is not None:
        return left
    first = next((number for number, line in enumerate(lines) if line.startswith("Error: ")), len(lines) - LAST_LINES)
    last = lines[max(first, 0) :][:LAST_LINES]
    done = "destroyed" if asked == "destroy" else "deployed"
    return UserError(f"{stack} was not {done}", *last, hint="the first error above is the cause; mend it, try again")


def _around(plain: str, sign: str) -> list[str]:
    lines = [line.strip(FRAME) for line in plain.splitlines()]
    at = next(number for number, line in enumerate(lines) if sign in line)
    wanted = ("ID:", "Who:", "Operation:", "Created:")
    details = [line for line in lines if line.startswith(wanted)]
    return [lines[at][:200], *details]


def say(text: str) -> None:
    """One line for the person, on standard error, so that output stays clean."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def emulated(variables: Mapping[str, str], url: str, account_id: str) -> dict[str, str]:
    """The variables that send a deployment to an emulated account, and nowhere else."""
    return {
        **{key: value for key, value in variables.items() if not key.startswith("AWS_")},
        "TARGET": "emulator",
        "EMULATOR_URL": url,
        "AWS_ACCESS_KEY_ID": account_id,
        "AWS_SECRET_ACCESS_KEY": "emulated",
    }
