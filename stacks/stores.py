"""The data stores and queues of one environment, and what a sentence about them names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdktf import TerraformStack

from environments import Environment
from environments.application import CACHE, DATABASE
from modules import cache as caching
from modules import database as databases
from modules.boundary import Boundary
from modules.cache import Cache
from modules.connections import Connectable
from modules.database import Database
from modules.database_proxy import DatabaseProxy
from modules.database_readers import DatabaseReaders
from modules.deployment import Deployment
from modules.grants import Access, Resource
from modules.network import Network
from modules.queue import Queue
from modules.secret import Secret
from modules.vitals import Watched
from stacks.keys import Keys


@dataclass(frozen=True, kw_only=True)
class Stores:
    """Where the data is."""

    database: Database
    entrance: Database | DatabaseProxy
    """What a service connects to: the proxy where there is one."""
    readers: DatabaseReaders | None
    cache: Cache
    queues: Mapping[str, Queue]

    def callees(self) -> dict[str, list[Connectable]]:
        """By the names that application.yaml uses: whom a service connects to that calls a store."""
        return {DATABASE: [self.entrance, *self._readers()], CACHE: [self.cache]}

    def log_ins(self, store: str, service: str) -> list[tuple[Access, Resource]]:
        """The permissions that a service needs to log in, where a store asks for any."""
        if store == DATABASE:
            return [(databases.LOG_IN, one.user(service)) for one in (self.entrance, *self._readers())]
        if store == CACHE:
            return [(caching.LOG_IN, self.cache.user(service))]
        return []

    def watched(self) -> list[Watched]:
        """Everything here that has vital signs."""
        return [self.database, *self._readers(), self.cache, *self.queues.values()]

    def variables(self, calls: Mapping[str, str], queues: Mapping[str, str]) -> dict[str, str]:
        """What the container of a service with these calls and queues is told about them."""
        told: dict[str, str] = {}
        if DATABASE in calls:
            for one in (self.entrance, *self._readers()):
                told |= one.variables
        if CACHE in calls:
            told |= self.cache.variables
        for name in queues:
            told[f"{name.upper()}_QUEUE_URL"] = self.queues[name].url
        return told

    def _readers(self) -> list[DatabaseReaders]:
        return [self.readers] if self.readers else []


def make_stores(  # noqa: PLR0917
    stack: TerraformStack,
    deployment: Deployment,
    environment: Environment,
    boundary: Boundary,
    network: Network,
    keys: Keys,
) -> Stores:
    """Make the database, its proxy where the settings ask for one, the cache and the queues."""
    retention = environment.monitoring.log_retention_days
    services = environment.application.services
    database = Database(
        stack,
        DATABASE,
        deployment=deployment,
        boundary=boundary,
        network=network,
        key=keys.data,
        log_key=keys.logs,
        log_retention_days=retention,
        settings=environment.database,
    )
    entrance: Database | DatabaseProxy = database
    if environment.database.proxy:
        users = {
            name: Secret(
                stack,
                f"{name}-database-user",
                deployment=deployment,
                key=keys.secrets,
                component=f"{name}-database-user",
                purpose=f"Name and password of the database user of {name}, for the proxy",
            )
            for name, role in services.items()
            if DATABASE in role.calls
        }
        entrance = DatabaseProxy(
            stack,
            "database-proxy",
            deployment=deployment,
            boundary=boundary,
            network=network,
            database=database,
            users=users,
        )
    readers = None
    if environment.database.read_replicas:
        readers = DatabaseReaders(
            stack,
            "database-readers",
            deployment=deployment,
            network=network,
            key=keys.data,
            log_key=keys.logs,
            log_retention_days=retention,
            database=database,
            settings=environment.database,
        )
    return Stores(
        database=database,
        entrance=entrance,
        readers=readers,
        cache=Cache(
            stack,
            CACHE,
            deployment=deployment,
            network=network,
            key=keys.data,
            log_key=keys.logs,
            log_retention_days=retention,
            settings=environment.cache,
            callers=[name for name, role in services.items() if CACHE in role.calls],
        ),
        queues={
            name: Queue(stack, name, deployment=deployment, key=keys.data, settings=environment.queue)
            for name in environment.application.queues
        },
    )
