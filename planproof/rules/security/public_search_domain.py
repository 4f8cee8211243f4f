"""A search domain answers everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource, Unknown
from planproof.reading.policies import has_policy, must_not_be_open
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator


OURS: Final = (
    '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, '
    '"Action": "es:ESHttpGet", "Resource": "*"}]}'
)
SERVERLESS: Final = "aws_opensearchserverless_security_policy"


def check(policy: Resource, document: Document) -> Iterator[Outcome]:
    """Nobody is let in who is everybody; a collection of Serverless is not reached from the internet."""
    if policy.type == SERVERLESS:
        rules = policy.json("policy")
        if isinstance(rules, Unknown):
            yield Undecided("policy", rules.cause)
        for position in range(len(rules) if isinstance(rules, list) else 0):
            yield from must(policy, f"policy.{position}.AllowFromPublic", equals=False, default=False)
        return
    yield from must_not_be_open(policy, "access_policies", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=(
        "aws_opensearch_domain",
        "aws_elasticsearch_domain",
        "aws_opensearch_domain_policy",
        "aws_elasticsearch_domain_policy",
        SERVERLESS,
    ),
    why="Copies of payment data are searched by strangers without a password.",
    fix="Place the domain in a VPC and name the roles that search in access_policies.",
    docs="https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html",
    controls=("pci-dss-4.0.1/1.4.4", "aws-fsbp/Opensearch.2", "aws-fsbp/ES.2"),
    check=check,
    mutations=(
        Mutation("policy.0.AllowFromPublic", value=True, type=SERVERLESS),
        Mutation(
            "access_policies.Statement.0",
            {"Effect": "Allow", "Principal": "*", "Action": "es:*", "Resource": "*"},
            at="access_policies.Statement.0.Principal",
            on=has_policy("access_policies"),
        ),
        Mutation(
            "access_policies.Statement.0",
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "es:*", "Resource": "*"},
            at="access_policies.Statement.0.Principal",
            on=has_policy("access_policies"),
        ),
        Mutation(
            "access_policies.Statement.0",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "es:*",
                "Resource": "*",
                "Condition": {"StringLike": {"aws:SourceArn": "*"}},
            },
            at="access_policies.Statement.0.Principal",
            on=has_policy("access_policies"),
        ),
    ),
    specimen={
        "resource": {
            "aws_opensearch_domain": {"ours": {"access_policies": OURS}},
            SERVERLESS: {"network": {"type": "network", "policy": '[{"Rules": [], "AllowFromPublic": false}]'}},
        }
    },
)
