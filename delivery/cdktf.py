"""Runs cdktf, shows what it says, and turns its failures into messages a person can act on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from delivery.toolchain import ROOT, Toolchain
from messages import UserError

INTERRUPTED = 130
"""What a shell reports for a program that was interrupted."""

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
LAST_LINES = 12


@dataclass(frozen=True)
class Failure:
    """A sign in cdktf's output, and what it means for the person."""

    sign: str
    where: str
    hint: str


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
    Failure("connection refused", "nothing answers at the target", "start the emulator: make emulator"),
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

    Raises UserError when cdktf fails, Interrupted after Ctrl-C.
    """
    process = subprocess.Popen(
        [*tools.cdktf, *arguments],
        cwd=ROOT,
        env=dict(tools.variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    said: list[str] = []
    interrupted = False
    while True:
        try:
            for line in _lines(process):
                said.append(line)
                sink.write(line)
                sink.flush()
            process.wait()
            break
        except KeyboardInterrupt:
            interrupted = True
            _interrupt_terraform(process.pid)
    if interrupted:
        raise Interrupted
    if process.returncode != 0:
        raise explain(stack, "".join(said))


def explain(stack: str, output: str) -> UserError:
    """What cdktf's output means. Errors of main.py are messages already and are passed on."""
    plain = COLOURS.sub("", output)
    for failure in FAILURES:
        if failure.sign in plain:
            return UserError(
                failure.where.format(stack=stack),
                *_around(plain, failure.sign),
                hint=failure.hint.format(stack=stack),
            )
    last = [line.strip() for line in plain.splitlines() if line.strip()][-LAST_LINES:]
    return UserError(f"{stack} was not deployed", *last, hint="the first error above is the cause; mend it, try again")


def _around(plain: str, sign: str) -> list[str]:
    lines = [line.strip(" |\u2502\u2577\u2575") for line in plain.splitlines()]
    at = next(number for number, line in enumerate(lines) if sign in line)
    wanted = ("ID:", "Who:", "Operation:", "Created:")
    details = [line for line in lines if line.startswith(wanted)]
    return [lines[at][:200], *details]


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None  # noqa: S101 - it was asked for above
    yield from process.stdout


def _interrupt_terraform(ancestor: int) -> None:
    """Send SIGINT to every terraform below `ancestor`; its providers follow it by themselves."""
    for pid, name in _descendants(ancestor):
        if name == "terraform":
            os.kill(pid, signal.SIGINT)


def _descendants(ancestor: int) -> list[tuple[int, str]]:
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,comm="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in table.stdout.splitlines()]
    children: dict[int, list[tuple[int, str]]] = {}
    for pid, parent, command in rows:
        children.setdefault(int(parent), []).append((int(pid), command.rsplit("/", 1)[-1]))
    found, open_ends = [], [ancestor]
    while open_ends:
        for child in children.get(open_ends.pop(), []):
            found.append(child)
            open_ends.append(child[0])
    return found


def say(text: str) -> None:
    """One line for the person, on standard error, so that output stays clean."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def emulated(variables: Mapping[str, str], url: str) -> dict[str, str]:
    """The variables that send a deployment to an emulator, and nowhere else."""
    return {
        **{key: value for key, value in variables.items() if not key.startswith("AWS_")},
        "TARGET": "emulator",
        "EMULATOR_URL": url,
    }
