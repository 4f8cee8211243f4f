"""Network, keys, names, logs and alarms: what every other part stands on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal, tag_list


def test_missing_network_acl_is_told_by_its_own_code(account: Account) -> None:
    """The provider takes an ACL for gone only by this code; another one would end a destroy half-way."""
    ec2 = account.client("ec2")
    vpc, _ = account.vpc_with_subnets()

    code, message = refusal(ec2.describe_network_acls, NetworkAclIds=["acl-12345678"])
    (default,) = ec2.describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["NetworkAcls"]

    assert code == "InvalidNetworkAclID.NotFound"
    assert "acl-12345678" in message
    assert default["IsDefault"] is True


def test_zone_with_a_vpc_is_private(account: Account) -> None:
    """Internal names are answered inside the VPC only."""
    vpc, _ = account.vpc_with_subnets()
    route53 = account.client("route53")

    created = route53.create_hosted_zone(
        Name="platform.internal",
        CallerReference="a",
        VPC={"VPCRegion": "eu-central-1", "VPCId": vpc},
    )

    found = route53.get_hosted_zone(Id=created["HostedZone"]["Id"])
    assert "DelegationSet" not in created
    assert created["HostedZone"]["Config"]["PrivateZone"] is True
    assert found["HostedZone"]["Config"]["PrivateZone"] is True
    assert found["VPCs"] == [{"VPCRegion": "eu-central-1", "VPCId": vpc}]


def test_zone_that_says_it_is_private_has_its_vpc_once(account: Account) -> None:
    """A caller who says both is not given the VPC twice."""
    vpc, _ = account.vpc_with_subnets()
    route53 = account.client("route53")

    created = route53.create_hosted_zone(
        Name="platform.internal",
        CallerReference="a",
        VPC={"VPCRegion": "eu-central-1", "VPCId": vpc},
        HostedZoneConfig={"Comment": "internal", "PrivateZone": True},
    )

    assert len(route53.get_hosted_zone(Id=created["HostedZone"]["Id"])["VPCs"]) == 1


def test_zone_without_a_vpc_is_public(account: Account) -> None:
    """The shop's own domain has name servers for the whole world."""
    route53 = account.client("route53")

    created = route53.create_hosted_zone(Name="example.com", CallerReference="a")

    assert created["HostedZone"]["Config"]["PrivateZone"] is False
    assert len(created["DelegationSet"]["NameServers"]) == 4


def test_replica_key_has_tags_policy_and_description_of_its_own(account: Account) -> None:
    """Backups in the second region are sealed with a key that is governed there."""
    home, away = account.client("kms"), account.client("kms", region="eu-west-1")
    primary = home.create_key(MultiRegion=True, Description="data", Tags=[{"TagKey": "Owner", "TagValue": "a"}])
    key_id = primary["KeyMetadata"]["KeyId"]
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})

    home.replicate_key(
        KeyId=key_id,
        ReplicaRegion="eu-west-1",
        Policy=policy,
        Description="copies",
        BypassPolicyLockoutSafetyCheck=True,
        Tags=[{"TagKey": "Owner", "TagValue": "b"}],
    )

    replica = away.describe_key(KeyId=key_id)["KeyMetadata"]
    original = home.describe_key(KeyId=key_id)["KeyMetadata"]
    assert (replica["Description"], original["Description"]) == ("copies", "data")
    assert replica["MultiRegionConfiguration"]["MultiRegionKeyType"] == "REPLICA"
    assert original["MultiRegionConfiguration"]["MultiRegionKeyType"] == "PRIMARY"
    assert original["MultiRegionConfiguration"]["ReplicaKeys"] == [{"Arn": replica["Arn"], "Region": "eu-west-1"}]
    assert away.list_resource_tags(KeyId=key_id)["Tags"] == [{"TagKey": "Owner", "TagValue": "b"}]
    assert home.list_resource_tags(KeyId=key_id)["Tags"] == [{"TagKey": "Owner", "TagValue": "a"}]
    assert json.loads(away.get_key_policy(KeyId=key_id, PolicyName="default")["Policy"]) == json.loads(policy)


def test_replica_key_without_settings(account: Account) -> None:
    """A replica asked for with nothing else has no description and no tags."""
    home, away = account.client("kms"), account.client("kms", region="eu-west-1")
    key_id = home.create_key(MultiRegion=True, Description="data")["KeyMetadata"]["KeyId"]

    home.replicate_key(KeyId=key_id, ReplicaRegion="eu-west-1")

    assert away.describe_key(KeyId=key_id)["KeyMetadata"]["Description"] == ""
    assert away.list_resource_tags(KeyId=key_id)["Tags"] == []


@pytest.fixture
def logs(account: Account) -> Any:
    """A client for an account with one log group."""
    client = account.client("logs")
    client.create_log_group(logGroupName="/payments")
    return client


def test_saved_queries(logs: Any) -> None:
    """The questions asked in an incident are saved beforehand, and changed in place."""
    query_id = logs.put_query_definition(name="errors", queryString="fields @message", logGroupNames=["/payments"])[
        "queryDefinitionId"
    ]
    logs.put_query_definition(queryDefinitionId=query_id, name="errors", queryString="stats count()")
    logs.put_query_definition(name="slow", queryString="fields @duration")

    (found,) = logs.describe_query_definitions(queryDefinitionNamePrefix="err")["queryDefinitions"]

    assert (found["queryDefinitionId"], found["queryString"]) == (query_id, "stats count()")
    assert len(logs.describe_query_definitions()["queryDefinitions"]) == 2
    assert logs.delete_query_definition(queryDefinitionId=query_id)["success"] is True
    assert refusal(logs.delete_query_definition, queryDefinitionId=query_id) == (
        "ResourceNotFoundException",
        "The specified query definition does not exist.",
    )


def test_card_numbers_are_masked_in_logs(account: Account, logs: Any) -> None:
    """The policy that masks card data in a log group is there by name and by ARN, until it is removed."""
    policy = json.dumps({"Name": "mask", "Version": "2021-06-01", "Statement": []})
    arn = f"arn:aws:logs:eu-central-1:{account.id}:log-group:/payments:*"

    logs.put_data_protection_policy(logGroupIdentifier="/payments", policyDocument=policy)
    found = logs.get_data_protection_policy(logGroupIdentifier=arn)
    assert found["policyDocument"] == policy
    assert found["lastUpdatedTime"] > 1_700_000_000_000

    logs.delete_data_protection_policy(logGroupIdentifier="/payments")
    assert "policyDocument" not in logs.get_data_protection_policy(logGroupIdentifier="/payments")
    gone = refusal(logs.get_data_protection_policy, logGroupIdentifier="/nosuch")
    assert gone == ("ResourceNotFoundException", "The specified log group does not exist.")


def test_composite_alarm_is_read_back(account: Account) -> None:
    """One alarm wakes somebody only when several agree."""
    cloudwatch = account.client("cloudwatch")
    for name in ("errors", "latency"):
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            Namespace="AWS/ApplicationELB",
            MetricName=name,
            ComparisonOperator="GreaterThanThreshold",
            EvaluationPeriods=1,
            Period=60,
            Threshold=1.0,
            Statistic="Sum",
        )
    rule = 'ALARM("errors") AND NOT OK(latency)'
    topic = "arn:aws:sns:eu-central-1:123456789012:alarms"

    cloudwatch.put_composite_alarm(
        AlarmName="down", AlarmRule=rule, AlarmActions=[topic], Tags=tag_list({"Owner": "payments"})
    )

    (found,) = cloudwatch.describe_alarms(AlarmNames=["down"], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
    assert (found["AlarmRule"], found["AlarmActions"], found["ActionsEnabled"]) == (rule, [topic], True)
    tags = cloudwatch.list_tags_for_resource(ResourceARN=found["AlarmArn"])["Tags"]
    assert tags == tag_list({"Owner": "payments"})


def test_composite_alarm_needs_its_alarms(account: Account) -> None:
    """A rule with a misspelt alarm would never fire; AWS refuses it."""
    cloudwatch = account.client("cloudwatch")

    found = refusal(cloudwatch.put_composite_alarm, AlarmName="down", AlarmRule="ALARM(erors)")

    assert found == ("ValidationError", "AlarmRule names an alarm that does not exist: erors")


def test_certificate_is_issued_at_once(account: Account) -> None:
    """No deployment waits a minute for a certificate."""
    acm = account.client("acm")
    arn = acm.request_certificate(DomainName="pay.example.com", ValidationMethod="DNS")["CertificateArn"]

    assert acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"]
    assert acm.describe_certificate(CertificateArn=arn)["Certificate"]["Status"] == "ISSUED"


def test_iam_knows_the_policies_of_aws(account: Account) -> None:
    """A role may have a policy that AWS manages, where a scoped one cannot be written."""
    iam = account.client("iam")
    name = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
    iam.create_role(RoleName="monitoring", AssumeRolePolicyDocument="{}")

    iam.attach_role_policy(RoleName="monitoring", PolicyArn=name)

    assert iam.get_policy(PolicyArn=name)["Policy"]["AttachmentCount"] == 1
    (attached,) = iam.list_attached_role_policies(RoleName="monitoring")["AttachedPolicies"]
    assert attached == {"PolicyName": "AmazonRDSEnhancedMonitoringRole", "PolicyArn": name}
    assert iam.list_policies(Scope="AWS")["Policies"]


def test_own_policies_are_attached_without_those_of_aws(account: Account) -> None:
    """The platform writes its policies itself; they are read back as written."""
    iam = account.client("iam")
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    arn = iam.create_policy(PolicyName="own", PolicyDocument=json.dumps(document))["Policy"]["Arn"]
    iam.create_role(RoleName="task", AssumeRolePolicyDocument="{}")

    iam.attach_role_policy(RoleName="task", PolicyArn=arn)

    version = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]
    assert version["Document"] == document
    (role,) = iam.list_entities_for_policy(PolicyArn=arn)["PolicyRoles"]
    assert role["RoleName"] == "task"
