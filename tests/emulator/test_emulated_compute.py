"""ECS, ECR and Application Auto Scaling: how the services run and grow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal


@pytest.fixture
def ecs(account: Account) -> Any:
    """A client for an account with a cluster and a task definition."""
    client = account.client("ecs")
    client.create_cluster(clusterName="platform", capacityProviders=["FARGATE", "FARGATE_SPOT"])
    client.register_task_definition(
        family="payments",
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        containerDefinitions=[
            {
                "name": "app",
                "image": "payments",
                "essential": True,
                "portMappings": [{"containerPort": 8080, "name": "http"}],
            }
        ],
    )
    return client


def create(ecs: Any, **settings: Any) -> dict[str, Any]:
    """Create the payments service."""
    service: dict[str, Any] = ecs.create_service(
        **{
            "cluster": "platform",
            "serviceName": "payments",
            "taskDefinition": "payments",
            "desiredCount": 2,
            **settings,
        }
    )["service"]
    return service


def described(ecs: Any) -> dict[str, Any]:
    """Read the payments service back."""
    (service,) = ecs.describe_services(cluster="platform", services=["payments"])["services"]
    found: dict[str, Any] = service
    return found


def test_dropped_settings_are_read_back(ecs: Any) -> None:
    """Moto forgets these settings, and every plan would want to set them again."""
    settings = {
        "availabilityZoneRebalancing": "ENABLED",
        "enableECSManagedTags": True,
        "enableExecuteCommand": True,
        "healthCheckGracePeriodSeconds": 60,
        "platformVersion": "1.4.0",
        "propagateTags": "SERVICE",
    }
    created = create(ecs, launchType="FARGATE", **settings)

    found = described(ecs)

    assert {key: created[key] for key in settings} == settings
    assert {key: found[key] for key in settings} == settings
    assert found["launchType"] == "FARGATE"


def test_strategy_takes_the_place_of_a_launch_type(ecs: Any) -> None:
    """A service on Spot capacity has a strategy and no launch type, as at AWS."""
    strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
    create(ecs, capacityProviderStrategy=strategy)

    found = described(ecs)

    assert found["capacityProviderStrategy"] == strategy
    assert "launchType" not in found
    assert found["availabilityZoneRebalancing"] == "DISABLED"


def test_service_is_updated_and_deleted(ecs: Any) -> None:
    """A change keeps what was not changed; a service made again starts from the defaults."""
    create(ecs, launchType="FARGATE", enableExecuteCommand=True, healthCheckGracePeriodSeconds=60)

    ecs.update_service(cluster="platform", service="payments", healthCheckGracePeriodSeconds=120)
    found = described(ecs)
    assert (found["enableExecuteCommand"], found["healthCheckGracePeriodSeconds"]) == (True, 120)

    ecs.update_service(cluster="platform", service="payments", desiredCount=0)
    ecs.delete_service(cluster="platform", service="payments")
    create(ecs, launchType="FARGATE")
    assert described(ecs).get("healthCheckGracePeriodSeconds") in (None, 0)


def test_service_connect_is_read_back(ecs: Any) -> None:
    """The ledger is reached by its Service Connect name and by no load balancer."""
    connect = {
        "enabled": True,
        "namespace": "platform",
        "services": [{"portName": "http", "clientAliases": [{"port": 8080, "dnsName": "ledger"}]}],
    }
    create(ecs, launchType="FARGATE", serviceConnectConfiguration=connect)

    (deployment,) = described(ecs)["deployments"]

    assert deployment["serviceConnectConfiguration"] == connect


def test_scalable_target_has_tags(account: Account, ecs: Any) -> None:
    """Whoever pays for the scaling is known; registering again leaves the tags alone."""
    create(ecs, launchType="FARGATE")
    scaling = account.client("application-autoscaling")
    target = {
        "ServiceNamespace": "ecs",
        "ResourceId": "service/platform/payments",
        "ScalableDimension": "ecs:service:DesiredCount",
        "MinCapacity": 2,
    }
    arn = scaling.register_scalable_target(**target, MaxCapacity=4, Tags={"Owner": "payments"})["ScalableTargetARN"]
    scaling.register_scalable_target(**target, MaxCapacity=8)
    scaling.tag_resource(ResourceARN=arn, Tags={"Team": "core"})
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"Owner": "payments", "Team": "core"}

    scaling.untag_resource(ResourceARN=arn, TagKeys=["Owner"])

    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"Team": "core"}


def test_service_scales_on_a_schedule(account: Account, ecs: Any) -> None:
    """Salary day is known in advance: the schedule is kept as asked for."""
    create(ecs, launchType="FARGATE")
    scaling = account.client("application-autoscaling")
    names = {
        "ServiceNamespace": "ecs",
        "ResourceId": "service/platform/payments",
        "ScalableDimension": "ecs:service:DesiredCount",
    }
    scaling.register_scalable_target(**names, MinCapacity=2, MaxCapacity=8)
    scaling.put_scheduled_action(
        **names,
        ScheduledActionName="salary-day",
        Schedule="cron(0 6 25 * ? *)",
        Timezone="Europe/Berlin",
        ScalableTargetAction={"MinCapacity": 6, "MaxCapacity": 8},
    )

    (action,) = scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]

    assert (action["ScheduledActionName"], action["Timezone"]) == ("salary-day", "Europe/Berlin")
    assert action["ScalableTargetAction"] == {"MinCapacity": 6, "MaxCapacity": 8}


def test_pull_through_cache(account: Account) -> None:
    """Public images come through our registry, where they are scanned."""
    ecr = account.client("ecr")
    rule = {"ecrRepositoryPrefix": "public", "upstreamRegistryUrl": "public.ecr.aws"}
    ecr.create_pull_through_cache_rule(**rule)
    assert refusal(ecr.create_pull_through_cache_rule, **rule)[0] == "PullThroughCacheRuleAlreadyExistsException"

    (found,) = ecr.describe_pull_through_cache_rules(ecrRepositoryPrefixes=["public"])["pullThroughCacheRules"]
    assert (found["upstreamRegistryUrl"], found["registryId"]) == ("public.ecr.aws", account.id)

    ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="public")
    gone = ("PullThroughCacheRuleNotFoundException", "No pull through cache rule for public")
    assert ecr.describe_pull_through_cache_rules()["pullThroughCacheRules"] == []
    assert refusal(ecr.delete_pull_through_cache_rule, ecrRepositoryPrefix="public") == gone
    assert refusal(ecr.describe_pull_through_cache_rules, ecrRepositoryPrefixes=["public"]) == gone
