"""Every environment into its stack, then the compliance gate; nothing else."""

from __future__ import annotations

# isort: off
import fastsynth  # before cdktf

# isort: on
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from cdktf import App

import planproof
from environments import load_all
from messages import UserError
from planproof.errors import UserError as PlanproofError
from stacks import origins, target
from stacks.environment import Platform
from stacks.state import State

ROOT = Path(__file__).parent
EMULATOR_URL = "http://127.0.0.1:5755"
WIDTH = 100
STOP, REPORT = "stop", "report"
FOUND = 1
"""What planproof says when it has findings; 2 is a mistake or a defective rule, which always stops."""


def main() -> int:
    """Synthesise every environment into cdktf.out, or into CDKTF_OUTDIR, and judge it; gives the exit code."""
    variables = dict(os.environ)
    going_to = target.named(variables.get("TARGET", "aws"), variables.get("EMULATOR_URL", EMULATOR_URL))
    app = App()
    with origins.recording() as recorder:
        for environment in load_all(variables):
            Platform(app, environment, going_to)
            State(app, environment, going_to)
    with ThreadPoolExecutor(max_workers=1) as beside:
        judges = beside.submit(load_judges)
        app.synth()
        outdir = Path(app.outdir)
        fastsynth.release()
        judges.result()
    for folder in sorted((outdir / "stacks").iterdir()):
        origins.write(recorder, folder)
    return gate(outdir, variables.get("GATE", STOP))


def load_judges() -> None:
    """Import what the gate needs: while Node synthesises, this process would only wait."""
    import_module("planproof.rules").rules()
    _ = planproof.check, planproof.render_text


def gate(folder: Path, mode: str) -> int:
    """Stop before Terraform sees what planproof has a finding about; with GATE=report, only tell it."""
    if mode not in {STOP, REPORT}:
        raise UserError("GATE cannot be used", f"found {mode!r}", hint=f"set GATE to {STOP} or to {REPORT}")
    report = planproof.check([folder], as_of=datetime.now(UTC).date(), folder=ROOT)
    text = planproof.render_text(report, WIDTH, color=False)
    sys.stderr.write(f"{text.splitlines()[-1] if report.exit_code == 0 else text.rstrip()}\n")
    if mode == REPORT and report.exit_code == FOUND:
        sys.stderr.write("GATE=report: the findings above do not stop this deployment\n")
        return 0
    return report.exit_code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (UserError, PlanproofError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
