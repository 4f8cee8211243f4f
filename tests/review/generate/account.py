"""The emulated accounts that the plans are made against, deployed by the project's own deployment."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from delivery.cdktf import emulated, say
from delivery.deploy import account_of, deploy
from delivery.toolchain import WORK, Toolchain, find
from emulator.process import running
from tests.review.generate.change import Client
from tests.review.generate.stack import Stack


@dataclass(frozen=True, kw_only=True)
class Account:
    """One environment as it runs now."""

    environment: str
    url: str
    tools: Toolchain
    stack: Stack
    state: bytes
    folder: Path
    """Where the deployment was initialised: its lock file of providers is used again."""
    client: Client


@contextmanager
def deployed(environments: tuple[str, ...], folder: Path) -> Iterator[dict[str, Account]]:
    """Every environment's account while the block runs.

    With EMULATOR_URL they are taken as they are there, deployed by
    `make deploy ENV=... TARGET=emulator`; without it they are deployed first, minutes each.
    """
    if url := os.environ.get("EMULATOR_URL"):
        yield {name: _account(name, url, WORK / "emulator/cdktf.out") for name in environments}
        return
    folder.mkdir(parents=True, exist_ok=True)
    with running(log=folder / "emulator.log") as emulator:
        synthesis = folder / "cdktf.out"
        for name in environments:
            tools = _tools(name, emulator.url)
            for stack in (f"{name}-state", name):
                say(f"deploying {stack}")
                with (folder / f"{stack}.log").open("w", encoding="utf-8") as log:
                    deploy(tools, stack, synthesis, log, kept=folder / f"{stack}.json")
        yield {name: _account(name, emulator.url, synthesis) for name in environments}


def _tools(environment: str, url: str) -> Toolchain:
    return find(emulated(os.environ, url, account_of(environment, os.environ)))


def _account(environment: str, url: str, synthesis: Path) -> Account:
    folder = synthesis / "stacks" / environment
    raw = json.loads((folder / "cdk.tf.json").read_text(encoding="utf-8"))
    backend = raw["terraform"]["backend"]["s3"]
    client = _clients(account_of(environment, os.environ), backend["region"], url)
    state = client("s3").get_object(Bucket=backend["bucket"], Key=backend["key"])["Body"].read()
    return Account(
        environment=environment,
        url=url,
        tools=_tools(environment, url),
        stack=Stack(environment, raw, _attributes(json.loads(state))),
        state=state,
        folder=folder,
        client=client,
    )


def _clients(account_id: str, region: str, url: str) -> Client:
    session = boto3.Session(aws_access_key_id=account_id, aws_secret_access_key="emulated", region_name=region)

    def client(service: str) -> Any:
        return session.client(service, endpoint_url=url)  # type: ignore[call-overload]

    return client


def _attributes(state: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{resource['type']}.{resource['name']}": resource["instances"][0]["attributes"]
        for resource in state["resources"]
        if resource["mode"] == "managed"
    }
