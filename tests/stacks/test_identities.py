"""Who may do what: each role its own, each permission named."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planproof.document import Document, Resource

ENVIRONMENTS = ("dev", "staging", "prod")
SERVICES = ("payments", "ledger", "notifications")

TASK_ROLES = {
    "payments": {"connect-cache", "connect-DATABASE", "send-receipts"},
    "ledger": {"connect-DATABASE"},
    "notifications": {"receive-receipts"},
}


def grants(document: Document, role: str) -> set[str]:
    """The sentences that gave this role its permissions."""
    prefix = f"{document.name}/{role}/grants/"
    return {
        policy.origin.removeprefix(prefix)
        for policy in document.of("aws_iam_role_policy")
        if policy.origin.startswith(prefix)
    }


def parsed(resource: Resource, path: str) -> dict[str, Any]:
    """A policy document whose structure is known."""
    policy = resource.policy(path)
    assert isinstance(policy, dict)
    return policy


def statements(document: Document) -> list[tuple[str, dict[str, Any]]]:
    """Every statement of every role's own policies, with where it stands."""
    return [
        (policy.origin, statement)
        for policy in document.of("aws_iam_role_policy")
        for statement in parsed(policy, "policy")["Statement"]
    ]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("service", SERVICES)
def test_code_and_starter_are_different_roles(service: str, environment: str, documents: dict[str, Document]) -> None:
    """Code that is taken over cannot read what only the start of a task may read."""
    document = documents[environment]
    (task,) = [
        one for one in document.of("aws_ecs_task_definition") if one.origin.startswith(f"{environment}/{service}/")
    ]
    role, execution = document.target(task, "task_role_arn"), document.target(task, "execution_role_arn")

    assert role is not None
    assert execution is not None
    assert role.origin == f"{environment}/{service}/task/task-role/role"
    assert execution.origin == f"{environment}/{service}/task/execution-role/role"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("service", SERVICES)
def test_code_may_do_what_its_sentences_say(service: str, environment: str, documents: dict[str, Document]) -> None:
    """The notifications worker cannot log in to the ledger, and the ledger cannot write to the queue."""
    databases = ("database-proxy", "database-readers") if environment == "prod" else ("database",)
    expected = {name.replace("DATABASE", database) for name in TASK_ROLES[service] for database in databases}

    assert grants(documents[environment], f"{service}/task/task-role") == expected


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_no_role_may_do_everything(environment: str, documents: dict[str, Document]) -> None:
    """A wildcard is a permission nobody thought about; only two calls of AWS know no resource."""
    broad = {
        origin.removeprefix(f"{environment}/")
        for origin, statement in statements(documents[environment])
        if any(action.endswith("*") for action in statement["Action"])
        or any(isinstance(one, str) and one == "*" for one in statement["Resource"])
    }

    logins = {f"{service}/task/execution-role/grants/log-in-ecr" for service in SERVICES}
    assert broad == logins | {"flow-log/writer/grants/find-log-groups"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_service_role_is_bounded(environment: str, documents: dict[str, Document]) -> None:
    """Whatever a later policy says, a running service never changes who may do what."""
    document = documents[environment]
    unbounded = {
        role.origin.removeprefix(f"{environment}/")
        for role in document.of("aws_iam_role")
        if document.target(role, "permissions_boundary") is None
    }

    assert unbounded == {"identity/deploy", "identity/plan"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nothing_is_attached_that_aws_manages(environment: str, documents: dict[str, Document]) -> None:
    """AWS changes its managed policies; ours change in a diff."""
    document = documents[environment]

    assert all(document.target(one, "policy_arn") is not None for one in document.of("aws_iam_role_policy_attachment"))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_only_the_deployment_of_this_environment_deploys(environment: str, documents: dict[str, Document]) -> None:
    """A branch or another repository cannot become the deployer of prod."""
    (role,) = [one for one in documents[environment].of("aws_iam_role") if one.origin.endswith("identity/deploy")]
    (statement,) = parsed(role, "assume_role_policy")["Statement"]

    assert statement["Condition"]["StringEquals"] == {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": f"repo:payflow/platform:environment:{environment}",
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_policies_fit_the_limits_of_iam(environment: str, synthesized: dict[str, dict[str, Any]]) -> None:
    """A managed policy over 6,144 characters or a role with over ten of them fails at apply, not before."""
    resources = synthesized[environment]["resource"]
    sizes = [len(re.sub(r"\s", "", policy["policy"])) for policy in resources["aws_iam_policy"].values()]

    assert max(sizes) <= 6144
    assert len(resources["aws_iam_role_policy_attachment"]) <= 10
