"""A tag says another environment or another project than the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, mapping
from planproof.reading.backups import default_tags
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.settings import Settings

SAME: Final = ("Project", "Compliance", "ManagedBy")


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Environment is the document's own name; the others are the same everywhere."""
    first: dict[str, str] = {}
    for environment in settings.environments:
        document = documents.get(environment)
        if document is None:
            continue
        for provider in document.of("provider"):
            tags = mapping(provider.get("default_tags.0.tags"))
            for tag in ("Environment", *SAME):
                value = tags.get(tag)
                wish = environment if tag == "Environment" else first.setdefault(tag, str(value))
                if value is not None and str(value) != wish:
                    yield Violation(f"default_tags.0.tags.{tag}", wish, resource=provider)
        for one in document.resources:
            own, given = one.get("tags"), default_tags(one, document)
            for tag in given if isinstance(own, dict) else ():
                if tag in own and own[tag] != given[tag]:
                    yield Violation(f"tags.{tag}", f"{given[tag]}, as its provider gives to all", resource=one)


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    why="A script that stops everything tagged dev at night stops a part of production.",
    fix="Leave the tag to the provider, which takes it from the environment.",
    docs="https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    controls=("pci-dss-4.0.1/12.5.1", "pci-dss-4.0.1/6.5.3"),
    check=check,
    mutations=(
        Mutation(
            "default_tags.0.tags.Environment",
            "staging",
            "provider",
            environment="prod",
            on=lambda one, _: one.get("alias") is not None,
        ),
        Mutation("default_tags.0.tags.Project", "other", "provider", environment="prod"),
        Mutation("tags.Environment", "dev", "aws_vpc", environment="prod"),
        Mutation("tags.Owner", "somebody", "aws_subnet", environment="staging"),
    ),
)
