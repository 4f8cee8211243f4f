"""The public DNS zone of one environment: made once, before anything needs a certificate."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.route53_zone import Route53Zone
from constructs import Construct

from modules.deployment import Deployment


class PublicZone(Construct):
    """One hosted zone.

    Outputs: `name_servers` (what the parent domain must delegate to).
    """

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment, domain: str) -> None:
        super().__init__(scope, id)
        zone = Route53Zone(
            self,
            "zone",
            name=domain,
            comment=f"Public names of {deployment.environment}",
            force_destroy=False,
            tags={"Name": deployment.name(id)},
        )
        self.name_servers: list[str] = zone.name_servers
