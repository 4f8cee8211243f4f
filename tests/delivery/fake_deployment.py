"""A deployment of real processes that write down the signals they get.

A `cdktf` starts a `terraform` on a session of its own, as cdktf does, which starts a provider.
"""

from __future__ import annotations

import errno
import os
import select
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from delivery.toolchain import Toolchain
from tests.delivery.fake_programs import program

DIARY = """\
import os, signal, subprocess, sys
diary = os.open(os.environ["DIARY"], os.O_WRONLY | os.O_APPEND)
def note(text):
    os.write(diary, f"{text} {os.getpid()}\\n".encode())
"""

PROVIDER = (
    DIARY
    + """\
signals = {signal.SIGINT, signal.SIGTERM}
signal.pthread_sigmask(signal.SIG_BLOCK, signals)
note("provider starts")
print("ready", flush=True)
while signal.sigwait(signals) == signal.SIGINT:
    note("provider is interrupted")
"""
)

TERRAFORM = (
    DIARY
    + """\
def interrupted(*_):
    note("terraform is interrupted")
    os.write(release, b".")
wait, release = os.pipe()
signal.signal(signal.SIGINT, interrupted)
provider = subprocess.Popen([os.environ["PROVIDER"]], stdout=subprocess.PIPE)
provider.stdout.readline()
note("terraform starts")
print("applying", flush=True)
if "HEARD" in os.environ:
    open(os.environ["HEARD"]).read()
os.read(wait, 1)
provider.terminate()
provider.wait()
note("terraform saves its state")
sys.exit(1)
"""
)

CDKTF = (
    DIARY
    + """\
signal.signal(signal.SIGINT, lambda *_: note("cdktf is interrupted"))
note("cdktf starts")
print("deploying", flush=True)
code = subprocess.run([os.environ["TERRAFORM"]], start_new_session=True).returncode
print("terraform ended", code, flush=True)
note("cdktf ends")
sys.exit(code)
"""
)


def programs(folder: Path, *, cdktf: str = CDKTF, heard: bool = False) -> Toolchain:
    """A tree of programs that write in `folder`/diary; with `heard`, Terraform waits for a word there."""
    (folder / "diary").touch()
    if heard:
        os.mkfifo(folder / "heard")
    return Toolchain(
        cdktf=(str(program(folder / "bin/cdktf", cdktf)),),
        terraform="terraform",
        variables={
            "DIARY": str(folder / "diary"),
            "TERRAFORM": str(program(folder / "bin/terraform", TERRAFORM)),
            "PROVIDER": str(program(folder / "bin/provider", PROVIDER)),
            **({"HEARD": str(folder / "heard")} if heard else {}),
        },
    )


def entries(diary: Path) -> list[str]:
    """What was written, without the process numbers."""
    return [line.rsplit(" ", 1)[0] for line in diary.read_text().splitlines()]


def left_running(diary: Path) -> list[str]:
    """The programs that wrote and still run."""
    pids = {line.rsplit(" ", 1)[1] for line in diary.read_text().splitlines()}
    return [pid for pid in pids if Path("/proc", pid).exists()]


ORDER = ["terraform is interrupted", "terraform saves its state", "cdktf ends"]


class Sink:
    """Takes what cdktf says, and does something when a line has come."""

    def __init__(self, at: str, do: Callable[[], None]) -> None:
        self.text, self._at, self._do = "", at, do

    def write(self, line: str) -> int:
        """Keep the line."""
        self.text += line
        if self._at in line:
            self._do()
        return len(line)

    def flush(self) -> None:
        """Nothing is held back."""


def broken() -> None:
    """What a write does when nobody reads any more."""
    raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def poll_until(diary: Path, entry: str) -> None:
    """Wait until an entry is in the diary, at most half a minute."""
    for _ in range(3000):
        if entry in entries(diary):
            return
        select.select([], [], [], 0.01)
    pytest.fail(f"{entry!r} was never written: {entries(diary)}")


def interrupt_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Ctrl-C pressed just before the next process is there."""
    start = subprocess.Popen

    def interrupted(*given: object, **named: object) -> object:
        signal.raise_signal(signal.SIGINT)
        return start(*given, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", interrupted)
