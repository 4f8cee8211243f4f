"""What the tasks fetch from S3 passes the NAT gateway and is paid by the GB.

Image layers come from S3: without a gateway endpoint, which is free, every deployment pays for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.rule import Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

PATH = "aws_vpc_endpoint"


def check(vpc: Resource, document: Document) -> Iterator[Outcome]:
    """Look for the endpoint in each network that has a NAT gateway."""
    if document.of("aws_nat_gateway") and not any(_is_s3(one) for one in document.referrers(vpc, "aws_vpc_endpoint")):
        yield Violation(PATH, "a gateway endpoint for S3 in this network")


def _is_s3(endpoint: Resource) -> bool:
    return str(endpoint.get("service_name")).endswith(".s3")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_vpc",),
    why="Pulling images and writing logs through the NAT gateway costs by the GB what the endpoint does for nothing.",
    fix="Build the network with modules.endpoints.Endpoints, which has the gateway endpoints.",
    docs="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
    controls=(),
    check=check,
    mutations=(Removal("aws_vpc_endpoint", at=PATH, on=lambda endpoint, _: _is_s3(endpoint)),),
)
