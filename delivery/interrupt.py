"""Ctrl-C, and what else ends a program, taken from the person and given to what it is meant for.

In a deployment that is Terraform alone, which finishes what it began, saves its state and gives the lock back. It runs
on a terminal of its own below cdktf, so that no signal reaches it by itself. Elsewhere it is all that was started.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a CI job that is cancelled, a terminal that is closed."""

WAITING = b"interrupted: waiting for Terraform to save its state\n"


@dataclass(frozen=True)
class Interrupts:
    """The signals that came, and the processes that were told of them."""

    came: list[int] = field(default_factory=list)
    told: set[int] = field(default_factory=set)


@contextmanager
def passed_on(ancestor: Callable[[], int | None]) -> Iterator[Interrupts]:
    """While this lasts, signals go to what runs below `ancestor`."""
    interrupts = Interrupts()

    def pass_on(number: int, _frame: object) -> None:
        interrupts.came.append(number)
        os.write(2, WAITING)  # not through sys.stderr, which may be in the middle of a write
        pid = ancestor()
        if pid is not None:
            stop(pid, interrupts.told)

    before = {number: signal.signal(number, pass_on) for number in SIGNALS if _is_heard(number)}
    try:
        yield interrupts
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def call(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> int:
    """The exit code of a program that does not outlive this one, nor does anything that it started.

    Raises KeyboardInterrupt when one of SIGNALS came: the program has ended then, and all below it has been told to.
    """
    came: list[int] = []
    below: list[int] = []

    def end(number: int, _frame: object) -> None:
        came.append(number)
        for pid in below:
            _end_all(pid)

    before = {number: signal.signal(number, end) for number in SIGNALS if _is_heard(number)}
    try:
        with subprocess.Popen(command, cwd=folder, env=dict(variables)) as process:
            below.append(process.pid)
            if came:  # while it was being started
                _end_all(process.pid)
            process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt
    return process.returncode


def _end_all(ancestor: int) -> None:
    """SIGTERM is what Terraform takes as an interrupt, and everything else as its end."""
    for pid in [ancestor, *(pid for pid, _ in descendants(ancestor))]:
        _send(os.kill, pid, signal.SIGTERM)


def _is_heard(number: signal.Signals) -> bool:
    return signal.getsignal(number) is not signal.SIG_IGN


def stop(ancestor: int, told: set[int]) -> None:
    """Interrupt every terraform below `ancestor` once: a second time it would leave without saving its state.

    Where none runs, nothing is half done: the whole group ends.
    """
    running = [pid for pid, name in descendants(ancestor) if name == "terraform"]
    for pid in running:
        if pid not in told:
            told.add(pid)
            _send(os.kill, pid, signal.SIGINT)
    if not running:
        _send(os.killpg, ancestor, signal.SIGTERM)


def descendants(ancestor: int, proc: Path = PROC) -> list[tuple[int, str]]:
    """Number and name of every process below `ancestor`."""
    children: dict[int, list[tuple[int, str]]] = {}
    for pid, parent, name in _from_proc(proc) if proc.is_dir() else _from_ps():
        children.setdefault(parent, []).append((pid, name))
    found, open_ends = [], [ancestor]
    while open_ends:
        for child in children.get(open_ends.pop(), []):
            found.append(child)
            open_ends.append(child[0])
    return found


def _from_proc(proc: Path) -> Iterator[tuple[int, int, str]]:
    for entry in proc.glob("[0-9]*"):
        try:
            text = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # it ended meanwhile
        name, _, rest = text.partition("(")[2].rpartition(")")
        yield int(entry.name), int(rest.split()[1]), name


def _from_ps() -> Iterator[tuple[int, int, str]]:
    """The same where there is no /proc: macOS."""
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,comm="], capture_output=True, text=True, check=True)
    for line in table.stdout.splitlines():
        pid, parent, command = line.split(None, 2)
        yield int(pid), int(parent), command.rsplit("/", 1)[-1]


def _send(send: Callable[[int, signal.Signals], None], pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # it ended meanwhile
        send(pid, number)
