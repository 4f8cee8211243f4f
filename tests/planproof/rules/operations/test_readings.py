"""What the operations rules read is read right: metrics, access lists, groups."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from planproof.document import Document, parse
from planproof.reading.access_lists import Entry, entries, shadows
from planproof.reading.alarms import watches
from planproof.reading.groups import covers
from planproof.reading.literals import REGION
from planproof.reading.metrics import PUBLISHED

ADDRESSES = [IPv4Address(f"10.0.0.{last}") for last in range(8)]
PORTS = range(4)
PROTOCOLS = ("tcp", "udp")
NOWHERE = parse({"resource": {"aws_network_acl": {"x": {}}}}, name="x", source="x").resources[0]
ENTRIES = st.builds(
    lambda protocol, bits, place, ports: Entry(
        1,
        "allow",
        protocol,
        ip_network((int(ADDRESSES[0]) + (place >> (3 - bits) << (3 - bits)), 29 + bits)),
        (min(ports), max(ports)) if protocol != "-1" else (0, 65_535),
        NOWHERE,
        "",
    ),
    st.sampled_from((*PROTOCOLS, "-1")),
    st.integers(0, 3),
    st.integers(0, 7),
    st.tuples(st.sampled_from(PORTS), st.sampled_from(PORTS)),
)


def packets(entry: Entry) -> set[tuple[str, IPv4Address, int]]:
    """Every packet of a small world that a rule decides about."""
    return {
        (protocol, address, port)
        for protocol in PROTOCOLS
        for address in ADDRESSES
        for port in PORTS
        if entry.protocol in {protocol, "-1"} and address in entry.cidr and entry.ports[0] <= port <= entry.ports[1]
    }


@given(ENTRIES, ENTRIES)
def test_shadow_is_inclusion_of_packets(first: Entry, second: Entry) -> None:
    """A rule is called covered exactly when no packet is left for it; anything else misses a fault or invents one."""
    covered = packets(second) <= packets(first)
    if shadows(first, second):
        assert covered
    elif second.protocol != "-1":  # all protocols are more than the two of the small world
        assert not covered


def test_entries_come_in_the_order_of_aws() -> None:
    """Rules inside and beside the list are one list, asked by number."""
    document = parse(
        {
            "resource": {
                "aws_network_acl": {
                    "main": {
                        "ingress": [
                            {
                                "rule_no": 30,
                                "action": "allow",
                                "protocol": "6",
                                "cidr_block": "10.0.0.0/8",
                                "from_port": 1,
                                "to_port": 2,
                            },
                            {
                                "rule_no": 10,
                                "action": "deny",
                                "protocol": "-1",
                                "cidr_block": "10.0.0.0/8",
                                "from_port": 0,
                                "to_port": 0,
                            },
                        ]
                    }
                },
                "aws_network_acl_rule": {
                    "beside": {
                        "network_acl_id": "${aws_network_acl.main.id}",
                        "rule_number": 20,
                        "rule_action": "allow",
                        "protocol": "tcp",
                        "cidr_block": "10.0.0.0/8",
                        "from_port": 5,
                        "to_port": 5,
                    }
                },
            }
        },
        name="x",
        source="x",
    )
    found = entries(document.of("aws_network_acl")[0], "ingress", document)

    assert [(one.number, one.action, one.protocol, one.ports) for one in found] == [
        (10, "deny", "-1", (0, 65_535)),
        (20, "allow", "tcp", (5, 5)),
        (30, "allow", "tcp", (1, 2)),
    ]


def test_equal_rules_cover_each_other() -> None:
    """Two rules from one group to one port are the same rule; from different groups they are not."""

    def rule(group: str) -> dict[str, object]:
        source = f"${{aws_security_group.{group}.id}}"
        return {"ip_protocol": "tcp", "from_port": 443, "to_port": 443, "referenced_security_group_id": source}

    raw = {
        "resource": {
            "aws_security_group": {"a": {}, "b": {}},
            "aws_vpc_security_group_ingress_rule": {"one": rule("a"), "same": rule("a"), "other": rule("b")},
        }
    }
    document = parse(raw, name="x", source="x")
    one, other, same = document.of("aws_vpc_security_group_ingress_rule")

    assert covers(one, same)
    assert covers(same, one)
    assert not covers(one, other)


def test_every_metric_of_the_platform_is_in_the_table(documents: dict[str, Document]) -> None:
    """The table is no wish: it knows every AWS metric that our own alarms watch, of five namespaces at least."""
    watched = {(one.namespace, one.metric) for document in documents.values() for one in watches(document)}
    spaces = {space for space, _ in watched if space in PUBLISHED}

    assert len(spaces) >= 5
    assert {
        (space, metric) for space, metric in watched if space in spaces and metric not in PUBLISHED[space].metrics
    } == set()


def test_regions_are_told_from_words() -> None:
    """Zones and ARNs hold regions; names that look a little like them do not."""
    assert REGION.findall("arn:aws:rds:us-west-2:1:db:x eu-west-1a") == ["us-west-2", "eu-west-1"]
    assert REGION.findall("payflow-eu-west menu-west-1 use-east-1 us-west-22") == []
