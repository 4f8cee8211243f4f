"""Each word of a policy data source becomes the right word of the policy, and only when it is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planproof.document import Sensitive, Unknown, parse
from planproof.document.policy import composed

POLICY = {"Statement": [{"Effect": "Deny"}]}


def policy(written: object, **raw: Any) -> Any:
    """The policy of one role in a configuration."""
    resources = raw.pop("resource", {})
    document = parse(
        {"resource": {"aws_iam_role": {"it": {"policy": written}}, **resources}, **raw}, name="x", source="x"
    )
    found = document.resource("aws_iam_role.it")
    assert found is not None
    return found.policy("policy")


def made(**document: Any) -> Any:
    """The policy that a data source with this body writes."""
    data = {"aws_iam_policy_document": {"made": document}}
    return policy("${data.aws_iam_policy_document.made.json}", data=data)


def test_what_is_not_said_has_its_default() -> None:
    """Allow, and the version of today; no empty words."""
    assert made(statement={"actions": ["a:b"]}) == {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": ["a:b"]}],
    }
    assert made() == {"Version": "2012-10-17", "Statement": []}


def test_every_word_has_its_place() -> None:
    """Lists, principals, their negations, conditions and the version."""
    statement = {
        "sid": "S",
        "effect": "Deny",
        "actions": ["a:b"],
        "not_actions": ["c:d"],
        "resources": ["r"],
        "not_resources": ["n"],
        "principals": {"type": "AWS", "identifiers": ["p"]},
        "not_principals": {"type": "Service", "identifiers": ["q"]},
        "condition": [
            {"test": "T", "variable": "v", "values": ["1"]},
            {"test": "T", "variable": "w", "values": ["2"]},
            {"test": "U", "variable": "v", "values": ["3"]},
        ],
    }

    assert made(version="2008-10-17", statement=[statement]) == {
        "Version": "2008-10-17",
        "Statement": [
            {
                "Sid": "S",
                "Effect": "Deny",
                "Action": ["a:b"],
                "NotAction": ["c:d"],
                "Resource": ["r"],
                "NotResource": ["n"],
                "Principal": {"AWS": ["p"]},
                "NotPrincipal": {"Service": ["q"]},
                "Condition": {"T": {"v": ["1"], "w": ["2"]}, "U": {"v": ["3"]}},
            }
        ],
    }


def test_principals_of_one_kind_are_gathered() -> None:
    """Two blocks of a type are one list; everybody is everybody, whatever stands beside it."""
    blocks = [{"type": "AWS", "identifiers": ["a"]}, {"type": "AWS", "identifiers": ["b"]}, {"type": "AWS"}]

    assert made(statement={"principals": blocks})["Statement"][0]["Principal"] == {"AWS": ["a", "b"]}
    anybody = [*blocks, {"type": "*", "identifiers": ["*"]}]
    assert made(statement={"principals": anybody})["Statement"][0]["Principal"] == "*"


def test_principals_that_are_not_known_stay_unknown() -> None:
    """A statement for somebody who is not known is not a statement for nobody."""
    (statement,) = made(statement={"principals": "${var.who}"})["Statement"]

    assert isinstance(statement["Principal"], Unknown)


def test_statements_that_are_not_known_make_the_policy_unknown() -> None:
    """Nothing is said about a policy whose statements come from outside."""
    assert isinstance(made(statement="${var.statements}"), Unknown)


@pytest.mark.parametrize("merged", ["source_policy_documents", "override_policy_documents"])
def test_merged_documents_are_said(merged: str) -> None:
    """The cause names the data source, and where the other document comes from."""
    found = made(**{merged: ["${aws_iam_policy.base.policy}"], "statement": {"actions": ["a:b"]}})

    assert found.cause == "data.aws_iam_policy_document.made merges other documents"
    assert [str(one) for one in found.references] == ["aws_iam_policy.base.policy"]


def test_merged_documents_are_read() -> None:
    """A statement of a base, of the document itself and of what overrides both: each counts, the last of one Sid."""
    data = {
        "made": {
            "source_policy_documents": ["${data.aws_iam_policy_document.base.json}", json.dumps(POLICY)],
            "statement": {"sid": "Two", "actions": ["own:b"]},
            "override_policy_documents": ['{"Statement": {"Effect": "Deny", "Sid": "One", "Action": "over:a"}}'],
        },
        "base": {"statement": [{"sid": "One", "actions": ["base:a"]}, {"sid": "Two", "actions": ["base:b"]}]},
    }
    raw = {"data": {"aws_iam_policy_document": data}}
    found = parse(raw, name="x", source="x").resource("data.aws_iam_policy_document.made")
    assert found is not None
    policy = composed(found)
    assert isinstance(policy, dict)

    assert policy["Statement"] == [
        {"Effect": "Deny", "Sid": "One", "Action": "over:a"},
        {"Effect": "Allow", "Sid": "Two", "Action": ["own:b"]},
        *POLICY["Statement"],
    ]


def test_documents_that_merge_each_other_are_unknown() -> None:
    """A circle is an error that Terraform tells, and never an endless reading."""
    assert isinstance(made(source_policy_documents=["${data.aws_iam_policy_document.made.json}"]), Unknown)


@pytest.mark.parametrize(("text", "expected"), [(json.dumps(POLICY), POLICY), ("[]", None), ("no json", None)])
def test_what_terraform_has_written_counts(text: str, expected: object) -> None:
    """In a state the data source holds the finished text."""
    body = {"json": text, "statement": {"actions": ["a:b"]}}
    raw = {"data": {"aws_iam_policy_document": {"made": body}}}
    data = parse(raw, name="x", source="x").resource("data.aws_iam_policy_document.made")
    assert data is not None

    assert made(**body) == expected
    assert composed(data) == (expected or {})


def chain(length: int) -> dict[str, Any]:
    """Policies that point to each other, and the last to the text."""
    links = {f"p{number}": {"policy": f"${{aws_iam_policy.p{number + 1}.policy}}"} for number in range(length)}
    return {"aws_iam_policy": {**links, f"p{length}": {"policy": json.dumps(POLICY)}}}


def test_a_policy_may_be_followed_from_resource_to_resource() -> None:
    """As far as the document goes."""
    assert policy("${aws_iam_policy.p0.policy}", resource=chain(3)) == POLICY


def test_a_policy_that_is_followed_keeps_its_unknown_parts() -> None:
    """What the other resource says is judged, though a part of it is not known."""
    text = json.dumps({"Statement": [{"Effect": "Deny", "Resource": "${var.x}"}]})
    shared = {"aws_iam_policy": {"p": {"policy": text}, "q": {"policy": "${aws_iam_policy.p.policy}"}}}
    for written in ("${aws_iam_policy.p.policy}", "${aws_iam_policy.q.policy}"):
        (statement,) = policy(written, resource=shared)["Statement"]
        assert statement["Effect"] == "Deny"
        assert isinstance(statement["Resource"], Unknown)
        assert statement["Resource"].cause == "var.x is given from outside"
    assert isinstance(policy("${aws_iam_policy.p}", resource=shared), Unknown)


def test_json_in_a_secret_is_read() -> None:
    """A rule may look into a secret; no report prints it."""
    body = {"secret_string": '{"user": "a"}'}
    raw = {"resource": {"aws_secretsmanager_secret_version": {"it": body}}}
    found = parse(raw, name="x", source="x").resource("aws_secretsmanager_secret_version.it")
    assert found is not None

    assert isinstance(found.get("secret_string"), Sensitive)
    assert found.json("secret_string") == {"user": "a"}


def test_policies_that_point_to_each_other_end() -> None:
    """A circle is unknown, and no endless loop."""
    circle = {
        "aws_iam_policy": {"a": {"policy": "${aws_iam_policy.b.policy}"}, "b": {"policy": "${aws_iam_policy.a.policy}"}}
    }

    assert isinstance(policy("${aws_iam_policy.a.policy}", resource=circle), Unknown)


@pytest.mark.parametrize(
    "written",
    ["${aws_iam_policy.p0.policy}${var.more}", "${aws_iam_policy.p0}", "${aws_iam_policy.none.policy}"],
)
def test_what_does_not_lead_to_one_policy_is_unknown(written: str) -> None:
    """Two policies in one text, a whole resource, or one that is elsewhere."""
    assert isinstance(policy(written, resource=chain(1)), Unknown)


def test_a_list_is_no_policy() -> None:
    """A policy is an object; other JSON is none."""
    assert policy("[1]") is None
    assert policy('${jsonencode("text")}') is None
