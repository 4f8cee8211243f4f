"""What an interrupted deployment leaves in the account without Terraform knowing of it, and how it is taken up again.

Terraform tells its providers to stop, and they give up the calls that are under way
(https://developer.hashicorp.com/terraform/cli/commands/apply); AWS may have carried such a call out all the same. The
resource then exists and is not in the state, and the next deployment is told so by AWS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from messages import UserError

SIGNS = re.compile(r"AlreadyExists|AlreadyOwnedByYou|ResourceExistsException|\.Duplicate\b|already exists")
"""AWS's codes for a thing that is made a second time."""

ADDRESS = re.compile(r"\bwith ([\w.\[\]\"-]+\.[\w.\[\]\"-]+)")
CREATING = re.compile(r"creating [^(:]*\(([^)]+)\)")
ROUTE = re.compile(r"Route in Route Table \(([^)]+)\) with destination \(([^)]+)\)")
NAMED = frozenset(
    {
        "aws_backup_vault",
        "aws_cloudwatch_log_group",
        "aws_db_instance",
        "aws_db_parameter_group",
        "aws_db_subnet_group",
        "aws_ecr_repository",
        "aws_elasticache_parameter_group",
        "aws_elasticache_replication_group",
        "aws_elasticache_subnet_group",
        "aws_elasticache_user",
        "aws_elasticache_user_group",
        "aws_iam_role",
        "aws_kms_alias",
        "aws_s3_bucket",
    }
)
"""Types that are imported by the very name that the provider's error gives: "Import" on each type's page at
https://registry.terraform.io/providers/hashicorp/aws/latest/docs."""

UNKNOWN_ID = "ID"


def explained(stack: str, plain: str) -> UserError | None:
    """The message when every error in Terraform's output is about a thing that exists already; none otherwise.

    `plain` is the output without colours.
    """
    errors = list(_errors(plain))
    if not errors or not all(SIGNS.search(error) for error in errors):
        return None
    commands = dict.fromkeys(command for error in errors if (command := _adopting(error)) is not None)
    if not commands:
        return None
    return UserError(
        f"{stack} was not deployed: {len(commands)} of its resources exist already and are not in its state",
        *commands,
        hint=f"left by an interrupted deployment? run the above in cdktf.out/stacks/{stack} and deploy again; "
        f"for an {UNKNOWN_ID} that is not filled in see the provider's page of the type, Import. "
        "Made by somebody else? Choose another name",
    )


def _errors(plain: str) -> Iterator[str]:
    """Each error with the lines that belong to it, as one line."""
    for part in plain.split("Error: ")[1:]:
        yield " ".join(part.split())


def _adopting(error: str) -> str | None:
    """The command that brings the resource of an error into the state."""
    found = ADDRESS.search(error)
    if found is None:
        return None
    address = found[1]
    return f"terraform import {address} {_identity(address.split('.')[0], error)}"


def _identity(kind: str, error: str) -> str:
    route = ROUTE.search(error)
    if kind == "aws_route" and route is not None:
        return f"{route[1]}_{route[2]}"
    name = CREATING.search(error)
    return name[1] if kind in NAMED and name is not None else UNKNOWN_ID
