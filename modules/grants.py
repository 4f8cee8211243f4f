"""What a role may do: the only place where a permission is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from messages import UserError
from modules import policies
from modules.key import Key


@dataclass(frozen=True)
class Access:
    """A kind of use: what it takes on the thing itself and on the key that encrypts it."""

    verb: str
    actions: tuple[str, ...]
    key_actions: tuple[str, ...] = ("kms:Decrypt",)
    condition: policies.Condition | None = None


class Grantable(Protocol):
    """Something that a role can be allowed to use."""

    @property
    def name(self) -> str:
        """How sentences call it."""
        ...

    @property
    def arns(self) -> Sequence[str]:
        """What the permission is for, as narrow as AWS allows."""
        ...

    @property
    def encryption_key(self) -> Key | None:
        """The key without which the contents cannot be read."""
        ...


@dataclass(frozen=True)
class Resource:
    """A grantable that is no module: ARNs known from elsewhere."""

    name: str
    arns: tuple[str, ...]
    encryption_key: Key | None = None


class Grants(Construct):
    """The permissions of one role: none until a sentence gives one."""

    def __init__(self, owner: Construct, *, role_name: str) -> None:
        super().__init__(owner, "grants")
        self.role_name = role_name
        self.owner = owner.node.path

    def allow(self, access: Access, on: Grantable, why: str) -> None:
        """Let the role use `on` in the way `access` says; `why` becomes the statement's id.

        Raises UserError when there is nothing to grant on.
        """
        if not on.arns:
            raise UserError(
                f"{self.owner} cannot be allowed to {access.verb} {on.name}",
                f"{on.name} has no ARN, so the permission would be for everything",
                hint=f"give {on.name} the ARNs it stands for",
            )
        statements = [policies.allow(policies.sid(why), access.actions, on.arns, condition=access.condition)]
        if on.encryption_key is not None and access.key_actions:
            statements.append(
                policies.allow(policies.sid(f"key of {on.name}"), access.key_actions, [on.encryption_key.arn])
            )
        IamRolePolicy(
            self,
            f"{access.verb}-{on.name}",
            name=f"{access.verb}-{on.name}",
            role=self.role_name,
            policy=policies.document(*statements),
        )
