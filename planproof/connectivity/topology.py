"""The network of a document, with nothing of Terraform left in it but where each part was written.

Whatever the document leaves unknown is said in a field `unknown`, the cause in words. A part with a cause may
let through all its fields say, and surely lets through nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field

from planproof.connectivity.intervals import IPV4, NOTHING, Intervals, addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

# https://www.iana.org/assignments/iana-ipv4-special-registry: what no router of the internet forwards.
SPECIAL: Final = addresses(
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.168.0.0/16", "224.0.0.0/3"),
)
PUBLIC: Final = (IPV4 - SPECIAL) | addresses("2000::/3")

# https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
LINUX_PORTS: Final = Intervals.of((32_768, 60_999))
GATEWAY_PORTS: Final = Intervals.of((1_024, 65_535))  # load balancers, NAT gateways, Lambda, anybody's client

Kind = Literal[
    "local", "internet", "egress-only", "nat", "peering", "transit", "appliance", "vpn", "blackhole", "unknown"
]


class Part(Struct, frozen=True):
    """A place in the document that a proof can point at."""

    address: str
    path: str = ""
    origin: str = ""
    file: str | None = None
    line: int | None = None

    def at(self, path: str) -> Part:
        """Another attribute of the same resource."""
        return Part(self.address, path, self.origin, self.file, self.line)

    @property
    def label(self) -> str:
        """The construct path, or the address where there is none."""
        return self.origin or self.address


class GroupRule(Struct, frozen=True):
    """One rule of a security group; its peer is any of its blocks, groups and prefix lists."""

    part: Part
    egress: bool
    protocol: Intervals
    ports: Intervals
    cidrs: Intervals = NOTHING
    groups: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    unknown: str = ""


class Group(Struct, frozen=True, eq=False):
    """A security group with all its rules, wherever they were written."""

    id: str
    part: Part
    vpc: str | None
    rules: tuple[GroupRule, ...] = ()
    unknown: str = ""


class AclEntry(Struct, frozen=True):
    """One numbered rule of a network ACL."""

    part: Part
    number: int
    egress: bool
    allow: bool
    protocol: Intervals
    ports: Intervals
    cidrs: Intervals
    unknown: str = ""


class Acl(Struct, frozen=True, eq=False):
    """A network ACL: the lowest matching number decides, and what no number matches is denied."""

    id: str
    part: Part
    entries: tuple[AclEntry, ...] = ()
    unknown: str = ""


class Route(Struct, frozen=True):
    """One route; the longest prefix wins. `lists` are AWS's own prefix lists, whose addresses AWS changes."""

    part: Part
    destination: Intervals
    length: int
    kind: Kind
    target: str = ""
    lists: frozenset[str] = frozenset()
    unknown: str = ""


class RouteTable(Struct, frozen=True, eq=False):
    """A route table with its local routes written out."""

    id: str
    part: Part
    routes: tuple[Route, ...] = ()
    unknown: str = ""


class Vpc(Struct, frozen=True):
    """A VPC, the gateways attached to it, and whether it answers private DNS names."""

    id: str
    part: Part
    addresses: Intervals
    gateway: Part | None = None
    egress_gateway: Part | None = None
    dns: bool | None = True


class Subnet(Struct, frozen=True):
    """A subnet with the table and ACL that hold for it; no ACL means AWS's default, which allows all."""

    id: str
    part: Part
    vpc: str
    addresses: Intervals
    table: str | None = None
    acl: str | None = None
    unknown: str = ""


class Nat(Struct, frozen=True):
    """A NAT gateway; `public` is unknown when nothing says it."""

    id: str
    part: Part
    subnet: str
    public: bool | None = True


class Link(Struct, frozen=True):
    """Two VPCs that are joined: a peering connection, or two attachments of one transit gateway."""

    id: str
    part: Part
    kind: Literal["peering", "transit"]
    vpcs: frozenset[str]
    unknown: str = ""
    broken: str = ""


class Placement(Struct, frozen=True):
    """A subnet in which a host may get an address, and the addresses it may get there."""

    subnet: str
    addresses: Intervals


class Host(Struct, frozen=True, eq=False):
    """Whatever has network interfaces: a service's tasks, a database, a load balancer, an interface endpoint.

    `ports` are those it listens on; a `managed` host answers on no other. `settled` hosts keep one address that
    is known after apply; the others may take any address of their subnets at any time. A `groupless` host has no
    security group by nature, and everything passes.
    `copy_of` is the address of the database of which this one is a replica; `untold` why it is not known whom the
    tasks of a service are told to call.
    """

    name: str
    kind: str
    part: Part
    placements: tuple[Placement, ...]
    groups: tuple[str, ...]
    ports: Intervals = NOTHING
    protocol: int = 6
    managed: bool = False
    settled: bool = False
    public: bool | None = False
    ephemeral: Intervals = GATEWAY_PORTS
    unknown: str = ""
    groups_unknown: str = ""
    ports_unknown: str = ""
    groupless: bool = False
    copy_of: str = ""
    untold: str = ""


class Endpoint(Struct, frozen=True):
    """A VPC endpoint for one AWS service: through route tables (gateway) or a host of its own (interface)."""

    part: Part
    vpc: str
    service: str
    gateway: bool
    tables: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    host: str = ""
    private_dns: bool | None = True
    policy: object = None
    unknown: str = ""


class Problem(Struct, frozen=True):
    """What is wrong with the network itself, before any packet is sent."""

    part: Part
    text: str
    certain: bool = True


class Topology(Struct, frozen=True, eq=False):
    """Everything a packet can meet."""

    vpcs: Mapping[str, Vpc] = field(default_factory=dict)
    subnets: Mapping[str, Subnet] = field(default_factory=dict)
    tables: Mapping[str, RouteTable] = field(default_factory=dict)
    acls: Mapping[str, Acl] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    nats: Mapping[str, Nat] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    hosts: Mapping[str, Host] = field(default_factory=dict)
    endpoints: tuple[Endpoint, ...] = ()
    problems: tuple[Problem, ...] = ()
