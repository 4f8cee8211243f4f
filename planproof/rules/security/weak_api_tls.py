"""An API accepts outdated TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, items
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


BLOCK: Final = "domain_name_configuration.0.security_policy"


def check(door: Resource, _: Document) -> Iterator[Outcome]:
    """From TLS 1.2 on; a transfer server speaks no plain FTP."""
    if door.type == "aws_transfer_server":
        for position, protocol in enumerate(items(door.get("protocols"))):
            if protocol == "FTP":
                yield Violation(f"protocols.{position}", "SFTP or FTPS")
        return
    path = "security_policy" if door.type == "aws_api_gateway_domain_name" else BLOCK
    if door.get(path) == "TLS_1_0" or (path == BLOCK and door.get(path) is None):
        yield Violation(path, "TLS_1_2")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name", "aws_transfer_server"),
    why="Old versions and ciphers can be broken on the way.",
    fix="Set security_policy to TLS_1_2.",
    docs="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
    controls=("pci-dss-4.0.1/4.2.1",),
    check=check,
    mutations=(
        Mutation("security_policy", "TLS_1_0", on=lambda door, _: door.type == "aws_api_gateway_domain_name"),
        Mutation(BLOCK, "TLS_1_0", on=lambda door, _: door.type == "aws_apigatewayv2_domain_name"),
        Mutation("protocols.0", "FTP", on=lambda door, _: door.type == "aws_transfer_server"),
    ),
    specimen={
        "resource": {
            "aws_api_gateway_domain_name": {"pay": {"domain_name": "pay.example", "security_policy": "TLS_1_2"}},
            "aws_apigatewayv2_domain_name": {"pay": {"domain_name_configuration": {"security_policy": "TLS_1_2"}}},
            "aws_transfer_server": {"files": {"protocols": ["SFTP"]}},
        }
    },
)
