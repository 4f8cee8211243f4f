"""RDS: what keeps moto's instances from being told apart."""

from __future__ import annotations

import base64
import uuid
from typing import Any

from emulator.handler import Call, Params, emulates

SERVICE = "rds"
_DEFAULT_CA = "rds-ca-rsa2048-g1"  # what AWS gives a new instance


def _own_identity(call: Call, answer: Params) -> Any:
    """Moto gives every instance the same DbiResourceId, by which the provider reads them."""
    described = answer["DBInstance"]
    instance = call.backend().databases[described["DBInstanceIdentifier"]]
    token = base64.b32encode(uuid.uuid4().bytes).decode().rstrip("=")
    instance.dbi_resource_id = f"db-{token}"
    described["DbiResourceId"] = instance.dbi_resource_id
    return instance


@emulates(SERVICE, "CreateDBInstance")
def create_instance(call: Call) -> Params:
    answer = call.moto()
    instance = _own_identity(call, answer)
    instance.ca_certificate_identifier = call.params.get("CACertificateIdentifier", _DEFAULT_CA)
    answer["DBInstance"]["CACertificateIdentifier"] = instance.ca_certificate_identifier
    _keep_insights(call, call.params["DBInstanceIdentifier"])
    return answer


@emulates(SERVICE, "CreateDBInstanceReadReplica")
def create_replica(call: Call) -> Params:
    answer = call.moto()
    replica = _own_identity(call, answer)
    replica.performance_insights_enabled = False  # not taken from the source
    replica.performance_insights_kms_key_id = None
    replica.performance_insights_retention_period = None
    _keep_insights(call, call.params["DBInstanceIdentifier"])
    return answer


def _keep_insights(call: Call, name: str) -> None:
    """Performance Insights, which moto does not know."""
    instance = call.backend().databases[name]
    sent = call.params
    if "EnablePerformanceInsights" in sent:
        instance.performance_insights_enabled = sent["EnablePerformanceInsights"]
        if sent["EnablePerformanceInsights"]:
            instance.performance_insights_retention_period = 7
    if "PerformanceInsightsKMSKeyId" in sent:
        instance.performance_insights_kms_key_id = sent["PerformanceInsightsKMSKeyId"]
    if "PerformanceInsightsRetentionPeriod" in sent:
        instance.performance_insights_retention_period = sent["PerformanceInsightsRetentionPeriod"]


@emulates(SERVICE, "ModifyDBInstance")
def modify_instance(call: Call) -> Params:
    answer = call.moto()
    _keep_insights(call, call.params["DBInstanceIdentifier"])
    if "CACertificateIdentifier" in call.params:
        call.backend().databases[call.params["DBInstanceIdentifier"]].ca_certificate_identifier = call.params[
            "CACertificateIdentifier"
        ]
    return answer


@emulates(SERVICE, "DescribeDBParameters")
def describe_parameters(call: Call) -> Params:
    source = call.params.get("Source")
    if source not in (None, "user"):
        return {"Parameters": []}
    parameters = call.moto().get("Parameters", [])
    kept = {"Source": "user", "IsModifiable": True, "DataType": "string", "ApplyType": "dynamic"}
    return {"Parameters": [{**kept, **parameter} for parameter in parameters]}
