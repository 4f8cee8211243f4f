"""A database without a parameter group of ours is judged by what its engine and version do by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import judge
from planproof.rules import rules
from planproof.settings import Settings

RULE = next(rule for rule in rules() if rule.id == "plaintext-database")
GROUP = "parameter_group_name"
CLUSTER = "db_cluster_parameter_group_name"


def said(kind: str, body: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The paths of what is wrong with one database, and of what is undecided."""
    document = parse({"variable": {"later": {}}, "resource": {kind: {"store": body}}}, name="prod", source="prod")
    found = judge((document,), [RULE], Settings())
    return [one.path for one in found.findings], [one.path for one in found.doubts]


@pytest.mark.parametrize(
    ("kind", "body", "wrong"),
    [
        ("aws_db_instance", {"engine": "mysql", "engine_version": "8.0"}, [GROUP]),
        ("aws_db_instance", {"engine": "mysql", "engine_version": "8.4.3"}, [GROUP]),
        ("aws_db_instance", {"engine": "mysql", "engine_version": "9.7"}, []),
        ("aws_db_instance", {"engine": "mariadb", "engine_version": "11.4"}, [GROUP]),
        ("aws_db_instance", {"engine": "mariadb", "engine_version": "11.8.2"}, []),
        ("aws_db_instance", {"engine": "postgres", "engine_version": "14.9", GROUP: "default.postgres14"}, [GROUP]),
        ("aws_db_instance", {"engine": "postgres", "engine_version": "14"}, [GROUP]),
        ("aws_db_instance", {"engine": "postgres", "engine_version": "15"}, []),
        ("aws_db_instance", {"engine": "postgres", GROUP: "default.postgres16"}, []),
        ("aws_db_instance", {"engine": "sqlserver-ex", "engine_version": "15.00"}, [GROUP]),
        ("aws_db_instance", {"engine": "oracle-ee", "engine_version": "19"}, []),
        ("aws_rds_cluster", {"engine": "aurora-mysql"}, [CLUSTER]),
        ("aws_rds_cluster", {"engine": "aurora-postgresql", "engine_version": "16.6"}, [CLUSTER]),
        ("aws_rds_cluster", {"engine": "aurora-postgresql", "engine_version": "17.4"}, []),
        ("aws_rds_cluster", {CLUSTER: "default.aurora-postgresql15"}, [CLUSTER]),
        ("aws_redshift_cluster", {"cluster_parameter_group_name": "default.redshift-1.0"},
         ["cluster_parameter_group_name"]),
        ("aws_redshift_cluster", {}, []),
        ("aws_redshift_parameter_group", {"parameter": [{"name": "require_ssl", "value": "false"}]},
         ["parameter.0.value"]),
        ("aws_redshiftserverless_workgroup",
         {"config_parameter": [{"parameter_key": "require_ssl", "parameter_value": "false"}]},
         ["config_parameter.0.parameter_value"]),
    ],
)  # fmt: skip
def test_default_of_the_engine_counts(kind: str, body: dict[str, Any], wrong: list[str]) -> None:
    """MySQL takes clients without TLS until a parameter says otherwise; PostgreSQL has not since version 15."""
    assert said(kind, body) == (wrong, [])


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"engine": "postgres"}, "engine_version"),
        ({"engine": "postgres", "engine_version": "14", GROUP: "the-company-s"}, GROUP),
        ({"engine": "postgres", "engine_version": "14", GROUP: "${var.later}"}, GROUP),
    ],
)
def test_what_the_document_does_not_say_is_undecided(body: dict[str, Any], path: str) -> None:
    """A group of another stack may force TLS or not: neither answer would be honest."""
    assert said("aws_db_instance", body) == ([], [path])


def test_group_of_the_document_answers_for_its_database() -> None:
    """The fault is told once, on the group, also where a state knows the group by its name only."""
    for name in ("${aws_db_parameter_group.ours.name}", "ours"):
        resources = {
            "aws_db_parameter_group": {"ours": {"name": "ours", "family": "mysql8.0"}},
            "aws_db_instance": {"ledger": {"engine": "mysql", "engine_version": "8.0", GROUP: name}},
        }
        found = judge((parse({"resource": resources}, name="prod", source="prod"),), [RULE], Settings())

        assert [one.resource.address for one in found.findings] == ["aws_db_parameter_group.ours"]
        assert not found.doubts
