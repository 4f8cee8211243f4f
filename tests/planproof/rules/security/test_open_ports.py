"""What the world can reach, however the rules of a group are written."""

from __future__ import annotations

from ipaddress import IPv4Network, collapse_addresses, ip_network
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planproof.connectivity.intervals import addresses
from planproof.document import parse
from planproof.engine import Judgement, judge
from planproof.reading.ports import INTERNAL, SENSITIVE, is_wide
from planproof.rules.security.world_open_access_list import RULE as ACCESS_LIST
from planproof.rules.security.world_open_port import RULE as PORT
from planproof.rules.security.world_open_unusual_port import RULE as UNUSUAL

GROUP = "aws_security_group.data"


def judged(*rules: dict[str, Any], **more: dict[str, Any]) -> Judgement:
    """What the two rules about ports say of one group with these incoming rules."""
    named = {
        f"rule{number}": {"security_group_id": f"${{{GROUP}.id}}", "ip_protocol": "tcp", **rule}
        for number, rule in enumerate(rules)
    }
    resources = {
        "aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}},
        "aws_security_group": {"data": {"vpc_id": "${aws_vpc.main.id}"}},
        "aws_vpc_security_group_ingress_rule": named,
        **more,
    }
    return judge((parse({"resource": resources}, name="prod", source="prod"),), (PORT, UNUSUAL))


def said(judgement: Judgement) -> set[tuple[str, str, str]]:
    """The findings as rule, name and path."""
    return {(one.rule.id, one.resource.name, one.path) for one in judgement.findings}


def port(number: int, cidr: str) -> dict[str, Any]:
    """A rule that opens one port to a block."""
    return {"from_port": number, "to_port": number, "cidr_ipv4": cidr}


@pytest.mark.slow
@pytest.mark.no_cover
@given(prefix=st.integers(min_value=9, max_value=10), left_out=st.integers(min_value=0, max_value=300))
@settings(max_examples=4, deadline=None)
def test_pieces_of_the_world_are_the_world(prefix: int, left_out: int) -> None:
    """No piece is wide by itself, and one may be missing: together they let everybody to the database."""
    pieces = list(ip_network("0.0.0.0/0").subnets(new_prefix=prefix))
    del pieces[left_out % len(pieces)]
    found = judged(*(port(5432, str(piece)) for piece in pieces))

    blamed = {name for _, name, _ in said(found)}
    public = {f"rule{n}" for n, piece in enumerate(pieces) if addresses(str(piece)) - INTERNAL}
    assert blamed == public


@pytest.mark.parametrize("number", SENSITIVE)
def test_two_halves_are_caught_on_every_sensitive_port(number: int) -> None:
    """0.0.0.0/1 and 128.0.0.0/1 are how people get past tools that look for 0.0.0.0/0."""
    found = judged(port(number, "0.0.0.0/1"), port(number, "128.0.0.0/1"))

    assert said(found) == {("world-open-port", f"rule{half}", "cidr_ipv4") for half in (0, 1)}


def test_an_office_beside_a_hole_is_not_to_blame() -> None:
    """Only the rule that must be closed is named."""
    found = judged(port(22, "198.51.100.0/24"), port(22, "0.0.0.0/0"))

    assert said(found) == {("world-open-port", "rule1", "cidr_ipv4")}


@pytest.mark.parametrize(
    "cidr",
    [*("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"), "203.0.113.0/24", "52.0.0.0/9"],
)
def test_networks_that_somebody_owns_are_left_alone(cidr: str) -> None:
    """Private networks and the blocks of one organisation are callers with a name."""
    assert not said(judged(port(5432, cidr)))


def test_the_web_is_left_alone() -> None:
    """A public load balancer answers everybody on 80 and 443."""
    assert not said(
        judged(port(443, "0.0.0.0/0"), port(80, "0.0.0.0/0"), {**port(443, "0.0.0.0/0"), "cidr_ipv6": "::/0"})
    )


def test_each_range_is_told_once() -> None:
    """A range with a sensitive port is world-open-port's, one without it world-open-unusual-port's; never both."""
    found = judged({"from_port": 5000, "to_port": 6000, "cidr_ipv4": "0.0.0.0/0"}, port(7777, "0.0.0.0/0"))

    assert said(found) == {
        ("world-open-port", "rule0", "cidr_ipv4"),
        ("world-open-unusual-port", "rule1", "cidr_ipv4"),
    }


def test_a_block_that_only_the_cloud_knows_is_undecided() -> None:
    """An address from outside is no finding, and no pass."""
    found = judged(port(5432, "${var.office}"))

    assert not found.findings
    assert {(one.rule.id, one.resource.name) for one in found.doubts} >= {("world-open-port", "rule0")}


def test_ping_is_no_open_port() -> None:
    """ICMP has no ports, although its type stands where ports do."""
    assert not said(judged({"ip_protocol": "icmp", "from_port": 22, "to_port": 22, "cidr_ipv4": "0.0.0.0/0"}))


@given(st.lists(st.integers(min_value=0, max_value=255), min_size=0, max_size=256, unique=True))
@settings(max_examples=100, deadline=None)
def test_width_counts_addresses_not_blocks(firsts: list[int]) -> None:
    """Any /8 that is public is wide; how a set is cut into blocks changes nothing."""
    blocks = [IPv4Network(f"{first}.0.0.0/8") for first in firsts]
    merged = [str(one) for one in collapse_addresses(blocks)]
    public = addresses(*map(str, blocks)) - INTERNAL
    expected = sum(high - low + 1 for low, high in public.parts) >= 2**24

    assert is_wide(addresses(*map(str, blocks))) is is_wide(addresses(*merged)) is expected


def listed(*entries: tuple[int, str, int, int]) -> list[str]:
    """The paths found in an access list of these numbered entries from everywhere."""
    body = [
        {
            "rule_no": number,
            "action": action,
            "protocol": "tcp",
            "cidr_block": "0.0.0.0/0",
            "from_port": low,
            "to_port": high,
        }
        for number, action, low, high in entries
    ]
    raw = {"resource": {"aws_network_acl": {"public": {"ingress": body}}}}
    return [one.path for one in judge((parse(raw, name="prod", source="prod"),), (ACCESS_LIST,)).findings]


def test_the_first_entry_that_fits_decides() -> None:
    """A denial counts only before the permission, as AWS reads a list."""
    assert listed((10, "deny", 22, 22), (20, "allow", 0, 100)) == []
    assert listed((10, "allow", 0, 100), (20, "deny", 22, 22)) == ["ingress.0.from_port"]


def test_answers_may_come_back() -> None:
    """A stateless list must let in the ports that clients choose, although 3389 is one of them."""
    assert listed((10, "allow", 1024, 65_535)) == []
    assert listed((10, "allow", 1024, 4000)) == ["ingress.0.from_port"]


@pytest.mark.parametrize("named", ["sg-0123", "${var.group}", "${data.aws_security_group.shared.id}"])
def test_a_group_that_is_made_elsewhere_is_judged_by_its_rules(named: str) -> None:
    """Two halves of the world for one group are the world, though the group is in another stack."""
    halves = (port(5432, "0.0.0.0/1"), port(5432, "128.0.0.0/1"), port(7777, "0.0.0.0/0"), port(6379, "10.0.0.0/8"))
    found = judged(*({**one, "security_group_id": named} for one in halves))

    assert said(found) == {
        ("world-open-port", "rule0", "cidr_ipv4"),
        ("world-open-port", "rule1", "cidr_ipv4"),
        ("world-open-unusual-port", "rule2", "cidr_ipv4"),
    }


def test_rules_of_two_groups_elsewhere_are_not_put_together() -> None:
    """A port that each of two groups opens to a part of the world is not open to all of it."""
    parts = [str(one) for one in ip_network("0.0.0.0/0").subnets(new_prefix=9)]
    found = judged(*({**port(5432, part), "security_group_id": f"sg-{part}"} for part in parts[:8]))

    assert said(found) == set()
