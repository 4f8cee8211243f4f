"""Deploys and destroys one stack by the real cdktf, and keeps its outputs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from delivery import cdktf, outputs
from delivery.cdktf import Sink
from delivery.toolchain import Toolchain
from environments import load_all
from messages import UserError

PARALLELISM = "30"

SIGNS = (
    "AWS_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_CONFIG_FILE",
)
"""Any of these says where credentials come from: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html"""

TARGETS = ("aws", "emulator")


def deploy(tools: Toolchain, stack: str, folder: Path, sink: Sink, *, kept: Path = outputs.FILE) -> dict[str, str]:
    """Deploy `stack`, synthesizing to `folder`; gives its outputs, flat.

    The old outputs stay when the deployment fails. Raises UserError, or cdktf.Interrupted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    raw = folder / f"{stack}.outputs.json"
    raw.unlink(missing_ok=True)
    cdktf.run(
        tools,
        stack,
        [
            "deploy",
            stack,
            "--auto-approve",
            "--skip-provider-lock",
            "--output",
            str(folder),
            "--outputs-file",
            str(raw),
            "--terraform-parallelism",
            PARALLELISM,
        ],
        sink,
    )
    return outputs.keep(raw, stack, kept)


def destroy(tools: Toolchain, stack: str, folder: Path, sink: Sink) -> None:
    """Destroy `stack`. Raises UserError, or cdktf.Interrupted."""
    cdktf.run(
        tools,
        stack,
        [
            "destroy",
            stack,
            "--auto-approve",
            "--skip-provider-lock",
            "--output",
            str(folder),
            "--terraform-parallelism",
            PARALLELISM,
        ],
        sink,
    )


def refuse_unknown(stack: str, known: tuple[str, ...]) -> None:
    """Raise UserError when there is no such stack."""
    if stack not in known:
        raise UserError(
            f"there is no stack {stack!r}",
            f"the stacks are {', '.join(known)}",
            hint="for example: make deploy ENV=staging",
        )


def stacks(names: tuple[str, ...]) -> tuple[str, ...]:
    """The stacks of these environments: each has one, and one for its state."""
    return tuple(stack for name in names for stack in (name, f"{name}-state"))


def refuse_unknown_target(variables: Mapping[str, str]) -> None:
    """Raise UserError for a TARGET that is neither AWS nor the emulator, before anything is started."""
    target = variables.get("TARGET", TARGETS[0])
    if target not in TARGETS:
        raise UserError("TARGET cannot be used", f"found {target!r}", hint="set TARGET to aws or to emulator")


def needs_credentials(variables: Mapping[str, str]) -> None:
    """Raise UserError when nothing says whose AWS account it is, before minutes are spent."""
    home = Path(variables.get("HOME", "~")).expanduser()
    files = (home / ".aws/credentials", home / ".aws/config")
    if not any(variables.get(sign) for sign in SIGNS) and not any(file.is_file() for file in files):
        raise UserError(
            "there are no AWS credentials",
            f"none of {', '.join(SIGNS)} is set, and ~/.aws is empty",
            hint="set AWS_PROFILE, or deploy to this machine with TARGET=emulator",
        )


def account_of(stack: str, variables: Mapping[str, str]) -> str:
    """The account number of the environment that `stack` belongs to."""
    accounts: dict[str, str] = {environment.name: environment.account_id for environment in load_all(variables)}
    return accounts[stack.removesuffix("-state")]
