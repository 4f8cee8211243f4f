"""The emulator as a process: it starts, tells what is wrong, and never outlives its user."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from emulator import process, remote
from emulator.faults import Fault
from emulator.process import running
from messages import UserError

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where an emulator writes what it has to say."""
    return tmp_path / "emulator.log"


def end_of(pid: int) -> int:
    """Give something that becomes readable when the process has ended."""
    return os.pidfd_open(pid)


def has_ended(watch: int, *, seconds: float = 30) -> bool:
    """Wait for the end of a process."""
    ready, _, _ = select.select([watch], [], [], seconds)
    os.close(watch)
    return bool(ready)


def test_it_is_ready_when_the_block_begins_and_gone_when_it_ends(log: Path) -> None:
    """No deployment starts too early, and no process is left when it is over."""
    with running(log=log) as emulator:
        watch = end_of(emulator.pid)
        assert remote.calls(emulator.url) == ()
        assert emulator.url.startswith("http://127.0.0.1:")

    assert has_ended(watch)
    assert log.read_text() == ""


def fail(log: Path, error: Exception) -> int:
    """Use an emulator and fail; gives what shows its end."""
    watch = -1
    with suppress(type(error)), running(log=log) as emulator:
        watch = end_of(emulator.pid)
        raise error
    return watch


def die(log: Path, error: Exception | None = None) -> None:
    """Use an emulator that is killed meanwhile, and then fail with the error, if any."""
    with running(log=log) as emulator:
        watch = end_of(emulator.pid)
        os.kill(emulator.pid, signal.SIGKILL)
        has_ended(watch)
        if error is not None:
            raise error


def test_it_is_stopped_when_the_block_fails(log: Path) -> None:
    """A failed deployment leaves no process either, and its own error is what is seen."""
    watch = fail(log, RuntimeError("deployment failed"))

    assert has_ended(watch)


def test_taken_port_is_told_with_a_next_step(log: Path, taken_port: int) -> None:
    """Who has something else on the port learns which port, and what to do."""
    with pytest.raises(UserError) as caught, running(log=log, port=taken_port):
        pass

    assert str(caught.value) == (
        "the emulator ended by itself\n"
        "  exit code 2\n"
        f"  the emulator cannot listen on 127.0.0.1:{taken_port}\n"
        "    Address already in use\n"
        "  \n"
        "  hint: stop what uses the port, or choose another: make emulator PORT=5756 (0 is any free one)\n"
        "\n"
        f"hint: the whole log is in {log}; what was deployed to the emulator is gone with it"
    )


def test_death_in_use_is_told_instead_of_its_consequences(log: Path) -> None:
    """When the emulator dies in mid-deployment, that is the message, not the tool's broken connection."""
    refused = ConnectionError("connection refused")

    with pytest.raises(UserError) as caught:
        die(log, refused)

    assert caught.value.__cause__ is refused
    assert str(caught.value) == (
        "the emulator ended by itself\n"
        "  exit code -9\n"
        "\n"
        f"hint: the whole log is in {log}; what was deployed to the emulator is gone with it"
    )


def test_death_is_told_even_if_nobody_noticed(log: Path) -> None:
    """A deployment whose emulator is gone has not succeeded."""
    with pytest.raises(UserError, match="the emulator ended by itself"):
        die(log)


def test_death_is_told_instead_of_a_message_about_it(log: Path) -> None:
    """A person is not told to start the emulator that their own command had started, and that has died."""
    consequence = UserError("nothing answers at the target", hint="start the emulator: make emulator")

    with pytest.raises(UserError, match="the emulator ended by itself") as caught:
        die(log, consequence)

    assert caught.value.__cause__ is consequence


def test_own_message_of_the_block_wins(log: Path) -> None:
    """What fails while the emulator lives is told as it is."""
    own = UserError("the state is locked", hint="wait")

    with pytest.raises(UserError) as caught, running(log=log):
        raise own

    assert caught.value is own


def test_slow_start_is_told(log: Path) -> None:
    """A machine that is too busy is named as the cause, after a fixed time."""
    child = process.start(log=log, port=0)
    try:
        with pytest.raises(UserError) as caught:
            process.wait_until_ready(child, log, seconds=0)
    finally:
        process.stop(child)

    assert str(caught.value) == (
        "the emulator does not start\n"
        "  it was not ready after 0 seconds\n"
        "\n"
        f"hint: the whole log is in {log}; the machine may be too busy, then try again"
    )


def test_stop_ends_a_process_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a process that ignores the end of its input and SIGTERM is ended."""
    monkeypatch.setattr(process, "STOP_SECONDS", 0.05)
    stubborn = "import signal, sys; signal.signal(15, signal.SIG_IGN); print('up', flush=True); signal.pause()"
    child = subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"up\n"

    process.stop(child)

    assert child.returncode == -signal.SIGKILL


def test_it_ends_when_its_user_is_killed(log: Path) -> None:
    """Even SIGKILL of the deployment leaves no emulator behind."""
    script = (
        "import sys, pathlib, signal\n"
        "from emulator.process import running\n"
        f"with running(log=pathlib.Path({str(log)!r})) as emulator:\n"
        "    print(emulator.pid, flush=True)\n"
        "    signal.pause()\n"
    )
    user = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    assert user.stdout is not None
    watch = end_of(int(user.stdout.readline()))

    user.kill()
    user.wait()
    user.stdout.close()

    assert has_ended(watch)


def test_interrupt_of_its_user_reaches_it_last(log: Path) -> None:
    """Ctrl-C goes to the whole foreground; the emulator is not in it, so Terraform can save its state."""
    with running(log=log) as emulator:
        assert os.getsid(emulator.pid) == emulator.pid != os.getsid(0)


def test_running_calls_do_not_hold_up_the_stop(log: Path) -> None:
    """A slow call in flight does not keep the process alive."""
    with running(log=log) as emulator:
        remote.inject(emulator.url, Fault("sts", "GetCallerIdentity", seconds=60))
        signed = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request"
        body = "Action=GetCallerIdentity&Version=2011-06-15"
        head = (
            f"POST / HTTP/1.1\r\nHost: x\r\nAuthorization: {signed}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n\r\n"
        )
        host, port = emulator.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as waiting:
            waiting.sendall((head + body).encode())
            watch = end_of(emulator.pid)

    assert has_ended(watch, seconds=0)
