"""Every environment into its stack, then the compliance gate; nothing else."""

from __future__ import annotations

# isort: off
import fastsynth  # noqa: F401 - before cdktf

# isort: on
import os
import sys
from pathlib import Path

from cdktf import App

from environments import load_all
from messages import UserError
from stacks import origins, target
from stacks.environment import Platform
from stacks.state import State

EMULATOR_URL = "http://localhost:5755"


def main() -> None:
    """Synthesise every environment into cdktf.out, or into CDKTF_OUTDIR."""
    variables = dict(os.environ)
    going_to = target.named(variables.get("TARGET", "aws"), variables.get("EMULATOR_URL", EMULATOR_URL))
    app = App()
    with origins.recording() as recorder:
        for environment in load_all(variables):
            Platform(app, environment, going_to)
            State(app, environment, going_to)
    app.synth()
    for folder in sorted(Path(app.outdir, "stacks").iterdir()):
        origins.write(recorder, folder)


if __name__ == "__main__":
    try:
        main()
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
