"""The network: three tiers in every zone, and as few ways in and out as possible.

public holds the load balancer and NAT; private the tasks; database the stores,
without any default route. The default security group and access list are empty.
"""

from __future__ import annotations

from ipaddress import IPv4Network

from cdktf_cdktf_provider_aws.default_network_acl import DefaultNetworkAcl
from cdktf_cdktf_provider_aws.default_route_table import DefaultRouteTable
from cdktf_cdktf_provider_aws.default_security_group import DefaultSecurityGroup
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct

from environments.capacity import SUBNET_BITS, NetworkSettings
from environments.operations import MonitoringSettings
from modules.access_list import EPHEMERAL, Entry, between
from modules.deployment import Deployment
from modules.tier import ANYWHERE, Tier
from modules.vitals import Vital

HTTP, HTTPS, POSTGRESQL, REDIS = (80, 80), (443, 443), (5432, 5432), (6379, 6379)
ZONES_PER_TIER = 4


class Network(Construct):
    """The VPC of one environment.

    Outputs: `vpc_id`, `cidr`, and the tiers `public`, `private` and `database`.
    """

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment, settings: NetworkSettings) -> None:
        super().__init__(scope, id)
        self.name = id
        self.cidr = settings.cidr
        vpc = Vpc(
            self,
            "vpc",
            cidr_block=str(settings.cidr),
            enable_dns_support=True,
            enable_dns_hostnames=True,
            tags={"Name": deployment.name(id)},
        )
        self.vpc_id: str = vpc.id
        DefaultSecurityGroup(self, "default-group", vpc_id=vpc.id, tags={"Name": deployment.name("default-closed")})
        DefaultNetworkAcl(
            self,
            "default-access-list",
            default_network_acl_id=vpc.default_network_acl_id,
            tags={"Name": deployment.name("default-closed")},
        )
        DefaultRouteTable(
            self,
            "default-routes",
            default_route_table_id=vpc.default_route_table_id,
            route=[],
            tags={"Name": deployment.name("default-closed")},
        )

        public, private, database = (_subnets(settings, tier) for tier in range(3))
        anywhere = Entry(ANYWHERE, EPHEMERAL)
        own = str(settings.cidr)
        self.public = Tier(
            self,
            "public",
            deployment=deployment,
            vpc_id=vpc.id,
            subnets=public,
            ingress=(Entry(ANYWHERE, HTTPS), Entry(ANYWHERE, HTTP), anywhere),
            egress=(Entry(ANYWHERE, HTTPS), anywhere),
        )
        self.private = Tier(
            self,
            "private",
            deployment=deployment,
            vpc_id=vpc.id,
            subnets=private,
            ingress=(Entry(own, HTTPS), anywhere),
            egress=(Entry(ANYWHERE, HTTPS), Entry(own, EPHEMERAL)),
        )
        self.database = Tier(
            self,
            "database",
            deployment=deployment,
            vpc_id=vpc.id,
            subnets=database,
            ingress=(
                *between(private.values(), POSTGRESQL, REDIS),
                *between(database.values(), POSTGRESQL, EPHEMERAL),
            ),
            egress=(*between(private.values(), EPHEMERAL), *between(database.values(), POSTGRESQL, EPHEMERAL)),
        )

        gateway = InternetGateway(self, "gateway", vpc_id=vpc.id, tags={"Name": deployment.name(id)})
        self.public.route_out(gateway_id=gateway.id)
        self._nats = {
            zone[-1]: self._nat(deployment, gateway, zone[-1], subnet)
            for zone, subnet in list(zip(settings.zones, self.public.subnet_ids, strict=True))[: _nats(settings)]
        }
        if self._nats:
            self.private.route_out(nat_gateway_ids=list(self._nats.values()))

    def _nat(self, deployment: Deployment, gateway: InternetGateway, letter: str, subnet_id: str) -> str:
        tags = {"Name": deployment.name(f"nat-{letter}")}
        address = Eip(self, f"nat-address-{letter}", domain="vpc", tags=tags, depends_on=[gateway])
        nat = NatGateway(
            self,
            f"nat-{letter}",
            subnet_id=subnet_id,
            allocation_id=address.allocation_id,
            tags=tags,
            depends_on=[gateway],
        )
        return nat.id

    def vitals(self, settings: MonitoringSettings) -> tuple[Vital, ...]:
        """The way out: whether each NAT gateway still has ports for new connections."""
        del settings
        return tuple(
            Vital(
                f"nat-{letter}-ports",
                "AWS/NATGateway",
                "ErrorPortAllocation",
                {"NatGatewayId": nat_id},
                1,
                why="No new connection leaves the zone: payments to the card networks fail.",
                statistic="Sum",
            )
            for letter, nat_id in self._nats.items()
        )


def _subnets(settings: NetworkSettings, tier: int) -> dict[str, IPv4Network]:
    """The subnets of the tier: each tier keeps four slots, so that a zone more moves nothing."""
    every = list(settings.cidr.subnets(prefixlen_diff=SUBNET_BITS))
    return dict(zip(settings.zones, every[tier * ZONES_PER_TIER :], strict=False))


def _nats(settings: NetworkSettings) -> int:
    return {"none": 0, "single": 1, "per_zone": len(settings.zones)}[settings.nat]
