"""Plans of any size: the real plan of staging, repeated under other addresses, names and networks.

    python -m benchmarks.large_plan FOLDER 1 4 74    # plan-1.json, plan-4.json, plan-74.json, and plan-of-one.json

The plan is Terraform's own, made once against the emulator and kept. A copy differs from the next in every
address, in every name that says `staging` and in its network, as the plan of a company with many such stacks does.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import boto3

from delivery.cdktf import emulated
from delivery.deploy import account_of
from delivery.toolchain import ROOT, find
from emulator.process import running
from environments import load_all

ENVIRONMENT = "staging"
NETWORK = "10.20."
LOCAL_STATE = '{"terraform": {"backend": {"local": {}}}}'
NUMBER, OCTET = "\x00", "\x01"
"""What no JSON text holds: they stand where a copy writes its number."""


def recorded(folder: Path) -> dict[str, Any]:
    """The plan that creates staging; made by Terraform when the folder does not have it yet."""
    kept = folder / "staging-plan.json"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(_planned(folder))
    plan: dict[str, Any] = json.loads(kept.read_bytes())
    return plan


def _planned(folder: Path) -> bytes:
    """Synthesise staging for an emulated account that has its DNS zone, and plan it with an empty state."""
    domain = next(one.domain.name for one in load_all(os.environ) if one.name == ENVIRONMENT and one.domain)
    with running(log=folder / "emulator.log") as account:
        number = account_of(ENVIRONMENT, os.environ)
        tools = find(emulated(os.environ, account.url, number))
        variables = {**tools.variables, "CDKTF_OUTDIR": str(folder / "cdktf.out"), "GATE": "report"}
        stack = folder / "cdktf.out/stacks" / ENVIRONMENT
        _run([sys.executable, "main.py"], ROOT, variables)
        session = boto3.Session(number, "emulated", region_name="us-east-1")
        session.client("route53", endpoint_url=account.url).create_hosted_zone(Name=domain, CallerReference="plan")
        (stack / "backend_override.tf.json").write_text(LOCAL_STATE, encoding="utf-8")
        _run([tools.terraform, "init", "-input=false"], stack, variables)
        _run([tools.terraform, "plan", "-input=false", "-lock=false", "-out=plan"], stack, variables)
        return _run([tools.terraform, "show", "-json", "plan"], stack, variables)


def _run(command: list[str], folder: Path, variables: Mapping[str, str]) -> bytes:
    """What a program writes. Raises RuntimeError with its last words when it fails."""
    done = subprocess.run(command, cwd=folder, env=dict(variables), capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(
            f"{command[:2]} ended with {done.returncode}:\n{done.stderr[-2000:].decode(errors='replace')}"
        )
    return done.stdout


def multiplied(plan: Mapping[str, Any], copies: int) -> dict[str, Any]:
    """A plan that makes everything so many times, at most 256: each network has a second octet of its own."""
    root = plan["configuration"]["root_module"]
    names = {one["name"] for one in root["resources"]}
    return {
        **plan,
        "resource_changes": _copied(plan["resource_changes"], names, copies),
        "planned_values": {
            **plan["planned_values"],
            "root_module": {"resources": _copied(plan["planned_values"]["root_module"]["resources"], names, copies)},
        },
        "configuration": {
            **plan["configuration"],
            "root_module": {**root, "resources": _copied(root["resources"], names, copies), "outputs": {}},
        },
    }


def _copied(resources: list[Any], names: Iterable[str], copies: int) -> list[Any]:
    longest_first = sorted(names, key=len, reverse=True)
    name = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])|-{ENVIRONMENT}\b")
    form = name.sub(lambda found: found.group() + NUMBER, json.dumps(resources)).replace(NETWORK, f"10.{OCTET}.")
    texts = (form.replace(NUMBER, f"{copy:03}").replace(OCTET, str(copy)) for copy in range(copies))
    return [one for text in texts for one in json.loads(text)]


def smallest(plan: Mapping[str, Any]) -> dict[str, Any]:
    """A plan of one VPC: what a check costs before there is anything to judge."""
    vpc = next(one for one in plan["resource_changes"] if one["type"] == "aws_vpc")
    return {"format_version": plan["format_version"], "resource_changes": [vpc]}


def main(folder: Path, copies: Iterable[int]) -> None:
    """Write the plans, and on standard output how many resources each has."""
    plan = recorded(folder)
    (folder / "plan-of-one.json").write_text(json.dumps(smallest(plan)), encoding="utf-8")
    for number in copies:
        whole = multiplied(plan, number)
        (folder / f"plan-{number}.json").write_text(json.dumps(whole), encoding="utf-8")
        print(len(whole["resource_changes"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), map(int, sys.argv[2:]))
