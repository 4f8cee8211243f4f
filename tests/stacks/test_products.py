"""Another product on the same platform: what it does not have leaves nothing behind, and nothing points to it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from planproof.document import Document, load
from tests.conftest import ROOT
from tests.stacks.products import PRODUCTS
from tests.stacks.test_validate import validated

Stacks = dict[str, dict[str, Any]]

REFERENCE = re.compile(r"\$\{((?:data\.)?aws_\w+\.[\w-]+)")
WAYS_IN = (
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_target_group",
    "aws_acm_certificate",
    "aws_wafv2_web_acl",
    "aws_route53_record",
)
WITNESSES = (
    *("aws_cloudtrail", "aws_cloudwatch_log_metric_filter", "aws_guardduty_detector", "aws_securityhub_account"),
    *("aws_config_configuration_recorder", "aws_accessanalyzer_analyzer", "aws_inspector2_enabler"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stacks of every product, synthesised in one process."""
    made = tmp_path_factory.mktemp("products")
    command = [sys.executable, "-m", "tests.stacks.products", str(made)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return made / "cdktf.out"


@pytest.fixture(scope="module")
def products(folder: Path) -> dict[str, Document]:
    """Every product as planproof reads it, by the environment that it is in."""
    return {document.name: document for document in load(folder)}


def text_of(folder: Path, name: str) -> str:
    """The synthesised JSON of a product."""
    return (folder / "stacks" / name / "cdk.tf.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PRODUCTS)
def test_nothing_points_to_what_is_left_out(name: str, folder: Path) -> None:
    """A product without a cache, a queue or a way in can be planned: every reference leads somewhere."""
    text = text_of(folder, name)
    raw = json.loads(text)
    there = {f"{kind}.{one}" for kind, named in raw["resource"].items() for one in named}
    there |= {f"data.{kind}.{one}" for kind, named in raw.get("data", {}).items() for one in named}

    assert set(REFERENCE.findall(text)) <= there


@pytest.mark.slow
@pytest.mark.parametrize("name", PRODUCTS)
def test_terraform_accepts_the_product(name: str, folder: Path, tmp_path: Path) -> None:
    """Nor does the provider miss anything: no empty list where it wants one entry at least."""
    said = validated(folder / "stacks" / name, tmp_path)

    assert (said["valid"], said["diagnostics"]) == (True, [])


def test_two_public_services_have_a_rule_each(products: dict[str, Document]) -> None:
    """Each path leads to its own service, and no two rules have one priority, which AWS refuses."""
    rules = products["dev"].of("aws_lb_listener_rule")
    leads = {
        str(rule.get("condition.0.path_pattern.values.0")): products["dev"].target(rule, "action.0.target_group_arn")
        for rule in rules
    }

    assert {path: str(group and group.get("name")) for path, group in leads.items()} == {
        "/shop/*": "payflow-shop-dev",
        "/stock/*": "payflow-stock-dev",
    }
    assert Counter(rule.get("priority") for rule in rules).most_common(1)[0][1] == 1


def test_without_nat_nothing_leads_out(products: dict[str, Document]) -> None:
    """Tasks that call nobody outside have no way there: only the public tier has a route to the internet."""
    routes = [route for route in products["dev"].of("aws_route") if route.get("destination_cidr_block") == "0.0.0.0/0"]

    assert products["dev"].of("aws_nat_gateway", "aws_eip") == ()
    assert {route.origin.split("/")[2] for route in routes} == {"public"}


@pytest.mark.parametrize("name", [name for name, (queues, *_) in PRODUCTS.items() if not queues])
def test_without_a_queue_there_is_none(name: str, products: dict[str, Document]) -> None:
    """Nothing waits for messages that nobody sends."""
    assert products[name].of("aws_sqs_queue", "aws_sqs_queue_redrive_allow_policy") == ()


def test_nothing_public_means_no_way_in(products: dict[str, Document], folder: Path) -> None:
    """Without a public service there is no load balancer to pay, to patch and to attack."""
    assert products["staging"].of(*WAYS_IN) == ()
    assert [name for name in json.loads(text_of(folder, "staging"))["output"] if "balancer" in name] == []


def test_witnesses_of_another_stack_are_left_to_it(products: dict[str, Document]) -> None:
    """What exists once in an account is not made a second time, and no alarm counts what nobody writes."""
    counted = [alarm.get("namespace") for alarm in products["staging"].of("aws_cloudwatch_metric_alarm")]

    assert products["staging"].of(*WITNESSES) == ()
    assert [namespace for namespace in counted if str(namespace).endswith("/trail")] == []


@pytest.mark.parametrize(("name", "callers"), [("dev", {"payflow-shop-dev"}), ("staging", set()), ("prod", set())])
def test_only_who_calls_the_cache_has_a_user_there(name: str, callers: set[str], products: dict[str, Document]) -> None:
    """Nobody can log in who has no reason to."""
    assert {user.get("user_name") for user in products[name].of("aws_elasticache_user")} == callers


def test_a_worker_scales_on_each_of_its_queues(products: dict[str, Document]) -> None:
    """A full queue gets tasks even when the other is empty."""
    path = "target_tracking_scaling_policy_configuration.0.customized_metric_specification.0.metrics.0"
    dimension = f"{path}.metric_stat.0.metric.0.dimensions.0.value"
    watched = {
        str(policy.get("name")): products["staging"].target(policy, dimension)
        for policy in products["staging"].of("aws_appautoscaling_policy")
        if policy.origin.startswith("staging/mailer/") and "messages" in str(policy.get("name"))
    }

    assert {name: str(queue and queue.get("name")) for name, queue in watched.items()} == {
        "messages": "payflow-orders-staging",
        "messages-returns": "payflow-returns-staging",
    }
