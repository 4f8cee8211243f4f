"""The price table: dated, with sources, and refused when it is not."""

from __future__ import annotations

import re

import pytest

from planproof.cost.prices import load, parse
from planproof.errors import UserError

HEADER = "service,sku,unit,region,usd,grade,as_of,source"


def test_every_price_says_where_and_when_it_was_read() -> None:
    """A price without a source cannot be checked, and one without a date cannot be trusted."""
    table = load().table

    assert len(table) > 150
    for price in table.values():
        assert len(price.source) > 10, price
        assert re.fullmatch(r"unknown|20\d\d-\d\d(-\d\d)?", price.as_of), price
        assert re.fullmatch(r"[a-z]{2}-[a-z]+-\d", price.region), price


@pytest.mark.parametrize(
    ("service", "sku", "usd"),
    [
        ("ecs-fargate", "linux-x86.vcpu-hour", "0.04048"),
        ("alb", "hour", "0.0252"),
        ("nat-gateway", "hour", "0.048"),
        ("rds-postgres", "db.t4g.micro.single-az", "0.017"),
        ("cloudwatch-logs", "ingest.gb", "0.57"),
        ("secretsmanager", "secret-month", "0.4"),
    ],
)
def test_prices_of_our_region_come_from_the_price_list(service: str, sku: str, usd: str) -> None:
    """What most of the bill is made of is of grade A in eu-west-1."""
    price = load().find(service, sku, "eu-west-1")

    assert price is not None
    assert (str(price.usd), price.grade) == (usd, "A")


def test_a_price_of_another_region_is_not_used() -> None:
    """A proxy has a price in us-east-1 and none in eu-west-1: there it is unknown."""
    prices = load()

    assert prices.find("rds-proxy", "vcpu-hour", "eu-west-1") is None
    assert [p.region for p in prices.elsewhere("rds-proxy", "vcpu-hour")] == ["us-east-1", "us-west-2"]


def test_every_bad_line_is_named_at_once() -> None:
    """Whoever keeps the table sees all that is wrong with it, with line numbers."""
    lines = [
        HEADER,
        "alb,hour,ALB-hour,eu-west-1,0.0252,A,2026-09-06,here",
        "alb,hour,ALB-hour,eu-west-1,0.03,A,2026-09-06,there",
        "alb,lcu,LCU-hour,eu-west-1,cheap,A,2026-09-06,here",
        "alb,lcu,LCU-hour,eu-west-1,-1,A,2026-09-06,here",
        "alb,lcu,LCU-hour,eu-west-1,1,E,2026-09-06,here",
        "alb,lcu,LCU-hour,eu-west-1,1,A,2026-09-06,",
    ]

    with pytest.raises(UserError) as error:
        parse(lines, "prices.csv")

    assert str(error.value) == (
        "prices.csv cannot be used\n"
        "  line 3: alb hour eu-west-1 is there twice\n"
        "  line 4: usd: expected a number, got cheap\n"
        "  line 5: usd: expected zero or more, got -1\n"
        "  line 6: grade: expected A, B, C or D, got E\n"
        "  line 7: source is missing\n"
        "\n"
        "hint: each price needs one line with its source"
    )


def test_other_columns_are_refused() -> None:
    """A table of another shape is not read as if it were ours."""
    with pytest.raises(UserError) as error:
        parse(["service,price"], "prices.csv")

    assert str(error.value) == (
        "prices.csv cannot be used\n"
        f"  line 1: expected the columns {HEADER.replace(',', ', ')}, got service, price\n"
        "\n"
        "hint: put the columns in this order"
    )
