"""AWS APIs reached without leaving the VPC.

Always: private DNS, own security group, and a policy that lets nobody but this
account use the endpoint, and nothing but this account's resources through it.
"""

from __future__ import annotations

from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from constructs import Construct

from environments.capacity import Endpoint
from modules import policies
from modules.connections import Addresses, Connections
from modules.deployment import PARTITION, Deployment
from modules.network import Network

HTTPS = 443
GATEWAYS = ("s3", "dynamodb")
IAM_PREFIXES: dict[str, str] = {"ecr.api": "ecr", "ecr.dkr": "ecr", "monitoring": "cloudwatch"}
"""Where the name in a policy is not the name of the endpoint."""


class Endpoints(Construct):
    """The endpoints of one network.

    Outputs: `connections` of the interface endpoints, `s3`: the addresses of S3 by its gateway.
    """

    def __init__(
        self, scope: Construct, id: str, *, deployment: Deployment, network: Network, names: tuple[Endpoint, ...]
    ) -> None:
        super().__init__(scope, id)
        self.connections = Connections(self, deployment=deployment, vpc_id=network.vpc_id, ports=(HTTPS,))
        for name in names:
            VpcEndpoint(
                self,
                name.replace(".", "-"),
                vpc_id=network.vpc_id,
                vpc_endpoint_type="Interface",
                service_name=f"com.amazonaws.{deployment.region}.{name}",
                subnet_ids=network.private.subnet_ids,
                security_group_ids=[self.connections.group_id],
                private_dns_enabled=True,
                policy=policies.document(_own_account_only(deployment, IAM_PREFIXES.get(name, name))),
                tags={"Name": deployment.name(name.replace(".", "-"))},
            )
        gateways = {
            name: VpcEndpoint(
                self,
                name,
                vpc_id=network.vpc_id,
                vpc_endpoint_type="Gateway",
                service_name=f"com.amazonaws.{deployment.region}.{name}",
                route_table_ids=network.private.route_table_ids,
                policy=policies.document(
                    _own_account_only(deployment, name),
                    *([_image_layers(deployment)] if name == "s3" else []),
                ),
                tags={"Name": deployment.name(name)},
            )
            for name in GATEWAYS
        }
        self.s3 = Addresses("s3", ports=(HTTPS,), prefix_list_id=gateways["s3"].prefix_list_id)


def _own_account_only(deployment: Deployment, prefix: str) -> dict[str, object]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html."""
    account = deployment.account_id
    condition: dict[str, str] = {"aws:PrincipalAccount": account}
    if prefix not in {"ecr", "sts"}:
        condition["aws:ResourceAccount"] = account
    return policies.allow(
        "OnlyThisAccount", [f"{prefix}:*"], ["*"], principal="*", condition={"StringEquals": condition}
    )


def _image_layers(deployment: Deployment) -> dict[str, object]:
    """ECR keeps image layers in a bucket of AWS.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
    """
    return policies.allow(
        "ImageLayersOfEcr",
        ["s3:GetObject"],
        [f"arn:{PARTITION}:s3:::prod-{deployment.region}-starport-layer-bucket/*"],
        principal="*",
    )
