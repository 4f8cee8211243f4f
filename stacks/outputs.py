"""What a deployment tells the tests and the people who come after it: names and addresses, no secret."""

from __future__ import annotations

from cdktf import TerraformOutput, TerraformStack

from modules.cluster import Cluster
from modules.deployment import Deployment
from modules.load_balancer import LoadBalancer
from modules.monitoring import Monitoring
from modules.network import Network
from modules.service import Service
from modules.topic import Topic
from stacks.stores import Stores
from stacks.witnesses import Witnesses


def publish(  # noqa: PLR0917
    stack: TerraformStack,
    deployment: Deployment,
    network: Network,
    cluster: Cluster,
    services: dict[str, Service],
    stores: Stores,
    entrance: LoadBalancer | None,
    witnesses: Witnesses,
    monitoring: Monitoring,
    topic: Topic,
) -> None:
    """Write one output for each thing that the integration tests ask AWS about."""
    outputs: dict[str, object] = {
        "environment": deployment.environment,
        "account_id": deployment.account_id,
        "region": deployment.region,
        "vpc_id": network.vpc_id,
        "public_subnet_ids": network.public.subnet_ids,
        "private_subnet_ids": network.private.subnet_ids,
        "database_subnet_ids": network.database.subnet_ids,
        "cluster_name": cluster.cluster_name,
        "database_identifier": stores.database.identifier,
        "database_endpoint": stores.entrance.endpoint,
        "database_group_id": stores.database.connections.group_id,
        "database_secret_arn": stores.database.secret_arn,
        "cache_group_id": stores.cache.group_id,
        "cache_endpoint": stores.cache.endpoint,
        "cache_security_group_id": stores.cache.connections.group_id,
        "alerts_topic_arn": topic.arn,
        "customers_alarm_name": monitoring.composite_name,
        "dashboard_name": monitoring.dashboard_name,
        "backup_vault_name": witnesses.backup.vault_name,
        "backup_plan_id": witnesses.backup.plan_id,
    }
    for name, service in services.items():
        outputs[f"{name}_service_name"] = service.service_name
        outputs[f"{name}_security_group_id"] = service.connections.group_id
        outputs[f"{name}_log_group_name"] = service.log_group.name
        outputs[f"{name}_task_role_name"] = service.task.role.role_name
        outputs[f"{name}_execution_role_name"] = service.task.execution_role.role_name
    for name, queue in stores.queues.items():
        outputs[f"{name}_queue_url"] = queue.url
    if entrance is not None:
        outputs["load_balancer_arn"] = entrance.arn
        outputs["load_balancer_dns_name"] = entrance.dns_name
        outputs["load_balancer_security_group_id"] = entrance.connections.group_id
        outputs["access_log_bucket"] = entrance.log_bucket
    if witnesses.trail is not None:
        outputs["trail_name"] = witnesses.trail.trail_name
        outputs["trail_bucket"] = witnesses.trail.bucket
    for name, value in outputs.items():
        TerraformOutput(stack, name, value=value)
