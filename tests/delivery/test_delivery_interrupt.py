"""Ctrl-C during a deployment: Terraform saves its state, nobody else is disturbed, nothing is left running."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from delivery.cdktf import Interrupted, run
from delivery.interrupt import WAITING, descendants, passed_on, stop
from delivery.toolchain import ROOT
from messages import UserError
from tests.delivery.fake_deployment import (
    DIARY,
    ORDER,
    Sink,
    broken,
    entries,
    interrupt_at_start,
    left_running,
    poll_until,
    programs,
)
from tests.delivery.fake_programs import program

TAKEN = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def interrupting(folder: Path, *numbers: signal.Signals) -> Callable[[], None]:
    """Send this process signals, then let Terraform hear that all of them have been handled."""

    def interrupt() -> None:
        for number in numbers:
            signal.raise_signal(number)
        (folder / "heard").write_text("all")

    return interrupt


@pytest.mark.parametrize("number", TAKEN)
def test_an_interrupt_reaches_terraform_alone(
    number: signal.Signals, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Terraform saves its state and gives the lock back; cdktf hears it to the end; then everything has ended."""
    before = [signal.getsignal(each) for each in TAKEN]
    sink = Sink("applying", interrupting(tmp_path, number))

    with pytest.raises(Interrupted):
        run(programs(tmp_path, heard=True), "staging", [], sink)

    assert entries(tmp_path / "diary")[-3:] == ORDER
    assert {"cdktf is interrupted", "provider is interrupted"}.isdisjoint(entries(tmp_path / "diary"))
    assert sink.text == "deploying\napplying\nterraform ended 1\n"
    assert left_running(tmp_path / "diary") == []
    assert capfd.readouterr().err == WAITING.decode()
    assert [signal.getsignal(each) for each in TAKEN] == before


def test_a_second_interrupt_does_not_hurry_terraform(tmp_path: Path) -> None:
    """At a second one Terraform would leave without saving its state; so it gets one, however often one presses."""
    all_but_first = interrupting(tmp_path, signal.SIGINT, signal.SIGINT)

    def press_three_times() -> None:
        signal.raise_signal(signal.SIGINT)
        poll_until(tmp_path / "diary", "terraform is interrupted")  # so that the next would be another for it
        all_but_first()

    with pytest.raises(Interrupted):
        run(programs(tmp_path, heard=True), "staging", [], Sink("applying", press_three_times))

    assert entries(tmp_path / "diary").count("terraform is interrupted") == 1
    assert entries(tmp_path / "diary")[-3:] == ORDER
    assert left_running(tmp_path / "diary") == []


def test_an_interrupt_before_terraform_ends_cdktf(tmp_path: Path) -> None:
    """While cdktf synthesizes nothing is half done: it ends at once and deploys nothing."""
    waiting = DIARY + 'note("cdktf starts")\nprint("synthesizing", flush=True)\nsignal.pause()\nnote("goes on")\n'
    sink = Sink("synthesizing", lambda: signal.raise_signal(signal.SIGINT))

    with pytest.raises(Interrupted):
        run(programs(tmp_path, cdktf=waiting), "staging", [], sink)

    assert entries(tmp_path / "diary") == ["cdktf starts"]
    assert left_running(tmp_path / "diary") == []


def test_an_interrupt_while_cdktf_starts_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the person's Ctrl-C and the first process there is no gap."""
    interrupt_at_start(monkeypatch)

    with pytest.raises(Interrupted):
        run(programs(tmp_path, cdktf=DIARY + "signal.pause()\n"), "staging", [], io.StringIO())


def test_output_that_nobody_reads_stops_the_deployment(tmp_path: Path) -> None:
    """`make deploy | head` leaves no deployment that runs on unseen: Terraform saves its state and ends."""
    with pytest.raises(UserError) as refused:
        run(programs(tmp_path), "staging", [], Sink("applying", broken))

    assert str(refused.value) == (
        "staging was stopped: its output cannot be written\n  [Errno 32] Broken pipe\n\n"
        "hint: see that what reads the output stays, or make room on the disk; then run the same command again"
    )
    assert entries(tmp_path / "diary")[-3:] == ORDER
    assert left_running(tmp_path / "diary") == []


def test_a_reader_that_dies_of_the_same_interrupt_changes_nothing(tmp_path: Path) -> None:
    """`make deploy | tee log`, Ctrl-C: tee is gone, and it is still an interrupt, not a failure of the output."""

    def interrupted() -> None:
        signal.raise_signal(signal.SIGINT)
        broken()

    with pytest.raises(Interrupted):
        run(programs(tmp_path), "staging", [], Sink("applying", interrupted))

    assert entries(tmp_path / "diary")[-3:] == ORDER
    assert left_running(tmp_path / "diary") == []


def test_ctrl_c_at_the_terminal_ends_with_130(tmp_path: Path) -> None:
    """The whole way: the terminal signals the group of the command, which says what happened and ends with 130."""
    tools, diary = programs(tmp_path), tmp_path / "diary"
    driver = (
        "import sys\n"
        "from pathlib import Path\n"
        "from delivery.__main__ import exit_code\n"
        "from delivery.deploy import deploy\n"
        "from delivery.toolchain import Toolchain\n"
        f"tools = Toolchain(cdktf={tools.cdktf!r}, terraform='', variables={dict(tools.variables)!r})\n"
        f"folder = Path({str(tmp_path / 'out')!r})\n"
        "sys.exit(exit_code(lambda: len(deploy(tools, 'staging', folder, sys.stdout, kept=folder / 'kept.json'))))\n"
    )
    (tmp_path / "out").mkdir()
    (tmp_path / "out/kept.json").write_text("old")
    with subprocess.Popen(
        [sys.executable, "-c", driver],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as command:
        poll_until(diary, "terraform starts")
        poll_until(diary, "provider starts")
        os.killpg(command.pid, signal.SIGINT)
        out, err = command.communicate(timeout=30)

    assert command.returncode == 130
    assert out == "deploying\napplying\nterraform ended 1\n"
    assert err == (
        WAITING.decode()
        + "interrupted: Terraform has saved its state and given the lock back; run the same command to go on\n"
    )
    assert entries(diary)[-3:] == ORDER
    assert "cdktf is interrupted" not in entries(diary)
    assert left_running(diary) == []
    assert (tmp_path / "out/kept.json").read_text() == "old"


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    """`nohup make deploy` goes on when the terminal is closed."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with passed_on(lambda: None) as interrupts:
            os.kill(os.getpid(), signal.SIGHUP)
        assert interrupts.came == []
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_processes_are_found_with_and_without_proc(tmp_path: Path) -> None:
    """Linux and macOS see the same tree, and a process that ends meanwhile disturbs nothing."""
    child = program(tmp_path / "a (odd) name", "import os\nos.write(1, b'.')\nos.read(0, 1)\n")
    parent = program(
        tmp_path / "parent",
        f"import os, subprocess\nchild = subprocess.Popen([{str(child)!r}])\nchild.wait()\n",
    )
    with subprocess.Popen([parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.read(1)
        by_proc = descendants(os.getpid())
        by_ps = descendants(os.getpid(), tmp_path / "nowhere")

    named = [name for pid, name in by_proc if name in {"parent", "a (odd) name"}]
    assert sorted(named) == ["a (odd) name", "parent"]
    assert (running.pid, "parent") in by_proc
    assert set(by_proc) <= set(by_ps)

    (tmp_path / "proc" / "123").mkdir(parents=True)
    assert descendants(1, tmp_path / "proc") == []


def test_a_process_that_has_ended_cannot_be_stopped_and_is_no_error() -> None:
    """An interrupt that comes too late changes nothing."""
    ended = subprocess.Popen([sys.executable, "-IS", "-c", ""], start_new_session=True)
    ended.wait()

    stop(ended.pid, set())
