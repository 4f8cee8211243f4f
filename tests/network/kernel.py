"""A network of the topology model, built of Linux namespaces, veth pairs and nftables.

One namespace for each host, one for the internet, one router. In the router security groups are stateful sets of
rules, network ACLs are stateless chains at the edge of each subnet, and every subnet has a routing table of its own.
Nothing here asks the engine anything: it is the model turned into kernel objects.
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planproof.connectivity.intervals import Intervals, address, cidrs
from tests.network.filters import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.connectivity.topology import Host, Topology

CLONE_NEWNET = 0x40000000
INTERNET = "internet"
FARTHEST = 100  # a route of a longer prefix gets a lower metric; a neighbour in the subnet gets 1
OUTSIDE = "203.0.113.1"
NET = "planproof"


def run(*argv: str, stdin: str | None = None) -> str:
    """Run a program of iproute2 or nftables; its message is the error."""
    done = subprocess.run(argv, input=stdin, text=True, capture_output=True, check=False)
    if done.returncode:
        raise OSError(f"{' '.join(argv)}: {done.stderr.strip()}\n{stdin or ''}")
    return done.stdout


def why_not() -> str:
    """Why this machine cannot judge, in one line; nothing when it can."""
    name = f"{NET}-probe-{os.getpid()}"
    try:
        run("ip", "netns", "add", name)
        run("ip", "netns", "exec", name, "nft", "add table inet probe")
    except (OSError, FileNotFoundError) as error:
        return f"no network namespaces here: {str(error).splitlines()[0]}"
    finally:
        subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    return ""


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Sockets made here belong to the namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    away = os.open(f"/run/netns/{name}", os.O_RDONLY)
    try:
        if libc.setns(away, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
        yield
    finally:
        libc.setns(home, CLONE_NEWNET)
        os.close(home)
        os.close(away)


@dataclass(frozen=True)
class Probe:
    """One TCP connection to try."""

    source: str
    source_port: int
    destination: str
    port: int


@dataclass
class Lab:
    """The kernel's copy of one topology. Hosts have the first address of their placement that is theirs alone."""

    topology: Topology
    ports: tuple[int, ...]
    tag: str
    addresses: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        taken: set[int] = set()
        for host in self.topology.hosts.values():
            low, high = host.placements[0].addresses.parts[0]
            free = next((number for number in range(low, high + 1) if number not in taken), None)
            if free is not None:
                taken.add(free)
                self.addresses[host.name] = address(free)

    def name(self, end: str) -> str:
        """The namespace of an end."""
        return f"{NET}-{self.tag}-{end}"

    def up(self) -> None:
        """Build everything."""
        ends = {**self.addresses, INTERNET: OUTSIDE}
        for end in ("router", *ends):
            run("ip", "netns", "add", self.name(end))
            run("ip", "-n", self.name(end), "link", "set", "lo", "up")
        router: list[str] = []
        for end, own in ends.items():
            pair = ["ip", "link", "add", f"v-{end}", "netns", self.name("router"), "type", "veth"]
            run(*pair, "peer", "name", "eth0", "netns", self.name(end))
            lines = [f"addr add {own}/32 dev eth0", "link set eth0 up", "route add 169.254.0.1 dev eth0 scope link"]
            lines.append("route add default via 169.254.0.1 dev eth0 onlink")
            run("ip", "-n", self.name(end), "-batch", "-", stdin="\n".join(lines) + "\n")
            router += [f"link set v-{end} up", f"route add {own}/32 dev v-{end} table 100"]
        router += ["addr add 169.254.0.1/32 dev lo", *self.policy()]
        run("ip", "-n", self.name("router"), "-batch", "-", stdin="\n".join(router) + "\n")
        settings = ["net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=0"]
        settings += [f"net.ipv4.conf.v-{end}.{key}" for end in ends for key in ("proxy_arp=1", "rp_filter=0")]
        run("ip", "netns", "exec", self.name("router"), "sysctl", "-qw", *settings)
        run("ip", "netns", "exec", self.name("router"), "nft", "-f", "-", stdin=rules(self.topology, self.addresses))

    def down(self) -> None:
        """Take everything away."""
        for end in ("router", INTERNET, *self.addresses):
            subprocess.run(["ip", "netns", "del", self.name(end)], capture_output=True, check=False)

    def policy(self) -> Iterator[str]:
        """A routing table for each host's subnet; what comes from the internet goes where the hosts are."""
        yield "rule add iif v-internet lookup 100 pref 10"
        for number, (name, own) in enumerate(self.addresses.items(), start=1000):
            del own
            host = self.topology.hosts[name]
            subnet = self.topology.subnets[host.placements[0].subnet]
            yield f"rule add iif v-{name} lookup {number} pref {number}"
            yield f"route add unreachable default table {number} metric 4278198272"
            for other, neighbour in self.addresses.items():
                if self.topology.hosts[other].placements[0].subnet == subnet.id:
                    yield f"route replace {neighbour}/32 dev v-{other} table {number} metric 1"
            for route in self.topology.tables[subnet.table or ""].routes:
                yield from self.route(route.kind, route.destination, number, host, subnet.vpc)

    def route(self, kind: str, destination: Intervals, number: int, host: Host, vpc: str) -> Iterator[str]:
        """One route of a table as the kernel knows it."""
        across = {other for link in self.topology.links if vpc in link.vpcs for other in link.vpcs}
        gateway = self.topology.vpcs[vpc].gateway is not None
        for cidr in cidrs(destination):
            if kind == "internet" and gateway and host.public:
                yield f"route replace {cidr} via {OUTSIDE} dev v-internet onlink table {number}"
            else:
                yield f"route replace unreachable {cidr} table {number}"
        reach = {vpc} if kind == "local" else across - {vpc} if kind == "peering" else set()
        rank = FARTHEST - self.prefix(destination)
        for name, own in self.addresses.items():
            there = self.topology.subnets[self.topology.hosts[name].placements[0].subnet].vpc
            if self.number(own) in destination:
                way = f"{own}/32 dev v-{name}" if there in reach else f"unreachable {own}/32"
                yield f"route replace {way} table {number} metric {rank}"

    @staticmethod
    def number(text: str) -> int:
        """An address as its number."""
        return int.from_bytes(socket.inet_aton(text), "big")

    @staticmethod
    def prefix(destination: Intervals) -> int:
        """The length of the prefix of one block."""
        return int(cidrs(destination)[0].partition("/")[2])

    def try_all(self, probes: list[Probe], seconds: float) -> list[bool]:
        """Try all connections at once; whether each was open in time."""
        listeners = [self.listen(end) for end in (*self.addresses, INTERNET)]
        poller = select.epoll()
        sockets: dict[int, tuple[int, socket.socket]] = {}
        found = [False] * len(probes)
        try:
            for number, probe in enumerate(probes):
                self.start(number, probe, poller, sockets)
            deadline = time.monotonic() + seconds
            while sockets and (left := deadline - time.monotonic()) > 0:
                for descriptor, _ in poller.poll(left):
                    number, one = sockets.pop(descriptor)
                    found[number] = one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
                    poller.unregister(descriptor)
                    one.close()
        finally:
            poller.close()
            for _, one in sockets.values():
                one.close()
            for one in (each for several in listeners for each in several):
                one.close()
        return found

    def listen(self, end: str) -> list[socket.socket]:
        """Listeners on every port of interest of one end."""
        found: list[socket.socket] = []
        with inside(self.name(end)):
            for port in self.ports:
                one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.bind(("0.0.0.0", port))  # noqa: S104 - the namespace has one address
                one.listen(64)
                found.append(one)
        return found

    def start(
        self, number: int, probe: Probe, poller: select.epoll, sockets: dict[int, tuple[int, socket.socket]]
    ) -> None:
        """Send the first packet of one connection."""
        target = OUTSIDE if probe.destination == INTERNET else self.addresses[probe.destination]
        with inside(self.name(probe.source)):
            one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        one.setblocking(False)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("0.0.0.0", probe.source_port))  # noqa: S104 - likewise
        code = one.connect_ex((target, probe.port))
        if code == errno.EINPROGRESS:
            sockets[one.fileno()] = (number, one)
            poller.register(one.fileno(), select.EPOLLOUT | select.EPOLLERR)
        else:
            one.close()
