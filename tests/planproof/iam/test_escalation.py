"""Escalation paths are found across roles, named, and not invented."""

from __future__ import annotations

import pytest

from planproof.document import parse
from planproof.iam.escalation import paths
from tests.planproof.iam.accounts import Statement, account, allow, deny, role_arn, text, trusts

TASKS = trusts("Service", "ecs-tasks.amazonaws.com")
LAMBDAS = trusts("Service", "lambda.amazonaws.com")
PERSON = trusts("AWS", "arn:aws:iam::111111111111:root")
EVERYTHING = [allow("*")]


def named(*statements: Statement) -> list[str]:
    """The paths of a role `start` beside a role `owner` that may do everything and that tasks can have."""
    document = account({"start": (PERSON, list(statements)), "owner": (TASKS, EVERYTHING)})
    return [str(path) for path in paths(document)]


@pytest.mark.parametrize(
    ("action", "method"),
    [
        ("iam:PutRolePolicy", "iam-012"),
        ("iam:AttachRolePolicy", "iam-009"),
        ("iam:CreateAccessKey", "iam-004"),
        ("iam:UpdateLoginProfile", "iam-006"),
        ("iam:PutGroupPolicy", "iam-011"),
    ],
)
def test_rewriting_grants_is_a_path(action: str, method: str) -> None:
    """Whoever may write permissions has all of them."""
    (path,) = named(allow(action))

    assert path.startswith(f"aws_iam_role.start --{action} ({method})--> ")


def test_wildcards_hide_nothing() -> None:
    """`iam:*Role*` contains PutRolePolicy, however it is spelt."""
    assert named(allow("IAM:*role*", role_arn("*")))


@pytest.mark.parametrize(
    "statements",
    [
        [allow("ecs:UpdateService"), allow("iam:PutRolePolicy", role_arn("other"))],
        [allow("iam:PutRolePolicy"), deny("iam:*")],
        [
            allow(
                "iam:PutRolePolicy", Condition={"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::1:policy/b"}}
            )
        ],
        [allow(["iam:PassRole"], role_arn("owner")), allow("ecs:RunTask")],
        [allow("iam:PassRole", "*"), allow(["lambda:UpdateFunctionCode"], "*")],
        [
            allow(
                "iam:PassRole",
                role_arn("owner"),
                Condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
            ),
            allow(["ecs:RegisterTaskDefinition", "ecs:RunTask"]),
        ],
    ],
    ids=["another-role", "denied", "boundary", "half-a-method", "nothing-to-run", "other-service"],
)
def test_what_leads_nowhere_is_not_reported(statements: list[Statement]) -> None:
    """A false alarm of this severity teaches people to ignore it."""
    assert named(*statements) == []


def test_passed_role_is_a_path() -> None:
    """Starting a task with a role of full power is having that power; the actions and the method are named."""
    found = named(allow("iam:PassRole", role_arn("owner")), allow(["ecs:RegisterTaskDefinition", "ecs:RunTask"]))

    assert found == [
        "aws_iam_role.start --iam:PassRole + ecs:RegisterTaskDefinition + ecs:RunTask (ecs-004)--> aws_iam_role.owner"
    ]


def test_a_deployment_of_bounded_roles_is_no_path() -> None:
    """A deploy role must pass the roles of its services; that they are small makes it safe."""
    deploy = [
        allow("iam:PassRole", role_arn("service")),
        allow(["ecs:RegisterTaskDefinition", "ecs:UpdateService"]),
    ]
    document = account({"deploy": (PERSON, deploy), "service": (TASKS, [allow("sqs:SendMessage")])})

    assert paths(document) == ()


def test_chain_over_two_roles_is_named_step_by_step() -> None:
    """Nobody sees a path over three roles by reading policies one at a time."""
    document = account(
        {
            "reader": (PERSON, [allow("sts:AssumeRole", role_arn("builder"))]),
            "builder": (
                trusts("AWS", role_arn("reader")),
                [allow("iam:PassRole", role_arn("writer")), allow(["lambda:CreateFunction", "lambda:InvokeFunction"])],
            ),
            "writer": (LAMBDAS, [allow("iam:PutUserPolicy")]),
        }
    )
    found = {path.role.resource.name: str(path) for path in paths(document)}

    assert found["reader"] == (
        "aws_iam_role.reader --sts:AssumeRole (sts-001)--> aws_iam_role.builder, then "
        "aws_iam_role.builder --iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction (lambda-001)--> "
        "aws_iam_role.writer, then "
        "aws_iam_role.writer --iam:PutUserPolicy (iam-010)--> any permission, written into a user"
    )
    assert set(found) == {"reader", "builder", "writer"}


def test_trust_is_needed_on_the_other_side() -> None:
    """A role that does not trust the caller cannot be assumed, whatever the caller may do."""
    document = account(
        {"start": (PERSON, [allow("sts:AssumeRole")]), "owner": (trusts("AWS", role_arn("boss")), EVERYTHING)}
    )

    assert paths(document) == ()


def test_changing_the_trust_of_another_role_is_a_path() -> None:
    """Whoever may say who assumes a role assumes it."""
    (path,) = named(allow("iam:UpdateAssumeRolePolicy", role_arn("owner")))

    assert path == "aws_iam_role.start --iam:UpdateAssumeRolePolicy (iam-014)--> aws_iam_role.owner"


def test_own_managed_policy_can_be_rewritten() -> None:
    """A new version of the policy that one has is a new set of permissions."""
    raw = {
        "resource": {
            "aws_iam_role": {"start": {"name": "start", "assume_role_policy": text(PERSON)}},
            "aws_iam_policy": {
                "own": {"name": "own", "policy": text(allow("iam:CreatePolicyVersion", "arn:aws:iam::*:policy/own"))}
            },
            "aws_iam_role_policy_attachment": {
                "own": {"role": "${aws_iam_role.start.name}", "policy_arn": "${aws_iam_policy.own.arn}"}
            },
        }
    }

    (path,) = paths(parse(raw, name="dev", source="test"))

    assert "iam:CreatePolicyVersion (iam-001)" in str(path)


def test_boundary_cuts_the_path() -> None:
    """A permission boundary without IAM makes a careless policy harmless."""
    raw = {
        "resource": {
            "aws_iam_role": {
                "start": {
                    "name": "start",
                    "assume_role_policy": text(PERSON),
                    "permissions_boundary": "${aws_iam_policy.edge.arn}",
                }
            },
            "aws_iam_policy": {"edge": {"name": "edge", "policy": text(allow("sqs:*"))}},
            "aws_iam_role_policy": {"p": {"role": "${aws_iam_role.start.name}", "policy": text(allow("iam:*"))}},
        }
    }

    assert paths(parse(raw, name="dev", source="test")) == ()


def test_code_that_already_runs_with_the_role_is_a_door() -> None:
    """Replacing the code of a function is being the function."""
    function = {"f": {"function_name": "f", "role": "${aws_iam_role.owner.arn}"}}
    document = account(
        {"start": (PERSON, [allow("lambda:UpdateFunctionCode")]), "owner": (LAMBDAS, EVERYTHING)},
        aws_lambda_function=function,
    )

    assert [str(p) for p in paths(document)] == [
        "aws_iam_role.start --lambda:UpdateFunctionCode (lambda-003)--> aws_iam_role.owner"
    ]


def test_a_role_that_does_not_trust_the_service_cannot_be_run_by_it() -> None:
    """Passing a role of EC2 to a task fails at AWS, so it is no path."""
    start = [allow("iam:PassRole", role_arn("owner")), allow(["ecs:RegisterTaskDefinition", "ecs:RunTask"])]
    machines = trusts("Service", "ec2.amazonaws.com")

    document = account({"start": (PERSON, start), "owner": (machines, EVERYTHING)})

    assert paths(document) == ()
