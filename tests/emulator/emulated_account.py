"""An account of a running emulator, as the tests use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

SESSION: Final = boto3.Session()
REGION: Final = "eu-central-1"


@dataclass(frozen=True)
class Account:
    """One AWS account of an emulator."""

    url: str
    id: str

    def client(self, service: str, *, region: str = REGION) -> Any:
        """Make a client as any tool makes one: with an endpoint and credentials, nothing more."""
        make: Any = SESSION.client
        return make(
            service,
            region_name=region,
            endpoint_url=self.url,
            aws_access_key_id=self.id,
            aws_secret_access_key="not checked",
            config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
        )

    def vpc_with_subnets(self) -> tuple[str, list[str]]:
        """Create a VPC with a subnet in each of two zones."""
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnets = [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{REGION}{zone}")
            for number, zone in enumerate("ab")
        ]
        return vpc, [subnet["Subnet"]["SubnetId"] for subnet in subnets]


def refusal(action: Callable[..., Any], **params: Any) -> tuple[str, str]:
    """Give the code and message with which an action is refused."""
    with pytest.raises(ClientError) as caught:
        action(**params)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def tag_list(tags: dict[str, str]) -> list[dict[str, str]]:
    """Write tags as most services want them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]
