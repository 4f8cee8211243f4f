"""Something carries no tag that says whose it is, what it costs or what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource, Unknown
from planproof.reading.backups import provider_of, tags_of
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.settings import Settings

TAGGABLE: Final = (
    "aws_vpc", "aws_subnet", "aws_lb", "aws_ecs_cluster", "aws_ecs_service", "aws_ecs_task_definition",
    "aws_db_instance", "aws_elasticache_replication_group", "aws_sqs_queue", "aws_sns_topic", "aws_s3_bucket",
    "aws_kms_key", "aws_secretsmanager_secret", "aws_cloudwatch_log_group", "aws_iam_role", "aws_backup_vault",
    "aws_nat_gateway", "aws_vpc_endpoint", "aws_ecr_repository", "aws_dynamodb_table", "aws_instance",
)  # fmt: skip


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Its own tags or its provider's; when many lack the same, their provider is named once."""
    wanted = settings.section("naming").get("tags") or ()
    for document in documents.values():
        lacking: dict[tuple[str, str], tuple[Resource, list[str]]] = {}
        for one in document.of(*TAGGABLE):
            if isinstance(one.get("tags"), Unknown) or isinstance(one.get("tags_all"), Unknown):
                continue
            tags = tags_of(one, document)
            provider = provider_of(one, document)
            for tag in wanted:
                if not tags.get(tag):
                    blamed = one if provider is None else provider
                    lacking.setdefault((blamed.address, tag), (blamed, []))[1].append(one.address)
        for (_, tag), (blamed, addresses) in lacking.items():
            path = f"default_tags.0.tags.{tag}" if blamed.type == "provider" else f"tags.{tag}"
            more = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
            yield Violation(path, f"the tag {tag}", found=f"absent on {addresses[0]}{more}", resource=blamed)


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    why="Nobody can say who answers for it, what it costs, or whether card data lies in it.",
    fix="Write the tag into ownership of environments/application.yaml; the provider gives it to everything.",
    docs="https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    controls=("pci-dss-4.0.1/12.5.1",),
    check=check,
    mutations=tuple(
        Mutation(f"default_tags.0.tags.{tag}", value, "provider")
        for tag in ("Owner", "CostCenter", "DataClassification", "Environment")
        for value in (ABSENT, "")
    ),
)
