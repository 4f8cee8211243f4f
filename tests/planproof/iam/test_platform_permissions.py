"""The platform's own roles: no path to power today, and one as soon as a safeguard of the deploy role is lost."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from planproof.document import Document, parse
from planproof.iam.escalation import paths
from planproof.iam.sufficiency import assignments, lacks

Raw = dict[str, Any]


def documents(raws: dict[str, Raw]) -> list[Document]:
    """Every environment as a document."""
    return [parse(raw, name=name, source=name) for name, raw in raws.items()]


def without_the_safeguards(raw: Raw) -> Raw:
    """The deploy role's identity policy without its prohibition and without its condition on the boundary."""
    changed = deepcopy(raw)
    hits = 0
    for body in changed["resource"]["aws_iam_policy"].values():
        policy = json.loads(body["policy"])
        kept = [s for s in policy["Statement"] if s["Sid"] != "NeverChangeItselfOrTheBoundary"]
        if len(kept) == len(policy["Statement"]):
            continue
        for statement in kept:
            if "iam:PutRolePolicy" in statement["Action"]:
                hits += statement.pop("Condition", None) is not None
        body["policy"] = json.dumps({**policy, "Statement": kept})
    assert hits == 1
    return changed


def test_no_role_leads_to_more(synthesized: dict[str, Raw]) -> None:
    """Neither a task nor the deployment can take over the account."""
    assert [str(path) for document in documents(synthesized) for path in paths(document)] == []


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_the_deploy_role_is_safe_only_by_its_safeguards(synthesized: dict[str, Raw], environment: str) -> None:
    """Without prohibition and boundary the deployment can write any permission into itself: the path is named."""
    document = parse(without_the_safeguards(synthesized[environment]), name=environment, source=environment)

    (path,) = paths(document)

    assert path.role.resource.origin == f"{environment}/identity/deploy"
    assert "iam:PutRolePolicy (iam-012)" in str(path)


def test_every_task_is_understood(synthesized: dict[str, Raw]) -> None:
    """Each service's two roles are compared with what its container is given; nothing is left undecided."""
    for document in documents(synthesized):
        found = assignments(document)
        assert len(found) == 2 * len(document.of("aws_ecs_task_definition"))
        assert not [a.path for a in found if a.unknown]
        assert all(a.needs for a in found)


def missing(raw: Raw) -> set[str]:
    """The actions that the roles of prod need and lack."""
    found = assignments(parse(raw, name="prod", source="prod"))
    return {request.action for one in found for lack in lacks(one) for request in lack.missing}


def test_tasks_of_prod_may_log_in_to_the_proxy_they_are_given(synthesized: dict[str, Raw]) -> None:
    """The grant names the proxy by a local over its ARN; a local over another thing is a login that fails."""
    raw = deepcopy(synthesized["prod"])
    (name,) = (name for name, text in raw["locals"].items() if "aws_db_proxy." in text)

    assert missing(raw) == set()

    raw["locals"][name] = "${aws_db_instance.another.resource_id}"

    assert missing(raw) == {"rds-db:connect"}
