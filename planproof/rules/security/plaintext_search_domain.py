"""A search domain accepts HTTP or outdated TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


POLICIES: Final = (
    "Policy-Min-TLS-1-2-2019-07",
    "Policy-Min-TLS-1-2-PFS-2023-10",
    "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08",
)


def check(domain: Resource, _: Document) -> Iterator[Outcome]:
    """HTTPS only, from TLS 1.2 on."""
    yield from must(domain, "domain_endpoint_options.0.enforce_https", equals=True, default=True)
    yield from must(domain, "domain_endpoint_options.0.tls_security_policy", one_of=POLICIES)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_opensearch_domain", "aws_elasticsearch_domain"),
    why="Searches and their results cross the network readable.",
    fix="Set enforce_https and a tls_security_policy from TLS 1.2 on.",
    docs="https://docs.aws.amazon.com/opensearch-service/latest/developerguide/infrastructure-security.html",
    controls=("pci-dss-4.0.1/4.2.1", "aws-fsbp/Opensearch.8", "aws-fsbp/ES.8"),
    check=check,
    mutations=(
        Mutation("domain_endpoint_options.0.enforce_https", value=False),
        Mutation("domain_endpoint_options.0.tls_security_policy", "Policy-Min-TLS-1-0-2019-07"),
        Mutation("domain_endpoint_options.0.tls_security_policy", ABSENT),
    ),
    specimen={
        "resource": {
            "aws_opensearch_domain": {
                "papers": {
                    "domain_endpoint_options": {
                        "enforce_https": True,
                        "tls_security_policy": "Policy-Min-TLS-1-2-PFS-2023-10",
                    }
                }
            }
        }
    },
)
