"""Nobody records how the settings of the account change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PLATFORM: Final = ("aws_vpc", "aws_ecs_cluster", "aws_db_instance")
KIND: Final = "aws_config_configuration_recorder_status"


def check(stack: Resource, document: Document) -> Iterator[Outcome]:
    """A stack that runs a platform has one."""
    if not document.of(*PLATFORM):
        return
    found = document.of(KIND)
    if not found:
        yield Violation(KIND, "a recorder that runs", found="none", resource=stack)
    for one in found:
        yield from (replace(said, resource=one) for said in must(one, "is_enabled", equals=True))
    for recorder in document.of("aws_config_configuration_recorder"):
        for said in must(recorder, "recording_group.0.all_supported", equals=True, default=True):
            yield replace(said, resource=recorder)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("stack",),
    why="After an incident nobody can tell what was open, since when, and who opened it.",
    fix="Add a recorder of AWS Config and start it; modules.configuration does.",
    docs="https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html",
    controls=("pci-dss-4.0.1/1.2.8", "pci-dss-4.0.1/11.5.2", "aws-fsbp/Config.1", "cis-aws-3.0/3.3"),
    check=check,
    mutations=(
        Removal(KIND, at=KIND),
        Mutation("is_enabled", value=False, type=KIND),
        Mutation("recording_group.0.all_supported", value=False, type="aws_config_configuration_recorder"),
    ),
    specimen={"resource": {"aws_vpc": {"main": {}}, KIND: {"account": {"is_enabled": True}}}},
)
