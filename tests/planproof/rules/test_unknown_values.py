"""What a rule reads may be unknown, and then it must not pass for right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from planproof.document import Document, parse
from planproof.engine import judge
from planproof.mutants import broken_by, mutants
from planproof.proof import parsed, specimens
from planproof.rule import Mutation, Rule
from planproof.rules import rules
from planproof.settings import Settings

Configurations = dict[str, dict[str, Any]]
Sound = dict[str, Document]
EACH_PATH: Final = {
    f"{rule.id}:{fault.type + '.' if fault.type else ''}{fault.path}": (rule, fault)
    for rule in rules()
    if isinstance(rule, Rule)
    for fault in reversed(rule.mutations)
    if isinstance(fault, Mutation)
}
"""Each attribute that a rule says it reads, with the first fault that breaks it."""

SILENT: Final[Mapping[str, tuple[str, ...]]] = {
    "a value that is not known is there all the same, and no more is asked": (
        "container-of-unnamed-user:container_definitions.0.user",
        "forward-to-nowhere:action.0.target_group_arn",
        "missing-boundary:permissions_boundary",
        "missing-execution-role:execution_role_arn",
        "missing-final-snapshot:aws_db_instance.final_snapshot_identifier",
        "missing-final-snapshot:aws_docdb_cluster.final_snapshot_identifier",
        "missing-final-snapshot:aws_lightsail_database.final_snapshot_name",
        "missing-final-snapshot:aws_neptune_cluster.final_snapshot_identifier",
        "missing-final-snapshot:aws_rds_cluster.final_snapshot_identifier",
        "missing-final-snapshot:aws_redshift_cluster.final_snapshot_identifier",
        "partial-flow-log:log_destination",
        "uncovered-store:aws_backup_selection.plan_id",
        "unguarded-provider:region",
        "unread-trail:cloud_watch_logs_role_arn",
        "vanishing-cache:aws_elasticache_cluster.final_snapshot_identifier",
        "vanishing-cache:aws_elasticache_replication_group.final_snapshot_identifier",
        "vanishing-cache:aws_memorydb_cluster.final_snapshot_name",
    ),
    "what is looked for is written here, and a variable is the way to write it elsewhere": (
        "credentials-in-provider:access_key",
        "credentials-in-provider:secret_key",
        "credentials-in-provider:token",
        "foreign-account:aws_backup_selection.resources",
        "foreign-account:aws_cloudwatch_composite_alarm.alarm_actions",
        "foreign-account:aws_iam_role.permissions_boundary",
        "foreign-region:aws_backup_selection.resources",
        "foreign-region:aws_vpc_endpoint.service_name",
        "literal-image:ami",
        "literal-image:image_id",
    ),
}
"""Why a rule may be content with an unknown value, and where. An exception that is not needed fails."""

EXCEPTED: Final = frozenset(name for names in SILENT.values() for name in names)


def test_exceptions_name_what_is_there() -> None:
    """An exception for a rule that has gone, or that reads something else by now, hides nothing by accident."""
    assert sorted(EXCEPTED - EACH_PATH.keys()) == []


@pytest.mark.no_cover
@pytest.mark.parametrize("name", EACH_PATH)
def test_an_unknown_value_is_not_right(
    name: str, configurations: Configurations, sound: Sound, settings: Settings
) -> None:
    """An attribute whose fault a rule finds leaves it in doubt when a variable gives the value: that is no pass."""
    rule, fault = EACH_PATH[name]
    document = next(_unknown(rule, fault, configurations, sound))
    said = judge((document,), (rule,), settings)

    assert said.defects == []
    assert bool(said.findings or said.doubts) is (name not in EXCEPTED)


def _unknown(rule: Rule, fault: Mutation, configurations: Configurations, sound: Sound) -> Iterator[Document]:
    """Each configuration in which the value that the fault breaks in the first place is a variable."""
    own = specimens(rule)
    for raws, documents in ((own, parsed(own)), (configurations, sound)):
        for name, raw in raws.items():
            mutant = next(mutants(raw, documents[name], rule, fault), None)
            broken = mutant and broken_by(raw, mutant.victim, Mutation(fault.path, "${var.later}"))
            if broken:
                yield parse({**broken, "variable": {"later": {}}}, name=name, source=name)
