"""Connectivity faults seen on real platforms, put one at a time into our own synthesized JSON.

Each is refuted at the right hop with the right cause; without a fault everything of every environment is proven.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from planproof.connectivity.judgement import Verdict
from planproof.connectivity.proofs import Report, report
from planproof.document import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from planproof.connectivity.claims import Claim

Raw = dict[str, Any]


def only(raw: Raw, kind: str, part: str = "") -> Raw:
    """The body of the one resource of a type whose name holds a text."""
    found = [body for name, body in raw["resource"][kind].items() if part in name]
    assert len(found) == 1, f"{kind} with {part!r}: {len(found)}"
    body: Raw = found[0]
    return body


def name_of(raw: Raw, kind: str, part: str) -> str:
    """The name of the one resource of a type whose name holds a text."""
    found = [name for name in raw["resource"][kind] if part in name]
    assert len(found) == 1, f"{kind} with {part!r}: {found}"
    return str(found[0])


def drop(raw: Raw, kind: str, part: str) -> None:
    """Take a resource away."""
    del raw["resource"][kind][name_of(raw, kind, part)]


def broken(synthesized: dict[str, Raw], fault: Callable[[Raw], None]) -> Report:
    """What is proved of staging with a fault."""
    raw = copy.deepcopy(synthesized["staging"])
    fault(raw)
    return report(parse(raw, name="staging", source="staging.json"))


def refuted(found: Report) -> list[Claim]:
    """The claims that do not hold."""
    return list(found.of(Verdict.REFUTED))


def the_flow(found: Report, source: str, destination: str) -> Claim:
    """The refuted flow between two ends."""
    claims = [c for c in refuted(found) if c.kind == "flow" and (c.source, c.destination) == (source, destination)]
    assert len(claims) == 1, [(c.source, c.destination) for c in refuted(found)]
    assert claims[0].reason is not None
    return claims[0]


def reason_of(claim: Claim) -> tuple[str, str, str]:
    """Address, text and change of a reason."""
    assert claim.reason is not None
    return claim.reason.part.address, claim.reason.text, claim.reason.change


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_what_we_deploy_is_connected(environment: str, synthesized: dict[str, Raw]) -> None:
    """Every flow that the platform needs works, and nobody reaches what nobody should: no claim is left open."""
    found = report(parse(synthesized[environment], name=environment, source="x.json"))

    assert [c for c in found.claims if c.verdict is not Verdict.PROVEN] == []
    assert {c.kind for c in found.claims} == {"flow", "exposure", "isolation"}
    theorems = [c.why.partition(", from ")[0] for c in found.claims if c.kind == "exposure"]
    store = "database-proxy" if environment == "prod" else "database"
    assert f"only ledger (tcp 5432), payments (tcp 5432) reach {store}" in theorems


def test_wrong_source_group(synthesized: dict[str, Raw]) -> None:
    """A database that trusts another group than the caller's is out of reach: the rule that names it is blamed."""

    def fault(raw: Raw) -> None:
        rule = only(raw, "aws_vpc_security_group_ingress_rule", "database_connections_from-ledger")
        other = name_of(raw, "aws_security_group", "notifications")
        rule["referenced_security_group_id"] = f"${{aws_security_group.{other}.id}}"

    claim = the_flow(broken(synthesized, fault), "ledger", "database")
    address, text, _ = reason_of(claim)

    assert claim.stage == "security group of database, in"
    assert "aws_vpc_security_group_ingress_rule.database_connections_from-" in address
    assert text.endswith("only, and ledger is none of them")


def test_missing_egress(synthesized: dict[str, Raw]) -> None:
    """Without the caller's egress rule the first hop already stops it, and the change names the callee's group."""
    claim = the_flow(
        broken(
            synthesized, lambda raw: drop(raw, "aws_vpc_security_group_egress_rule", "payments_connections_to-cache")
        ),
        "payments",
        "cache",
    )
    address, text, change = reason_of(claim)

    assert claim.stage == "security group of payments, out"
    assert claim.hops == ()
    assert address.startswith("aws_security_group.payments_connections_group")
    assert text == "no egress rule opens tcp 6379 to cache"
    assert "aws_security_group.cache_connections_group" in change


def test_acl_without_ephemeral_return(synthesized: dict[str, Raw]) -> None:
    """A network ACL that lets requests in and no answers out breaks every connection, on the way back."""

    def fault(raw: Raw) -> None:
        acl = only(raw, "aws_network_acl", "network_database")
        acl["egress"] = [rule for rule in acl["egress"] if rule["from_port"] != 1024]

    claim = the_flow(broken(synthesized, fault), "payments", "database")
    address, text, _ = reason_of(claim)

    assert claim.stage == "answer: network ACL of staging/network/database/subnet-a, out"
    assert address.startswith("aws_network_acl.network_database_access-list")
    assert text == "no egress rule allows tcp 32768, so the final rule (*) denies it"
    assert len(claim.hops) == 5


def test_acl_denial_that_shadows(synthesized: dict[str, Raw]) -> None:
    """A denial with a lower number wins over the rule that allows: both are named."""

    def fault(raw: Raw) -> None:
        rules = only(raw, "aws_network_acl", "network_database")["ingress"]
        rules.append({**rules[0], "action": "deny", "cidr_block": "10.20.0.0/16", "rule_no": 5})

    claim = the_flow(broken(synthesized, fault), "ledger", "database")
    address, text, change = reason_of(claim)

    assert claim.stage == "network ACL of staging/network/database/subnet-a, in"
    assert address.startswith("aws_network_acl.network_database_access-list")
    assert text == "rule 5 denies tcp 5432 for 10.20.0.0/16, and shadows rule 10, which would allow it"
    assert change == "give rule 10 a number below 5, or remove the denial"


def test_private_tier_without_nat_and_endpoints(synthesized: dict[str, Raw]) -> None:
    """Tasks that can leave the VPC no way at all do not start: every API they need is refuted."""

    def fault(raw: Raw) -> None:
        del raw["resource"]["aws_vpc_endpoint"]
        raw["resource"]["aws_route"] = {
            name: body for name, body in raw["resource"]["aws_route"].items() if "private" not in name
        }
        for kind in ("aws_vpc_security_group_egress_rule",):
            group = only(raw, "aws_security_group", "ledger")
            assert group
            raw["resource"][kind]["everything"] = {
                "security_group_id": f"${{aws_security_group.{name_of(raw, 'aws_security_group', 'ledger')}.id}}",
                "ip_protocol": "-1",
                "cidr_ipv4": "0.0.0.0/0",
            }

    found = broken(synthesized, fault)
    claim = the_flow(found, "ledger", "aws:ecr.api")
    _, text, change = reason_of(claim)

    assert {c.destination for c in refuted(found) if c.kind == "flow" and c.source == "ledger"} == {
        *("aws:ecr.api", "aws:ecr.dkr", "aws:logs", "aws:s3"),
    }
    assert claim.stage == "route of staging/network/private/subnet-a"
    assert text.startswith("the VPC has no endpoint for ecr.api, and no route of staging/network/private/subnet-a")
    assert change.startswith("add an aws_vpc_endpoint for ecr.api")


@pytest.mark.parametrize("service", ["ecr-api", "ecr-dkr", "logs", "secretsmanager", "sqs", "kms"])
def test_endpoint_deleted(service: str, synthesized: dict[str, Raw]) -> None:
    """Without one endpoint its API is out of reach, and only its API: the endpoint that is missing is named."""

    def fault(raw: Raw) -> None:
        closed(raw)
        drop(raw, "aws_vpc_endpoint", f"endpoints_{service}")

    found = broken(synthesized, fault)
    api = service.replace("-", ".")
    claims = refuted(found)

    assert claims
    assert {claim.destination for claim in claims} == {f"aws:{api}"}
    assert all(claim.reason and f"the VPC has no endpoint for {api}, and" in claim.reason.text for claim in claims)


def closed(raw: Raw) -> None:
    """No service may call the internet."""
    rules = raw["resource"]["aws_vpc_security_group_egress_rule"]
    raw["resource"]["aws_vpc_security_group_egress_rule"] = {
        name: body for name, body in rules.items() if "to-internet" not in name
    }


def test_nat_stands_in_for_an_endpoint(synthesized: dict[str, Raw]) -> None:
    """Without the endpoint a service that may call the internet still gets there, through NAT: no false alarm."""
    found = broken(synthesized, lambda raw: drop(raw, "aws_vpc_endpoint", "endpoints_sqs"))
    flow = next(c for c in found.claims if (c.source, c.destination) == ("payments", "aws:sqs"))

    assert flow.verdict is Verdict.PROVEN
    assert any("(NAT)" in hop.stage for hop in flow.hops)


def test_gateway_endpoint_deleted(synthesized: dict[str, Raw]) -> None:
    """Without the S3 gateway the layers of images cannot be fetched: the tasks would not start."""
    found = broken(synthesized, lambda raw: drop(raw, "aws_vpc_endpoint", "endpoints_s3"))
    claim = the_flow(found, "ledger", "aws:s3")

    assert claim.reason is not None
    assert "the VPC has no endpoint for s3" in claim.reason.text


def test_gateway_endpoint_off_one_route_table(synthesized: dict[str, Raw]) -> None:
    """One zone whose table has no route to the endpoint is enough to lose the tasks of that zone."""

    def fault(raw: Raw) -> None:
        only(raw, "aws_vpc_endpoint", "endpoints_s3")["route_table_ids"].pop()
        drop(raw, "aws_route", "network_private_out-2")

    claim = the_flow(broken(synthesized, fault), "ledger", "aws:s3")

    assert claim.stage == "route of staging/network/private/subnet-c"
    assert reason_of(claim)[1] == "the route table of staging/network/private/subnet-c has no route to the endpoint"


def test_endpoint_without_private_dns(synthesized: dict[str, Raw]) -> None:
    """An endpoint whose name nobody resolves is passed by: the call goes to the internet, which the group forbids."""

    def fault(raw: Raw) -> None:
        closed(raw)
        only(raw, "aws_vpc_endpoint", "endpoints_sqs")["private_dns_enabled"] = False

    claim = the_flow(broken(synthesized, fault), "notifications", "aws:sqs")

    assert claim.stage == "security group of notifications, out"


def test_endpoint_policy_without_image_layers(synthesized: dict[str, Raw]) -> None:
    """Image layers lie in a bucket of AWS: a policy for our account only stops every deployment."""

    def fault(raw: Raw) -> None:
        endpoint = only(raw, "aws_vpc_endpoint", "endpoints_s3")
        policy = json.loads(endpoint["policy"])
        policy["Statement"] = [one for one in policy["Statement"] if one["Sid"] == "OnlyThisAccount"]
        endpoint["policy"] = json.dumps(policy)

    claim = the_flow(broken(synthesized, fault), "payments", "aws:s3")

    assert claim.stage == "policy of the endpoint for s3"
    assert "does not allow s3:GetObject" in reason_of(claim)[1]


def test_port_of_database_and_group(synthesized: dict[str, Raw]) -> None:
    """A database that moved to another port than its group opens."""

    def fault(raw: Raw) -> None:
        only(raw, "aws_db_instance")["port"] = 5433

    claim = the_flow(broken(synthesized, fault), "ledger", "database")
    _, text, change = reason_of(claim)

    assert claim.stage == "security group of ledger, out"
    assert text == "opens tcp 5432 to database, not tcp 5433"
    assert change.startswith("open port 5433 in aws_vpc_security_group_egress_rule.ledger_connections_to-database")


def test_port_of_target_and_container(synthesized: dict[str, Raw]) -> None:
    """A service that registers a port its container does not map is refused by ECS itself."""

    def fault(raw: Raw) -> None:
        only(raw, "aws_ecs_service", "payments")["load_balancer"][0]["container_port"] = 9090

    claim = the_flow(broken(synthesized, fault), "entrance", "payments")
    address, text, _ = reason_of(claim)

    assert claim.stage == "container port"
    assert address.startswith("aws_ecs_service.payments_service")
    assert (
        text
        == "the load balancer is told port 9090, and container payments of staging/payments/task/definition maps 8080"
    )


def test_port_of_container_and_group(synthesized: dict[str, Raw]) -> None:
    """A container that moved with its target, but without its group."""

    def fault(raw: Raw) -> None:
        only(raw, "aws_ecs_service", "payments")["load_balancer"][0]["container_port"] = 8090
        task = only(raw, "aws_ecs_task_definition", "payments")
        task["container_definitions"] = task["container_definitions"].replace("8080", "8090")

    claim = the_flow(broken(synthesized, fault), "entrance", "payments")

    assert claim.stage == "security group of entrance, out"
    assert reason_of(claim)[1] == "opens tcp 8080 to payments, not tcp 8090"


def test_port_of_health_check_and_group(synthesized: dict[str, Raw]) -> None:
    """A health check on a port that no group opens: the targets would never be healthy."""

    def fault(raw: Raw) -> None:
        only(raw, "aws_lb_target_group", "payments")["health_check"]["port"] = "9000"

    claim = the_flow(broken(synthesized, fault), "entrance", "payments")

    assert claim.service == "tcp 9000"
    assert claim.stage == "security group of entrance, out"
    assert claim.part.path == "health_check.port"


def test_database_routed_to_the_internet(synthesized: dict[str, Raw]) -> None:
    """A route from the database tier to the gateway is named, although no group opens it today."""

    def fault(raw: Raw) -> None:
        table = name_of(raw, "aws_route_table", "network_database_routes-b")
        gateway = name_of(raw, "aws_internet_gateway", "")
        raw["resource"]["aws_route"]["leak"] = {
            "destination_cidr_block": "0.0.0.0/0",
            "gateway_id": f"${{aws_internet_gateway.{gateway}.id}}",
            "route_table_id": f"${{aws_route_table.{table}.id}}",
        }

    claims = refuted(broken(synthesized, fault))

    assert {(c.kind, c.source) for c in claims} == {("isolation", "database"), ("isolation", "cache")}
    assert {reason_of(c)[0] for c in claims} == {"aws_route.leak"}
    assert {c.stage for c in claims} == {"route of staging/network/database/subnet-b"}


def test_subnet_group_with_a_public_subnet(synthesized: dict[str, Raw]) -> None:
    """A database that may be placed in a public subnet: the choice of subnets is blamed, not the public route."""

    def fault(raw: Raw) -> None:
        public = name_of(raw, "aws_subnet", "network_public_subnet-a")
        only(raw, "aws_db_subnet_group")["subnet_ids"].append(f"${{aws_subnet.{public}.id}}")

    found = broken(synthesized, fault)
    isolation = [c for c in refuted(found) if c.kind == "isolation"]

    assert [c.source for c in isolation] == ["database"]
    assert reason_of(isolation[0])[0].startswith("aws_db_instance.database_instance")
    assert "may be placed in staging/network/public/subnet-a" in reason_of(isolation[0])[1]


def test_database_open_to_the_whole_network(synthesized: dict[str, Raw]) -> None:
    """A rule for the VPC's whole block lets in more than the flows intend: a packet proves it."""

    def fault(raw: Raw) -> None:
        rule = only(raw, "aws_vpc_security_group_ingress_rule", "database_connections_from-ledger")
        del rule["referenced_security_group_id"]
        rule["cidr_ipv4"] = "10.20.0.0/16"

    claims = [c for c in refuted(broken(synthesized, fault)) if c.kind == "exposure"]

    assert [c.destination for c in claims] == ["database"]
    assert claims[0].witness is not None
    assert reason_of(claims[0])[0].startswith("aws_vpc_security_group_ingress_rule.database_connections_from-ledger")


def test_unknown_port_is_undecided(synthesized: dict[str, Raw]) -> None:
    """What only the cloud knows is said, not guessed: neither proven nor refuted."""

    def fault(raw: Raw) -> None:
        raw["variable"] = {"door": {"type": "number"}}
        rule = only(raw, "aws_vpc_security_group_ingress_rule", "database_connections_from-ledger")
        rule["from_port"] = rule["to_port"] = "${var.door}"

    found = broken(synthesized, fault)
    flow = next(c for c in found.claims if (c.source, c.destination) == ("ledger", "database"))

    assert flow.verdict is Verdict.UNDECIDED
    assert "database/connections/from-ledger" in flow.cause


def test_every_refutation_names_python(synthesized: dict[str, Raw]) -> None:
    """A refuted flow says what would open it, and every flow comes with the address that asks for it."""
    found = broken(synthesized, lambda raw: raw["resource"].pop("aws_vpc_security_group_ingress_rule"))
    claims = [c for c in refuted(found) if c.kind == "flow"]

    assert len(claims) > 15
    assert all(c.reason and c.reason.change and c.reason.part.address for c in claims)
    assert all(c.part.address for c in claims)
