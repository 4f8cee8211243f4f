"""`python -m emulator`, which `make emulator` starts in the foreground: what it prints, refuses and ends with."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_on_a_signal_in_the_foreground(number: signal.Signals) -> None:
    """`make emulator` prints where it listens and ends without a word on Ctrl-C."""
    command = [sys.executable, "-m", "emulator", "--port", "0"]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    first = child.stdout.readline()

    child.send_signal(number)
    rest, errors = child.communicate(timeout=30)

    assert first.startswith("http://127.0.0.1:")
    assert (rest, errors, child.returncode) == ("", "", 0)


def test_main_refuses_a_taken_port(taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    """One message with where, what and a next step; exit code 2; no traceback."""
    code = main(["--port", str(taken_port)])

    assert code == 2
    assert capsys.readouterr().err == (
        f"the emulator cannot listen on 127.0.0.1:{taken_port}\n"
        "  Address already in use\n"
        "\n"
        "hint: stop what uses the port, or choose another: make emulator PORT=5756 (0 is any free one)\n"
    )


@pytest.mark.parametrize("port", ["x", "-1", "65536"])
def test_main_refuses_what_is_no_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped port is told with the limits."""
    with pytest.raises(SystemExit) as caught:
        main([f"--port={port}"])

    assert caught.value.code == 2
    assert f"argument --port: a port is a number from 0 to 65535, got '{port}'" in capsys.readouterr().err
