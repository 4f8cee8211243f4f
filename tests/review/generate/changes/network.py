"""Changes to who reaches whom: groups, access lists, routes, subnets and endpoints."""

from __future__ import annotations

from tests.review.generate.change import BLOCKED, HUMAN, SAFE, change
from tests.review.generate.stack import Stack

FROM_PAYMENTS = "aws_vpc_security_group_ingress_rule.database_connections_from-payments"
LIST = "aws_network_acl.network_database_access-list"
ANYWHERE = "0.0.0.0/0"


@change(BLOCKED, ("access-widened", FROM_PAYMENTS))
def database_is_open_to_the_internet(stack: Stack) -> None:
    """The rule that lets payments into the database lets everybody in."""
    stack.without("database/connections/from-payments", "referenced_security_group_id")
    stack.set("database/connections/from-payments", cidr_ipv4=ANYWHERE)


@change(BLOCKED, ("access-widened", "aws_vpc_security_group_ingress_rule.cache_connections_from_everywhere"))
def cache_is_open_to_the_internet(stack: Stack) -> None:
    """One more rule lets everybody into the cache."""
    _door(stack, "cache", 6379, ANYWHERE)


@change(BLOCKED, ("access-widened", "aws_vpc_security_group_ingress_rule.ledger_connections_from_everywhere"))
def ssh_is_open_to_the_internet(stack: Stack) -> None:
    """One more rule lets everybody try to log in to the ledger."""
    _door(stack, "ledger", 22, ANYWHERE)


@change(HUMAN, ("access-widened", "aws_vpc_security_group_ingress_rule.database_connections_from_everywhere"))
def database_is_open_to_the_office(stack: Stack) -> None:
    """One more rule lets the office's network into the database."""
    _door(stack, "database", 5432, "192.0.2.0/24")


@change(
    BLOCKED,
    ("access-widened", "aws_db_instance.database_instance"),
    ("access-widened", "aws_vpc_security_group_ingress_rule.database_connections_from_everywhere"),
)
def database_is_put_on_the_internet(stack: Stack) -> None:
    """The database gets a public address, and its group lets everybody in."""
    stack.set("database/instance", publicly_accessible=True)
    _door(stack, "database", 5432, ANYWHERE)


@change(SAFE, ("access-narrowed", "aws_vpc_security_group_ingress_rule.entrance_connections_from-internet-80"))
def entrance_is_open_to_the_office_only(stack: Stack) -> None:
    """Plain HTTP is answered for the office's network only."""
    stack.set("entrance/connections/from-internet-80", cidr_ipv4="192.0.2.0/24")


@change(
    HUMAN,
    ("access-narrowed", FROM_PAYMENTS),
    ("access-narrowed", "aws_vpc_security_group_egress_rule.payments_connections_to-database"),
    ("downtime", "aws_security_group.payments_connections_group"),
)
def payments_loses_its_database(stack: Stack) -> None:
    """The two rules by which payments reaches the database are removed."""
    stack.remove("database/connections/from-payments", "payments/connections/to-database")


@change(HUMAN, ("access-widened", "aws_vpc_security_group_egress_rule.ledger_connections_to_everywhere"))
def ledger_may_call_anybody(stack: Stack) -> None:
    """The ledger may open any connection to the internet."""
    group = stack.address("ledger/connections/group")
    stack.add(
        "aws_vpc_security_group_egress_rule",
        "ledger_connections_to_everywhere",
        security_group_id=f"${{{group}.id}}",
        cidr_ipv4=ANYWHERE,
        ip_protocol="-1",
    )


@change(HUMAN, ("access-widened", LIST))
def access_list_lets_everybody_in(stack: Stack) -> None:
    """The access list of the database subnets lets everybody in on PostgreSQL's port; the groups still do not."""
    rules = stack.part("network/database/access-list")["ingress"]
    rules.append({**rules[0], "cidr_block": ANYWHERE, "rule_no": 5})


@change(HUMAN, ("access-narrowed", LIST), ("downtime", LIST))
def access_list_shuts_a_zone_out(stack: Stack) -> None:
    """The private subnet of one zone may no longer reach the database: its tasks fail."""
    rules = stack.part("network/database/access-list")["ingress"]
    rules[:] = [rule for rule in rules if rule["cidr_block"] != "10.20.64.0/20"]


@change(HUMAN, ("access-widened", "aws_route.network_database_out"))
def database_subnet_gets_a_way_out(stack: Stack) -> None:
    """One database subnet gets a default route to the internet gateway."""
    stack.add(
        "aws_route",
        "network_database_out",
        route_table_id=f"${{{stack.address('network/database/routes-a')}.id}}",
        destination_cidr_block=ANYWHERE,
        gateway_id=f"${{{stack.address('network/gateway')}.id}}",
    )


@change(HUMAN, ("replaced", "aws_subnet.network_private_subnet-a"), ("downtime", "aws_subnet.network_private_subnet-a"))
def subnet_gets_other_addresses(stack: Stack) -> None:
    """The private subnet of one zone gets another range, which makes a new one under the running tasks."""
    stack.set("network/private/subnet-a", cidr_block="10.20.208.0/20")


@change(
    HUMAN,
    ("deleted", "aws_nat_gateway.network_nat-a"),
    ("downtime", "aws_nat_gateway.network_nat-a"),
    ("cost-down", "aws_nat_gateway.network_nat-a"),
    ("access-narrowed", "aws_route.network_private_out-0"),
)
def way_out_is_removed(stack: Stack) -> None:
    """The NAT gateway and the routes to it are removed: payments no longer reaches the card network."""
    stack.remove(*(f"network/private/out-{number}" for number in range(3)))
    stack.remove("network/nat-a", "network/nat-address-a")


@change(
    HUMAN,
    ("deleted", "aws_vpc_endpoint.endpoints_secretsmanager"),
    ("downtime", "aws_vpc_endpoint.endpoints_secretsmanager"),
    ("cost-down", "aws_vpc_endpoint.endpoints_secretsmanager"),
)
def endpoint_is_removed(stack: Stack) -> None:
    """Secrets Manager has no address inside the network any more: new tasks cannot read their secrets."""
    stack.remove("endpoints/secretsmanager")


@change(HUMAN, ("access-widened", "aws_vpc_endpoint.endpoints_s3"))
def endpoint_serves_any_account(stack: Stack) -> None:
    """By the S3 endpoint every bucket of every account can be reached: a way out for stolen data."""
    with stack.policy("endpoints/s3") as statements:
        statements[0].pop("Condition")


@change(HUMAN, ("protection-removed", "aws_flow_log.flow-log"))
def traffic_is_not_recorded(stack: Stack) -> None:
    """The flow log of the network is removed."""
    stack.remove("flow-log/flow-log")


@change(HUMAN, ("protection-removed", "aws_flow_log.flow-log"), ("replaced", "aws_flow_log.flow-log"))
def only_refused_traffic_is_recorded(stack: Stack) -> None:
    """The flow log records what was refused only, no longer what was let through."""
    stack.set("flow-log/flow-log", traffic_type="REJECT")


def _door(stack: Stack, owner: str, port: int, source: str) -> None:
    stack.add(
        "aws_vpc_security_group_ingress_rule",
        f"{owner}_connections_from_everywhere",
        security_group_id=f"${{{stack.address(f'{owner}/connections/group')}.id}}",
        cidr_ipv4=source,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        description="for a test",
    )
