"""What must be lifted before an environment is destroyed: asked before Terraform takes down what is not protected.

Terraform begins with what nothing depends on: services and alarms would be gone when AWS refuses the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from delivery import terraform
from delivery.plan import initialise
from delivery.toolchain import Toolchain
from environments import NAMES, load_all
from messages import UserError

REFUSING = {
    "aws_backup_vault": ("force_destroy", False),
    "aws_db_instance": ("deletion_protection", True),
    "aws_ecr_repository": ("force_delete", False),
    "aws_lb": ("enable_deletion_protection", True),
    "aws_s3_bucket": ("force_destroy", False),
}
"""By type: the attribute and its value with which AWS refuses to delete one, or one that holds anything."""

SHOWN = 10


def refuse_protected(stack: str, variables: Mapping[str, str]) -> None:
    """Raise UserError when the settings protect `stack`; a stack that keeps a state is never destroyed by a command."""
    if stack not in NAMES:
        environment = stack.removesuffix("-state")
        raise UserError(
            f"{stack} is not destroyed by this command",
            f"it keeps the state of {environment}, its key and its zone: {environment} cannot be changed without them",
            hint=f"destroy {environment} first; then empty the bucket, and run terraform destroy in the stack's folder",
        )
    (found,) = (environment for environment in load_all(variables) if environment.name == stack)
    if found.deletion_protection:
        raise UserError(
            f"{stack} is protected", f"deletion_protection of environments/{stack}.yaml is true", hint=_lifting(stack)
        )


def refuse_deployed(tools: Toolchain, stack: str, folder: Path) -> None:
    """Raise UserError when what is deployed still refuses to be deleted, whatever the settings say by now.

    `stack` is synthesised in `folder`.
    """
    place = folder / "stacks" / stack
    state = place / "protection.json"
    with terraform.private(place / "protection.log") as log:
        initialise(tools, stack, place, log)
    try:
        terraform.save(tools, stack, place, ["show", "-json"], state)
        held = list(protected(json.loads(state.read_text(encoding="utf-8"))))
    finally:
        state.unlink(missing_ok=True)  # it holds values that Terraform masks
    if held:
        more = [f"and {len(held) - SHOWN} more"] if len(held) > SHOWN else []
        raise UserError(f"{stack} is deployed with its protection", *held[:SHOWN], *more, hint=_lifting(stack))


def protected(state: Mapping[str, Any]) -> Iterator[str]:
    """Each resource of a state that refuses to be deleted, with the attribute that says so."""
    for resource in state.get("values", {}).get("root_module", {}).get("resources", []):
        attribute, refusing = REFUSING.get(resource.get("type"), ("", None))
        if resource["mode"] == "managed" and attribute and resource["values"].get(attribute) is refusing:
            yield f"{resource['address']}: {attribute} is {str(refusing).lower()}"


def _lifting(stack: str) -> str:
    variables = f"GATE=report PLATFORM__{stack.upper()}__DELETION_PROTECTION=false"
    return f"lift it first: {variables} make deploy ENV={stack}; then destroy with the same two variables"
