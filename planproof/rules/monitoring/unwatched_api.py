"""No alarm watches the errors or the latency of an API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import ALARM, Vital, on_metric, unwatched
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SPACE: Final = "AWS/ApiGateway"
REST: Final = (Vital("5XXError", SPACE), Vital("Latency", SPACE, ("IntegrationLatency",)))
HTTP: Final = (Vital("5xx", SPACE), Vital("Latency", SPACE, ("IntegrationLatency",)))
SOCKET: Final = (Vital("ExecutionError", SPACE, ("IntegrationError",)), Vital("IntegrationLatency", SPACE))


def check(api: Resource, document: Document) -> Iterator[Outcome]:
    """REST, HTTP and WebSocket APIs publish the same by other names; stages answer for their API."""
    if api.type == "aws_api_gateway_rest_api":
        stages = document.naming(api, "aws_api_gateway_stage", "rest_api_id")
        yield from unwatched(api, document, REST, "name", parts=stages)
        return
    vitals = SOCKET if api.get("protocol_type") == "WEBSOCKET" else HTTP
    stages = document.naming(api, "aws_apigatewayv2_stage", "api_id")
    yield from unwatched(api, document, vitals, "id", parts=stages)


def watch(metric: str, dimension: str, of: str) -> dict[str, object]:
    """An alarm on a metric of one of the specimen's APIs."""
    return {"namespace": SPACE, "metric_name": metric, "dimensions": {dimension: of}}


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_api_gateway_rest_api", "aws_apigatewayv2_api"),
    why="Partners get errors at the door for hours while every function behind it is green.",
    fix="Add an alarm on the errors and one on the latency, with the dimension ApiName (REST) or ApiId.",
    docs="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/12.10.5"),
    check=check,
    mutations=(
        *(
            Removal(ALARM, at=metric, on=on_metric(SPACE, metric))
            for metric in ("5XXError", "5xx", "Latency", "ExecutionError", "IntegrationLatency")
        ),
        Mutation("dimensions", {"ApiName": "another"}, ALARM, at="5XXError", on=on_metric(SPACE, "5XXError")),
        Mutation("metric_name", "4xx", ALARM, at="5xx", on=on_metric(SPACE, "5xx")),
    ),
    specimen={
        "resource": {
            "aws_api_gateway_rest_api": {"partners": {"name": "partners"}},
            "aws_apigatewayv2_api": {
                "apps": {"protocol_type": "HTTP"},
                "prices": {"protocol_type": "WEBSOCKET"},
            },
            ALARM: {
                "rest-errors": watch("5XXError", "ApiName", "partners"),
                "rest-latency": watch("Latency", "ApiName", "${aws_api_gateway_rest_api.partners.name}"),
                "http-errors": watch("5xx", "ApiId", "${aws_apigatewayv2_api.apps.id}"),
                "http-latency": watch("Latency", "ApiId", "${aws_apigatewayv2_api.apps.id}"),
                "socket-errors": watch("ExecutionError", "ApiId", "${aws_apigatewayv2_api.prices.id}"),
                "socket-latency": watch("IntegrationLatency", "ApiId", "${aws_apigatewayv2_api.prices.id}"),
            },
        }
    },
)
