"""What a person waits for in every edit: synthesis and judgement, and the first test that needs a synthesis."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import installed
from benchmarks.measure import Case

ROOT = Path(__file__).parent.parent
JUDGED = installed.FOLDER / "out/start"
EDITED = 'PLATFORM__DEV__DATABASE__STORAGE_GIB=$((20 + $$ % 9)) exec "$0" main.py'
"""One setting is another in each run: the number of a process is never that of the one before."""

SMALLER = ("benchmarks/programs/many.py", "160", str(installed.FOLDER / "out/smaller"), "3")
"""The size at which it was asked that a synthesis takes a second and a half."""

UNTIL = ("-p", "benchmarks.first_test")


def cases() -> list[Case]:
    """The programs, in the order of the table; the first makes what the second reads."""
    here = {**installed.compiling(), "CDKTF_OUTDIR": str(JUDGED)}
    edited = {**installed.compiling(), "CDKTF_OUTDIR": str(installed.FOLDER / "out/edited")}
    smaller = {**installed.compiling(), "PYTHONPATH": str(ROOT)}
    planproof = str(Path(sys.executable).parent / "planproof")
    session = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "tests/test_snapshots.py"]
    return [
        Case("main.py: synthesis and gate of three environments", [sys.executable, "main.py"], ROOT, here),
        Case("the same after one setting was edited", ["sh", "-c", EDITED, sys.executable], ROOT, edited),
        Case("a program of 3 stacks with 160 resources each, and the gate", [sys.executable, *SMALLER], ROOT, smaller),
        Case("planproof check of the result", [planproof, "check", str(JUDGED)], ROOT, here),
        Case("python -c pass", [sys.executable, "-c", "pass"], ROOT, here),
        Case("planproof --version", [planproof, "--version"], ROOT, here),
        Case("planproof check --help", [planproof, "check", "--help"], ROOT, here),
        Case("a test session, until its first test of what is synthesised begins", [*session, *UNTIL], ROOT, here),
        Case("a test session of all that is compared with what was synthesised", session, ROOT, here),
    ]
