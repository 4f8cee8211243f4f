"""What a deployment would do, or what changed behind Terraform's back: planned, shown as JSON, reviewed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from delivery import outputs, terraform
from delivery.cdktf import say
from delivery.deploy import PARALLELISM
from delivery.revision import revision
from delivery.toolchain import ROOT, Toolchain
from messages import UserError

LOCKS = ("on", "off")
LOCK_FILE = ".terraform.lock.hcl"
CHANGES = 2
"""What `terraform plan -detailed-exitcode` ends with when there is something to do."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One way to plan: what its files are called, and what it asks Terraform for."""

    files: str
    """Without their ending; planproof names a plan after its file, or after the folder of a plan.json."""
    doing: str
    options: tuple[str, ...] = ()
    needs_state: bool = False


PLAN = Kind(files="plan", doing="plan")
DRIFT = Kind(
    files="{stack}.drift",
    doing="compare its state with the account",
    options=("-refresh-only",),
    needs_state=True,
)


def plan(tools: Toolchain, stack: str, folder: Path, kind: Kind = PLAN) -> int:
    """Plan `stack`, synthesising to `folder`, and review the plan; gives the exit code of the review.

    `<folder>/stacks/<stack>/plan.json` is what `terraform show -json` says, byte for byte: an approval
    is bound to its SHA-256. Findings of the gate give 1 and no plan. Raises UserError, or cdktf.Interrupted.
    """
    lock = locking(tools.variables)
    tools = replace(tools, variables={**tools.variables, **revision(ROOT, tools.variables)})
    place = folder / "stacks" / stack
    files = kind.files.format(stack=stack)
    made = place / f"{files}.json"
    made.unlink(missing_ok=True)
    say(f"[1/3] synthesise and judge {stack}")
    code = synthesise(tools, folder)
    if code != 0:
        return code
    say(f"[2/3] {kind.doing}")
    with terraform.private(place / f"{files}.log") as log:
        initialise(tools, stack, place, log)
        terraform.run(
            tools,
            stack,
            place,
            [
                "plan",
                *kind.options,
                f"-out={files}.tfplan",
                "-detailed-exitcode",
                "-input=false",
                "-no-color",
                f"-lock={str(lock).lower()}",
                f"-parallelism={PARALLELISM}",
            ],
            log,
            good=(0, CHANGES),
        )
    terraform.save(tools, stack, place, ["show", "-json", f"{files}.tfplan"], made)
    if kind.needs_state:
        refuse_undeployed(stack, made)
    say(f"[3/3] review {_short(made)}")
    return review(tools, made)


def settle(tools: Toolchain, stack: str, folder: Path, kept: Path) -> dict[str, str]:
    """Take into the state what AWS made of the last apply, and keep the outputs; gives them, flat.

    Right after an apply a state lacks what other resources add: a group's rules, a role's policies. Compared
    with it, a hundred things would seem to have drifted. Raises UserError, or cdktf.Interrupted.
    """
    place = folder / "stacks" / stack
    if not (place / "cdk.tf.json").is_file():
        raise UserError(f"{stack} cannot be settled", "it is not synthesised here", hint=f"run: make plan ENV={stack}")
    with terraform.private(place / "settle.log") as log:
        initialise(tools, stack, place, log)
        arguments = ["apply", "-refresh-only", "-auto-approve", "-input=false", "-no-color"]
        terraform.run(tools, stack, place, [*arguments, f"-parallelism={PARALLELISM}"], log)
    raw = place / "outputs.json"
    terraform.save(tools, stack, place, ["output", "-json"], raw)
    found: dict[str, Any] = json.loads(raw.read_text(encoding="utf-8"))
    values = {name: output["value"] for name, output in found.items() if not output["sensitive"]}
    raw.write_text(json.dumps({stack: values}), encoding="utf-8")
    return outputs.keep(raw, stack, kept)


def synthesise(tools: Toolchain, folder: Path) -> int:
    """Run main.py as cdktf runs it; gives its exit code, having told what is wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    variables = {**tools.variables, "CDKTF_OUTDIR": str(folder)}
    return subprocess.run([sys.executable, "main.py"], cwd=ROOT, env=variables, check=False).returncode


def review(tools: Toolchain, *plans: Path) -> int:
    """Let planproof review the plans; gives its exit code: 0 safe, 3 needs a human, 1 blocked.

    Raises UserError when there is no planproof.
    """
    judge = shutil.which("planproof", path=tools.variables.get("PATH"))
    if judge is None:
        raise UserError("planproof cannot be started", "there is no planproof on PATH", hint="run: make setup")
    return subprocess.run(
        [judge, "review", *map(str, plans)], cwd=ROOT, env=dict(tools.variables), check=False
    ).returncode


def locking(variables: Mapping[str, str]) -> bool:
    """Whether the state is locked while planning: a role that may only read cannot.

    Raises UserError for a LOCK that is neither on nor off.
    """
    lock = variables.get("LOCK", LOCKS[0])
    if lock not in LOCKS:
        raise UserError("LOCK cannot be used", f"found {lock!r}", hint=f"set LOCK to {' or to '.join(LOCKS)}")
    return lock == LOCKS[0]


def refuse_undeployed(stack: str, made: Path) -> None:
    """Raise UserError when the state is empty: nothing of it can have drifted, and there is nothing to review."""
    prior: dict[str, Any] = json.loads(made.read_text(encoding="utf-8")).get("prior_state", {})
    resources = prior.get("values", {}).get("root_module", {}).get("resources", [])
    if all(resource["mode"] == "data" for resource in resources):  # data is read even where nothing is deployed
        made.unlink()
        raise UserError(
            f"{stack} is not deployed", "its state holds no resource", hint=f"deploy it first: make deploy ENV={stack}"
        )


def initialise(tools: Toolchain, stack: str, place: Path, log: IO[str]) -> None:
    """Let Terraform find its providers and its state, without changing the lock file that is there."""
    readonly = ["-lockfile=readonly"] if (place / LOCK_FILE).exists() else []
    terraform.run(tools, stack, place, ["init", "-input=false", "-no-color", "-reconfigure", *readonly], log)


def _short(file: Path) -> str:
    return str(file.relative_to(ROOT)) if file.is_relative_to(ROOT) else str(file)
