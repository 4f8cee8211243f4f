"""`make setup`, with programs that stand for Python, pip, pipenv and npm: what it installs, when, and what it says."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.delivery.fake_programs import program

FAKE = """\
import os, sys
called, asked = os.path.basename(sys.argv[0]), sys.argv[1:]
def note(text):
    with open("diary", "a") as diary:
        diary.write(text + "\\n")
def copy(file):
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "w") as opened:
        opened.write(open(sys.argv[0]).read())
    os.chmod(file, 0o755)
if asked[0] == "-c":
    if "OLD" in os.environ:
        sys.version_info = (3, 9, 1)
    exec(asked[1])
elif asked[:2] == ["-m", "venv"]:
    copy(asked[2] + "/bin/pip")
elif asked[:2] == ["-m", "compileall"]:
    pass
elif called == "pip":
    note("pip install " + asked[-1])
    if "OFFLINE" in os.environ:
        print("ERROR: No matching distribution found")
        sys.exit(1)
    copy(os.path.dirname(sys.argv[0]) + "/pipenv")
elif called == "pipenv":
    note("pipenv sync")
    copy(".venv/bin/python")
else:
    note("npm ci")
    os.makedirs("node_modules", exist_ok=True)
"""
"""All of them in one: it does what it is called for and writes down what was installed."""

EVERYTHING = ["pipenv sync", "npm ci"]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone of what `make setup` reads, on a machine with nothing installed."""
    for name in ("Makefile", "Pipfile", "Pipfile.lock", "pyproject.toml", "package.json", "package-lock.json"):
        shutil.copy2(ROOT / name, tmp_path / name)
    program(tmp_path / "bin/python3", FAKE)
    return tmp_path


def setup(clone: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `make setup` there."""
    path = f"{clone / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["make", "setup", *arguments],
        cwd=clone,
        env={"PATH": path, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def installed(clone: Path) -> list[str]:
    """What was installed since the last question."""
    diary = clone / "diary"
    noted = diary.read_text(encoding="utf-8").splitlines() if diary.exists() else []
    diary.unlink(missing_ok=True)
    return noted


@pytest.fixture
def prepared(clone: Path) -> Path:
    """A clone in which everything is installed."""
    done = setup(clone)
    assert done.returncode == 0, done.stderr
    assert installed(clone)[1:] == EVERYTHING
    return clone


def test_what_is_installed_is_left_alone(prepared: Path) -> None:
    """The second `make demo` of the day starts at once."""
    done = setup(prepared)

    assert (done.stdout, installed(prepared)) == ("", [])


@pytest.mark.parametrize(
    ("deleted", "again"), [(".venv", EVERYTHING), ("node_modules", ["npm ci"]), ("Pipfile.lock", EVERYTHING)]
)
def test_what_was_deleted_or_changed_is_installed_again(prepared: Path, deleted: str, again: list[str]) -> None:
    """`run: make setup` is a hint that helps: whoever deletes a folder to start anew, starts anew."""
    if (prepared / deleted).is_dir():
        shutil.rmtree(prepared / deleted)
    else:
        (prepared / deleted).touch()

    assert setup(prepared).returncode == 0
    assert installed(prepared) == again


def test_another_pipenv_is_installed(prepared: Path) -> None:
    """Everybody resolves with the Pipenv that the Makefile names, not with the one of their first day."""
    assert setup(prepared, "PIPENV_VERSION=2030.1.1").returncode == 0

    assert installed(prepared)[0] == "pip install pipenv==2030.1.1"


def test_a_pipenv_that_cannot_be_installed_is_told(clone: Path) -> None:
    """A machine without a network says so, and the next try begins anew."""
    failed = setup(clone, OFFLINE="yes")

    assert failed.returncode == 2
    assert "ERROR: No matching distribution found" in failed.stdout
    assert len(installed(clone)) == 1
    assert setup(clone).returncode == 0
    assert installed(clone)[1:] == EVERYTHING


def test_an_old_python_is_told_in_one_line(clone: Path) -> None:
    """A new colleague with the Python of an old system knows what to install, before anything is."""
    failed = setup(clone, OLD="yes")
    told, _made = failed.stderr.splitlines()

    assert failed.returncode == 2
    assert (
        told == "python3 is Python 3.9, and 3.11 or newer is needed: install one, and run make with PYTHON=python3.11"
    )
    assert (failed.stdout, installed(clone)) == ("", [])


def test_the_emulator_listens_where_a_person_says(clone: Path) -> None:
    """Who has something else on the port follows the hint of the message, `make emulator PORT=5756`, and it helps."""
    shown = subprocess.run(
        ["make", "--dry-run", "emulator", "PORT=5756"],
        cwd=clone,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout.splitlines()[-1] == ".venv/bin/python -m emulator --port 5756"
