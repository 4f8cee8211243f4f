"""Change planproof's own core in small ways, and count how many of the changes its tests notice: `make mutants-code`.

mutmut does it, in an environment of its own, because it brings a great deal with it; in a copy, because it rewrites
what it tests. Written out are the score, and by name each change that no test noticed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from collections import Counter
from pathlib import Path
from typing import Final

MUTMUT: Final = "mutmut==3.8.1"
ROOT: Final = Path(__file__).parents[2]
HOME: Final = ROOT / ".make" / "mutmut"
PARTS: Final = {
    "judging": (
        ("engine.py", "waivers.py", "baseline.py", "proof.py"),
        ("engine/test_[bepw]*.py", "cli/test_check.py"),
    ),
    "values": (
        tuple(f"document/{name}.py" for name in ("values", "resource", "document", "paths", "normal", "policy")),
        ("document/test_*.py",),
    ),
    "expressions": (("document/expression.py", "document/evaluation.py"), ("document/test_*.py",)),
    "patterns": (("iam/patterns.py",), ("iam/test_patterns_*.py",)),
    "packets": (("connectivity/intervals.py", "connectivity/packets.py"), ("connectivity/test_packets_*.py",)),
}
"""What is changed, and the fast tests that are about it.

The many that only pass through it would take hours, and so would those that make up their own examples: they notice
more than is counted here.
"""

SETTINGS: Final = """\
[tool.mutmut]
source_paths = ["planproof"]
only_mutate = {core}
also_copy = ["tests", "conftest.py"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"]
use_git_change_detection = false
timeout_multiplier = 5.0

[tool.pytest.ini_options]
pythonpath = ["."]
addopts = ["--import-mode=importlib", "-q"]
markers = ["slow: takes more than a few seconds", "browser: looks at pages", "deploy: deploys"]
"""
PATIENT: Final = """\
import sys

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")


def pytest_sessionstart():
    for name, module in list(sys.modules.items()):
        for one in vars(module).values() if name.startswith("planproof") else ():
            if hasattr(one, "cache_clear"):
                one.cache_clear()
"""
"""Mutated code is slow, no failure needs to be made small, and the same examples each time make two runs agree.

A run begins with what earlier runs of the same process left in caches: a change behind a cache would not be seen.
"""

KILLED: Final = frozenset({"killed", "timeout", "segfault", "caught by type check"})


def main() -> int:
    """Run every part, or those that are named; 0 when they could be run, whatever the score."""
    _environment()
    found: dict[str, str] = {}
    for part in sys.argv[1:] or PARTS:
        work = _copy(part)
        done = subprocess.run([HOME / "bin" / "mutmut", "run", "--max-children", "1"], cwd=work, check=False)
        if done.returncode != 0:
            return done.returncode
        found |= _results(work)
    sys.stdout.write(summary(found))
    return 0


def _results(work: Path) -> dict[str, str]:
    """What became of each change, by its name."""
    command = [str(HOME / "bin" / "mutmut"), "results", "--all", "true"]
    listed = subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout
    return dict(line.strip().rsplit(": ", 1) for line in listed.splitlines() if ": " in line)


def summary(found: dict[str, str]) -> str:
    """The survivors by name, the score of each module, and of all."""
    lines = [f"{name}: {status}" for name, status in sorted(found.items()) if status not in KILLED]
    made = Counter(name.rpartition(".")[0] for name in found)
    killed = Counter(name.rpartition(".")[0] for name, status in found.items() if status in KILLED)
    lines += [f"{killed[module] / made[module]:7.1%} of {made[module]:5,} in {module}" for module in sorted(made)]
    lines.append(f"{killed.total() / max(made.total(), 1):7.1%} of {made.total():5,} changes of the core were noticed")
    return "\n".join(lines) + "\n"


def _environment() -> None:
    """The tool beside the packages of the lock file, which it finds through a path file."""
    if not (HOME / "bin" / "mutmut").exists():
        venv.create(HOME, with_pip=True)
        pip = [str(HOME / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", MUTMUT]
        subprocess.run(pip, check=True)
    ours = next(Path(place) for place in sys.path if Path(place).name == "site-packages")
    (HOME / "lib" / ours.parent.name / "site-packages" / "locked.pth").write_text(f"{ours}\n")


def _copy(part: str) -> Path:
    """The package and its tests, to be rewritten; what mutmut learned of an earlier run is kept beside them."""
    work = HOME / part
    for name in ("planproof", "tests"):
        shutil.rmtree(work / name, ignore_errors=True)
        shutil.copytree(ROOT / name, work / name, ignore=shutil.ignore_patterns("__pycache__"))
    modules, patterns = PARTS[part]
    folder = ROOT / "tests" / "planproof"
    tests = sorted(str(place.relative_to(ROOT)) for pattern in patterns for place in folder.glob(pattern))
    core = [f"planproof/{name}" for name in modules]
    (work / "conftest.py").write_text(PATIENT)
    (work / "pyproject.toml").write_text(SETTINGS.format(core=json.dumps(core), tests=json.dumps(tests)))
    return work


if __name__ == "__main__":
    raise SystemExit(main())
