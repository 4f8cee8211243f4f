"""`planproof cost`: what people, merge requests and programs read."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from planproof.cli import main
from planproof.cli.cost import COMMAND

KEYS = {"data": {"enable_key_rotation": True}, "logs": {}}
DEV: dict[str, Any] = {
    "provider": {"aws": [{"region": "eu-west-1"}]},
    "resource": {"aws_nat_gateway": {"a": {}}, "aws_kms_key": KEYS, "aws_cloudwatch_dashboard": {"d": {}}},
}
PROD: dict[str, Any] = {
    "provider": {"aws": [{"region": "eu-west-1"}]},
    "resource": {"aws_nat_gateway": {"a": {}, "b": {}}, "aws_kms_key": KEYS},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cdktf.out of two environments."""
    for name, raw in (("dev", DEV), ("prod", PROD)):
        stack = tmp_path / "cdktf.out" / "stacks" / name
        stack.mkdir(parents=True)
        (stack / "cdk.tf.json").write_text(json.dumps({"//": {"metadata": {"stackName": name}}, **raw}))
    stacks = {name: {"name": name, "synthesizedStackPath": f"stacks/{name}/cdk.tf.json"} for name in ("dev", "prod")}
    (tmp_path / "cdktf.out" / "manifest.json").write_text(json.dumps({"version": "0.21.0", "stacks": stacks}))
    return tmp_path / "cdktf.out"


def run(*arguments: str) -> str:
    """The command's output."""
    done = CliRunner().invoke(COMMAND, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_text_says_all_that_the_total_leaves_out(folder: Path) -> None:
    """A reader sees the sum, what it is made of, what has no price and what depends on use."""
    assert run(str(folder), "--environment", "dev") == (
        "dev (eu-west-1): 37.04 USD a month, up to 39.04 when all that scales is at its limit\n"
        "\n"
        "    USD  what          of them  quantity         at  price of\n"
        "  35.04  NAT gateway         1  730 NAT-hour  0.048  2026-09-06 (A)\n"
        "   2.00  customer key        2  2 key-month       1  unknown (C)\n"
        "\n"
        "  no price known, not in the total:\n"
        "    aws_cloudwatch_dashboard.d: dashboard: cloudwatch dashboard-month is not priced in eu-west-1"
        " (3 USD in us-east-1)\n"
        "\n"
        "  billed by use, not estimated:\n"
        "    1 x NAT traffic: GB processed\n"
        "    2 x key requests: requests\n"
        "\n"
        "On demand, 730 hours, before tax, discounts, credits and free tiers.\n"
        "What is billed by use is not estimated and not in the total.\n"
        "Price grades: A AWS Price List, B a maintained estimator's test data, C another public page, D derived.\n"
    )


def test_environments_stand_side_by_side(folder: Path) -> None:
    """Why prod costs more than dev is seen at a glance."""
    text = run(str(folder))

    assert (
        "USD a month     dev   prod\n"
        "NAT gateway   35.04  70.08\n"
        "customer key   2.00   2.00\n"
        "total         37.04  72.08\n"
        "at its limit  39.04  74.08\n"
    ) in text


def test_json_adds_up(folder: Path) -> None:
    """A program can check the sum from its lines, without rounding."""
    found = json.loads(run(str(folder), "--format", "json"))

    assert [one["environment"] for one in found["environments"]] == ["dev", "prod"]
    for one in found["environments"]:
        lines = [Decimal(line["monthly"]) for line in one["lines"] if line["monthly"] is not None]
        assert sum(lines) == Decimal(one["monthly"])
        assert all(line["price"]["source"] for line in one["lines"] if line["kind"] == "priced")


def test_markdown_names_the_source_of_each_price(folder: Path) -> None:
    """Whoever reviews the change can look every price up."""
    text = run(str(folder), "--format", "markdown")

    assert "| USD a month | dev | prod |\n| --- | --- | --- |\n| NAT gateway | 35.04 | 70.08 |\n" in text
    assert "- nat-gateway hour, eu-west-1: 0.048 USD per NAT-hour, 2026-09-06. AWS Price List offer" in text


def test_output_goes_to_a_file(folder: Path, tmp_path: Path) -> None:
    """The estimate can be kept with the plan it belongs to; the same input gives the same bytes."""
    first, second = tmp_path / "first.md", tmp_path / "second.md"

    assert run(str(folder), "--format", "markdown", "--output", str(first)) == ""
    run(str(folder), "--format", "markdown", "--output", str(second))

    assert first.read_bytes() == second.read_bytes() != b""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--environment", "test"],
            "the cost cannot be estimated\n  test: no such environment\n\nhint: the environments are dev, prod\n",
        ),
        (
            ["--output", "/nowhere/x"],
            "/nowhere/x cannot be written\n  No such file or directory\n\nhint: name a file in a folder that exists\n",
        ),
    ],
)
def test_a_mistake_is_one_message(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """What was found and what to do, without a traceback, and exit code 2."""
    with pytest.raises(SystemExit) as stopped:
        main(["cost", str(folder), *arguments])

    assert stopped.value.code == 2
    assert capsys.readouterr().err == message
