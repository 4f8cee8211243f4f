"""Nobody records who changed what in the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

PLATFORM = ("aws_vpc", "aws_ecs_cluster", "aws_db_instance")


def check(stack: Resource, document: Document) -> Iterator[Outcome]:
    """A stack that runs a platform has a trail of every region that cannot be edited unseen."""
    if not document.of(*PLATFORM):
        return
    trails = document.of("aws_cloudtrail")
    if not trails:
        yield Violation("aws_cloudtrail", "a trail", found="none", resource=stack)
    for trail in trails:
        for outcome in (
            *must(trail, "is_multi_region_trail", equals=True),
            *must(trail, "enable_log_file_validation", equals=True),
            *must(trail, "include_global_service_events", equals=True, default=True),
            *must(trail, "enable_logging", equals=True, default=True),
        ):
            yield type(outcome)(outcome.path, *_rest(outcome), resource=trail)


def _rest(outcome: Outcome) -> tuple[str]:
    return (outcome.expected,) if isinstance(outcome, Violation) else (outcome.cause,)


TRAIL = {"is_multi_region_trail": True, "enable_log_file_validation": True, "name": "audit", "s3_bucket_name": "audit"}

RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("stack",),
    why="After a theft nobody can tell what was taken, and a changed log cannot be told from a true one.",
    fix="Add an aws_cloudtrail of all regions with log file validation to the stack.",
    docs="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html",
    controls=(
        "pci-dss-4.0.1/10.2.1",
        "pci-dss-4.0.1/10.3.4",
        "cis-aws-3.0/3.1",
        "cis-aws-3.0/3.2",
        "aws-fsbp/CloudTrail.1",
        "aws-fsbp/CloudTrail.4",
    ),
    check=check,
    mutations=(
        Removal("aws_cloudtrail", at="aws_cloudtrail"),
        Mutation("is_multi_region_trail", value=False, type="aws_cloudtrail"),
        Mutation("is_multi_region_trail", ABSENT, type="aws_cloudtrail"),
        Mutation("enable_log_file_validation", value=False, type="aws_cloudtrail"),
        Mutation("include_global_service_events", value=False, type="aws_cloudtrail"),
        Mutation("enable_logging", value=False, type="aws_cloudtrail"),
    ),
    specimen={"resource": {"aws_vpc": {"main": {}}, "aws_cloudtrail": {"audit": TRAIL}}},
    waivable=False,
)
