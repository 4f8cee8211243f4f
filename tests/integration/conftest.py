"""What the integration tests start from: the flat outputs of a deployment, and AWS itself.

Nothing else. With EMULATOR_URL the questions go to the emulated account, with
TARGET=aws to the real one. Without either, staging is deployed for these tests first.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from delivery import outputs as kept
from delivery import plan
from delivery.cdktf import emulated
from delivery.deploy import account_of, deploy
from delivery.toolchain import ROOT, WORK, Toolchain, find
from emulator.process import running
from messages import UserError
from planproof.document import Document, parse
from planproof.document.origins import read as read_origins

ENVIRONMENT = "staging"

Client = Callable[[str], Any]


@pytest.fixture(scope="session")
def synthesis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that cdktf synthesizes the deployment to, or has: what `make demo` names and `make deploy` uses."""
    if folder := os.environ.get("SYNTHESISED_IN"):
        return Path(folder)
    if os.environ.get("EMULATOR_URL"):
        return WORK / "emulator/cdktf.out"
    if os.environ.get("TARGET") == "aws":
        return ROOT / "cdktf.out"
    return tmp_path_factory.mktemp("deployment") / "cdktf.out"


@pytest.fixture(scope="session")
def deployment(synthesis: Path) -> Iterator[tuple[dict[str, str], str | None]]:
    """The outputs, and the address of AWS where it is not the real one."""
    url = os.environ.get("EMULATOR_URL")
    if url or os.environ.get("TARGET") == "aws":
        found = kept.read()
        if found["environment"] != ENVIRONMENT:
            raise UserError(
                f"these tests ask about {ENVIRONMENT}",
                f"{kept.FILE.name} is of {found['environment']}",
                hint=f"run: make deploy ENV={ENVIRONMENT}, or make settle ENV={ENVIRONMENT} where it is deployed",
            )
        yield found, url
        return
    folder = synthesis.parent
    with running(log=folder / "emulator.log") as account:
        tools = find(emulated(os.environ, account.url, account_of(ENVIRONMENT, os.environ)))
        for stack in (f"{ENVIRONMENT}-state", ENVIRONMENT):
            with (folder / f"{stack}.log").open("w", encoding="utf-8") as log:
                deploy(tools, stack, synthesis, log, kept=folder / f"{stack}.json")
        yield kept.read(folder / f"{ENVIRONMENT}.json"), account.url


@pytest.fixture(scope="session")
def outputs(deployment: tuple[dict[str, str], str | None]) -> dict[str, str]:
    """cfn-outputs/flat-outputs.json, as a deployment leaves it."""
    return deployment[0]


@pytest.fixture(scope="session")
def stack_folder(deployment: tuple[dict[str, str], str | None], synthesis: Path) -> Path:
    """The folder of the deployment's stack, where Terraform finds its state."""
    del deployment
    return synthesis / "stacks" / ENVIRONMENT


@pytest.fixture(scope="session")
def tools(deployment: tuple[dict[str, str], str | None]) -> Toolchain:
    """The programs of the deployment, with the variables that lead to its account."""
    url = deployment[1]
    account = account_of(ENVIRONMENT, os.environ)
    return find(emulated(os.environ, url, account) if url else os.environ)


@pytest.fixture(scope="session")
def state(stack_folder: Path, tools: Toolchain) -> Document:
    """The deployment as Terraform's state has it, its parts called as in the synthesized stack."""
    shown = subprocess.run(
        [tools.terraform, "show", "-json"],
        cwd=stack_folder,
        env=dict(tools.variables),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    origins = read_origins(stack_folder / "origins.json")
    return parse(json.loads(shown), name=stack_folder.name, source="state.json", origin=origins)


@pytest.fixture(scope="session")
def settled(tools: Toolchain, synthesis: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The state knows what AWS made of the deployment, as it does once the pipeline is through."""
    plan.settle(tools, ENVIRONMENT, synthesis, tmp_path_factory.mktemp("settled") / "flat.json")


@pytest.fixture(scope="session")
def aws(deployment: tuple[dict[str, str], str | None]) -> Client:
    """boto3 clients of the account that was deployed to."""
    found, url = deployment
    session = boto3.Session(
        region_name=found["region"],
        aws_access_key_id=found["account_id"] if url else None,
        aws_secret_access_key="emulated" if url else None,
    )

    def client(service: str) -> Any:
        return session.client(service, endpoint_url=url)  # type: ignore[call-overload]

    return client


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They need a deployment, which takes minutes; one worker makes it for all."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.deploy)
            item.add_marker(pytest.mark.xdist_group("deployment"))
