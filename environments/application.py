"""What runs: the services, the queues and who talks to whom, the same in every environment.

A connection or a permission exists because a service says here what it calls,
sends to or receives from, and why. Nothing else opens a port.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from environments.operations import Email
from environments.settings import Each, Settings

DATABASE = "database"
CACHE = "cache"
DATA_STORES = (DATABASE, CACHE)
INTERNET = "internet"
RESERVED = (*DATA_STORES, INTERNET)

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,13}$")]
"""2 to 14 characters, so that `<project>-<name>-<environment>` fits a target group's 32."""

Why = Annotated[str, StringConstraints(min_length=8, max_length=120, pattern=r"^[A-Za-z0-9 ,.:;'()/-]+$")]
"""A reason in plain words; AWS accepts these characters in the description of a rule."""

SecretName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{2,40}$")]
"""The environment variable in which a container finds the secret."""


class Role(Settings):
    """What one service is for, and what it needs of the others."""

    exposure: Literal["public", "internal", "worker"] = Field(
        description="public: behind the load balancer; internal: Service Connect only; worker: listens on nothing"
    )
    port: int | None = Field(default=None, ge=1024, le=65535, description="TCP port of the container")
    paths: Each[Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9/_*.-]+$")]] = Field(
        default=(),
        max_length=5,
        description="URL paths the load balancer sends here; 5 is the limit of a rule",
    )
    health_path: str = Field(default="/health", pattern=r"^/[A-Za-z0-9/_-]*$", description="answers 200 when well")
    calls: dict[Name, Why] = Field(
        default={}, description="database, cache, internet (HTTPS only) or a service, and why"
    )
    sends: dict[Name, Why] = Field(default={}, description="queues it writes to, and why")
    receives: dict[Name, Why] = Field(default={}, description="queues it reads from, and why")
    secrets: Each[SecretName] = Field(default=(), description="Secrets Manager secrets it reads")

    @model_validator(mode="after")
    def exposure_has_what_it_needs(self) -> Self:
        """Refuse a public service without paths, a listener without a port, a worker without a queue."""
        if self.exposure == "worker":
            if self.port is not None or self.paths:
                raise ValueError("a worker listens on nothing: remove port and paths, or change exposure")
            if not self.receives:
                raise ValueError("a worker needs a queue to work on: name it in receives")
        elif self.port is None:
            raise ValueError(f"a service that is {self.exposure} needs a port")
        if self.exposure == "public" and not self.paths:
            raise ValueError("a public service needs at least one path, for example /v1/payments/*")
        if self.exposure != "public" and self.paths:
            raise ValueError(f"a service that is {self.exposure} has no paths: remove them, or make it public")
        return self


class Ownership(Settings):
    """Whose it is and how it is classified: these become the tags of every resource."""

    owner: Email = Field(description="mailbox of the team")
    cost_center: str = Field(pattern=r"^[A-Z]{2}-[0-9]{4}$", description="as the finance department writes it")
    data_classification: Literal["public", "internal", "confidential", "restricted"] = "restricted"
    compliance: Literal["pci-dss", "none"] = "pci-dss"


class Application(Settings):
    """The product: everything that does not depend on the environment."""

    project: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{2,9}$")] = Field(
        description="3 to 10 characters: the first part of every name"
    )
    ownership: Ownership
    repository: str = Field(
        pattern=r"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", description="owner/name on GitHub; only it may deploy"
    )
    queues: Each[Name] = Field(default=(), description="each with a dead-letter queue")
    services: dict[Name, Role] = Field(min_length=1)

    @model_validator(mode="after")
    def names_are_known(self) -> Self:
        """Refuse a call to something that does not exist, and one name for two things."""
        for queue in self.queues:
            if queue in self.services or queue in RESERVED:
                raise ValueError(f"queue {queue!r} has the name of something else: every name is used once")
        for name, role in self.services.items():
            if name in RESERVED:
                raise ValueError(f"a service cannot be called {name!r}: that name is taken by the platform")
            self._refuse_unknown(f"services.{name}.calls", role.calls, self._callable_by(name))
            self._refuse_unknown(f"services.{name}.sends", role.sends, set(self.queues))
            self._refuse_unknown(f"services.{name}.receives", role.receives, set(self.queues))
        return self

    @model_validator(mode="after")
    def paths_lead_to_one_service(self) -> Self:
        """Refuse a path of two services: the load balancer would send it to the one that is written first."""
        taken: dict[str, str] = {}
        for name, role in self.services.items():
            for path in role.paths:
                if path in taken:
                    raise ValueError(
                        f"services.{taken[path]} and services.{name} share the path {path!r}: it can lead to one"
                    )
                taken[path] = name
        return self

    def _callable_by(self, caller: str) -> set[str]:
        listening = {name for name, role in self.services.items() if role.port is not None}
        return (listening | set(RESERVED)) - {caller}

    @staticmethod
    def _refuse_unknown(where: str, named: dict[str, str], known: set[str]) -> None:
        for name in named:
            if name not in known:
                raise ValueError(f"{where} names {name!r}; it may name {', '.join(sorted(known)) or 'nothing'}")
