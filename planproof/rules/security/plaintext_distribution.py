"""A distribution of CloudFront serves, or fetches, without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SITE: Final = {
    "resource": {
        "aws_cloudfront_distribution": {
            "site": {
                "default_cache_behavior": [{"viewer_protocol_policy": "redirect-to-https"}],
                "ordered_cache_behavior": [{"path_pattern": "/api/*", "viewer_protocol_policy": "https-only"}],
                "origin": [{"origin_id": "api", "custom_origin_config": [{"origin_protocol_policy": "https-only"}]}],
            }
        }
    }
}


def check(site: Resource, _: Document) -> Iterator[Outcome]:
    """TLS from the browser, for every path, and TLS to every origin."""
    for block in (*site.blocks("default_cache_behavior"), *site.blocks("ordered_cache_behavior")):
        yield from must(site, block.at("viewer_protocol_policy"), one_of=("https-only", "redirect-to-https"))
    for origin in site.blocks("origin"):
        if origin.get("custom_origin_config") is not None:
            yield from must(site, origin.at("custom_origin_config.0.origin_protocol_policy"), equals="https-only")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_cloudfront_distribution",),
    why="Card data and cookies cross the internet readable and changeable by anyone on the way.",
    fix="Set viewer_protocol_policy to redirect-to-https or https-only, and origin_protocol_policy to https-only.",
    docs="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https.html",
    controls=("pci-dss-4.0.1/4.2.1", "aws-fsbp/CloudFront.3", "aws-fsbp/CloudFront.9"),
    check=check,
    mutations=(
        Mutation("default_cache_behavior.0.viewer_protocol_policy", "allow-all"),
        Mutation("ordered_cache_behavior.0.viewer_protocol_policy", "allow-all"),
        Mutation("origin.0.custom_origin_config.0.origin_protocol_policy", "http-only"),
        Mutation("origin.0.custom_origin_config.0.origin_protocol_policy", "match-viewer"),
    ),
    specimen=SITE,
)
