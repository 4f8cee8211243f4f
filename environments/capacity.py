"""How large and how safe: the data stores, the services and the network of one environment.

Secure values are the defaults; a YAML file states only the differences.
"""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from environments.settings import Each, Settings

MEBIBYTES_BY_CPU_UNITS: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16_384 + 1, 1024)),
    4096: tuple(range(8192, 30_720 + 1, 1024)),
    8192: tuple(range(16_384, 61_440 + 1, 4096)),
    16_384: tuple(range(32_768, 122_880 + 1, 8192)),
}
"""What Fargate accepts on Linux: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html"""

Percent = Annotated[int, Field(ge=1, le=100)]
Cron = Annotated[str, StringConstraints(pattern=r"^cron\([^)]+\)$")]

Endpoint = Literal[
    "ecr.api", "ecr.dkr", "logs", "secretsmanager", "kms", "sqs", "sts", "ssm", "ssmmessages", "monitoring"
]
NEEDED_WITHOUT_NAT: tuple[Endpoint, ...] = (
    "ecr.api",
    "ecr.dkr",
    "logs",
    "secretsmanager",
    "kms",
    "sqs",
    "sts",
)
LARGEST_PREFIX, SMALLEST_PREFIX = 16, 28
"""Of a VPC and of a subnet: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"""

SUBNET_BITS = 4
"""The VPC is cut into 2^4 equal subnets: three tiers of up to four zones, and room for one tier more."""

PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
"""RFC 1918. Loopback, link-local and other special ranges are not public either, but no VPC works in them."""


class NetworkSettings(Settings):
    """The address plan and the ways out."""

    cidr: IPv4Network = Field(description="of the VPC; disjoint from every other environment")
    zones: Each[str] = Field(min_length=2, max_length=3, description="Availability Zones, by name")
    nat: Literal["none", "single", "per_zone"] = Field(
        default="per_zone", description="single is cheaper and fails with its zone"
    )
    interface_endpoints: Each[Endpoint] = Field(
        default=(*NEEDED_WITHOUT_NAT, "monitoring"), description="AWS APIs reached without leaving the VPC"
    )

    @model_validator(mode="after")
    def subnets_fit(self) -> Self:
        """Refuse address ranges that AWS refuses: a subnet is a /28 at the smallest, a VPC a /16 at the largest."""
        if not LARGEST_PREFIX <= self.cidr.prefixlen <= SMALLEST_PREFIX - SUBNET_BITS:
            raise ValueError(
                f"cidr {self.cidr} must be between a /{LARGEST_PREFIX} and a /{SMALLEST_PREFIX - SUBNET_BITS}: "
                f"it is cut into {2**SUBNET_BITS} subnets and the smallest subnet is a /{SMALLEST_PREFIX}"
            )
        if not any(self.cidr.subnet_of(private) for private in PRIVATE):
            raise ValueError(f"cidr {self.cidr} is not private: it must lie in {', '.join(map(str, PRIVATE))}")
        missing = [name for name in NEEDED_WITHOUT_NAT if name not in self.interface_endpoints]
        if self.nat == "none" and missing:
            raise ValueError(f"without NAT the tasks need the interface endpoints {', '.join(missing)}")
        return self


class DatabaseSettings(Settings):
    """Size and safety of the PostgreSQL instance."""

    instance_class: str = Field(pattern=r"^db\.[a-z0-9]+\.[a-z0-9]+$")
    engine_version: str = Field(
        default="16", pattern=r"^1[4-7]$", description="the major, in quotes; RDS chooses the minor and raises it"
    )
    storage_gib: int = Field(ge=20, le=65_536)
    storage_limit_gib: int = Field(le=65_536, description="storage grows by itself up to here")
    multi_az: bool = True
    backup_retention_days: int = Field(default=35, ge=1, le=35)
    read_replicas: int = Field(default=0, ge=0, le=5)
    proxy: bool = Field(default=False, description="RDS Proxy in front, for services with many short connections")
    performance_insights_days: Literal[7, 31, 93, 186, 372, 731] = 7
    monitoring_interval_seconds: Literal[1, 5, 10, 15, 30, 60] = 60

    @model_validator(mode="after")
    def storage_can_grow(self) -> Self:
        """Refuse a limit that RDS refuses: it lies at least 10 percent above the start."""
        if self.storage_limit_gib * 10 < self.storage_gib * 11:
            raise ValueError(
                f"storage_limit_gib {self.storage_limit_gib} must be at least 10 percent above "
                f"storage_gib {self.storage_gib}"
            )
        return self


class CacheSettings(Settings):
    """Size and safety of the Valkey replication group."""

    node_type: str = Field(pattern=r"^cache\.[a-z0-9]+\.[a-z0-9]+$")
    engine_version: str = Field(default="8.0", pattern=r"^[78]\.[0-9]+$")
    replicas: int = Field(default=2, ge=0, le=5, description="with 0 there is no failover")
    snapshot_retention_days: int = Field(default=7, ge=0, le=35)


class QueueSettings(Settings):
    """How long a message lives and how often it is tried."""

    retention_days: int = Field(default=14, ge=1, le=14)
    visibility_timeout_seconds: int = Field(default=60, ge=30, le=43_200)
    receives_before_dead_letter: int = Field(default=5, ge=2, le=1000)


class Schedule(Settings):
    """Other limits from a moment on, for example fewer tasks at night."""

    at: Cron = Field(description="for example cron(0 20 * * ? *), UTC")
    min_tasks: int = Field(ge=0, le=1000)
    max_tasks: int = Field(ge=0, le=1000)

    @model_validator(mode="after")
    def limits_are_ordered(self) -> Self:
        """Refuse a floor above the ceiling."""
        if self.min_tasks > self.max_tasks:
            raise ValueError(f"min_tasks {self.min_tasks} is above max_tasks {self.max_tasks}")
        return self


class ServiceSettings(Settings):
    """Version, size and scaling of one service."""

    image_tag: str = Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$")
    cpu_units: int = Field(default=512, description="1024 are one vCPU")
    memory_mib: int = 1024
    min_tasks: int = Field(default=2, ge=1, le=1000)
    desired_tasks: int = Field(default=2, ge=1, le=1000, description="at the first deployment; then scaling decides")
    max_tasks: int = Field(default=6, ge=1, le=1000)
    target_cpu_percent: Percent = 60
    target_memory_percent: Percent = 70
    requests_per_task: int = Field(default=600, ge=1, description="per minute; public services scale on it")
    messages_per_task: int = Field(default=100, ge=1, description="waiting; workers scale on it")
    schedules: Each[Schedule] = ()

    @model_validator(mode="after")
    def fargate_accepts(self) -> Self:
        """Refuse a tag that moves, a size Fargate does not sell, and limits out of order."""
        if self.image_tag == "latest":
            raise ValueError("image_tag 'latest' changes under a running service: name a version")
        sizes = MEBIBYTES_BY_CPU_UNITS.get(self.cpu_units)
        if sizes is None:
            raise ValueError(
                f"cpu_units {self.cpu_units} is not sold: take {', '.join(map(str, MEBIBYTES_BY_CPU_UNITS))}"
            )
        if self.memory_mib not in sizes:
            nearest = min(sizes, key=lambda size: abs(size - self.memory_mib))
            raise ValueError(
                f"memory_mib {self.memory_mib} does not go with cpu_units {self.cpu_units}: "
                f"take {sizes[0]} to {sizes[-1]}, nearest is {nearest}"
            )
        if not self.min_tasks <= self.desired_tasks <= self.max_tasks:
            raise ValueError(
                f"min_tasks {self.min_tasks} <= desired_tasks {self.desired_tasks} <= "
                f"max_tasks {self.max_tasks} does not hold"
            )
        if self.min_tasks == self.max_tasks:
            raise ValueError(f"min_tasks and max_tasks are both {self.min_tasks}: the service could not scale")
        return self
