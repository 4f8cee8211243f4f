"""`python -m delivery deploy staging`: what the Makefile calls."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from delivery import outputs, plan, protection
from delivery.cdktf import INTERRUPTED, Interrupted, emulated, say
from delivery.demo import demo
from delivery.deploy import (
    account_of,
    deploy,
    destroy,
    needs_credentials,
    refuse_unknown,
    refuse_unknown_target,
    stacks,
)
from delivery.toolchain import ROOT, WORK, Toolchain, find
from delivery.where import where
from environments import NAMES
from messages import UserError

FOLDER = WORK / "emulator"
"""What deployments to an emulated account write, and the local state of its state stack."""

EMULATOR_URL = "http://127.0.0.1:5755"
USAGE = """\
usage: python -m delivery demo | deploy STACK | destroy STACK | plan STACK | drift STACK | settle STACK | outputs
       python -m delivery where ENVIRONMENT plan|deploy"""


def main(arguments: list[str], variables: Mapping[str, str]) -> int:
    """Do what the arguments say; gives the exit code."""
    match arguments:
        case ["demo"]:
            return demo(variables)
        case ["deploy", stack]:
            tools, folder = _prepare(stack, variables)
            flat = deploy(tools, stack, folder, sys.stdout, kept=(kept := _kept(stack, folder)))
            say(f"{len(flat)} outputs are in {_short(kept)}")
        case ["destroy", stack]:
            return _destroy(stack, *_prepare(stack, variables))
        case ["plan", stack]:
            return plan.plan(*_prepare_plan(stack, variables))
        case ["drift", stack]:
            return plan.plan(*_prepare_plan(stack, variables), plan.DRIFT)
        case ["settle", stack]:
            tools, folder = _prepare(stack, variables)
            flat = plan.settle(tools, stack, folder, kept := _kept(stack, folder))
            say(f"{len(flat)} outputs are in {_short(kept)}")
        case ["where", stack, role]:
            refuse_unknown(stack, NAMES)
            sys.stdout.write(where(stack, role, variables))
        case ["outputs"]:
            for name, value in outputs.read().items():
                sys.stdout.write(f"{name}  {value}\n")
        case _:
            say(USAGE)
            return 2
    return 0


def _destroy(stack: str, tools: Toolchain, folder: Path) -> int:
    protection.refuse_protected(stack, tools.variables)
    code = plan.synthesise(tools, folder)
    if code == 0:
        protection.refuse_deployed(tools, stack, folder)
        destroy(tools, stack, folder, sys.stdout)
    return code


def _prepare(stack: str, variables: Mapping[str, str]) -> tuple[Toolchain, Path]:
    refuse_unknown(stack, stacks(NAMES))
    refuse_unknown_target(variables)
    if variables.get("TARGET", "aws") == "emulator":
        url = variables.get("EMULATOR_URL", EMULATOR_URL)
        return find(emulated(variables, url, account_of(stack, variables))), FOLDER / "cdktf.out"
    needs_credentials(variables)
    return find(variables), ROOT / "cdktf.out"


def _kept(stack: str, folder: Path) -> Path:
    return outputs.FILE if stack in NAMES else folder / f"{stack}.flat-outputs.json"


def _prepare_plan(stack: str, variables: Mapping[str, str]) -> tuple[Toolchain, str, Path]:
    plan.locking(variables)
    tools, folder = _prepare(stack, variables)
    return tools, stack, folder


def _short(file: Path) -> str:
    return str(file.relative_to(ROOT)) if file.is_relative_to(ROOT) else str(file)


def exit_code(run: Callable[[], int]) -> int:
    """Run; a mistake of the person is told and gives 2, an interrupt 130."""
    try:
        return run()
    except UserError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except Interrupted:
        say("interrupted: Terraform has saved its state and given the lock back; run the same command to go on")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(exit_code(lambda: main(sys.argv[1:], dict(os.environ))))
