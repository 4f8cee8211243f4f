"""EC2: answers of moto's that the provider cannot tell apart."""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates

SERVICE = "ec2"


@emulates(SERVICE, "DescribeNetworkAcls")
def describe_network_acls(call: Call) -> Params:
    try:
        return call.moto()
    except AwsError as error:
        if error.code == "InvalidRouteTableID.NotFound":
            raise AwsError("InvalidNetworkAclID.NotFound", error.message, 400) from error
        raise
