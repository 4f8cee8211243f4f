"""What the integration tests start from: the flat outputs of a deployment, and AWS itself.

Nothing else. With EMULATOR_URL the questions go to the emulated account, with
TARGET=aws to the real one. Without either, staging is deployed for these tests first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from delivery import outputs as kept
from delivery.cdktf import emulated
from delivery.deploy import account_of, deploy
from delivery.toolchain import find
from emulator.process import running

ENVIRONMENT = "staging"

Client = Callable[[str], Any]


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], str | None]]:
    """The outputs, and the address of AWS where it is not the real one."""
    url = os.environ.get("EMULATOR_URL")
    if url or os.environ.get("TARGET") == "aws":
        yield kept.read(), url
        return
    folder = tmp_path_factory.mktemp("deployment")
    with running(log=folder / "emulator.log") as account:
        tools = find(emulated(os.environ, account.url, account_of(ENVIRONMENT, os.environ)))
        for stack in (f"{ENVIRONMENT}-state", ENVIRONMENT):
            with (folder / f"{stack}.log").open("w", encoding="utf-8") as log:
                deploy(tools, stack, folder / "cdktf.out", log, kept=folder / f"{stack}.json")
        yield kept.read(folder / f"{ENVIRONMENT}.json"), account.url


@pytest.fixture(scope="session")
def outputs(deployment: tuple[dict[str, str], str | None]) -> dict[str, str]:
    """cfn-outputs/flat-outputs.json, as a deployment leaves it."""
    return deployment[0]


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They need a deployment, which takes minutes; one worker makes it for all."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.deploy)
            item.add_marker(pytest.mark.xdist_group("deployment"))
