"""A route of an API may be called by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATHS: Final = {
    "aws_api_gateway_method": "authorization",
    "aws_appsync_graphql_api": "authentication_type",
}


def check(route: Resource, _: Document) -> Iterator[Outcome]:
    """Somebody is asked for: a token, a signature or a key; OPTIONS is what browsers ask first."""
    if route.get("http_method") == "OPTIONS" or str(route.get("route_key", "")).startswith("OPTIONS "):
        return
    path = PATHS.get(route.type, "authorization_type")
    if route.get(path, "NONE") == "NONE" and not route.get("api_key_required", False):
        yield Violation(path, "an authorizer")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_apigatewayv2_route", "aws_api_gateway_method", "aws_appsync_graphql_api"),
    why="Strangers call what was meant for customers who have logged in.",
    fix="Give the route an authorizer, or an authorization_type of AWS_IAM, JWT or CUSTOM.",
    docs="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
    controls=("pci-dss-4.0.1/8.3.1", "pci-dss-4.0.1/7.3.3", "aws-fsbp/APIGateway.8"),
    check=check,
    mutations=(
        Mutation("authorization_type", "NONE", on=lambda route, _: route.type == "aws_apigatewayv2_route"),
        Mutation("authorization_type", ABSENT, on=lambda route, _: route.type == "aws_apigatewayv2_route"),
        Mutation("authorization", "NONE", on=lambda route, _: route.type == "aws_api_gateway_method"),
    ),
    specimen={
        "resource": {
            "aws_apigatewayv2_route": {"pay": {"route_key": "POST /payments", "authorization_type": "JWT"}},
            "aws_api_gateway_method": {
                "pay": {"http_method": "POST", "authorization": "AWS_IAM"},
                "ask": {"http_method": "OPTIONS", "authorization": "NONE"},
            },
        }
    },
)
