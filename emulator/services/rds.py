"""RDS: what moto drops of an instance, and what keeps two of them apart.

Pages: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

import base64
import uuid
from typing import Any, Final

from emulator.handler import Call, Params, emulates

# What AWS gives a new instance:
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
_CERTIFICATE: Final = "rds-ca-rsa2048-g1"
_FREE_INSIGHTS_DAYS: Final = 7
_MINOR: Final = 9
"""What runs where only a major version is asked for; AWS chooses one, too."""


def _instance(call: Call) -> Any:
    return call.backend().databases[call.params["DBInstanceIdentifier"]]


def _identify(call: Call, answer: Params) -> None:
    """Give an instance its own DbiResourceId: `db-` and 26 letters and digits."""
    instance = _instance(call)
    token = base64.b32encode(uuid.UUID(call.store.fresh_id()).bytes).decode().rstrip("=")
    instance.dbi_resource_id = answer["DBInstance"]["DbiResourceId"] = f"db-{token}"
    certificate = call.params.get("CACertificateIdentifier", _CERTIFICATE)
    instance.ca_certificate_identifier = answer["DBInstance"]["CACertificateIdentifier"] = certificate


def _choose_minor(call: Call, answer: Params) -> None:
    """Run a minor version of the major that was asked for; moto knows none."""
    instance = _instance(call)
    if instance.engine_version.isdecimal():
        instance.engine_version = answer["DBInstance"]["EngineVersion"] = f"{instance.engine_version}.{_MINOR}"


def _keep_insights(call: Call, answer: Params) -> Params:
    """Keep Performance Insights, which moto does not read; seven days are free and the default."""
    instance = _instance(call)
    if "EnablePerformanceInsights" in call.params:
        enabled = call.params["EnablePerformanceInsights"]
        instance.performance_insights_enabled = enabled
        instance.performance_insights_retention_period = _FREE_INSIGHTS_DAYS if enabled else None
    if "PerformanceInsightsKMSKeyId" in call.params:
        instance.performance_insights_kms_key_id = call.params["PerformanceInsightsKMSKeyId"]
    if "PerformanceInsightsRetentionPeriod" in call.params:
        instance.performance_insights_retention_period = call.params["PerformanceInsightsRetentionPeriod"]
    answer["DBInstance"]["PerformanceInsightsEnabled"] = getattr(instance, "performance_insights_enabled", False)
    return answer


@emulates("rds", "CreateDBInstance")
def create_instance(call: Call) -> Params:
    """Let moto create it, with an identity, a minor version and Performance Insights of its own."""
    answer = call.moto()
    _identify(call, answer)
    _choose_minor(call, answer)
    return _keep_insights(call, answer)


@emulates("rds", "CreateDBInstanceReadReplica")
def create_replica(call: Call) -> Params:
    """Let moto create it; Performance Insights is not taken over from the source."""
    answer = call.moto()
    _identify(call, answer)
    replica = _instance(call)
    replica.performance_insights_enabled = False
    replica.performance_insights_kms_key_id = None
    replica.performance_insights_retention_period = None
    return _keep_insights(call, answer)


@emulates("rds", "ModifyDBInstance")
def modify_instance(call: Call) -> Params:
    """Let moto modify it, and keep the certificate and Performance Insights."""
    answer = call.moto()
    if "CACertificateIdentifier" in call.params:
        _instance(call).ca_certificate_identifier = call.params["CACertificateIdentifier"]
        answer["DBInstance"]["CACertificateIdentifier"] = call.params["CACertificateIdentifier"]
    return _keep_insights(call, answer)


@emulates("rds", "DescribeDBParameters")
def describe_parameters(call: Call) -> Params:
    """Give the parameters of a group; moto keeps only those a user has set, and not that he has."""
    if call.params.get("Source") not in (None, "user"):
        return {"Parameters": []}
    defaults = {"Source": "user", "IsModifiable": True, "DataType": "string", "ApplyType": "dynamic"}
    return {"Parameters": [{**defaults, **parameter} for parameter in call.moto().get("Parameters", [])]}
