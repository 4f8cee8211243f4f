"""A Terraform, a main.py and a planproof of ours: real processes that write down how they were called."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from delivery.toolchain import Toolchain
from tests.delivery.fake_programs import program

TERRAFORM = """\
import json, os, signal, sys
command, *rest = sys.argv[1:]
with open(os.environ["DIARY"], "a") as diary:
    print(json.dumps(sys.argv[1:]), file=diary)
if os.environ.get("FAILS") == command:
    sys.exit(print(os.environ["SAYS"], file=sys.stderr if command == "show" else sys.stdout) or 1)
if os.environ.get("WAITS") == command:
    signal.signal(signal.SIGINT, lambda *_: os.write(1, b"interrupted\\n"))
    open(os.environ["HEARD"], "w").close()
    open(os.environ["RELEASE"]).readline()
    sys.exit(print("lock given back") or 1)
if command == "version":
    print('{"terraform_version": "1.11.4"}')
if command == "plan":
    (out,) = (one.removeprefix("-out=") for one in rest if one.startswith("-out="))
    open(out, "w").write("binary")
    sys.exit(2)
if command in {"show", "output"}:
    sys.stdout.write(os.environ[command.upper()])
"""
"""Says what SHOW and OUTPUT hold; the command that FAILS names fails and says SAYS; WAITS tells HEARD,
writes down each Ctrl-C, and gives the lock back when RELEASE says so."""

MAIN = """\
import os, pathlib, sys
if os.environ.get("FINDINGS"):
    sys.exit(1)
for stack in ("dev", "staging", "staging-state"):
    folder = pathlib.Path(os.environ["CDKTF_OUTDIR"], "stacks", stack)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cdk.tf.json").write_text("{}")
"""

PLANPROOF = """\
import json, os, sys
with open(os.environ["DIARY"], "a") as diary:
    print(json.dumps(["planproof", *sys.argv[1:]]), file=diary)
print("the review")
sys.exit(int(os.environ.get("VERDICT", "0")))
"""

DEPLOYED: dict[str, Any] = {
    "format_version": "1.2",
    "prior_state": {"values": {"root_module": {"resources": [{"mode": "managed", "address": "aws_vpc.a"}]}}},
}
"""The plan of something that is there."""


@dataclass(frozen=True)
class Machine:
    """A machine with these programs on it."""

    root: Path
    diary: Path
    variables: dict[str, str]

    def tools(self, **variables: str) -> Toolchain:
        """The toolchain, with more variables."""
        return Toolchain(
            cdktf=("cdktf",), terraform=str(self.root / "bin/terraform"), variables={**self.variables, **variables}
        )

    def calls(self) -> list[list[str]]:
        """How the programs were called, in order."""
        return [json.loads(line) for line in self.diary.read_text(encoding="utf-8").splitlines()]

    @property
    def stack(self) -> Path:
        """The folder of the stack."""
        return self.root / "cdktf.out/stacks/staging"


def machine(root: Path) -> Machine:
    """Put the programs below `root`."""
    program(root / "bin/terraform", TERRAFORM)
    program(root / "bin/planproof", PLANPROOF)
    (root / "main.py").write_text(MAIN, encoding="utf-8")
    (root / "diary").touch()
    variables = {
        "PATH": str(root / "bin"),
        "HOME": str(root),
        "DIARY": str(root / "diary"),
        "HEARD": str(root / "heard"),
        "RELEASE": str(root / "release"),
        "SHOW": json.dumps(DEPLOYED),
    }
    return Machine(root, root / "diary", variables)
