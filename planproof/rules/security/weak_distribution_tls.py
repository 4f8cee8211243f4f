"""A distribution of CloudFront accepts outdated TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource, items
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


VERSION: Final = "viewer_certificate.0.minimum_protocol_version"
STRONG: Final = ("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025")
SITE: Final = {
    "resource": {
        "aws_cloudfront_distribution": {
            "site": {
                "viewer_certificate": [{"minimum_protocol_version": "TLSv1.2_2021", "ssl_support_method": "sni-only"}],
                "origin": [{"origin_id": "api", "custom_origin_config": [{"origin_ssl_protocols": ["TLSv1.2"]}]}],
            }
        }
    }
}


def check(site: Resource, _: Document) -> Iterator[Outcome]:
    """From TLS 1.2 on towards browsers, which CloudFront's own certificate cannot promise, and towards origins."""
    yield from must(site, VERSION, one_of=STRONG, default="TLSv1")
    for origin in site.blocks("origin"):
        path = origin.at("custom_origin_config.0.origin_ssl_protocols")
        for position, version in enumerate(items(site.get(path))):
            if version != "TLSv1.2":
                yield Violation(f"{path}.{position}", "TLSv1.2")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_cloudfront_distribution",),
    why="Old versions and ciphers can be broken on the way.",
    fix="Set minimum_protocol_version to TLSv1.2_2021 with a certificate of your own.",
    docs="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
    controls=("pci-dss-4.0.1/4.2.1", "aws-fsbp/CloudFront.7", "aws-fsbp/CloudFront.10", "aws-fsbp/CloudFront.15"),
    check=check,
    mutations=(
        Mutation(VERSION, "TLSv1"),
        Mutation(VERSION, "TLSv1.1_2016"),
        Mutation(VERSION, ABSENT),
        Mutation("origin.0.custom_origin_config.0.origin_ssl_protocols.0", "SSLv3"),
    ),
    specimen=SITE,
)
