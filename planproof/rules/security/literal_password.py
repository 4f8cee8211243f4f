"""A password is written in the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, Sensitive, Unknown, among
from planproof.document.sensitive import secrets
from planproof.reading.secrets import HIDDEN, comes_from_secret
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


NO_SECRET: Final = frozenset(
    {
        "notes",
        "admin_username",
        "content",
        "certificate",
        "certificate_chain",
        "certificate_pem",
        "saml_options.master_user_name",
        "post_authentication_login_banner",
        "pre_authentication_login_banner",
        "values",
        "validator.content",
    }
)
TYPES: Final = tuple(sorted(secrets()))


def is_plain(parameter: Resource) -> bool:
    """Whether a parameter is declared to be no secret; secret-in-parameter asks whether that is true."""
    return among(parameter.get("type"), {"String", "StringList"})


def check(holder: Resource, document: Document) -> Iterator[Outcome]:
    """No attribute that the provider marks as secret holds a text, but where Terraform must be given one."""
    for steps in secrets()[holder.type]:
        path = ".".join(steps)
        if path.endswith("_wo") or path in NO_SECRET or (holder.type == "aws_ssm_parameter" and is_plain(holder)):
            continue
        value = holder.get(path)
        if isinstance(value, Sensitive):
            value = value.value
        if isinstance(value, str) and value:
            yield Violation(path, "a secret that AWS makes and keeps", found=HIDDEN)
        elif isinstance(value, list) and any(isinstance(one, str) for one in value):
            yield Violation(path, "no password", found=HIDDEN)
        elif isinstance(value, Unknown) and any(comes_from_secret(one, document) for one in value.references):
            yield Violation(path, "a secret that never passes through Terraform's state", found=HIDDEN)
        elif isinstance(value, Unknown):
            yield Undecided(path, value.cause)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=TYPES,
    why="It is in the repository, in the state and in every backup of both, and it never changes.",
    fix="Use manage_master_user_password, IAM authentication or a write-only attribute, as modules.database does.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    controls=("pci-dss-4.0.1/8.6.2", "pci-dss-4.0.1/8.3.2", "aws-fsbp/SecretsManager.1"),
    check=check,
    mutations=(
        Mutation("password", "hunter2-hunter2", on=lambda holder, _: holder.type == "aws_db_instance"),
        Mutation(
            "password", "${random_password.database.result}", on=lambda holder, _: holder.type == "aws_db_instance"
        ),
        Mutation(
            "auth_token", "0123456789abcdef", on=lambda holder, _: holder.type == "aws_elasticache_replication_group"
        ),
        Mutation("passwords", ["0123456789abcdef"], on=lambda holder, _: holder.type == "aws_elasticache_user"),
        Mutation("secret_string", "hunter22", on=lambda holder, _: holder.type == "aws_secretsmanager_secret_version"),
        Mutation("value", "hunter22", on=lambda holder, _: holder.type == "aws_ssm_parameter" and not is_plain(holder)),
    ),
    specimen={
        "resource": {
            "aws_secretsmanager_secret_version": {"token": {"secret_id": "token"}},
            "aws_ssm_parameter": {"size": {"type": "String", "value": "10"}, "token": {"type": "SecureString"}},
        }
    },
)
