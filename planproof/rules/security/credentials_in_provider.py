"""Keys of an account stand in the provider or the backend."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from planproof.document import Document, Resource, Sensitive
from planproof.reading.secrets import HIDDEN
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_local(provider: Resource) -> bool:
    """Whether a provider talks to this machine only."""
    addresses = [address for block in provider.blocks("endpoints") for address in block.values.values()]
    return bool(addresses) and all(
        isinstance(address, str) and urlsplit(address).hostname in {"localhost", "127.0.0.1"} for address in addresses
    )


def check(part: Resource, _: Document) -> Iterator[Outcome]:
    """No key, secret or token as a text; those of an emulator on this machine open nothing."""
    if part.type == "provider" and is_local(part):
        return
    for path in ("access_key", "secret_key", "token", "password"):
        value = part.get(path)
        if isinstance(value, Sensitive):
            value = value.value
        if isinstance(value, str):
            yield Violation(path, "no credentials in code", found=HIDDEN)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("provider", "backend"),
    why="Everybody who may read the repository owns the account.",
    fix="Leave them out; take a role with a web identity or a profile.",
    docs="https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration",
    controls=("pci-dss-4.0.1/8.6.2", "cis-aws-3.0/1.14"),
    check=check,
    mutations=(
        Mutation("access_key", "AKIAIOSFODNN7EXAMPLE"),
        Mutation("secret_key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        Mutation("token", "IQoJb3JpZ2luX2VjE"),
    ),
)
