"""No alarm watches the errors of a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import ALARM, Vital, unwatched, unwatching, watching
from planproof.rule import Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SPACE: Final = "AWS/Lambda"
VITALS: Final = (Vital("Errors", SPACE), Vital("Throttles", SPACE))


def check(function: Resource, document: Document) -> Iterator[Outcome]:
    """What it fails at, and what it is too busy to begin."""
    yield from unwatched(function, document, VITALS, "function_name")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_lambda_function",),
    why="Refunds fail one by one, each retried twice and dropped, and no server looks broken.",
    fix="Add an alarm on Errors and one on Throttles, each with the dimension FunctionName.",
    docs="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=unwatching(VITALS, {"FunctionName": "another"}),
    specimen={
        "resource": {
            "aws_lambda_function": {"refund": {"function_name": "refund"}},
            ALARM: watching(VITALS, {"FunctionName": "${aws_lambda_function.refund.function_name}"}),
        }
    },
)
