"""Runs Terraform itself in the folder of a synthesised stack, for what cdktf has no command for."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from delivery import cdktf
from delivery.cdktf import Failure, Interrupted
from delivery.interrupt import SIGNALS, WAITING
from delivery.toolchain import Toolchain
from messages import UserError

PRIVATE = 0o600
"""A plan holds values that Terraform masks on the screen only."""

FAILURES = (
    Failure(
        "Failed to save plan",
        "the plan of {stack} cannot be written",
        "make room on the disk, or mend the permissions of the folder; then run the same command again",
    ),
    Failure(
        "Provider dependency changes detected",
        "the providers of {stack} have changed",
        "a plan changes no lock file: delete .terraform.lock.hcl in the stack's folder to accept the new ones",
    ),
    Failure(
        "AccessDenied",
        "these credentials may not do that in the account of {stack}",
        "use a role that may; one that may only read plans with LOCK=off",
    ),
)
"""What goes wrong beyond the failures of a deployment, which cdktf.explain knows."""


def run(
    tools: Toolchain, stack: str, folder: Path, arguments: Sequence[str], log: IO[str], *, good: tuple[int, ...] = (0,)
) -> int:
    """Run Terraform in `folder`, keeping what it says in `log`; gives the exit code, one of `good`.

    Raises UserError for any other exit code; Interrupted after Ctrl-C, when the lock is given back.
    """
    said: list[str] = []
    with _start(tools, folder, arguments) as process, _interrupts(process) as came:
        assert process.stdout is not None  # noqa: S101 - it was asked for below
        for line in process.stdout:
            said.append(line)
            log.write(line)
    if came:
        raise Interrupted
    if process.returncode not in good:
        raise explain(stack, "".join(said), tools.variables)
    return process.returncode


def save(tools: Toolchain, stack: str, folder: Path, arguments: Sequence[str], file: Path) -> None:
    """Write what Terraform prints to `file`, byte for byte, for its owner only.

    Raises UserError when Terraform fails.
    """
    with private(file) as output:
        done = subprocess.run(
            [tools.terraform, *arguments],
            cwd=folder,
            env=dict(tools.variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            check=False,
        )
    if done.returncode != 0:
        file.unlink()
        raise explain(stack, done.stderr, tools.variables)


@contextmanager
def private(file: Path) -> Iterator[IO[str]]:
    """A new file that only its owner may read."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w", encoding="utf-8") as opened:
        yield opened


def explain(stack: str, output: str, variables: Mapping[str, str]) -> UserError:
    """What Terraform's output means for the person."""
    if any(failure.sign in output for failure in cdktf.FAILURES):
        return cdktf.explain(stack, output, variables)
    lines = [line.strip(cdktf.FRAME) for line in output.splitlines() if line.strip(cdktf.FRAME)]
    first = next((number for number, line in enumerate(lines) if line.startswith("Error: ")), 0)
    told = lines[first:][: cdktf.LAST_LINES]
    for failure in FAILURES:
        if failure.sign in output:
            return UserError(failure.where.format(stack=stack), *told, hint=failure.hint.format(stack=stack))
    return UserError(
        f"Terraform failed for {stack}", *told, hint="the first error above is the cause; mend it, try again"
    )


def _start(tools: Toolchain, folder: Path, arguments: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [tools.terraform, *arguments],
        cwd=folder,
        env=dict(tools.variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,  # Ctrl-C reaches it once, from here
        umask=0o077,
    )


@contextmanager
def _interrupts(process: subprocess.Popen[str]) -> Iterator[list[int]]:
    """The signals that came. Terraform is told once: a second time it would leave without giving the lock back."""
    came: list[int] = []

    def pass_on(number: int, _frame: object) -> None:
        came.append(number)
        if len(came) == 1:  # counted first: the next signal may come within this one
            process.send_signal(signal.SIGINT)
        os.write(2, WAITING)

    before = {number: signal.signal(number, pass_on) for number in SIGNALS}
    try:
        yield came
        process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
