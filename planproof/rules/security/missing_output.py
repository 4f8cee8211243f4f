"""An output that the tests after a deployment need is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document
from planproof.errors import UserError
from planproof.rule import ContractRule, Mutation, Outcome, Removal, Severity, Violation
from planproof.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def required(settings: Settings) -> list[str]:
    """The names of the section. Raises `UserError` when they are no list of names."""
    found = settings.section("outputs").get("required", [])
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise UserError(
            f"{settings.source} cannot be used",
            f"outputs.required: expected a list of names, got {found!r}",
            hint="write one output a line, as the integration tests ask for them",
        )
    return found


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Every name under outputs.required in planproof.yaml is an output of every environment, and says something."""
    for name in required(settings):
        for document in documents.values():
            if settings.environments and document.name not in settings.environments:
                continue
            output = document.resource(f"output.{name}")
            if output is None:
                yield Violation(f"output.{name}", "an output", found="none", resource=document.of("stack")[0])
            elif output.get("value") is None:
                yield Violation("value", "a value", found="none", resource=output)


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="The deployment succeeds and nobody can prove it: the tests find no cluster, no queue, no address.",
    fix="Add the output to stacks/environment.py, or take its name out of outputs.required in planproof.yaml.",
    docs="https://developer.hashicorp.com/terraform/language/values/outputs",
    controls=("pci-dss-4.0.1/6.5.2",),
    check=check,
    mutations=(
        Removal("output", at="output.cluster_name", on=lambda output, _: output.name == "cluster_name"),
        Removal("output", at="output.vpc_id", on=lambda output, _: output.name == "vpc_id"),
        Mutation("value", "", type="output", on=lambda output, _: output.name == "cluster_name"),
    ),
    specimen={
        "staging": {
            "resource": {"aws_vpc": {"main": {}}},
            "output": {"cluster_name": {"value": "payments"}, "vpc_id": {"value": "${aws_vpc.main.id}"}},
        }
    },
    settings=Settings(("dev", "staging", "prod"), {"outputs": {"required": ["cluster_name", "vpc_id"]}}),
)
