"""What AWS interrupts when it makes a change: by type and attribute, with the page that says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

RDS: Final = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html"
PARAMETERS: Final = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html"
AURORA: Final = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html"
CACHE: Final = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.Modify.html"
CACHE_TLS: Final = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html"
ECS: Final = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html"
LISTENER: Final = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html"
EC2: Final = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html"
BROKER: Final = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-rebooting-broker.html"
LAMBDA: Final = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html"


class Outage(Struct, frozen=True):
    """What an attribute's change interrupts. `window`: it waits for the maintenance window unless apply_immediately."""

    text: str
    source: str
    window: bool = False


def _rds(text: str) -> Outage:
    return Outage(text, RDS, window=True)


def _cache(text: str) -> Outage:
    return Outage(text, CACHE, window=True)


# Changes in place. A change that replaces is an interruption by itself: see SERVING.
ATTRIBUTES: Final[Mapping[str, Mapping[str, Outage]]] = {
    "aws_db_instance": {
        "instance_class": _rds("the instance restarts on other hardware: minutes, or a failover with Multi-AZ"),
        "engine_version": _rds("the engine is upgraded: the database is down for minutes, longer for a major version"),
        "db_subnet_group_name": _rds("the instance moves to other subnets and restarts"),
        "port": Outage("the instance restarts at once, and callers must use the other port", RDS),
        "identifier": _rds("the instance restarts, and its address is another one"),
        "parameter_group_name": Outage("the other parameters hold only after a reboot", PARAMETERS),
        "option_group_name": _rds("some options restart the instance"),
        "storage_type": _rds("changes from or to magnetic storage take the database down"),
        "ca_cert_identifier": _rds("some engines restart for another certificate authority"),
        "dedicated_log_volume": _rds("the instance restarts"),
        "network_type": _rds("the instance is down while its network type changes"),
    },
    "aws_rds_cluster": {
        "engine_version": Outage("every instance of the cluster restarts", AURORA, window=True),
        "port": Outage("every instance of the cluster restarts", AURORA),
        "db_cluster_parameter_group_name": Outage("the other parameters hold only after a reboot", AURORA),
    },
    "aws_rds_cluster_instance": {
        "instance_class": Outage("the instance restarts on other hardware", AURORA, window=True),
        "db_parameter_group_name": Outage("the other parameters hold only after a reboot", AURORA),
    },
    "aws_elasticache_replication_group": {
        "node_type": _cache("the nodes are replaced: connections drop once, writes pause during the failover"),
        "engine_version": _cache("the nodes are upgraded one by one: connections drop, writes pause"),
        "engine": _cache("the nodes are upgraded one by one: connections drop, writes pause"),
        "parameter_group_name": _cache("some parameters restart the nodes"),
        "transit_encryption_enabled": Outage("callers must change between TLS and plain connections", CACHE_TLS),
        "transit_encryption_mode": Outage("callers without TLS are refused in the mode `required`", CACHE_TLS),
        "num_node_groups": Outage("slots move between shards: slower while they do", CACHE),
        "port": Outage("callers must use the other port", CACHE),
    },
    "aws_instance": {
        "instance_type": Outage("the instance is stopped and started", EC2),
        "user_data": Outage("the instance is stopped and started", EC2),
    },
    "aws_lb_listener": {
        "port": Outage("clients of the old port are refused", LISTENER),
        "protocol": Outage("clients of the old protocol are refused", LISTENER),
    },
    "aws_lambda_function": {
        "reserved_concurrent_executions": Outage("requests above the limit are throttled", LAMBDA),
    },
    "aws_mq_broker": {
        "host_instance_type": Outage("the broker reboots", BROKER, window=True),
        "engine_version": Outage("the broker reboots", BROKER, window=True),
    },
}  # fmt: skip

# What another of its kind takes over from without anybody noticing, when it is made first.
SEAMLESS: Final = frozenset({
    "aws_acm_certificate", "aws_db_subnet_group", "aws_ecs_service", "aws_iam_role", "aws_lambda_function",
    "aws_lb_listener_rule", "aws_lb_target_group", "aws_route53_record", "aws_route_table", "aws_security_group",
})  # fmt: skip

# What serves requests: gone or replaced, somebody waits. The text says who.
SERVING: Final[Mapping[str, str]] = {
    "aws_acm_certificate": "TLS connections are refused without a certificate",
    "aws_api_gateway_stage": "callers of the API are refused",
    "aws_apigatewayv2_stage": "callers of the API are refused",
    "aws_autoscaling_group": "its instances are terminated",
    "aws_cloudfront_distribution": "viewers get no answer",
    "aws_db_instance": "every caller of the database is cut off",
    "aws_db_proxy": "every caller of the proxy is cut off",
    "aws_db_proxy_target": "the proxy has no database behind it",
    "aws_db_subnet_group": "the database must move",
    "aws_docdb_cluster": "every caller of the cluster is cut off",
    "aws_ecs_cluster": "every service of the cluster stops",
    "aws_ecs_service": "its tasks stop",
    "aws_eip": "partners that allow only this address refuse us",
    "aws_eks_cluster": "every workload of the cluster stops",
    "aws_elasticache_replication_group": "every caller of the cache is cut off",
    "aws_iam_role": "whoever uses the role is refused",
    "aws_instance": "the instance is terminated",
    "aws_internet_gateway": "nothing of the VPC reaches the internet, nor the other way round",
    "aws_kms_key": "nothing it encrypts can be read",
    "aws_lambda_function": "its callers are refused",
    "aws_lb": "every client is cut off, and the address changes",
    "aws_lb_listener": "clients of its port are refused",
    "aws_lb_listener_rule": "its requests go elsewhere, or nowhere",
    "aws_lb_target_group": "its requests find no task",
    "aws_nat_gateway": "private subnets cannot reach the internet, and the address changes",
    "aws_opensearch_domain": "every search fails",
    "aws_rds_cluster": "every caller of the cluster is cut off",
    "aws_rds_cluster_instance": "the cluster has one instance less",
    "aws_route": "packets to its destination have no way",
    "aws_route53_record": "the name no longer resolves",
    "aws_route53_zone": "none of its names resolves",
    "aws_route_table": "its subnets fall back to the main table",
    "aws_route_table_association": "the subnet falls back to the main table",
    "aws_s3_bucket": "readers and writers of the bucket fail",
    "aws_secretsmanager_secret": "tasks that start cannot read it",
    "aws_security_group": "whoever it lets in is cut off",
    "aws_service_discovery_http_namespace": "services no longer find each other",
    "aws_service_discovery_private_dns_namespace": "services no longer find each other",
    "aws_service_discovery_service": "callers no longer find the service",
    "aws_sns_topic": "publishers fail, subscribers hear nothing",
    "aws_sqs_queue": "senders and receivers fail",
    "aws_subnet": "everything in the subnet must move",
    "aws_vpc": "everything in the network must move",
    "aws_vpc_endpoint": "callers of the AWS service lose their private way",
    "aws_vpc_peering_connection": "the other network is cut off",
}
