"""An output shows a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource, Unknown
from planproof.reading.outside import is_given
from planproof.reading.secrets import HIDDEN, comes_from_secret, is_secret, names_secret
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_shown(output: Resource, document: Document) -> bool:
    """Whether an output is not marked sensitive."""
    del document
    return output.get("sensitive", False) is not True


def check(output: Resource, document: Document) -> Iterator[Outcome]:
    """Unless it is marked, it neither is a secret nor comes from one."""
    if output.get("sensitive", False):
        return
    value = output.get("value")
    pointed = output.references("value")
    if any(comes_from_secret(one, document) for one in pointed) or is_secret(output.name, value, document):
        yield Violation("value", "sensitive = true, or no secret", found=HIDDEN)
    elif isinstance(value, Unknown) and (names_secret(output.name) or is_given(value)):
        yield Undecided("value", value.cause)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("output",),
    why="It is printed at every deployment, kept in the log of the build and in cfn-outputs.",
    fix="Give out the arn of the secret instead, or mark the output sensitive.",
    docs="https://developer.hashicorp.com/terraform/language/values/outputs#sensitive-suppressing-values-in-cli-output",
    controls=("pci-dss-4.0.1/8.6.2", "pci-dss-4.0.1/8.3.2"),
    check=check,
    mutations=(
        Mutation("value", "AKIAIOSFODNN7EXAMPLE", on=is_shown),
        Mutation("value", "${random_password.database.result}", on=is_shown),
        Mutation("value", "${aws_db_instance.main.password}", on=is_shown),
        Mutation("value", "${data.aws_secretsmanager_secret_version.token.secret_string}", on=is_shown),
        Mutation("sensitive", value=False, at="value", on=lambda output, _: output.name == "token"),
    ),
    specimen={
        "output": {"token": {"value": "${random_password.database.result}", "sensitive": True}},
        "resource": {"aws_vpc": {"main": {}}},
    },
)
