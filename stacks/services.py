"""The services of one environment, each with its images, secrets and place behind the load balancer."""

from __future__ import annotations

from cdktf import TerraformStack

from environments import Environment
from environments.application import Role
from modules.boundary import Boundary
from modules.cluster import Cluster
from modules.deployment import Deployment
from modules.load_balancer import LoadBalancer
from modules.network import Network
from modules.repository import Repository
from modules.secret import Secret
from modules.service import Service
from modules.target import Target
from stacks.keys import Keys
from stacks.stores import Stores


def make_services(  # noqa: PLR0917
    stack: TerraformStack,
    deployment: Deployment,
    environment: Environment,
    boundary: Boundary,
    network: Network,
    cluster: Cluster,
    keys: Keys,
    stores: Stores,
    entrance: LoadBalancer | None,
) -> dict[str, Service]:
    """Make every service that application.yaml names, in its order."""
    roles = environment.application.services
    return {
        name: Service(
            stack,
            name,
            deployment=deployment,
            boundary=boundary,
            cluster=cluster,
            network=network,
            log_key=keys.logs,
            log_retention_days=environment.monitoring.log_retention_days,
            role=role,
            settings=environment.services[name],
            repository=Repository(stack, f"{name}-images", deployment=deployment, key=keys.data, component=name),
            secrets=_secrets(stack, deployment, keys, name, role),
            variables=_variables(stores, roles, role),
            target=_target(stack, deployment, network, entrance, name, role, position),
            queues=[stores.queues[queue] for queue in role.receives],
        )
        for position, (name, role) in enumerate(roles.items())
    }


def _secrets(stack: TerraformStack, deployment: Deployment, keys: Keys, name: str, role: Role) -> dict[str, Secret]:
    words = {variable: variable.lower().replace("_", "-") for variable in role.secrets}
    return {
        variable: Secret(
            stack,
            f"{name}-{word}",
            deployment=deployment,
            key=keys.secrets,
            component=f"{name}-{word}",
            purpose=f"{variable} of {name}",
        )
        for variable, word in words.items()
    }


def _variables(stores: Stores, roles: dict[str, Role], role: Role) -> dict[str, str]:
    called = {other: roles[other].port for other in role.calls if other in roles}
    return {
        **stores.variables(role.calls, {**role.sends, **role.receives}),
        **{f"{other.upper()}_URL": f"http://{other}:{port}" for other, port in called.items()},
    }


def _target(  # noqa: PLR0917
    stack: TerraformStack,
    deployment: Deployment,
    network: Network,
    entrance: LoadBalancer | None,
    name: str,
    role: Role,
    position: int,
) -> Target | None:
    if role.exposure != "public" or entrance is None:  # the settings refuse a public service without a domain
        return None
    return Target(
        stack,
        f"{name}-target",
        deployment=deployment,
        network=network,
        load_balancer=entrance,
        service=name,
        role=role,
        position=position,
    )
