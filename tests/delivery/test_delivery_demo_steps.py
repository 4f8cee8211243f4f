"""The steps of `make demo` in their order, with a real emulator, and programs that stand for what takes minutes."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from delivery import __main__ as command
from delivery import demo, summary, toolchain
from messages import UserError
from tests.delivery.fake_programs import CDKTF, program, saying

pytestmark = pytest.mark.slow

NOTE = """\
import os, sys
def note(text):
    with open({diary!r}, "a") as diary:
        diary.write(text + "\\n")
"""
PYTHON = """\
asked = sys.argv[1:]
if asked == ["main.py"]:
    note("synthesise")
    sys.exit(int(os.environ.get("SYNTHESIS_ENDS_WITH", 0)))
if asked[:2] == ["-m", "emulator"]:
    note(f"emulator {{os.getpid()}}")
    os.execv({python!r}, [{python!r}, *asked])
note(" ".join(asked[:3]) + " " + " ".join(os.environ[name] for name in ("TARGET", "EMULATOR_URL", "SYNTHESISED_IN")))
sys.exit(int(os.environ.get("TESTS_END_WITH", 0)))
"""
"""Notes what is asked of it. The emulator is the real one, in the process that was noted."""

FAILING = """\
if sys.argv[1:] == ["--version"]:
    sys.exit(print("v24.0.0"))
sys.exit(1)
"""
KILLING = """\
if sys.argv[1:] == ["--version"]:
    sys.exit(print("v24.0.0"))
pid = int(open({diary!r}).read().split()[-1])
os.kill(pid, 9)
while open(f"/proc/{{pid}}/stat").read().rpartition(")")[2].split()[0] != "Z":
    pass
print("Error: dial tcp: connection refused")
sys.exit(1)
"""
"""Instead of cdktf: one that fails, and one that ends the emulator and says what Terraform says then."""

STEPS = [
    "[1/6] synthesise and judge dev, staging and prod",
    "[2/6] start an emulated AWS account",
    "[3/6] deploy staging-state: the bucket and the key of the remote state",
    "[4/6] cdktf deploy staging",
    "[5/6] test what is there, starting from cfn-outputs/flat-outputs.json alone",
    "[6/6] what was deployed",
]


class Machine:
    """A machine on which everything is found, and the diary of what was run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.diary = folder / "diary"
        self.diary.touch()
        note = NOTE.format(diary=str(self.diary))
        self.python = program(folder / "bin/python", note + PYTHON.format(python=sys.executable))
        program(folder / "bin/node", note + 'len(sys.argv) < 3 or note(" ".join(sys.argv[2:4]))\n' + CDKTF)
        program(folder / "failing", note + FAILING)
        program(folder / "killing", note + KILLING.format(diary=str(self.diary)))
        saying(folder / "bin/terraform", '{"terraform_version": "1.11.4"}')

    def demo(self, **variables: str) -> int:
        """Run the demo."""
        return demo.demo({"PATH": str(self.folder / "bin"), "HOME": str(self.folder), **variables})

    def ran(self) -> list[str]:
        """What was run, with words for what is another one each time."""
        diary = self.diary.read_text(encoding="utf-8").replace(str(self.folder), "FOLDER")
        return re.sub(r"\b\d{2,}\b", "N", diary).splitlines()

    def show(self, outputs: Mapping[str, str], _url: str) -> None:
        """Stand for the summary, which asks AWS for more than was deployed here."""
        with self.diary.open("a", encoding="utf-8") as diary:
            diary.write(f"show {outputs}\n")

    def emulators(self) -> list[bool]:
        """Of each emulator that was started, whether it still runs."""
        pids = re.findall(r"^emulator (\d+)$", self.diary.read_text(encoding="utf-8"), re.MULTILINE)
        return [Path("/proc", pid).exists() for pid in pids]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine whose demo writes below the test's folder only."""
    made = Machine(tmp_path)
    monkeypatch.setattr(sys, "executable", str(made.python))
    monkeypatch.setattr(toolchain, "WORK", tmp_path / "work")
    monkeypatch.setattr(demo, "ROOT", tmp_path)
    monkeypatch.setattr(demo, "FOLDER", tmp_path / "demo")
    monkeypatch.setattr(demo, "FILE", tmp_path / "cfn-outputs/flat-outputs.json")
    monkeypatch.setattr(summary, "show", made.show)
    return made


RAN = [
    "synthesise",
    "emulator N",
    "deploy staging-state",
    "deploy staging",
    "-m pytest tests/integration emulator http://N.0.0.1:N FOLDER/demo/cdktf.out",
    "show {'vpc_id': 'vpc-1'}",
]


def test_every_step_is_told_and_made_in_its_order(
    machine: Machine, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A person sees where the demo is; the state comes before what it is of, and the tests after what they test."""
    assert machine.demo() == 0

    told = capfd.readouterr().err.splitlines()
    assert told[:-1] == STEPS
    assert re.fullmatch(r"done in \d+ s; the emulated account is gone, cfn-outputs/flat-outputs\.json stays", told[-1])
    assert machine.ran() == RAN
    assert machine.emulators() == [False]
    assert (tmp_path / "cfn-outputs/flat-outputs.json").is_file()


def test_tests_that_fail_are_the_exit_code(machine: Machine) -> None:
    """A pipeline that runs the demo turns red with them; a person still sees what was deployed."""
    assert machine.demo(TESTS_END_WITH="1") == 1

    assert machine.ran() == RAN
    assert machine.emulators() == [False]


def test_findings_of_the_gate_end_it_before_anything_is_started(machine: Machine) -> None:
    """What is not compliant is not deployed, not even for show."""
    assert machine.demo(SYNTHESIS_ENDS_WITH="1") == 1

    assert machine.ran() == ["synthesise"]


def test_a_deployment_that_fails_ends_it_and_the_emulator(machine: Machine, tmp_path: Path) -> None:
    """The message of the deployment is the last word, no test is run on a half, and nothing is left running."""
    (tmp_path / "failing").rename(tmp_path / "bin/node")

    with pytest.raises(UserError, match="staging-state was not deployed"):
        machine.demo()

    assert machine.ran() == ["synthesise", "emulator N"]
    assert machine.emulators() == [False]


def test_an_emulator_that_dies_is_the_message(machine: Machine, tmp_path: Path) -> None:
    """Nobody is told to start an emulator that the demo itself had started."""
    (tmp_path / "killing").rename(tmp_path / "bin/node")

    with pytest.raises(UserError, match="the emulator ended by itself"):
        machine.demo()

    assert machine.emulators() == [False]


def test_its_folder_is_its_own(machine: Machine, tmp_path: Path) -> None:
    """The demo begins with an empty folder; the local state of what is deployed to `make emulator` is in another."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/left").touch()
    (tmp_path / "emulator").mkdir()
    (tmp_path / "emulator/kept").touch()

    machine.demo()

    assert not (tmp_path / "demo/left").exists()
    assert (tmp_path / "emulator/kept").exists()
    assert command.FOLDER.name == "emulator"
