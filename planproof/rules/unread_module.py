"""What a module builds cannot be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource, text
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


SOURCE: Final = "source"
GIT: Final = ("git::", "git@", "github.com/", "bitbucket.org/")
SLASHES: Final = (2, 3)
"""In the address of a registry's module: namespace/name/provider, and a host before it."""


def is_of_git(module: Resource, document: Document) -> bool:
    """Whether a module comes from a repository."""
    del document
    return text(module.get(SOURCE)).startswith(GIT)


def is_of_a_registry(module: Resource, document: Document) -> bool:
    """Whether a module comes from a registry, whose addresses have no scheme and do not begin with a dot."""
    source = text(module.get(SOURCE)).partition("//")[0]
    others = source.startswith((".", "/", *GIT)) or ":" in source
    return not others and not is_of_git(module, document) and source.count("/") in SLASHES


def check(module: Resource, document: Document) -> Iterator[Outcome]:
    """Its resources are not in a configuration; from a place that moves, not even the next plan will be as the last."""
    if is_of_git(module, document) and "ref=" not in text(module.get(SOURCE)):
        yield Violation(SOURCE, "a source with ?ref= and a tag or a commit")
    elif is_of_a_registry(module, document) and module.get("version") is None:
        yield Violation("version", "the version to use")
    else:
        yield Undecided(SOURCE, f"its resources are not in {document.source}; judge the plan, which has them")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("module",),
    why="What is not judged may hold anything, and without a version it is another thing tomorrow.",
    fix="Give the module a version or a ref, and judge the plan: terraform show -json plan > plan.json.",
    docs="https://developer.hashicorp.com/terraform/language/modules/sources",
    controls=(),
    kinds=("configuration",),
    check=check,
    mutations=(
        Mutation(SOURCE, "git::https://example.com/database.git", on=is_of_git),
        Mutation(SOURCE, "github.com/example/database", on=is_of_git),
        Mutation("version", ABSENT, on=is_of_a_registry),
    ),
    specimen={
        "module": {
            "database": {"source": "git::https://example.com/database.git?ref=v1.2.0"},
            "network": {"source": "terraform-aws-modules/vpc/aws", "version": "5.1.0"},
            "local": {"source": "./child"},
        },
        "resource": {"aws_vpc": {"main": {}}},
    },
)
