"""What was proved about the network before it existed holds of the network that exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from planproof.connectivity.claims import Claim, prove
from planproof.connectivity.exposure import expose
from planproof.connectivity.isolation import isolate
from planproof.connectivity.judgement import Verdict
from planproof.connectivity.proofs import Report, report
from planproof.connectivity.reading import read_topology
from planproof.document import Document, load, parse

from .described import described

Client = Callable[[str], Any]
Body = dict[str, Any]
Claims = dict[tuple[str, str, str, str], Verdict]


def verdicts(claims: Iterable[Claim]) -> Claims:
    """The verdict of each claim."""
    return {(claim.kind, claim.source, claim.destination, claim.service): claim.verdict for claim in claims}


@pytest.fixture(scope="module")
def synthesized(stack_folder: Path) -> Report:
    """The proofs that were made before anything was deployed."""
    (document,) = load(stack_folder / "cdk.tf.json")
    return report(document)


@pytest.fixture(scope="module")
def described_network(aws: Client, state: Document) -> Body:
    """The deployment as the AWS API describes it."""
    called: dict[str, str] = {}
    for host in read_topology(state).hosts.values():
        resource = state.resource(host.part.address)
        assert resource is not None
        called |= {str(resource.get(name)): host.name for name in ("arn", "id") if resource.get(name)}
    (vpc,) = state.of("aws_vpc")
    return described(aws, str(vpc.get("id")), called)


def proved(network: Body, intended: Report) -> Claims:
    """The verdicts about a described network, for the flows that synthesis intends."""
    topology = read_topology(parse(network, name="described", source="described.json"))
    flows = [prove(topology, flow) for flow in intended.flows]
    return verdicts([*flows, *expose(topology, intended.flows), *isolate(topology)])


def test_the_proofs_of_the_state_are_those_of_synthesis(synthesized: Report, state: Document) -> None:
    """What the gate let through is what was deployed: each claim has the same verdict in the state."""
    found = verdicts(report(state).claims)

    assert found == verdicts(synthesized.claims)
    assert set(found.values()) == {Verdict.PROVEN}
    assert len(found) > 25


def test_the_proofs_of_what_aws_describes_are_those_of_synthesis(synthesized: Report, described_network: Body) -> None:
    """No word of Terraform is believed: groups, ACLs, routes, endpoints and hosts are as AWS itself tells them."""
    assert proved(described_network, synthesized) == verdicts(synthesized.claims)


def test_a_door_that_is_closed_by_hand_refutes_the_flow_through_it(
    synthesized: Report, described_network: Body
) -> None:
    """Somebody who deletes a rule in the console is found out by the same proof, and only that flow is refuted."""
    resources = described_network["values"]["root_module"]["resources"]
    hosts = {one["name"]: one["values"] for one in resources}
    ends = {
        "security_group_id": hosts["database"]["vpc_security_group_ids"][0],
        "referenced_security_group_id": hosts["ledger"]["network_configuration"][0]["security_groups"][0],
    }
    left = [one for one in resources if not ends.items() <= one["values"].items()]
    found = proved({**described_network, "values": {"root_module": {"resources": left}}}, synthesized)

    assert len(left) == len(resources) - 1
    assert [claim for claim, verdict in found.items() if verdict is not Verdict.PROVEN] == [
        ("flow", "ledger", "database", "tcp 5432")
    ]
