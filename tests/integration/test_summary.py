"""What a person is shown after a deployment."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from rich.console import Console

from delivery import summary

Client = Callable[[str], Any]


def test_the_summary_tells_what_is_there(aws: Client, outputs: dict[str, str]) -> None:
    """The person who deployed sees that the parts a payment needs are there, asked of AWS and not of the JSON."""
    rows = dict(summary.rows(outputs, aws))

    assert rows["network"] == f"{outputs['vpc_id']}, 9 subnets in 3 zones"
    assert rows["database"] == "payflow-database-staging, db.t4g.medium, Multi-AZ"
    assert rows["cache"] == "payflow-cache-staging, 2 nodes of cache.t4g.medium"
    assert rows["entrance"] == outputs["load_balancer_dns_name"]
    assert rows["alarms"].endswith(" alarms to payflow-alerts-staging")
    assert int(rows["alarms"].split()[0]) > 20


def test_the_summary_fits_a_terminal(
    deployment: tuple[dict[str, str], str | None],
) -> None:
    """It is read in a terminal of 80 columns and in a ticket: plain characters, no line longer."""
    outputs, url = deployment
    screen = io.StringIO()

    summary.show(outputs, url, Console(file=screen, width=80))

    text = screen.getvalue()
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 80
    assert "payflow-payments-staging, 2 tasks" in text
