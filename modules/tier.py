"""One tier of subnets: a subnet, a route table and their association in every zone.

Always: no public addresses by default, own route table a zone, own access list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network

from cdktf_cdktf_provider_aws.network_acl import NetworkAcl
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.subnet import Subnet
from constructs import Construct

from modules import access_list
from modules.access_list import Entry
from modules.deployment import Deployment

ANYWHERE = "0.0.0.0/0"


class Tier(Construct):
    """The subnets of one tier.

    Outputs: `subnet_ids`, `route_table_ids` (both by zone, in order), `cidrs`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        vpc_id: str,
        subnets: Mapping[str, IPv4Network],
        ingress: Sequence[Entry],
        egress: Sequence[Entry],
    ) -> None:
        super().__init__(scope, id)
        self.cidrs = tuple(subnets.values())
        self.subnet_ids: list[str] = []
        self.route_table_ids: list[str] = []
        for zone, cidr in subnets.items():
            letter = zone[-1]
            tags = {"Name": deployment.name(f"{id}-{letter}"), "Tier": id}
            subnet = Subnet(
                self,
                f"subnet-{letter}",
                vpc_id=vpc_id,
                availability_zone=zone,
                cidr_block=str(cidr),
                map_public_ip_on_launch=False,
                tags=tags,
            )
            table = RouteTable(self, f"routes-{letter}", vpc_id=vpc_id, tags=tags)
            RouteTableAssociation(self, f"routed-{letter}", subnet_id=subnet.id, route_table_id=table.id)
            self.subnet_ids.append(subnet.id)
            self.route_table_ids.append(table.id)
        NetworkAcl(
            self,
            "access-list",
            vpc_id=vpc_id,
            subnet_ids=self.subnet_ids,
            ingress=access_list.ingress(ingress),
            egress=access_list.egress(egress),
            tags={"Name": deployment.name(id)},
        )

    def route_out(self, *, gateway_id: str | None = None, nat_gateway_ids: Sequence[str] = ()) -> None:
        """Give every subnet a default route: to the gateway, or to the NAT of its zone.

        Where there are fewer NATs than zones, the last one serves the rest.
        """
        for index, table in enumerate(self.route_table_ids):
            nat = nat_gateway_ids[min(index, len(nat_gateway_ids) - 1)] if nat_gateway_ids else None
            Route(
                self,
                f"out-{index}",
                route_table_id=table,
                destination_cidr_block=ANYWHERE,
                gateway_id=gateway_id,
                nat_gateway_id=nat,
            )
