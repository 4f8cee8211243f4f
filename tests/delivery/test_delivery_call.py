"""What a command starts and waits for does not outlive it: a cancelled job leaves nothing that goes on working."""

from __future__ import annotations

import os
import select
import signal
from pathlib import Path

import pytest

from delivery.interrupt import SIGNALS, call
from tests.delivery.fake_deployment import DIARY, entries, interrupt_at_start
from tests.delivery.fake_programs import program

CHILD = DIARY + 'note("child")\nprint(flush=True)\nsignal.pause()\nnote("child goes on")\n'
PARENT = (
    DIARY
    + """\
note("parent")
child = subprocess.Popen([os.environ["CHILD"]], stdout=subprocess.PIPE, start_new_session=True)
child.stdout.readline()
os.kill(os.getppid(), int(os.environ["NUMBER"]))
child.wait()
signal.pause()
"""
)
"""It starts a child in a session of its own, as tests start Terraform; then the one who called it gets a signal."""


def starting_a_child(folder: Path, number: signal.Signals) -> tuple[list[str], dict[str, str]]:
    """A program, and the variables with which it has `number` sent to whoever calls it."""
    (folder / "diary").touch()
    child = program(folder / "child", CHILD)
    variables = {"DIARY": str(folder / "diary"), "CHILD": str(child), "NUMBER": str(int(number))}
    return [str(program(folder / "parent", PARENT))], variables


def ended(diary: Path) -> bool:
    """Whether all who wrote end within half a minute; who was a child of a child is nobody's to wait for."""
    waited_for = {int(line.rsplit(" ", 1)[1]) for line in diary.read_text().splitlines()}
    for _ in range(3000):
        if not any(_runs(pid) for pid in waited_for):
            return True
        select.select([], [], [], 0.01)
    return False


def _runs(pid: int) -> bool:
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_all_that_was_started(number: signal.Signals, tmp_path: Path) -> None:
    """A demo that a CI job cancels leaves no tests and no Terraform that go on without it."""
    before = [signal.getsignal(each) for each in SIGNALS]
    command, variables = starting_a_child(tmp_path, number)

    with pytest.raises(KeyboardInterrupt):
        call(command, tmp_path, variables)

    assert ended(tmp_path / "diary")
    assert entries(tmp_path / "diary") == ["parent", "child"]
    assert [signal.getsignal(each) for each in SIGNALS] == before


def test_a_signal_while_it_starts_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the person's Ctrl-C and the first process there is no gap."""
    interrupt_at_start(monkeypatch)

    with pytest.raises(KeyboardInterrupt):
        call([str(program(tmp_path / "waiting", "import signal\nsignal.pause()\n"))], tmp_path, {})


def test_a_signal_that_is_ignored_ends_nothing(tmp_path: Path) -> None:
    """`nohup make demo` goes on when the terminal is closed."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        command = program(tmp_path / "hanging-up", "import os, signal, sys\nos.kill(os.getppid(), 1)\nsys.exit(7)\n")
        assert call([str(command)], tmp_path, {}) == 7
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_program_is_run_where_and_with_what_it_is_told(tmp_path: Path) -> None:
    """Nothing of this process's own variables gets into a demo's tests, which would ask another account."""
    command = program(
        tmp_path / "saying", 'import os\nprint(os.getcwd(), sorted(os.environ), file=open("said", "w"))\n'
    )

    assert call([str(command)], tmp_path, {"TARGET": "emulator"}) == 0
    assert (tmp_path / "said").read_text().startswith(f"{os.path.realpath(tmp_path)} ['")
    assert "'TARGET'" in (tmp_path / "said").read_text()
    assert "PYTEST_CURRENT_TEST" not in (tmp_path / "said").read_text()
