"""Who may open a connection to whom: the only place where a port is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule
from constructs import Construct

from messages import UserError
from modules.deployment import Deployment

TCP = "tcp"


@dataclass(frozen=True)
class Addresses:
    """A peer without a security group of ours: a CIDR block or the prefix list of an AWS service."""

    name: str
    ports: tuple[int, ...]
    cidr: str | None = None
    prefix_list_id: str | None = None

    @property
    def connections(self) -> Addresses:
        """Itself, so that a sentence can name it like a module."""
        return self

    @property
    def as_peer(self) -> dict[str, Any]:
        """What a rule says about the other side."""
        peer = {"cidr_ipv4": self.cidr, "prefix_list_id": self.prefix_list_id}
        return {key: value for key, value in peer.items() if value is not None}

    def allow_to(self, other: Connectable, why: str) -> None:
        """Let these addresses open connections to `other`, on the ports it listens on.

        Raises UserError when `other` is outside of the stack too, or listens on nothing.
        """
        callee = other.connections
        if isinstance(callee, Addresses):
            raise UserError(
                f"{self.name} cannot be allowed to reach {callee.name}",
                "neither is part of this stack, so there is nothing to open",
                hint="name a module of the stack as one of the two",
            )
        for port in _ports(self.name, callee):
            _let_in(self, callee, port, why)


class Connections(Construct):
    """The security group of one module: closed until a sentence opens it."""

    def __init__(self, owner: Construct, *, deployment: Deployment, vpc_id: str, ports: tuple[int, ...] = ()) -> None:
        super().__init__(owner, "connections")
        self.name: str = owner.node.id
        self.ports = ports
        self.group_id: str = SecurityGroup(
            self,
            "group",
            name=deployment.name(self.name),
            vpc_id=vpc_id,
            description=f"Traffic of {self.name}",
            tags={"Name": deployment.name(self.name)},
        ).id

    @property
    def as_peer(self) -> dict[str, Any]:
        """What a rule says about the other side."""
        return {"referenced_security_group_id": self.group_id}

    def allow_to(self, other: Connectable, why: str) -> None:
        """Let the owner open connections to `other`, on the ports `other` listens on.

        `why` becomes the description of both rules. Raises UserError when
        `other` listens on nothing or the sentence was said before.
        """
        callee = other.connections
        for port in _ports(self.name, callee):
            _let_out(self, callee, port, why)
            if isinstance(callee, Connections):
                _let_in(self, callee, port, why)


class Connectable(Protocol):
    """Something that can be named in a sentence about connections."""

    @property
    def connections(self) -> Connections | Addresses:
        """Its security group, or its addresses."""
        ...


def _ports(caller: str, callee: Connections | Addresses) -> tuple[int, ...]:
    if not callee.ports:
        raise UserError(
            f"{caller} cannot be allowed to reach {callee.name}",
            f"{callee.name} listens on no port",
            hint=f"if {callee.name} is the one that calls, swap the two names",
        )
    return callee.ports


def _let_out(caller: Connections, callee: Connections | Addresses, port: int, why: str) -> None:
    rule = _said_once(caller, f"to-{callee.name}", callee, port)
    VpcSecurityGroupEgressRule(
        caller, rule, security_group_id=caller.group_id, **_rule(port, why, rule), **callee.as_peer
    )


def _let_in(caller: Connections | Addresses, callee: Connections, port: int, why: str) -> None:
    rule = _said_once(callee, f"from-{caller.name}", callee, port)
    VpcSecurityGroupIngressRule(
        callee, rule, security_group_id=callee.group_id, **_rule(port, why, rule), **caller.as_peer
    )


def _rule(port: int, why: str, name: str) -> dict[str, Any]:
    return {"description": why, "ip_protocol": TCP, "from_port": port, "to_port": port, "tags": {"Name": name}}


def _said_once(scope: Connections, pair: str, callee: Connections | Addresses, port: int) -> str:
    """The rule's construct id: the pair, and the port where there are several."""
    rule = pair if len(callee.ports) == 1 else f"{pair}-{port}"
    if scope.node.try_find_child(rule) is not None:
        raise UserError(
            f"{scope.name}: the connection {pair} is allowed twice",
            f"{scope.node.path}/{rule} exists",
            hint="keep one of the two sentences, with one reason",
        )
    return rule
