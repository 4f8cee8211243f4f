"""A database proxy accepts connections without TLS or without IAM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(proxy: Resource, _: Document) -> Iterator[Outcome]:
    """TLS for everybody, and a signature of AWS instead of a password."""
    yield from must(proxy, "require_tls", equals=True, default=False)
    for auth in proxy.blocks("auth"):
        yield from must(proxy, auth.at("iam_auth"), one_of=("REQUIRED", "ENABLED"), default="DISABLED")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_db_proxy",),
    why="Passwords and rows cross the network readable, or a copied password is enough to log in.",
    fix="Set require_tls to true and iam_auth to REQUIRED; modules.database_proxy does.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html",
    controls=("pci-dss-4.0.1/4.2.1", "pci-dss-4.0.1/8.3.1"),
    check=check,
    mutations=(
        Mutation("require_tls", value=False),
        Mutation("require_tls", ABSENT),
        Mutation("auth.0.iam_auth", "DISABLED"),
        Mutation("auth.0.iam_auth", ABSENT),
    ),
)
