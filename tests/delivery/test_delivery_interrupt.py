"""Ctrl-C during a deployment: Terraform saves its state, nobody else is disturbed, nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fake_deployment import CDKTF, DIARY, ORDER, SIGNAL, Sink, entries, left_running, poll_until, programs
from fake_programs import program

from delivery.cdktf import Interrupted, run
from delivery.interrupt import WAITING, descendants, passed_on, stop
from delivery.toolchain import ROOT, Toolchain
from messages import UserError


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """What each program wrote down, in order."""
    file = tmp_path / "diary"
    file.touch()
    return file


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interrupt_reaches_terraform_alone(
    how: str, diary: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Terraform saves its state and gives the lock back; cdktf hears it to the end; then everything has ended."""
    tools = programs(tmp_path, diary, signals=SIGNAL)
    tools = Toolchain(cdktf=tools.cdktf, terraform="", variables={**tools.variables, "HOW": how})
    before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    sink = Sink()

    with pytest.raises(Interrupted):
        run(tools, "staging", [], sink)

    assert entries(diary)[-3:] == ORDER
    assert "cdktf is interrupted" not in entries(diary)
    assert sink.text == "deploying\nterraform ended 1\n"
    assert left_running(diary) == []
    assert capfd.readouterr().err == WAITING.decode()
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before


def test_a_second_interrupt_does_not_hurry_terraform(diary: Path, tmp_path: Path) -> None:
    """At a second one Terraform would leave without saving its state; so it gets one, however often one presses."""
    tools = programs(tmp_path, diary, signals=SIGNAL, again=f"{SIGNAL}\n{SIGNAL}")

    with pytest.raises(Interrupted):
        run(tools, "staging", [], Sink())

    assert entries(diary).count("terraform is interrupted") == 1
    assert entries(diary)[-3:] == ORDER
    assert left_running(diary) == []


def test_an_interrupt_before_terraform_ends_cdktf(diary: Path, tmp_path: Path) -> None:
    """While cdktf synthesizes nothing is half done: it ends at once and deploys nothing."""
    waiting = DIARY + f'note("cdktf starts")\n{SIGNAL}\nsignal.pause()\nnote("cdktf goes on")\n'

    with pytest.raises(Interrupted):
        run(programs(tmp_path, diary, cdktf=waiting), "staging", [], Sink())

    assert entries(diary) == ["cdktf starts"]
    assert left_running(diary) == []


def test_an_interrupt_while_cdktf_starts_is_not_lost(
    diary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the person's Ctrl-C and the first process there is no gap."""
    waiting = DIARY + "signal.pause()\n"
    start = subprocess.Popen

    def interrupted(*given: object, **named: object) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return start(*given, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("delivery.cdktf.subprocess.Popen", interrupted)

    with pytest.raises(Interrupted):
        run(programs(tmp_path, diary, cdktf=waiting), "staging", [], Sink())


def test_output_that_nobody_reads_stops_the_deployment(diary: Path, tmp_path: Path) -> None:
    """`make deploy | head` leaves no deployment that runs on unseen: Terraform saves its state and ends."""
    started = CDKTF.replace(
        'code = subprocess.run([os.environ["TERRAFORM"]], start_new_session=True).returncode',
        "terraform = subprocess.Popen([os.environ['TERRAFORM']], start_new_session=True)\n"
        "while 'terraform starts' not in open(os.environ['DIARY']).read(): os.sched_yield()\n"
        "print('unread', flush=True)\ncode = terraform.wait()",
    )

    with pytest.raises(UserError) as refused:
        run(programs(tmp_path, diary, cdktf=started), "staging", [], Sink(fails_at="unread"))

    assert str(refused.value) == (
        "staging was stopped: its output cannot be written\n  [Errno 32] Broken pipe\n\n"
        "hint: see that what reads the output stays, or make room on the disk; then run the same command again"
    )
    assert entries(diary)[-3:] == ORDER
    assert left_running(diary) == []


def test_a_reader_that_dies_of_the_same_interrupt_changes_nothing(diary: Path, tmp_path: Path) -> None:
    """`make deploy | tee log`, Ctrl-C: tee is gone, Terraform is still interrupted once, not twice."""
    with pytest.raises(Interrupted):
        run(programs(tmp_path, diary, signals=SIGNAL), "staging", [], Sink(fails_at="terraform ended"))

    assert entries(diary).count("terraform is interrupted") == 1
    assert left_running(diary) == []


def test_ctrl_c_at_the_terminal_ends_with_130(diary: Path, tmp_path: Path) -> None:
    """The whole way: the terminal signals the group of the command, which says what happened and ends with 130."""
    tools = programs(tmp_path, diary)
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
    assert out == "deploying\nterraform ended 1\n"
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
