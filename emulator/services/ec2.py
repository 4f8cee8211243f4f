"""EC2: an error of moto's by which the provider cannot tell that a network ACL is gone.

Pages: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates


@emulates("ec2", "DescribeNetworkAcls")
def describe_network_acls(call: Call) -> Params:
    """Say that an ACL is gone with the ACL's own code, not a route table's."""
    try:
        return call.moto()
    except AwsError as error:
        wrong = error.code == "InvalidRouteTableID.NotFound"
        code = "InvalidNetworkAclID.NotFound" if wrong else error.code
        raise AwsError(code, error.message, error.status) from error
