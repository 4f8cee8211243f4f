"""The resources of synthesised stacks once more, as the nearest resources of CloudFormation (L1) in AWS CDK Python.

python aws_cdk_l1.py FROM TO. What is a resource in Terraform and a property in CloudFormation becomes one more
resource of the type that has the property, so that the counts are equal. A resource gets its text, numbers and
switches where CloudFormation has an attribute of the same name, and something of the right type for what is required.
"""

from __future__ import annotations

import importlib
import inspect
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from aws_cdk import App, Stack, Token  # type: ignore[import-not-found]  # installed for the measurement alone

NEAREST = """
accessanalyzer_analyzer accessanalyzer.CfnAnalyzer
acm_certificate certificatemanager.CfnCertificate
acm_certificate_validation certificatemanager.CfnCertificate
appautoscaling_policy applicationautoscaling.CfnScalingPolicy
appautoscaling_scheduled_action applicationautoscaling.CfnScalingPolicy
appautoscaling_target applicationautoscaling.CfnScalableTarget
backup_plan backup.CfnBackupPlan
backup_selection backup.CfnBackupSelection
backup_vault backup.CfnBackupVault
backup_vault_lock_configuration backup.CfnBackupVault
backup_vault_notifications backup.CfnBackupVault
backup_vault_policy backup.CfnBackupVault
budgets_budget budgets.CfnBudget
cloudtrail cloudtrail.CfnTrail
cloudwatch_composite_alarm cloudwatch.CfnCompositeAlarm
cloudwatch_dashboard cloudwatch.CfnDashboard
cloudwatch_event_rule events.CfnRule
cloudwatch_event_target events.CfnRule
cloudwatch_log_group logs.CfnLogGroup
cloudwatch_log_metric_filter logs.CfnMetricFilter
cloudwatch_metric_alarm cloudwatch.CfnAlarm
config_config_rule config.CfnConfigRule
config_configuration_recorder config.CfnConfigurationRecorder
config_configuration_recorder_status config.CfnConfigurationRecorder
config_delivery_channel config.CfnDeliveryChannel
db_instance rds.CfnDBInstance
db_parameter_group rds.CfnDBParameterGroup
db_proxy rds.CfnDBProxy
db_proxy_default_target_group rds.CfnDBProxyTargetGroup
db_proxy_target rds.CfnDBProxyTargetGroup
db_subnet_group rds.CfnDBSubnetGroup
default_network_acl ec2.CfnNetworkAcl
default_route_table ec2.CfnRouteTable
default_security_group ec2.CfnSecurityGroup
ebs_encryption_by_default ec2.CfnVolume
ecr_lifecycle_policy ecr.CfnRepository
ecr_repository ecr.CfnRepository
ecs_cluster ecs.CfnCluster
ecs_cluster_capacity_providers ecs.CfnClusterCapacityProviderAssociations
ecs_service ecs.CfnService
ecs_task_definition ecs.CfnTaskDefinition
eip ec2.CfnEIP
elasticache_parameter_group elasticache.CfnParameterGroup
elasticache_replication_group elasticache.CfnReplicationGroup
elasticache_subnet_group elasticache.CfnSubnetGroup
elasticache_user elasticache.CfnUser
elasticache_user_group elasticache.CfnUserGroup
flow_log ec2.CfnFlowLog
guardduty_detector guardduty.CfnDetector
guardduty_detector_feature guardduty.CfnDetector
iam_account_password_policy iam.CfnManagedPolicy
iam_openid_connect_provider iam.CfnOIDCProvider
iam_policy iam.CfnManagedPolicy
iam_role iam.CfnRole
iam_role_policy iam.CfnRolePolicy
iam_role_policy_attachment iam.CfnManagedPolicy
iam_service_linked_role iam.CfnServiceLinkedRole
inspector2_enabler inspectorv2.CfnFilter
internet_gateway ec2.CfnInternetGateway
kms_alias kms.CfnAlias
kms_key kms.CfnKey
lb elasticloadbalancingv2.CfnLoadBalancer
lb_listener elasticloadbalancingv2.CfnListener
lb_listener_rule elasticloadbalancingv2.CfnListenerRule
lb_target_group elasticloadbalancingv2.CfnTargetGroup
nat_gateway ec2.CfnNatGateway
network_acl ec2.CfnNetworkAcl
route ec2.CfnRoute
route53_record route53.CfnRecordSet
route53_zone route53.CfnHostedZone
route_table ec2.CfnRouteTable
route_table_association ec2.CfnSubnetRouteTableAssociation
s3_account_public_access_block s3.CfnBucket
s3_bucket s3.CfnBucket
s3_bucket_lifecycle_configuration s3.CfnBucket
s3_bucket_ownership_controls s3.CfnBucket
s3_bucket_policy s3.CfnBucketPolicy
s3_bucket_public_access_block s3.CfnBucket
s3_bucket_server_side_encryption_configuration s3.CfnBucket
s3_bucket_versioning s3.CfnBucket
secretsmanager_secret secretsmanager.CfnSecret
security_group ec2.CfnSecurityGroup
securityhub_account securityhub.CfnHub
securityhub_standards_subscription securityhub.CfnStandard
service_discovery_http_namespace servicediscovery.CfnHttpNamespace
sns_topic sns.CfnTopic
sns_topic_policy sns.CfnTopicPolicy
sns_topic_subscription sns.CfnSubscription
sqs_queue sqs.CfnQueue
sqs_queue_policy sqs.CfnQueuePolicy
sqs_queue_redrive_allow_policy sqs.CfnQueuePolicy
subnet ec2.CfnSubnet
vpc ec2.CfnVPC
vpc_endpoint ec2.CfnVPCEndpoint
vpc_security_group_egress_rule ec2.CfnSecurityGroupEgress
vpc_security_group_ingress_rule ec2.CfnSecurityGroupIngress
wafv2_web_acl wafv2.CfnWebACL
wafv2_web_acl_association wafv2.CfnWebACLAssociation
wafv2_web_acl_logging_configuration wafv2.CfnLoggingConfiguration
"""
CLASSES = dict(line.split() for line in NEAREST.strip().splitlines())
STRUCTURES: dict[str, Any] = {
    "actions": [{"type": "forward"}],
    "backup_plan": {
        "backupPlanName": "sample",
        "backupPlanRule": [{"ruleName": "sample", "targetBackupVault": "sample"}],
    },
    "backup_selection": {"selectionName": "sample", "iamRoleArn": "sample"},
    "budget": {"budgetType": "COST", "timeUnit": "MONTHLY"},
    "conditions": [{"field": "path-pattern"}],
    "default_action": {"allow": {}},
    "default_actions": [{"type": "forward"}],
    "default_capacity_provider_strategy": [{"capacityProvider": "FARGATE"}],
    "filter_criteria": {"awsAccountId": [{"comparison": "EQUALS", "value": "sample"}]},
    "metric_transformations": [{"metricName": "sample", "metricNamespace": "sample", "metricValue": "1"}],
    "source": {"owner": "AWS"},
    "visibility_config": {
        "cloudWatchMetricsEnabled": True,
        "metricName": "sample",
        "sampledRequestsEnabled": True,
    },
}
"""What is required and has an inner shape, by the argument's name."""
PLAIN: dict[str, Any] = {"builtins.str": str, "builtins.bool": bool, "jsii.Number": (int, float)}


@cache
def parameters(type: str) -> tuple[Any, dict[str, tuple[str, bool]]]:
    """The class for a type of Terraform, and its arguments: the annotation, and whether it is required."""
    module, name = CLASSES[type].split(".")
    made = getattr(importlib.import_module(f"aws_cdk.aws_{module}"), name)
    signature = inspect.signature(made.__init__).parameters.values()
    keywords = [one for one in signature if one.kind is one.KEYWORD_ONLY]
    return made, {one.name: (str(one.annotation), one.default is one.empty) for one in keywords}


def sample(name: str, annotation: str) -> Any:
    """Something of the type."""
    if name in STRUCTURES:
        return Token.as_any(STRUCTURES[name])
    if "builtins.bool" in annotation:
        return True
    if annotation.startswith("typing.Sequence"):
        return ["sample"]
    if "builtins.str" in annotation:
        return "sample"
    return 1 if "Number" in annotation else {}


def arguments(wanted: dict[str, tuple[str, bool]], body: dict[str, Any]) -> dict[str, Any]:
    """What the constructor is given."""
    given = {}
    for name, (annotation, required) in wanted.items():
        value = body.get(name)
        fits = next((kind for text, kind in PLAIN.items() if text in annotation and "Sequence" not in annotation), ())
        if value is not None and isinstance(value, fits) and isinstance(value, bool) == (fits is bool):
            given[name] = value
        elif required:
            given[name] = sample(name, annotation)
    return given


def main(source: Path, outdir: str) -> None:
    """Synthesise one stack for each of Terraform's."""
    app = App(outdir=outdir)
    for file in sorted(source.glob("*/cdk.tf.json")):
        stack = Stack(app, file.parent.name)
        for kind, things in json.loads(file.read_text())["resource"].items():
            made, wanted = parameters(kind.removeprefix("aws_"))
            for name, body in things.items():
                made(stack, f"{kind}-{name}", **arguments(wanted, body))
    app.synth()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
