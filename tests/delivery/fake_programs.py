"""Programs that stand for Terraform, Node and cdktf: real processes that say and do what a test wants."""

from __future__ import annotations

import sys
from pathlib import Path

CDKTF = """\
import json, sys
arguments = sys.argv[1:]
if arguments[0].endswith("cdktf"):
    arguments = arguments[1:]
if arguments == ["--version"]:
    sys.exit(print("v24.0.0"))
print(json.dumps(arguments))
if "--outputs-file" in arguments:
    with open(arguments[arguments.index("--outputs-file") + 1], "w") as file:
        json.dump({arguments[1]: {"vpc_id": "vpc-1"}}, file)
"""
"""A cdktf, and the Node that starts it: prints its arguments and leaves outputs where it is told to."""


def program(file: Path, body: str) -> Path:
    """An executable Python script; its process has the name of the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!{sys.executable} -IS\n{body}", encoding="utf-8")
    file.chmod(0o755)
    return file


def saying(file: Path, text: str, code: int = 0) -> Path:
    """A program that prints `text` and ends."""
    return program(file, f"import sys\nsys.stdout.buffer.write({text.encode()!r})\nsys.exit({code})\n")
