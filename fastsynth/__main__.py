"""`python -m fastsynth --status` and `python -m fastsynth --clear-cache`."""

from __future__ import annotations

import argparse
import os
import sys

from fastsynth import node
from fastsynth.cache import clear, location, size_of
from fastsynth.messages import UnexpectedError


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser("python -m fastsynth", description="CDKTF Python without its start-up tax.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--status", action="store_true", help="say whether it works here, and what it keeps where")
    what.add_argument("--clear-cache", action="store_true", help="remove everything that it keeps")
    asked = parser.parse_args(arguments)
    folder = location()
    if asked.clear_cache:
        try:
            clear(folder)
        except OSError as trouble:
            sys.stderr.write(f"{folder} cannot be removed\n  {trouble.strerror}\n\nhint: remove it by hand\n")
            return 2
        sys.stdout.write(f"removed {folder}\n")
        return 0
    sys.stdout.writelines(f"{name:6} {value}\n" for name, value in status(dict(os.environ)).items())
    return 0


def status(environment: dict[str, str]) -> dict[str, str]:
    """Say what a program started in this environment would find."""
    try:
        node.find_program()
    except UnexpectedError as reason:
        state = f"off: {reason}"
    else:
        state = "off: FASTSYNTH=off" if environment.get("FASTSYNTH", "").lower() == "off" else "on"
    return {
        "state": state,
        "jsii": f"tested with {', '.join(node.TESTED_JSII)}",
        "node": node.find_node(environment) or "none found",
        "cache": f"{location()}, {size_of(location()) / 1_048_576:.1f} MiB",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
