"""The task definition of one service: one container, nothing writable but /tmp, no secret in clear."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cdktf_cdktf_provider_aws.ecs_task_definition import (
    EcsTaskDefinition,
    EcsTaskDefinitionRuntimePlatform,
    EcsTaskDefinitionVolume,
)
from constructs import Construct

from environments.application import Role as ServiceRole
from environments.capacity import ServiceSettings
from modules.boundary import Boundary
from modules.deployment import Deployment
from modules.grants import Access, Resource
from modules.log_group import LogGroup
from modules.repository import Repository
from modules.role import Role
from modules.secret import READ_SECRET, Secret

PULL = Access("pull", ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"), ())
"""ECR decrypts the layers itself: whoever pulls needs no right on the key.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
"""

LOG_IN = Access("log-in", ("ecr:GetAuthorizationToken",), ())
WRITE = Access("write", ("logs:CreateLogStream", "logs:PutLogEvents"), ())
REGISTRY = Resource("ecr", ("*",))
"""GetAuthorizationToken knows no resource.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
"""

ALIVE_SECONDS = 60
UNPRIVILEGED_USER = "10001:10001"


class Task(Construct):
    """The task definition of one service, with its two roles.

    The execution role starts the task (pulls the image, reads secrets, writes
    logs); the task role is what the code itself may do. They are never the same.

    Outputs: `arn`, `role` (the task role), `execution_role`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        boundary: Boundary,
        service: str,
        role: ServiceRole,
        settings: ServiceSettings,
        repository: Repository,
        log_group: LogGroup,
        variables: Mapping[str, str],
        secrets: Mapping[str, Secret],
    ) -> None:
        super().__init__(scope, id)
        self.role = Role(
            self,
            "task-role",
            deployment=deployment,
            boundary=boundary,
            component=f"{service}-task",
            service="ecs-tasks",
        )
        self.execution_role = Role(
            self,
            "execution-role",
            deployment=deployment,
            boundary=boundary,
            component=f"{service}-execution",
            service="ecs-tasks",
        )
        grants = self.execution_role.grants
        grants.allow(LOG_IN, REGISTRY, "log in to the registry")
        grants.allow(PULL, repository, "pull the image")
        grants.allow(WRITE, Resource("log", (f"{log_group.arn}:*",)), "write the log")
        for secret in secrets.values():
            grants.allow(READ_SECRET, secret, "hand the secret to the container")
        container = {
            "name": service,
            "image": f"{repository.url}:{settings.image_tag}",
            "essential": True,
            "user": UNPRIVILEGED_USER,
            "readonlyRootFilesystem": True,
            "linuxParameters": {"initProcessEnabled": True, "capabilities": {"drop": ["ALL"]}},
            "portMappings": _ports(service, role),
            "healthCheck": _health(role),
            "environment": [{"name": name, "value": value} for name, value in sorted(variables.items())],
            "secrets": [{"name": name, "valueFrom": secret.arn} for name, secret in sorted(secrets.items())],
            "mountPoints": [{"sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": False}],  # noqa: S108
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": log_group.name,
                    "awslogs-region": deployment.region,
                    "awslogs-stream-prefix": service,
                },
            },
        }
        self.arn: str = EcsTaskDefinition(
            self,
            "definition",
            family=deployment.name(service),
            cpu=str(settings.cpu_units),
            memory=str(settings.memory_mib),
            network_mode="awsvpc",
            requires_compatibilities=["FARGATE"],
            runtime_platform=EcsTaskDefinitionRuntimePlatform(
                cpu_architecture="X86_64", operating_system_family="LINUX"
            ),
            task_role_arn=self.role.arn,
            execution_role_arn=self.execution_role.arn,
            volume=[EcsTaskDefinitionVolume(name="tmp")],
            container_definitions=json.dumps([container]),
        ).arn


def _ports(service: str, role: ServiceRole) -> list[dict[str, object]]:
    if role.port is None:
        return []
    return [
        {"name": service, "containerPort": role.port, "hostPort": role.port, "protocol": "tcp", "appProtocol": "http"}
    ]


def _health(role: ServiceRole) -> dict[str, object]:
    """A service answers on its health path; a worker touches /tmp/alive each time it asks for work."""
    command = (
        f"test $(( $(date +%s) - $(stat -c %Y /tmp/alive) )) -lt {ALIVE_SECONDS}"
        if role.port is None
        else f"wget -q -O /dev/null http://127.0.0.1:{role.port}{role.health_path}"
    )
    return {
        "command": ["CMD-SHELL", f"{command} || exit 1"],
        "interval": 30,
        "timeout": 5,
        "retries": 3,
        "startPeriod": 30,
    }
