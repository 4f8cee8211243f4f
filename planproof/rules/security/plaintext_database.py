"""A database accepts connections without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource, Unknown, text
from planproof.reading.alarms import points_inside
from planproof.reading.tls import OFF, forced_by_itself, switch_of, version_of
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


GROUPS: Final = {  # and the family of those that have but one
    "aws_db_parameter_group": "",
    "aws_rds_cluster_parameter_group": "",
    "aws_docdb_cluster_parameter_group": "docdb",
    "aws_redshift_parameter_group": "redshift",
}
USERS: Final = {
    "aws_db_instance": "parameter_group_name",
    "aws_rds_cluster": "db_cluster_parameter_group_name",
    "aws_redshift_cluster": "cluster_parameter_group_name",
}
WORKGROUP: Final = "aws_redshiftserverless_workgroup"
DEFAULT: Final = "default."


def check(one: Resource, document: Document) -> Iterator[Outcome]:
    """The parameter that forces TLS is on: in a group, or by itself in a database that uses a default group."""
    if one.type in GROUPS:
        yield from _group(one)
    elif one.type == WORKGROUP:
        for block in one.blocks("config_parameter"):
            if block.get("parameter_key") == "require_ssl":
                yield from _on(one, block.at("parameter_value"))
    else:
        yield from _user(one, document)


def _group(group: Resource) -> Iterator[Outcome]:
    family = text(group.get("family", GROUPS[group.type]))
    switch = switch_of(family)
    if switch is None:
        return
    for block in group.blocks("parameter"):
        if block.get("name") == switch.parameter:
            yield from _on(group, block.at("value"))
            return
    if not forced_by_itself(switch, version_of(family)):
        yield Violation(switch.parameter, "1", found="not set")


def _on(resource: Resource, path: str) -> Iterator[Outcome]:
    yield from must(
        resource,
        path,
        satisfies=lambda value: str(value).lower() not in OFF,
        expected="a value that forces TLS",
    )


def _user(database: Resource, document: Document) -> Iterator[Outcome]:
    """Judge by the engine's own default what has no group, or one that AWS keeps."""
    path = USERS[database.type]
    name = database.get(path)
    if document.target(database, path) is not None:
        return
    if isinstance(name, Unknown):
        if not points_inside(name, document):
            yield Undecided(path, name.cause)
    elif not text(name) or text(name).startswith(DEFAULT):
        yield from _by_itself(database, path, text(name))
    elif name not in document.once(_names):
        yield Undecided(path, f"the parameter group {name} is not in the document")


def _by_itself(database: Resource, path: str, name: str) -> Iterator[Outcome]:
    engine = name.removeprefix(DEFAULT) if name else text(database.get("engine"))
    switch = switch_of(engine)
    if switch is None:
        return
    forced = forced_by_itself(switch, version_of(engine) if name else version_of(str(database.get("engine_version"))))
    if forced is None:
        yield Undecided("engine_version", "AWS chooses the version, and with it whether TLS is forced")
    elif not forced:
        yield Violation(path, f"a parameter group that sets {switch.parameter} to 1")


def _names(document: Document) -> frozenset[Any]:
    names = (group.get("name") for group in document.of(*GROUPS))
    return frozenset(name for name in names if isinstance(name, str))


def has_switch(group: Resource, document: Document) -> bool:
    """Whether the first parameter of a group is the one that forces TLS."""
    del document
    return bool(group.get("parameter.0.name") == "rds.force_ssl")


def is_old(database: Resource, document: Document) -> bool:
    """Choose databases of an engine that does not force TLS by itself."""
    del document
    return bool(database.get("engine_version") in {"14.9", "8.0.41"})


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(*GROUPS, *USERS, WORKGROUP),
    why="A client that forgets to ask for TLS sends its password and every row readable.",
    fix="Set rds.force_ssl (PostgreSQL) or require_secure_transport (MySQL) to 1; modules.database.Database does.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
    controls=(
        "pci-dss-4.0.1/4.2.1",
        "aws-fsbp/RDS.38",
        "aws-fsbp/RDS.39",
        "aws-fsbp/RDS.41",
        "aws-fsbp/RDS.44",
        "aws-fsbp/DocumentDB.6",
        "aws-fsbp/Redshift.2",
        "aws-fsbp/RedshiftServerless.2",
    ),
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
        *(Mutation(USERS[kind], ABSENT, kind, on=is_old) for kind in ("aws_db_instance", "aws_rds_cluster")),
        Mutation(USERS["aws_db_instance"], "default.postgres14", "aws_db_instance", on=is_old),
        Mutation(USERS["aws_redshift_cluster"], "default.redshift-1.0", "aws_redshift_cluster"),
        Mutation("config_parameter.0.parameter_value", "false", WORKGROUP),
    ),
    specimen={
        "resource": {
            "aws_db_parameter_group": {
                "old": {"family": "postgres14", "parameter": [{"name": "rds.force_ssl", "value": "1"}]},
                "mysql": {"family": "mysql8.0", "parameter": [{"name": "require_secure_transport", "value": "ON"}]},
            },
            "aws_rds_cluster_parameter_group": {
                "aurora": {
                    "family": "aurora-mysql8.0",
                    "parameter": [{"name": "require_secure_transport", "value": "ON"}],
                }
            },
            "aws_db_instance": {
                "old": {
                    "engine": "postgres",
                    "engine_version": "14.9",
                    "parameter_group_name": "${aws_db_parameter_group.old.name}",
                },
                "new": {"engine": "postgres", "engine_version": "16.3", "parameter_group_name": "default.postgres16"},
            },
            "aws_rds_cluster": {
                "old": {
                    "engine": "aurora-mysql",
                    "engine_version": "8.0.41",
                    "db_cluster_parameter_group_name": "${aws_rds_cluster_parameter_group.aurora.name}",
                }
            },
            "aws_redshift_cluster": {"reports": {"cluster_parameter_group_name": "default.redshift-2.0"}},
            WORKGROUP: {"reports": {"config_parameter": [{"parameter_key": "require_ssl", "parameter_value": "true"}]}},
            "aws_docdb_cluster_parameter_group": {
                "papers": {"family": "docdb5.0", "parameter": [{"name": "tls", "value": "enabled"}]}
            },
            "aws_redshift_parameter_group": {
                "reports": {"family": "redshift-1.0", "parameter": [{"name": "require_ssl", "value": "true"}]}
            },
        }
    },
)
