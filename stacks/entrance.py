"""The public entrance of one environment, where it has public services."""

from __future__ import annotations

from cdktf import TerraformStack

from environments import Environment
from modules.certificate import Certificate
from modules.deployment import Deployment
from modules.firewall import Firewall
from modules.load_balancer import LoadBalancer
from modules.network import Network
from stacks.keys import Keys


def make_entrance(
    stack: TerraformStack, deployment: Deployment, environment: Environment, network: Network, keys: Keys
) -> LoadBalancer | None:
    """Make certificate, load balancer and firewall; nothing where nobody may come in."""
    if environment.domain is None:
        return None
    certificate = Certificate(stack, "certificate", deployment=deployment, domain=environment.domain.name)
    load_balancer = LoadBalancer(
        stack,
        "entrance",
        deployment=deployment,
        network=network,
        certificate=certificate,
        settings=environment.load_balancer,
    )
    if environment.load_balancer.waf:
        Firewall(
            stack,
            "firewall",
            deployment=deployment,
            load_balancer=load_balancer,
            key=keys.logs,
            requests_per_5_minutes=environment.load_balancer.requests_per_5_minutes,
            retention_days=environment.monitoring.log_retention_days,
        )
    return load_balancer
