"""What a deployment says when AWS has a resource that the state does not know."""

from __future__ import annotations

import pytest

from delivery.cdktf import explain

ROUTE = """
  Error: api error RouteAlreadyExists: Route in Route Table (rtb-1) with destination (0.0.0.0/0) already exists
    with aws_route.network_public_out-0_F931 (network/public/out-0),
    on cdk.tf.json line 4279, in resource.aws_route.network_public_out-0_F931 (network/public/out-0):
    4279:       },
"""
ROLE = """
  Error: creating IAM Role (payflow-ledger-task): operation error IAM: CreateRole, https response error StatusCode: 409,
  RequestID: 1, EntityAlreadyExists: Role with name payflow-ledger-task already exists.
    with aws_iam_role.services_ledger_task_AB12 (services/ledger/task),
"""
RULE = """
  Error: creating VPC Security Group Ingress Rule: InvalidPermission.Duplicate: the specified rule already exists
    with aws_vpc_security_group_ingress_rule.cache_from_payments_CD34 (cache/from-payments),
"""
OTHER = """
  Error: creating RDS DB Instance (payflow): InvalidParameterValue: too small
    with aws_db_instance.database_EF56 (database/instance),
"""


@pytest.mark.parametrize(
    ("output", "command"),
    [
        (ROUTE, "terraform import aws_route.network_public_out-0_F931 rtb-1_0.0.0.0/0"),
        (ROLE, "terraform import aws_iam_role.services_ledger_task_AB12 payflow-ledger-task"),
        (RULE, "terraform import aws_vpc_security_group_ingress_rule.cache_from_payments_CD34 ID"),
    ],
)
def test_a_resource_that_exists_already_is_told_with_the_command_that_adopts_it(output: str, command: str) -> None:
    """After an interrupted deployment nobody has to find out at night what Terraform forgot."""
    said = str(explain("staging", output, {})).splitlines()
    assert said[0] == "staging was not deployed: 1 of its resources exist already and are not in its state"
    assert said[1:3] == [f"  {command}", ""]
    assert said[3].startswith("hint: left by an interrupted deployment? run the above in cdktf.out/stacks/staging")


def test_each_resource_is_told_once_in_the_order_of_the_errors() -> None:
    """The errors of Terraform are repeated by cdktf; a person who copies the commands runs each once."""
    said = str(explain("prod", f"{ROLE}staging\n{ROUTE}staging\n{ROLE}", {})).splitlines()
    assert said[0] == "prod was not deployed: 2 of its resources exist already and are not in its state"
    assert [line.split()[2].split(".")[0] for line in said[1:3]] == ["aws_iam_role", "aws_route"]


@pytest.mark.parametrize("output", [ROUTE + OTHER, "Error: a bucket with that name already exists\n"])
def test_other_errors_are_not_taken_for_leftovers(output: str) -> None:
    """Advice to import would hide the error that has to be mended first."""
    said = str(explain("staging", output, {}))
    assert said.startswith("staging was not deployed\n")
    assert "terraform import" not in said
