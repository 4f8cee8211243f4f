"""What an environment may say.

Secure values are the defaults here and in the groups below; a YAML file states
only the differences. What can never be right is refused here. What is allowed
but unwise is for planproof to judge, so that each opinion is held in one place.
"""

from __future__ import annotations

import re
from typing import Literal, Self

from pydantic import Field, model_validator

from environments.application import DATABASE, Application, Name
from environments.capacity import (
    CacheSettings,
    DatabaseSettings,
    NetworkSettings,
    QueueSettings,
    ServiceSettings,
)
from environments.operations import (
    AuditSettings,
    BackupSettings,
    BudgetSettings,
    DomainSettings,
    KeySettings,
    LoadBalancerSettings,
    MonitoringSettings,
    StateSettings,
)
from environments.settings import Settings


class Environment(Settings):
    """Everything that makes one deployment different from another."""

    name: Literal["dev", "staging", "prod"]
    application: Application
    account_id: str = Field(pattern=r"^[0-9]{12}$", description="the only account it may be deployed to")
    region: str = Field(pattern=r"^[a-z]{2}-[a-z]+-[0-9]$")
    deletion_protection: bool = Field(
        default=True, description="database, load balancer and audit buckets cannot be deleted"
    )
    network: NetworkSettings
    domain: DomainSettings | None = None
    load_balancer: LoadBalancerSettings = LoadBalancerSettings()
    database: DatabaseSettings
    cache: CacheSettings
    queue: QueueSettings = QueueSettings()
    services: dict[Name, ServiceSettings]
    monitoring: MonitoringSettings
    backup: BackupSettings = BackupSettings()
    audit: AuditSettings = AuditSettings()
    budget: BudgetSettings
    keys: KeySettings = KeySettings()
    state: StateSettings = StateSettings()

    @model_validator(mode="after")
    def zones_lie_in_region(self) -> Self:
        """Refuse a zone of another region."""
        for zone in self.network.zones:
            if not re.fullmatch(re.escape(self.region) + "[a-f]", zone):
                raise ValueError(f"network.zones: zone {zone!r} is not in region {self.region!r}")
        return self

    @model_validator(mode="after")
    def every_service_has_a_size(self) -> Self:
        """Refuse a service without settings, and settings without a service."""
        known, sized = set(self.application.services), set(self.services)
        for name in sorted(known - sized):
            raise ValueError(f"services.{name} is missing: application.yaml has this service, so say its image_tag")
        for name in sorted(sized - known):
            raise ValueError(f"services.{name}: application.yaml has no such service, only {', '.join(sorted(known))}")
        return self

    @model_validator(mode="after")
    def public_services_have_a_domain(self) -> Self:
        """Refuse a public service that no certificate could be issued for."""
        public = [name for name, role in self.application.services.items() if role.exposure == "public"]
        if public and self.domain is None:
            raise ValueError(f"domain.name is missing: {', '.join(public)} is public, so it needs a certificate")
        return self

    @model_validator(mode="after")
    def a_proxy_has_users(self) -> Self:
        """Refuse a proxy that nobody would come through: AWS makes none without a user."""
        if self.database.proxy and not any(DATABASE in role.calls for role in self.application.services.values()):
            raise ValueError("database.proxy: no service calls the database, so turn it off")
        return self

    @model_validator(mode="after")
    def backups_leave_the_region(self) -> Self:
        """Refuse a second copy in the region it should survive."""
        if self.backup.copy_region == self.region:
            raise ValueError(f"backup.copy_region {self.region!r} is the environment's own region")
        return self
