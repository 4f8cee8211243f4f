"""CloudTrail: a trail is deleted by its ARN, too; moto only looks for names and says nothing.

Pages: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates


@emulates("cloudtrail", "DeleteTrail")
def delete_trail(call: Call) -> Params:
    """Delete the trail of that name or ARN in the region that is asked."""
    trails, name = call.backend().trails, call.params["Name"].rpartition("trail/")[2]
    if name not in trails:
        raise AwsError("TrailNotFoundException", f"Unknown trail: {call.params['Name']}")
    del trails[name]
    return {}
