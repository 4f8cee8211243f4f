"""A parameter that everybody may read holds a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource, Unknown, among
from planproof.reading.outside import is_given
from planproof.reading.secrets import is_secret, names_secret
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(parameter: Resource, document: Document) -> Iterator[Outcome]:
    """Neither its value nor its name is a secret's."""
    if not among(parameter.get("type"), {"String", "StringList"}):
        return
    called = parameter.get("name", "")
    name = str(called.template if isinstance(called, Unknown) else called).rpartition("/")[2]
    for path in ("value", "insecure_value"):
        value = parameter.get(path)
        if value is not None and is_secret(name, value, document):
            yield Violation("type", "SecureString")
        elif isinstance(value, Unknown) and (names_secret(name) or is_given(value)):
            yield Undecided(path, value.cause)
        elif value is not None and isinstance(called, Unknown) and is_given(called) and (not name or "${" in name):
            yield Undecided("name", called.cause)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ssm_parameter",),
    why="It lies readable: no key stands between the permission to list settings and the password.",
    fix="Make it a SecureString with a customer key, written outside Terraform, or a secret of Secrets Manager.",
    docs="https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html",
    controls=("pci-dss-4.0.1/8.6.2", "pci-dss-4.0.1/8.3.2"),
    check=check,
    mutations=(
        Mutation("name", "/payments/api-key", at="type"),
        Mutation("value", "AKIAIOSFODNN7EXAMPLE", at="type"),
        Mutation("value", "${random_password.database.result}", at="type"),
    ),
    specimen={
        "resource": {"aws_ssm_parameter": {"size": {"name": "/payments/page-size", "type": "String", "value": "ten"}}}
    },
)
