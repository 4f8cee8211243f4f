"""The two sentences: who may connect to whom, and who may do what."""

from __future__ import annotations

import json
from typing import Any

import cdktf
import pytest
from cdktf import App, TerraformStack
from constructs import Construct

from messages import UserError
from modules.connections import Addresses, Connections
from modules.deployment import Deployment
from modules.grants import Access, Grants, Resource
from modules.key import Key

DEPLOYMENT = Deployment(
    project="payflow", environment="dev", account_id="111111111111", region="eu-west-1", protected=False
)
READ = Access("read", ("s3:GetObject",))


class Thing(Construct):
    """Something with a security group."""

    def __init__(self, scope: Construct, id: str, *ports: int) -> None:
        super().__init__(scope, id)
        self.connections = Connections(self, deployment=DEPLOYMENT, vpc_id="vpc-1", ports=ports)


@pytest.fixture
def stack() -> TerraformStack:
    """An empty stack."""
    return TerraformStack(App(), "stack")


def rules(stack: TerraformStack, kind: str) -> list[dict[str, Any]]:
    """The synthesized rules of a kind, without what does not matter here."""
    resources = json.loads(cdktf.Testing.synth(stack))["resource"].get(kind, {})
    return [
        {key: rule[key] for key in ("description", "from_port", "to_port", "ip_protocol")}
        for rule in resources.values()
    ]


def test_one_sentence_opens_both_halves_of_a_door(stack: TerraformStack) -> None:
    """Who may call may also go out, on the port the other listens on and on no other, with the reason on both."""
    caller, callee = Thing(stack, "caller"), Thing(stack, "callee", 5432)

    caller.connections.allow_to(callee, "read the ledger")

    expected = [{"description": "read the ledger", "from_port": 5432, "to_port": 5432, "ip_protocol": "tcp"}]
    assert rules(stack, "aws_vpc_security_group_egress_rule") == expected
    assert rules(stack, "aws_vpc_security_group_ingress_rule") == expected


def test_a_group_is_closed_until_a_sentence_opens_it(stack: TerraformStack) -> None:
    """A forgotten part is a closed part."""
    Thing(stack, "forgotten", 5432)

    assert rules(stack, "aws_vpc_security_group_egress_rule") == []
    assert rules(stack, "aws_vpc_security_group_ingress_rule") == []


def test_addresses_outside_open_one_half(stack: TerraformStack) -> None:
    """The internet has no security group of ours: only the side that is ours is written."""
    Addresses("internet", ports=(443,), cidr="0.0.0.0/0").allow_to(Thing(stack, "entrance", 80, 443), "customers call")

    assert [rule["from_port"] for rule in rules(stack, "aws_vpc_security_group_ingress_rule")] == [443, 80]
    assert rules(stack, "aws_vpc_security_group_egress_rule") == []


def test_a_caller_cannot_reach_what_listens_on_nothing(stack: TerraformStack) -> None:
    """A sentence the wrong way round is told as such."""
    worker, database = Thing(stack, "worker"), Thing(stack, "database", 5432)

    with pytest.raises(UserError) as error:
        database.connections.allow_to(worker, "notify")

    assert str(error.value) == (
        "database cannot be allowed to reach worker\n"
        "  worker listens on no port\n"
        "\n"
        "hint: if worker is the one that calls, swap the two names"
    )


def test_a_sentence_is_said_once(stack: TerraformStack) -> None:
    """Two reasons for one door would leave a reviewer with the question which one holds."""
    caller, callee = Thing(stack, "caller"), Thing(stack, "callee", 5432)
    caller.connections.allow_to(callee, "read the ledger")

    with pytest.raises(UserError) as error:
        caller.connections.allow_to(callee, "write the ledger")

    assert str(error.value) == (
        "caller: the connection to-callee is allowed twice\n"
        "  stack/caller/connections/to-callee exists\n"
        "\n"
        "hint: keep one of the two sentences, with one reason"
    )


def test_two_outsiders_have_nothing_to_open() -> None:
    """A sentence that would write nothing is an error, not silence."""
    internet = Addresses("internet", ports=(443,), cidr="0.0.0.0/0")
    s3 = Addresses("s3", ports=(443,), prefix_list_id="pl-1")

    with pytest.raises(UserError) as error:
        internet.allow_to(s3, "whatever")

    assert str(error.value) == (
        "internet cannot be allowed to reach s3\n"
        "  neither is part of this stack, so there is nothing to open\n"
        "\n"
        "hint: name a module of the stack as one of the two"
    )


def test_a_permission_brings_the_key_along(stack: TerraformStack) -> None:
    """Who may read an encrypted thing may decrypt it, with that key and no other."""
    key = Key(stack, "key", deployment=DEPLOYMENT, purpose="Test", deletion_window_days=7)
    grants = Grants(Construct(stack, "role"), role_name="reader")

    grants.allow(READ, Resource("receipts", ("arn:aws:s3:::receipts/*",), key), "print the receipts")

    (policy,) = json.loads(cdktf.Testing.synth(stack))["resource"]["aws_iam_role_policy"].values()
    assert json.loads(policy["policy"])["Statement"] == [
        {
            "Sid": "PrintTheReceipts",
            "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": ["arn:aws:s3:::receipts/*"],
        },
        {
            "Sid": "KeyOfReceipts",
            "Effect": "Allow",
            "Action": ["kms:Decrypt"],
            "Resource": ["${aws_kms_key.key_F64E54E4.arn}"],
        },
    ]


def test_a_permission_on_nothing_is_refused(stack: TerraformStack) -> None:
    """An empty list of resources must never become a permission on everything."""
    grants = Grants(Construct(stack, "role"), role_name="reader")

    with pytest.raises(UserError) as error:
        grants.allow(READ, Resource("receipts", ()), "print the receipts")

    assert str(error.value) == (
        "stack/role cannot be allowed to read receipts\n"
        "  receipts has no ARN, so the permission would be for everything\n"
        "\n"
        "hint: give receipts the ARNs it stands for"
    )
