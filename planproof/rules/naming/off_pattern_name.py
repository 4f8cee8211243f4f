"""A name does not say whose a thing is, what it is and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planproof.document import Document, Unknown
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.settings import Settings

NAMED: Final = {
    "aws_backup_plan": "name",
    "aws_backup_vault": "name",
    "aws_cloudtrail": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_db_instance": "identifier",
    "aws_db_subnet_group": "name",
    "aws_ecr_repository": "name",
    "aws_ecs_cluster": "name",
    "aws_ecs_service": "name",
    "aws_ecs_task_definition": "family",
    "aws_elasticache_replication_group": "replication_group_id",
    "aws_iam_policy": "name",
    "aws_iam_role": "name",
    "aws_kms_alias": "name",
    "aws_lb": "name",
    "aws_lb_target_group": "name",
    "aws_s3_bucket": "bucket",
    "aws_secretsmanager_secret": "name",
    "aws_security_group": "name",
    "aws_sns_topic": "name",
    "aws_sqs_queue": "name",
    "aws_wafv2_web_acl": "name",
}


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """The pattern of planproof.yaml, between the slashes and before the account that a name may have."""
    section = settings.section("naming")
    if not section.get("pattern"):
        return
    for environment in settings.environments:
        document = documents.get(environment)
        if document is None:
            continue
        wish = str(section["pattern"]).replace("{project}", str(section.get("project", "")))
        wish = wish.replace("{environment}", environment)
        pattern = _expression(wish)
        for kind, path in NAMED.items():
            for one in document.of(kind):
                name = one.get(path)
                if isinstance(name, Unknown):
                    yield Undecided(path, name.cause, one)
                elif not pattern.search(str(name)):
                    yield Violation(path, wish, resource=one)


def _expression(wish: str) -> re.Pattern[str]:
    words = "[a-z0-9-]+".join(map(re.escape, wish.split("{component}")))
    return re.compile(rf"(?:^|[/-]){words}(?:$|[/-])")


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    why="At night, in a list of two hundred, nobody knows which queue may be emptied.",
    fix="Take the name from deployment.name(...), which follows the pattern of planproof.yaml.",
    docs="https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    controls=("pci-dss-4.0.1/12.5.1",),
    check=check,
    mutations=(
        *(
            Mutation(path, "payments", kind, environment="prod")
            for kind, path in NAMED.items()
            if kind != "aws_iam_policy"
        ),
        Mutation("name", "payflow-receipts-staging", "aws_sqs_queue", environment="prod"),
        Mutation("name", "PayflowReceiptsDev", "aws_sqs_queue", environment="dev"),
    ),
)
