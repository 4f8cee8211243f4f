"""What a plan adds to a configuration: what is, what will be, and what will be gone."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import Document, Sensitive, Unknown, parse
from planproof.errors import UserError


def change(address: str, actions: list[str], **change: Any) -> dict[str, Any]:
    """One entry of `resource_changes`."""
    kind, name = address.split("[", maxsplit=1)[0].split(".")
    return {"address": address, "mode": "managed", "type": kind, "name": name, "change": {"actions": actions, **change}}


def plan(*changes: dict[str, Any], **sections: Any) -> Document:
    """A plan of these changes."""
    raw = {"format_version": "1.2", "resource_changes": list(changes), **sections}
    return parse(raw, name="staging", source="plan.json")


def test_actions_and_prior_values_are_kept() -> None:
    """A review needs to know what a change replaces."""
    document = plan(
        change("aws_kms_key.a", ["update"], before={"description": "old"}, after={"description": "new"}),
        change("aws_kms_key.b", ["delete"], before={"description": "gone"}, after=None),
        change("aws_kms_key.c", ["delete", "create"], before={"description": "x"}, after={"description": "y"}),
    )

    assert [(each.address, each.actions, each.get("description")) for each in document.resources] == [
        ("aws_kms_key.a", ("update",), "new"),
        ("aws_kms_key.c", ("delete", "create"), "y"),
    ]
    assert document.resources[0].before == {"description": "old"}
    assert [(each.address, each.get("description")) for each in document.removed] == [("aws_kms_key.b", "gone")]


def test_unknown_parts_are_marked_one_by_one() -> None:
    """One unknown port does not hide its neighbours."""
    document = plan(
        change(
            "aws_security_group.web",
            ["create"],
            after={"ingress": [{"from_port": 443}, {"from_port": 80}], "name": "web"},
            after_unknown={"ingress": [{"cidr": True}, {}], "id": True},
            after_sensitive={"name": True},
        ),
    )
    group = document.resources[0]

    assert group.get("ingress.0.from_port") == 443
    assert isinstance(group.get("ingress.0.cidr"), Unknown)
    assert group.get("ingress.1.cidr") is None
    assert isinstance(group.get("name"), Sensitive)
    assert isinstance(group.get("id"), Unknown)


def test_a_known_value_leads_to_its_owner() -> None:
    """In an update the arn is known and locals are not shown; the arn's owner is found all the same."""
    arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
    document = plan(
        change("aws_kms_key.data", ["no-op"], after={"arn": arn, "key_id": "1", "id": "1"}),
        change("aws_sqs_queue.work", ["update"], after={"kms_master_key_id": arn, "name": "work"}),
        configuration={
            "root_module": {
                "resources": [
                    {
                        "mode": "managed",
                        "type": "aws_sqs_queue",
                        "name": "work",
                        "expressions": {"kms_master_key_id": {"references": ["local.key"]}},
                    }
                ]
            }
        },
    )

    target = document.target(document.of("aws_sqs_queue")[0], "kms_master_key_id")
    assert target is document.resource("aws_kms_key.data")


def test_a_name_shared_by_two_types_is_not_guessed() -> None:
    """A cluster and a service called alike: the attribute's own name decides, or nothing does."""
    document = plan(
        change("aws_ecs_cluster.main", ["no-op"], after={"name": "payments", "arn": "arn:1234"}),
        change("aws_ecs_service.api", ["no-op"], after={"name": "payments", "cluster": "payments"}),
        change("aws_thing.x", ["no-op"], after={"label": "payments"}),
    )

    service, thing = document.of("aws_ecs_service")[0], document.of("aws_thing")[0]
    assert document.target(service, "cluster") is document.of("aws_ecs_cluster")[0]
    assert document.targets(service, "name") == ()
    assert document.targets(thing, "label") == ()


def test_each_key_pairs_instances() -> None:
    """`aws_eip.nat[each.key]` of the instance "a" is the address "a", not all of them."""
    keys = ("a", "b")
    changes = [
        {**change(f'{kind}["{key}"]', ["create"], after={}, after_unknown={"allocation_id": True}), "index": key}
        for kind in ("aws_eip.nat", "aws_nat_gateway.nat")
        for key in keys
    ]
    references = ["aws_eip.nat", "each.key"]
    node = {
        "mode": "managed",
        "type": "aws_nat_gateway",
        "name": "nat",
        "expressions": {"allocation_id": {"references": references}},
        "for_each_expression": {},
    }
    document = plan(*changes, configuration={"root_module": {"resources": [node]}})

    for key, gateway in zip(keys, document.of("aws_nat_gateway"), strict=True):
        target = document.target(gateway, "allocation_id")
        assert target is document.resource(f'aws_eip.nat["{key}"]')


def test_provider_settings_are_read() -> None:
    """The account guard of a provider is judged in a plan as in a configuration."""
    written = {
        "provider_config": {
            "aws": {
                "name": "aws",
                "expressions": {
                    "region": {"constant_value": "eu-central-1"},
                    "allowed_account_ids": {"constant_value": ["123456789012"]},
                    "default_tags": [{"tags": {"constant_value": {"Project": "payments"}}}],
                    "assume_role": [{"role_arn": {"references": ["var.role"]}}],
                },
            },
            "module.x:aws": {"name": "aws", "module_address": "module.x"},
        }
    }
    (provider,) = plan(configuration=written).of("provider")

    assert provider.get("region") == "eu-central-1"
    assert provider.get("allowed_account_ids") == ["123456789012"]
    assert provider.get("default_tags.tags") == {"Project": "payments"}
    assert isinstance(provider.get("assume_role.role_arn"), Unknown)


def test_a_deferred_part_is_said() -> None:
    """A plan that is not complete is judged, and says that it is not complete."""
    document = plan(change("aws_kms_key.a", ["create"], after={}), complete=False)

    assert document.notes == ("plan.json: the plan is not complete; Terraform deferred a part of it",)


def test_a_plan_that_failed_is_refused() -> None:
    """Terraform writes a plan even when planning stopped at an error."""
    with pytest.raises(UserError, match="the plan stopped at an error"):
        plan(errored=True)
