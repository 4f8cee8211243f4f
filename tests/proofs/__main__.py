"""`make mutants`: synthesizes, breaks everything once, and prints what was seen and what was not."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.conftest import PLATFORMS, synthesize
from tests.proofs.faults import harmful, harmless
from tests.proofs.score import score, told

WANTED = 0.98


def main() -> int:
    """0 when the score is good enough, 1 when not."""
    with tempfile.TemporaryDirectory() as folder:
        done = synthesize(Path(folder))
        if done.returncode:
            sys.stderr.write(done.stderr)
            return 2
        raws = {
            name: json.loads((Path(folder) / "stacks" / name / "cdk.tf.json").read_text(encoding="utf-8"))
            for name in PLATFORMS
        }
    found = score(raws, [*harmful(raws), *harmless(raws)])
    sys.stdout.write("\n".join(told(found)) + "\n")
    return 0 if found.killed >= WANTED and not found.alarms and not found.crashes else 1


if __name__ == "__main__":
    sys.exit(main())
