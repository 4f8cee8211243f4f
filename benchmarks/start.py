"""What a person waits for in every edit: synthesis and judgement, and the first test that needs a synthesis."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import installed
from benchmarks.measure import Case

ROOT = Path(__file__).parent.parent
JUDGED = installed.FOLDER / "out/start"


def cases() -> list[Case]:
    """The programs, in the order of the table; the first makes what the second reads."""
    here = {**installed.compiling(), "CDKTF_OUTDIR": str(JUDGED)}
    planproof = str(Path(sys.executable).parent / "planproof")
    session = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "tests/test_snapshots.py"]
    return [
        Case("main.py: synthesis and gate of three environments", [sys.executable, "main.py"], ROOT, here),
        Case("planproof check of the result", [planproof, "check", str(JUDGED)], ROOT, here),
        Case("python -c pass", [sys.executable, "-c", "pass"], ROOT, here),
        Case("planproof --version", [planproof, "--version"], ROOT, here),
        Case("planproof check --help", [planproof, "check", "--help"], ROOT, here),
        Case("a test session whose first tests compare what is synthesised", session, ROOT, here),
    ]
