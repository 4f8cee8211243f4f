"""A deployment of real processes that write down the signals they get.

A `cdktf` starts a `terraform` on a session of its own, as cdktf does, which starts a provider.
"""

from __future__ import annotations

import errno
import os
import select
from pathlib import Path

import pytest
from fake_programs import program

from delivery.toolchain import Toolchain

DIARY = """\
import os, signal, subprocess, sys
diary = os.open(os.environ["DIARY"], os.O_WRONLY | os.O_APPEND)
def note(text):
    os.write(diary, f"{text} {os.getpid()}\\n".encode())
"""

PROVIDER = DIARY + 'note("provider starts")\nsignal.pause()\n'

TERRAFORM = (
    DIARY
    + """\
def interrupted(*_):
    note("terraform is interrupted")
    os.write(release, b".")
wait, release = os.pipe()
signal.signal(signal.SIGINT, interrupted)
provider = subprocess.Popen([os.environ["PROVIDER"]])
note("terraform starts")
SIGNAL_THE_TEST
os.read(wait, 1)
AGAIN
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

SIGNAL = 'os.kill(int(os.environ["TEST"]), signal.Signals[os.environ["HOW"]])'


def programs(folder: Path, diary: Path, *, signals: str = "", again: str = "", cdktf: str = CDKTF) -> Toolchain:
    """A tree of programs that write in `diary`."""
    text = TERRAFORM.replace("SIGNAL_THE_TEST", signals).replace("AGAIN", again)
    return Toolchain(
        cdktf=(str(program(folder / "bin/cdktf", cdktf)),),
        terraform="terraform",
        variables={
            "DIARY": str(diary),
            "TERRAFORM": str(program(folder / "bin/terraform", text)),
            "PROVIDER": str(program(folder / "bin/provider", PROVIDER)),
            "TEST": str(os.getpid()),
            "HOW": "SIGINT",
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
    """Takes text, and fails at the line where a reader has gone."""

    def __init__(self, fails_at: str = "nowhere") -> None:
        self.text, self._fails_at = "", fails_at

    def write(self, line: str) -> int:
        """Keep the line."""
        if self._fails_at in line:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")
        self.text += line
        return len(line)

    def flush(self) -> None:
        """Nothing is held back."""


def poll_until(diary: Path, entry: str) -> None:
    """Wait until an entry is in the diary, at most half a minute."""
    for _ in range(3000):
        if entry in entries(diary):
            return
        select.select([], [], [], 0.01)
    pytest.fail(f"{entry!r} was never written: {entries(diary)}")
