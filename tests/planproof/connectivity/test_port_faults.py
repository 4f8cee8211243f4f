"""Ports that two ends do not agree on: a part moved, and what must move with it did not."""

from __future__ import annotations

from tests.planproof.connectivity.staging_faults import Raw, broken, only, reason_of, the_flow


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
