"""The emulator as a process of its own: started, waited for, and always ended.

The child's standard input is a pipe that this process holds, and the child stops when
the pipe closes, which happens even when this process is killed. The child has a session
of its own, so that Ctrl-C does not reach it: Terraform still has to save its state there.
"""

from __future__ import annotations

import selectors
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from messages import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 5.0
DYING_SECONDS: Final = 0.5
"""It answers nobody any more before it has ended: its threads end one by one."""
_ROOT: Final = Path(__file__).resolve().parent.parent
_LAST_LINES: Final = 15


@dataclass(frozen=True)
class Emulator:
    """A running emulator: where it is, and which process."""

    url: str
    pid: int


@contextmanager
def running(*, log: Path, port: int = 0) -> Iterator[Emulator]:
    """Run an emulator while the block runs; port 0 is any free port.

    What the emulator has to say goes to `log`. Raises `UserError` when it cannot start,
    and after the block when it ended by itself meanwhile: whatever failed then failed for that.
    """
    process = start(log=log, port=port)
    try:
        try:
            yield Emulator(url=wait_until_ready(process, log), pid=process.pid)
        except Exception as error:
            with suppress(subprocess.TimeoutExpired):
                process.wait(DYING_SECONDS)
                raise died(process, log) from error
            raise
        if process.poll() is not None:
            raise died(process, log)
    finally:
        stop(process)


def start(*, log: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the process without waiting for it."""
    with log.open("wb") as sink:
        return subprocess.Popen(
            [sys.executable, "-m", "emulator", "--port", str(port), "--until-stdin-closes"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=sink,
            start_new_session=True,
        )


def wait_until_ready(process: subprocess.Popen[bytes], log: Path, *, seconds: float = START_SECONDS) -> str:
    """Give the URL, which the process prints once it listens; `UserError` when it never does."""
    assert process.stdout is not None  # noqa: S101 - start() asked for a pipe
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(seconds):
            raise UserError(
                "the emulator does not start",
                f"it was not ready after {seconds:g} seconds",
                *last_lines(log),
                hint=f"the whole log is in {log}; the machine may be too busy, then try again",
            )
    line = process.stdout.readline().decode().strip()
    if not line:
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        raise died(process, log)
    return line


def died(process: subprocess.Popen[bytes], log: Path) -> UserError:
    """Say how the process ended, with the last it had to say."""
    return UserError(
        "the emulator ended by itself",
        f"exit code {process.returncode}",
        *last_lines(log),
        hint=f"the whole log is in {log}; what was deployed to the emulator is gone with it",
    )


def last_lines(log: Path) -> list[str]:
    """Give the end of the log."""
    return log.read_text(errors="replace").splitlines()[-_LAST_LINES:]


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the process: by closing its input, then by SIGTERM, at last by SIGKILL."""
    if process.stdin is not None:
        process.stdin.close()
    for end in (process.terminate, process.kill):
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            break
        end()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
