"""IAM: the policies that AWS manages, which moto leaves out or reads anew for every account.

There are some 1,500 of them, and every account that makes a call has an IAM of its own.
They are read when an account first asks for such a policy, which hardly any does.

Pages: https://docs.aws.amazon.com/IAM/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

import json

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy

from emulator.handler import Call, Params, emulates


@emulates(
    "iam",
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AttachUserPolicy",
    "GetAccountAuthorizationDetails",
    "GetPolicy",
    "GetPolicyVersion",
    "ListEntitiesForPolicy",
    "ListPolicies",
    "ListPolicyVersions",
)
def with_managed_policies(call: Call) -> Params:
    """Let moto answer, once it knows the policies of AWS if the call can be about one."""
    backend = call.backend()
    if not backend.aws_managed_policies and ":iam::aws:" in call.params.get("PolicyArn", ":iam::aws:"):
        backend.aws_managed_policies = [
            AWSManagedPolicy.from_data(name, call.account, backend.region_name, data)
            for name, data in json.loads(aws_managed_policies_data).items()
        ]
        backend.managed_policies.update({policy.arn: policy for policy in backend.aws_managed_policies})
    return call.moto()
