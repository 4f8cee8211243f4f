"""Every environment into its stack, then the compliance gate; nothing else."""

from __future__ import annotations

# isort: off
import fastsynth  # before cdktf

# isort: on
import os
import sys
from pathlib import Path

from cdktf import App

import gate
from environments import load_all
from messages import UserError
from planproof.errors import UserError as PlanproofError
from stacks import origins, target
from stacks.environment import Platform
from stacks.state import State

EMULATOR_URL = "http://127.0.0.1:5755"


def main() -> int:
    """Synthesise every environment into cdktf.out, or into CDKTF_OUTDIR, and judge it; gives the exit code."""
    variables = dict(os.environ)
    mode = gate.checked(variables.get("GATE", gate.STOP))
    going_to = target.named(variables.get("TARGET", "aws"), variables.get("EMULATOR_URL", EMULATOR_URL))
    app = App()
    with origins.recording() as recorder:
        for environment in load_all(variables):
            Platform(app, environment, going_to)
            State(app, environment, going_to)
    outdir = Path(app.outdir)
    as_before = fastsynth.as_before()

    def synthesise() -> None:
        app.synth()
        fastsynth.release()
        for folder in sorted((outdir / "stacks").iterdir()):
            origins.write(recorder, folder)

    return gate.told(gate.around(synthesise, outdir, as_before=as_before), mode)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (UserError, PlanproofError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
