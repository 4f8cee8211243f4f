"""The payment platform of one environment: first the parts, then who talks to whom."""

from __future__ import annotations

from cdktf import TerraformStack
from constructs import Construct

from environments import Environment
from environments.application import INTERNET
from modules.boundary import Boundary
from modules.budget import Budget
from modules.cluster import Cluster
from modules.connections import Addresses, Connectable
from modules.endpoints import Endpoints
from modules.flow_log import FlowLog
from modules.identity import Identity
from modules.load_balancer import LoadBalancer
from modules.monitoring import Monitoring
from modules.network import Network
from modules.queue import RECEIVE, SEND
from modules.service import Service
from modules.tier import ANYWHERE
from modules.topic import Topic
from modules.vigilance import Vigilance
from stacks.entrance import make_entrance
from stacks.foundation import deployment_of, keep_state_remotely, provide, provide_copy, remember_revision
from stacks.keys import make_keys
from stacks.outputs import publish
from stacks.services import make_services
from stacks.stores import Stores, make_stores
from stacks.target import Target
from stacks.witnesses import make_witnesses

CUSTOMERS = Addresses(INTERNET, ports=(443,), cidr=ANYWHERE)


class Platform(TerraformStack):
    """Everything of one environment but its state bucket."""

    def __init__(self, scope: Construct, environment: Environment, target: Target) -> None:
        super().__init__(scope, environment.name)
        deployment = deployment_of(environment)
        provide(self, environment, target)
        keep_state_remotely(self, deployment, target)
        remember_revision(self)
        copy = environment.backup.copy_region
        copy_provider = provide_copy(self, environment, target, copy) if copy else None
        kept = environment.monitoring.log_retention_days

        keys = make_keys(self, deployment, environment)
        boundary = Boundary(self, "boundary", deployment=deployment)
        Identity(
            self,
            "identity",
            deployment=deployment,
            boundary=boundary,
            repository=environment.application.repository,
        )
        network = Network(self, "network", deployment=deployment, settings=environment.network)
        FlowLog(
            self,
            "flow-log",
            deployment=deployment,
            boundary=boundary,
            network=network,
            key=keys.logs,
            retention_days=kept,
        )
        endpoints = Endpoints(
            self,
            "endpoints",
            deployment=deployment,
            network=network,
            names=environment.network.interface_endpoints,
        )
        topic = Topic(
            self, "alerts", deployment=deployment, key=keys.alerts, recipients=environment.monitoring.recipients
        )
        entrance = make_entrance(self, deployment, environment, network, keys)
        stores = make_stores(self, deployment, environment, boundary, network, keys)
        cluster = Cluster(self, "cluster", deployment=deployment)
        services = make_services(self, deployment, environment, boundary, network, cluster, keys, stores, entrance)
        witnesses = make_witnesses(self, deployment, environment, boundary, keys, stores, topic, copy_provider)
        Vigilance(self, "vigilance", deployment=deployment, topic=topic, trail=witnesses.trail)
        Budget(self, "budget", deployment=deployment, settings=environment.budget, topic=topic)
        monitoring = Monitoring(
            self,
            "monitoring",
            deployment=deployment,
            topic=topic,
            settings=environment.monitoring,
            watched=[*([entrance] if entrance else []), *services.values(), *stores.watched(), network],
        )

        say_who_talks_to_whom(environment, services, stores, endpoints, entrance)
        publish(self, deployment, network, cluster, services, stores, entrance, witnesses, monitoring, topic)


def say_who_talks_to_whom(
    environment: Environment,
    services: dict[str, Service],
    stores: Stores,
    endpoints: Endpoints,
    entrance: LoadBalancer | None,
) -> None:
    """Every open port and every permission of a service, as application.yaml gives the reasons."""
    callees: dict[str, list[Connectable]] = {
        **stores.callees(),
        **{name: [service] for name, service in services.items()},
        INTERNET: [CUSTOMERS],
    }
    for name, role in environment.application.services.items():
        service = services[name]
        service.connections.allow_to(endpoints, "call AWS without leaving the VPC")
        service.connections.allow_to(endpoints.s3, "fetch image layers from S3")
        for callee, why in role.calls.items():
            for other in callees[callee]:
                service.connections.allow_to(other, why)
            for access, on in stores.log_ins(callee, name):
                service.grants.allow(access, on, why)
        for queue, why in role.sends.items():
            service.grants.allow(SEND, stores.queues[queue], why)
        for queue, why in role.receives.items():
            service.grants.allow(RECEIVE, stores.queues[queue], why)
        if role.exposure == "public" and entrance is not None:
            entrance.connections.allow_to(service, f"pass customers' requests to {name}")
    if entrance is not None:
        CUSTOMERS.allow_to(entrance, "customers call the API")
