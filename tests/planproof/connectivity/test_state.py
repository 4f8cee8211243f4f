"""A state tells some things otherwise than the configuration it came from; the proofs are the same."""

from __future__ import annotations

from typing import Any

from planproof.connectivity.reading import read_topology
from planproof.document import parse

NAME = "payflow-database"


def state(*resources: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    """What `terraform show -json` says of these resources."""
    listed = [
        {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "values": values}
        for kind, name, values in resources
    ]
    return {"format_version": "1.0", "values": {"root_module": {"resources": listed}}}


VPC = ("aws_vpc", "main", {"id": "vpc-1", "cidr_block": "10.0.0.0/16", "default_network_acl_id": "acl-default"})
SUBNET = ("aws_subnet", "data", {"id": "subnet-1", "vpc_id": "vpc-1", "cidr_block": "10.0.1.0/24"})


def test_an_acl_that_was_given_to_a_subnet_counts_for_more_than_the_default() -> None:
    """A state lists under the default ACL the subnets it had when it was read, before others took them."""
    default = {"id": "acl-default", "default_network_acl_id": "acl-default", "subnet_ids": ["subnet-1"]}
    own = {"id": "acl-own", "vpc_id": "vpc-1", "subnet_ids": ["subnet-1"]}
    raw = state(VPC, SUBNET, ("aws_default_network_acl", "closed", default), ("aws_network_acl", "own", own))
    topology = read_topology(parse(raw, name="live", source="state.json"))

    assert topology.subnets["aws_subnet.data"].acl == "aws_network_acl.own"


def test_a_subnet_group_is_found_among_others_of_its_name() -> None:
    """Subnet group, parameter group and security group of one database often have one name."""
    raw = state(
        VPC,
        SUBNET,
        ("aws_db_subnet_group", "data", {"id": NAME, "name": NAME, "subnet_ids": ["subnet-1"]}),
        ("aws_db_parameter_group", "data", {"id": NAME, "name": NAME}),
        ("aws_security_group", "data", {"id": "sg-1", "name": NAME, "vpc_id": "vpc-1"}),
        (
            "aws_db_instance",
            "data",
            {
                "id": "db-1",
                "identifier": NAME,
                "engine": "postgres",
                "port": 5432,
                "db_subnet_group_name": NAME,
                "vpc_security_group_ids": ["sg-1"],
            },
        ),
    )
    host = read_topology(parse(raw, name="live", source="state.json")).hosts["data"]

    assert [place.subnet for place in host.placements] == ["aws_subnet.data"]
    assert host.unknown == ""
