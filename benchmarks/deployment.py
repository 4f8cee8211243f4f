"""How long a deployment to the emulator takes, and what Terraform waits for."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import KIB_PER_MIB
from delivery.cdktf import emulated
from delivery.deploy import account_of, deploy, destroy
from delivery.toolchain import ROOT, find
from emulator.process import running

STACK = "staging"
DONE = re.compile(r"(aws_\w+)\.[\w-]+.*: (?:Creation|Destruction) complete after (?:(\d+)m)?(\d+)s")


@dataclass
class Waits:
    """The longest wait of each type of resource, in seconds, as Terraform tells it."""

    seconds: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def write(self, line: str) -> int:
        """Read one line of Terraform."""
        if found := DONE.search(line):
            kind, minutes, seconds = found.groups()
            self.seconds[kind] = max(self.seconds[kind], int(minutes or 0) * 60 + int(seconds))
        return len(line)

    def flush(self) -> None:
        """Nothing waits."""


def measure() -> dict[str, Any]:
    """Seconds of each step, the longest wait of each type, and the memory of the largest process.

    Measured by a process of its own: the largest of its descendants is then one of the deployment's.
    """
    done = subprocess.run([sys.executable, "-m", "benchmarks.deployment"], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lived() -> dict[str, Any]:
    """One life of an emulated environment."""
    lifted = {**os.environ, f"PLATFORM__{STACK.upper()}__DELETION_PROTECTION": "false", "GATE": "report"}
    steps: dict[str, float] = {}
    waits = Waits()
    with tempfile.TemporaryDirectory() as name, running(log=Path(name) / "emulator.log") as account:
        folder = Path(name)
        tools = find(emulated(lifted, account.url, account_of(STACK, lifted)))
        for step, stack in (("deploy staging-state", f"{STACK}-state"), ("deploy staging", STACK)):
            started = time.perf_counter()
            deploy(tools, stack, folder / "cdktf.out", waits, kept=folder / "outputs.json")
            steps[step] = time.perf_counter() - started
        started = time.perf_counter()
        deploy(tools, STACK, folder / "cdktf.out", Waits(), kept=folder / "outputs.json")
        steps["deploy staging again, nothing to change"] = time.perf_counter() - started
        started = time.perf_counter()
        destroy(tools, STACK, folder / "cdktf.out", Waits())
        steps["destroy staging"] = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KIB_PER_MIB
    return {"steps": steps, "waits": dict(waits.seconds), "peak_mib": peak}


if __name__ == "__main__":
    print(json.dumps(lived()))
