"""Changes to who may do what."""

from __future__ import annotations

from tests.review.generate.change import BLOCKED, HUMAN, SAFE, change
from tests.review.generate.stack import Stack

SEND = "payments/task/task-role/grants/send-receipts"
SEND_ADDRESS = "aws_iam_role_policy.payments_task_task-role_grants_send-receipts"
ROLE = "aws_iam_role.payments_task_task-role"
DEPLOY = "aws_iam_role.identity_deploy"


@change(HUMAN, ("access-widened", SEND_ADDRESS))
def payments_may_do_everything(stack: Stack) -> None:
    """The role of the payments tasks is allowed every action on everything."""
    with stack.policy(SEND) as statements:
        statements[0].update({"Action": ["*"], "Resource": ["*"]})


@change(HUMAN, ("access-widened", SEND_ADDRESS))
def payments_may_use_every_queue(stack: Stack) -> None:
    """The role of the payments tasks may send to every queue, not only to that of the receipts."""
    with stack.policy(SEND) as statements:
        statements[0]["Resource"] = ["*"]


@change(HUMAN, ("access-widened", SEND_ADDRESS))
def payments_may_pass_any_role(stack: Stack) -> None:
    """The role of the payments tasks may hand any role to a service: the way to become administrator."""
    with stack.policy(SEND) as statements:
        statements.append({"Sid": "Pass", "Effect": "Allow", "Action": ["iam:PassRole"], "Resource": ["*"]})


@change(SAFE, ("access-narrowed", SEND_ADDRESS))
def payments_asks_the_queue_nothing(stack: Stack) -> None:
    """The role of the payments tasks may send receipts, but no longer read the queue's attributes."""
    with stack.policy(SEND) as statements:
        statements[0]["Action"] = ["sqs:SendMessage"]


@change(HUMAN, ("access-widened", ROLE))
def another_account_becomes_payments(stack: Stack) -> None:
    """Another account may take the role of the payments tasks."""
    _trust(stack, "payments/task/task-role/role", {"AWS": "arn:aws:iam::444444444444:root"})


@change(BLOCKED, ("access-widened", ROLE))
def anyone_becomes_payments(stack: Stack) -> None:
    """Any AWS account may take the role of the payments tasks."""
    _trust(stack, "payments/task/task-role/role", {"AWS": "*"})


@change(HUMAN, ("access-widened", DEPLOY))
def any_branch_deploys(stack: Stack) -> None:
    """Every branch and pull request of the repository may take the deployment's role, not its environment only."""
    with stack.policy("identity/deploy", "assume_role_policy") as statements:
        condition = statements[0]["Condition"]
        wanted = condition["StringEquals"].pop("token.actions.githubusercontent.com:sub")
        repository = wanted.split(":environment:")[0]
        condition["StringLike"] = {"token.actions.githubusercontent.com:sub": f"{repository}:*"}


@change(HUMAN, ("protection-removed", ROLE), ("access-widened", ROLE))
def payments_loses_its_boundary(stack: Stack) -> None:
    """No permission boundary limits the role of the payments tasks."""
    stack.without("payments/task/task-role/role", "permissions_boundary")


@change(
    HUMAN,
    ("access-widened", "aws_iam_policy.boundary_policy"),
    ("protection-removed", "aws_iam_policy.boundary_policy"),
)
def boundary_lets_roles_be_changed(stack: Stack) -> None:
    """The boundary of all roles no longer denies changes to who may do what."""
    with stack.policy("boundary/policy") as statements:
        statements[:] = [item for item in statements if item["Sid"] != "NeverChangeWhoMayDoWhat"]


@change(HUMAN, ("access-widened", "aws_iam_role_policy_attachment.ledger_administrator"))
def ledger_becomes_administrator(stack: Stack) -> None:
    """The policy AdministratorAccess is attached to the role of the ledger's tasks."""
    stack.add(
        "aws_iam_role_policy_attachment",
        "ledger_administrator",
        role=f"${{{stack.address('ledger/task/task-role/role')}.name}}",
        policy_arn="arn:aws:iam::aws:policy/AdministratorAccess",
    )


@change(SAFE, ("access-narrowed", "aws_iam_role_policy_attachment.identity_data-attached"))
def deployment_may_not_touch_data(stack: Stack) -> None:
    """The policy for databases and caches is detached from the deployment's role."""
    stack.remove("identity/data-attached")


def _trust(stack: Stack, path: str, principal: dict[str, str]) -> None:
    with stack.policy(path, "assume_role_policy") as statements:
        statements.append(
            {"Sid": "Others", "Effect": "Allow", "Principal": principal, "Action": ["sts:AssumeRole"]},
        )
