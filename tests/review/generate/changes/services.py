"""Changes to the services: their tasks, their number and how they are deployed."""

from __future__ import annotations

import json

from tests.review.generate.change import HUMAN, SAFE, change
from tests.review.generate.stack import Stack

SERVICE = "aws_ecs_service.payments_service"
TASK = "aws_ecs_task_definition.payments_task_definition"
TARGET = "aws_appautoscaling_target.payments_scaling_target"
DEFINITION = "payments/task/definition"


@change(SAFE, ("replaced", TASK), ("updated", SERVICE))
def image_is_new(stack: Stack) -> None:
    """A new version of payments is rolled out, task by task."""
    stack.replace(DEFINITION, "container_definitions", ":1.4.3", ":1.5.0")


@change(SAFE, ("replaced", TASK), ("updated", SERVICE))
def environment_variable_is_added(stack: Stack) -> None:
    """The tasks of payments are told how much to log."""
    containers = json.loads(stack.part(DEFINITION)["container_definitions"])
    containers[0]["environment"].append({"name": "LOG_LEVEL", "value": "info"})
    stack.set(DEFINITION, container_definitions=json.dumps(containers))


@change(SAFE, ("replaced", TASK), ("updated", SERVICE), ("cost-up", TASK))
def tasks_grow(stack: Stack) -> None:
    """Each task of payments gets 1 CPU and 2 GiB rather than half of it."""
    stack.set(DEFINITION, cpu="1024", memory="2048")


@change(SAFE, ("replaced", TASK), ("updated", SERVICE), ("cost-down", TASK))
def tasks_shrink(stack: Stack) -> None:
    """Each task of payments gets a quarter CPU and half a GiB."""
    stack.set(DEFINITION, cpu="256", memory="512")


@change(HUMAN, ("replaced", TASK), ("protection-removed", TASK))
def task_becomes_root(stack: Stack) -> None:
    """The payments container runs as root with a root file system it can write to."""
    containers = json.loads(stack.part(DEFINITION)["container_definitions"])
    containers[0].pop("user")
    containers[0]["readonlyRootFilesystem"] = False
    stack.set(DEFINITION, container_definitions=json.dumps(containers))


@change(HUMAN, ("downtime", SERVICE))
def service_is_stopped(stack: Stack) -> None:
    """No task of payments is to run."""
    stack.set("payments/service", desired_count=0)
    stack.without("payments/service", "lifecycle")


@change(SAFE, ("updated", SERVICE), ("cost-up", SERVICE))
def service_starts_more_tasks(stack: Stack) -> None:
    """Four tasks of payments are to run rather than two."""
    stack.set("payments/service", desired_count=4)
    stack.without("payments/service", "lifecycle")


@change(HUMAN, ("protection-removed", SERVICE))
def service_is_not_rolled_back(stack: Stack) -> None:
    """A failed deployment of payments is no longer stopped and rolled back."""
    stack.set("payments/service", deployment_circuit_breaker={"enable": False, "rollback": False})


@change(HUMAN, ("downtime", SERVICE))
def service_is_deployed_all_at_once(stack: Stack) -> None:
    """Every old task of payments may be stopped before a new one runs."""
    stack.set("payments/service", deployment_minimum_healthy_percent=0, deployment_maximum_percent=100)


@change(HUMAN, ("access-widened", SERVICE))
def service_moves_to_the_public_subnets(stack: Stack) -> None:
    """The tasks of payments get public addresses in public subnets."""
    names = [stack.address(f"network/public/subnet-{zone}") for zone in "abc"]
    settings = stack.part("payments/service")["network_configuration"]
    settings.update({"assign_public_ip": True, "subnets": [f"${{{name}.id}}" for name in names]})


@change(HUMAN, ("replaced", SERVICE), ("downtime", SERVICE))
def service_is_renamed(stack: Stack) -> None:
    """The service of payments gets another name: it is stopped, then made anew."""
    stack.set("payments/service", name="payflow-pay-staging")


@change(HUMAN, ("protection-removed", TARGET), ("cost-down", TARGET))
def fewest_tasks_are_one(stack: Stack) -> None:
    """One task of payments may be all there is: no second one in another zone."""
    stack.set("payments/scaling/target", min_capacity=1)


@change(SAFE, ("updated", TARGET))
def most_tasks_are_more(stack: Stack) -> None:
    """Payments may grow to 12 tasks rather than 6 when it has to."""
    stack.set("payments/scaling/target", max_capacity=12)


@change(HUMAN, ("protection-removed", "aws_appautoscaling_policy.payments_scaling_cpu"))
def service_does_not_scale_with_its_cpu(stack: Stack) -> None:
    """Payments no longer grows when its processors are busy."""
    stack.remove("payments/scaling/cpu")


@change(SAFE, ("created", "aws_appautoscaling_scheduled_action.payments_scaling_evening"))
def service_grows_in_the_evening(stack: Stack) -> None:
    """From six in the evening at least four tasks of payments run."""
    target = stack.address("payments/scaling/target")
    stack.add(
        "aws_appautoscaling_scheduled_action",
        "payments_scaling_evening",
        name="evening",
        resource_id=f"${{{target}.resource_id}}",
        scalable_dimension="ecs:service:DesiredCount",
        schedule="cron(0 18 * * ? *)",
        scalable_target_action={"max_capacity": 6, "min_capacity": 4},
        service_namespace="ecs",
    )


@change(HUMAN, ("protection-removed", "aws_ecs_cluster.cluster"))
def containers_are_not_measured(stack: Stack) -> None:
    """Container Insights is switched off."""
    stack.set("cluster/cluster", setting=[{"name": "containerInsights", "value": "disabled"}])
