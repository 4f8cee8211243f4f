"""A database accepts connections without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import as_number, must
from planproof.document import ABSENT, Document, Resource, text
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


SWITCHES: Final = {
    "postgres": "rds.force_ssl",
    "aurora-postgresql": "rds.force_ssl",
    "mysql": "require_secure_transport",
    "aurora-mysql": "require_secure_transport",
    "mariadb": "require_secure_transport",
    "docdb": "tls",
    "redshift": "require_ssl",
}
OFF: Final = frozenset({"0", "off", "false", "disabled"})
FORCED_SINCE: Final = 15


def has_switch(group: Resource, document: Document) -> bool:
    """Whether the first parameter of a group is the one that forces TLS."""
    del document
    return bool(group.get("parameter.0.name") == "rds.force_ssl")


def check(group: Resource, _: Document) -> Iterator[Outcome]:
    """The parameter that forces TLS is on; PostgreSQL from 15 on and DocumentDB need not be told."""
    family = text(group.get("family", "docdb"))
    name = next((switch for start, switch in SWITCHES.items() if family.startswith(start)), None)
    if name is None:
        return
    for block in group.blocks("parameter"):
        if block.get("name") == name:
            yield from must(
                group,
                block.at("value"),
                satisfies=lambda value: str(value).lower() not in OFF,
                expected="a value that forces TLS",
            )
            return
    major = as_number(family.removeprefix("postgres"))
    if name != "tls" and not (family.startswith("postgres") and major is not None and major >= FORCED_SINCE):
        yield Violation(name, "1", found="not set")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(
        "aws_db_parameter_group",
        "aws_rds_cluster_parameter_group",
        "aws_docdb_cluster_parameter_group",
        "aws_redshift_parameter_group",
    ),
    why="A client that forgets to ask for TLS sends its password and every row readable.",
    fix="Set rds.force_ssl (PostgreSQL) or require_secure_transport (MySQL) to 1; modules.database.Database does.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
    controls=("pci-dss-4.0.1/4.2.1", "aws-fsbp/RDS.38", "aws-fsbp/RDS.39", "aws-fsbp/Redshift.2"),
    check=check,
    mutations=(
        Mutation("parameter.0.value", "0", on=has_switch),
        Mutation(
            "parameter.0.name",
            "log_connections",
            at="rds.force_ssl",
            on=lambda group, _: group.get("family") == "postgres14",
        ),
        Mutation(
            "parameter", ABSENT, at="require_secure_transport", on=lambda group, _: group.get("family") == "mysql8.0"
        ),
        Mutation("parameter.0.value", "disabled", on=lambda group, _: group.get("family") == "docdb5.0"),
        Mutation("parameter.0.value", "false", on=lambda group, _: group.type == "aws_redshift_parameter_group"),
    ),
    specimen={
        "resource": {
            "aws_db_parameter_group": {
                "old": {"family": "postgres14", "parameter": [{"name": "rds.force_ssl", "value": "1"}]},
                "mysql": {"family": "mysql8.0", "parameter": [{"name": "require_secure_transport", "value": "ON"}]},
            },
            "aws_docdb_cluster_parameter_group": {
                "papers": {"family": "docdb5.0", "parameter": [{"name": "tls", "value": "enabled"}]}
            },
            "aws_redshift_parameter_group": {
                "reports": {"family": "redshift-1.0", "parameter": [{"name": "require_ssl", "value": "true"}]}
            },
        }
    },
)
