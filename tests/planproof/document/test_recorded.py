"""One small platform as configuration, create plan and state of the real Terraform and provider, read alike.

`recorded/` was written by Terraform v1.11.4 with the AWS provider 5.100.0 against an emulator; only the
providers' names were taken out.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from planproof.document import Document, Sensitive, Unknown, load

RECORDED = Path(__file__).parent / "recorded"
KINDS = ("configuration", "plan", "state")


@pytest.fixture(params=KINDS)
def document(request: pytest.FixtureRequest) -> Document:
    """The platform in one of its three forms."""
    return load(RECORDED / f"{request.param}.json")[0]


@pytest.fixture
def plan() -> Document:
    """The create plan."""
    return load(RECORDED / "plan.json")[0]


@pytest.fixture
def state() -> Document:
    """The state after apply."""
    return load(RECORDED / "state.json")[0]


def one(document: Document, kind: str, name: str = "") -> str:
    """The address of the one resource of a type, and of a name where given."""
    found = [each.address for each in document.of(kind) if name in each.address]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_told_by_content(kind: str) -> None:
    """Nobody has to say what a file is."""
    assert load(RECORDED / f"{kind}.json")[0].kind == kind


def test_a_reference_leads_to_the_same_resource_in_every_form(document: Document) -> None:
    """A rule that follows a reference judges the same thing before and after apply."""
    database = document.of("aws_db_instance")[0]
    work = document.resource(one(document, "aws_sqs_queue", "work"))
    door = document.of("aws_vpc_security_group_ingress_rule")[0]
    assert work is not None

    assert {
        "subnets": [each.type for each in document.targets(database, "db_subnet_group_name")],
        "dead letters": [each.address for each in document.targets(work, "redrive_policy")],
        "key": [each.address for each in document.targets(work, "kms_master_key_id")],
        "role": [each.address for each in document.targets(document.of("aws_iam_role_policy")[0], "role")],
        "group": {each.type for each in document.targets(door, "security_group_id")},
        "queue": [each.address for each in document.targets(document.of("aws_iam_role_policy")[0], "policy")][:1],
    } == {
        "subnets": ["aws_db_subnet_group"],
        "dead letters": ["aws_sqs_queue.dead"],
        "key": ["aws_kms_key.data"],
        "role": ["aws_iam_role.task"],
        "group": {"aws_security_group"},
        "queue": ["aws_sqs_queue.work"] if document.kind == "state" else ["data.aws_iam_policy_document.work"],
    }


@pytest.mark.parametrize("kind", ["plan", "state"])
def test_instances_are_told_apart(kind: str) -> None:
    """`count` and `for_each` make resources of their own; a reference names the right one of them."""
    document = load(RECORDED / f"{kind}.json")[0]
    group = document.of("aws_db_subnet_group")[0]
    door = document.of("aws_vpc_security_group_ingress_rule")[0]
    into, outof = document.target(door, "security_group_id"), document.target(door, "referenced_security_group_id")
    assert into is not None
    assert outof is not None

    assert {each.address for each in document.targets(group, "subnet_ids")} == {
        "aws_subnet.database[0]",
        "aws_subnet.database[1]",
    }
    assert (into.address, into.index) == ('aws_security_group.tier["data"]', "data")
    assert outof.address == 'aws_security_group.tier["web"]'


@pytest.mark.parametrize("kind", ["plan", "state"])
def test_modules_are_crossed(kind: str) -> None:
    """A key handed into a module is the key; the output of a module is the bucket inside."""
    document = load(RECORDED / f"{kind}.json")[0]
    inside = document.of("aws_s3_bucket_server_side_encryption_configuration")[0]
    key = "rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id"
    bucket, ours = document.target(inside, "bucket"), document.target(inside, key)
    assert bucket is not None
    assert ours is not None

    assert inside.address == "module.archive.aws_s3_bucket_server_side_encryption_configuration.this"
    assert bucket.address == "module.archive.aws_s3_bucket.this"
    assert ours.address == "aws_kms_key.data"
    assert inside.get("rule.apply_server_side_encryption_by_default.sse_algorithm") == "aws:kms"


def test_output_of_a_module_is_followed(plan: Document) -> None:
    """What an output shows can be traced to the resource, through the module."""
    assert [str(each) for each in plan.outputs["bucket"].references] == ["module.archive.aws_s3_bucket.this.arn"]


def test_a_module_outside_the_file_is_said() -> None:
    """Resources that a configuration does not show must not pass in silence."""
    (document,) = load(RECORDED / "configuration.json")

    file = RECORDED / "configuration.json"
    note = f"{file}: module archive is not part of this file; judge the plan to judge its resources"

    assert document.notes == (note,)


def test_text_true_is_true(document: Document) -> None:
    """The provider plans some booleans as text; a rule must not care."""
    assert document.of("aws_elasticache_replication_group")[0].get("at_rest_encryption_enabled") is True


def test_who_points_at_the_key(document: Document) -> None:
    """The other direction works as well: who would be lost with a key."""
    key = document.of("aws_kms_key")[0]

    found = {each.type for each in document.referrers(key)}
    assert {"aws_sqs_queue", "aws_elasticache_replication_group"} <= found
    assert [each.type for each in document.referrers(key, "aws_sqs_queue")] == ["aws_sqs_queue"]


def test_a_policy_is_read_in_every_form(document: Document) -> None:
    """Blocks of a data source, a planned document with an unknown part, and JSON text are one policy."""
    trust = document.of("aws_iam_role")[0].policy("assume_role_policy")
    work = document.of("aws_iam_role_policy")[0].policy("policy")
    assert isinstance(trust, dict)
    assert isinstance(work, dict)

    assert trust["Statement"][0]["Effect"] == "Allow"
    assert trust["Statement"][0]["Principal"]["Service"] in ("ecs-tasks.amazonaws.com", ["ecs-tasks.amazonaws.com"])
    assert work["Statement"][0]["Action"] in ("sqs:SendMessage", ["sqs:SendMessage"])


def test_a_secret_is_covered(plan: Document, state: Document) -> None:
    """The password can be looked at by a rule, and by nobody who reads a report."""
    for document in (plan, state):
        password = document.of("aws_db_instance")[0].get("password")
        assert isinstance(password, Sensitive)
        assert password.value == "correct-horse-battery"
        assert "horse" not in f"{password} {password!r} {document.outputs['secret']}"


def test_what_nobody_configured_is_absent_in_a_plan(plan: Document) -> None:
    """A value the cloud will choose is as absent in a plan as in the configuration: the answers agree."""
    database = plan.of("aws_db_instance")[0]

    assert (database.get("multi_az"), database.get("arn"), database.get("endpoint")) == (None, None, None)
    assert isinstance(database.get("kms_key_id"), Unknown)


def test_data_sources_are_not_resources_to_build(document: Document) -> None:
    """`of` gives what is built; data sources are asked for by name."""
    assert {each.mode for each in document.of("aws_iam_policy_document")} == set()
    assert [each.name for each in document.of("data.aws_iam_policy_document")] == ["trust", "work"]
