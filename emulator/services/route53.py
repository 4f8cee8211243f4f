"""Route 53: a hosted zone created with a VPC is a private one."""

from __future__ import annotations

from emulator.handler import Call, Params, emulates

SERVICE = "route53"


@emulates(SERVICE, "CreateHostedZone")
def create_zone(call: Call) -> Params:
    answer = call.moto()
    vpc = call.params.get("VPC")
    zone = call.backend().zones[answer["HostedZone"]["Id"].rsplit("/", 1)[-1]]
    if vpc and not zone.private_zone:
        zone.private_zone = True
        zone.add_vpc(vpc["VPCId"], vpc.get("VPCRegion", call.region))
        answer["HostedZone"]["Config"]["PrivateZone"] = True
        answer["VPC"] = vpc
        answer.pop("DelegationSet", None)
    return answer
