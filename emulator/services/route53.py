"""Route 53: a hosted zone that is created with a VPC is private, which moto does not see.

Pages: https://docs.aws.amazon.com/Route53/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator.handler import Call, Params, emulates


@emulates("route53", "CreateHostedZone")
def create_zone(call: Call) -> Params:
    """Let moto create the zone; a private one has its VPC and no delegation set."""
    answer = call.moto()
    vpc = call.params.get("VPC")
    if not vpc:
        return answer
    zone = call.backend().zones[answer["HostedZone"]["Id"].removeprefix("/hostedzone/")]
    if not zone.private_zone:
        zone.private_zone = True
        zone.add_vpc(vpc["VPCId"], vpc.get("VPCRegion", call.region))
    answer["HostedZone"]["Config"] = {**answer["HostedZone"].get("Config", {}), "PrivateZone": True}
    answer.pop("DelegationSet", None)
    return {**answer, "VPC": vpc}
