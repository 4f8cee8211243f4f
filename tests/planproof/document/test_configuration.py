"""What a synthesized configuration says, its expressions followed as far as they go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planproof.document import Document, Reference, Resource, Sensitive, Unknown, UnknownValueError, load, parse


def document_of(resources: dict[str, Any], **sections: Any) -> Document:
    """A document of one stack called staging."""
    raw = {"//": {"metadata": {"stackName": "staging"}}, "resource": resources, **sections}
    return parse(raw, name="file", source="cdk.tf.json")


def first(body: dict[str, Any], **sections: Any) -> Resource:
    """One resource with this body, beside a key and a bucket."""
    others = {"aws_kms_key": {"key": {}}, "aws_s3_bucket": {"logs": {"bucket": "payments-logs"}}}
    found = document_of({"aws_thing": {"it": body}, **others}, **sections).resource("aws_thing.it")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("plain", "plain"),
        ("${aws_s3_bucket.logs.bucket}", "payments-logs"),
        ("${aws_s3_bucket.logs.id}", "payments-logs"),
        ("arn:aws:s3:::${aws_s3_bucket.logs.bucket}/*", "arn:aws:s3:::payments-logs/*"),
        ("${upper(aws_s3_bucket.logs.bucket)}", "PAYMENTS-LOGS"),
        ('${join("-", ["a", "b"])}', "a-b"),
        ('${jsonencode({a = [1, true, null], "b" = {c = "d"}})}', '{"a":[1,true,null],"b":{"c":"d"}}'),
        ("${local.name}", "payments"),
        ("${local.nested.list[1]}", 2),
        ("$${not.an.expression}", "${not.an.expression}"),
        ("${-5}", -5),
        ('${"quoted \\" and ${local.name}"}', 'quoted " and payments'),
        ("true", True),
    ],
)
def test_value_is_known(written: str, value: object) -> None:
    """What the configuration alone tells is told at synth, not only after a plan."""
    thing = first({"name": written}, locals={"name": "payments", "nested": {"list": [1, 2]}})
    if written == "true":
        thing = first({"flag": written})
        assert thing.get("flag") is value
        return

    assert thing.get("name") == value
    assert type(thing.get("name")) is type(value)


@pytest.mark.parametrize(
    ("written", "cause", "references"),
    [
        ("${aws_kms_key.key.arn}", "aws_kms_key.key.arn is known only after apply", ["aws_kms_key.key.arn"]),
        ("key/${aws_kms_key.key.id}/*", "aws_kms_key.key.id is known only after apply", ["aws_kms_key.key.id"]),
        ("${local.key}", "aws_kms_key.key.arn is known only after apply", ["aws_kms_key.key.arn"]),
        ("${var.size}", "var.size is given from outside", ["var.size"]),
        ("${module.net.vpc_id}", "module.net.vpc_id comes from a module", ["module.net.vpc_id"]),
        (
            "${data.aws_caller_identity.me.account_id}",
            "data.aws_caller_identity.me.account_id is read by Terraform",
            ["data.aws_caller_identity.me.account_id"],
        ),
        ("${local.loop}", "local.loop points back to itself", ["local.loop"]),
        ("${1 + 1}", "an expression that only Terraform can evaluate", []),
        ("%{if true}x%{endif}", "an expression that only Terraform can evaluate", []),
        ("${unclosed", "an expression that only Terraform can evaluate", []),
        (
            "${aws_kms_key.key.arn == null ? 1 : 2}",
            "an expression that only Terraform can evaluate",
            ["aws_kms_key.key.arn"],
        ),
        (
            "${aws_kms_key.key.tags[local.name]}",
            "an expression that only Terraform can evaluate",
            ["aws_kms_key.key.tags"],
        ),
    ],
)
def test_value_is_unknown_with_its_cause(written: str, cause: str, references: list[str]) -> None:
    """What is not known says why and where it will come from; it is not guessed."""
    value = first({"x": written}, locals={"key": "${aws_kms_key.key.arn}", "loop": "${local.loop}"}).get("x")

    assert isinstance(value, Unknown)
    assert value.cause == cause
    assert [str(each) for each in value.references] == references
    assert (value.template, value.path) == (written, "x")


@pytest.mark.parametrize("body", [{"options": {"tokens": "required"}}, {"options": [{"tokens": "required"}]}])
def test_a_single_block_is_an_object_or_a_list(body: dict[str, Any]) -> None:
    """Terraform writes one block both ways; a rule asks one way."""
    thing = first(body)

    assert thing.get("options.tokens") == thing.get("options.0.tokens") == "required"
    assert [(block.path, block.get("tokens"), block.at("tokens")) for block in thing.blocks("options")] == [
        ("options.0", "required", "options.0.tokens")
    ]


def test_several_blocks_without_an_index_are_not_guessed() -> None:
    """A path into one of two blocks has no answer, so none is given."""
    thing = first({"ingress": [{"port": 1}, {"port": 2}]})
    value = thing.get("ingress.port")

    assert isinstance(value, Unknown)
    assert value.cause == "ingress has 2 blocks, and the rule expects one"
    assert [block.get("port") for block in thing.blocks("ingress")] == [1, 2]
    assert thing.get("ingress.2.port") is None


def test_blocks_of_unknown_number_are_undecided() -> None:
    """`dynamic` blocks depend on values that are not here."""
    thing = first({"dynamic": {"ingress": {"for_each": "${aws_kms_key.key.tags}", "content": {}}}})

    with pytest.raises(UnknownValueError, match="ingress is repeated by a dynamic block"):
        thing.blocks("ingress")
    assert thing.references("ingress") == (Reference("aws_kms_key.key", "tags"),)


@pytest.mark.parametrize("missing", [None, "", []])
def test_nothing_is_absent(missing: object) -> None:
    """A state writes an absent text as empty, a plan as null; both mean absent."""
    assert first({"x": missing}).get("x", "default") == "default"
    assert first({"x": False}).get("x", "default") is False


def test_json_text_is_walked() -> None:
    """Task definitions and policies are JSON inside JSON; paths go through."""
    text = json.dumps([{"image": "${aws_s3_bucket.logs.bucket}:1", "port": 80, "key": "${aws_kms_key.key.arn}"}])
    thing = first({"containers": text, "made": "${jsonencode({a = aws_kms_key.key.arn, b = 2})}"})

    assert thing.get("containers.0.image") == "payments-logs:1"
    assert thing.get("containers.0.port") == 80
    assert isinstance(thing.get("containers.0.key"), Unknown)
    assert thing.get("made.b") == 2
    assert isinstance(thing.get("made.a"), Unknown)
    assert thing.json("containers")[0]["port"] == 80
    assert first({"x": "no json"}).json("x") is None


def test_secret_attributes_are_covered() -> None:
    """A password in the configuration must reach no report."""
    found = document_of({"aws_db_instance": {"db": {"password": "hunter2"}}}).resource("aws_db_instance.db")
    assert found is not None

    assert isinstance(found.get("password"), Sensitive)
    assert "hunter2" not in str(found.values)


def test_settings_are_resources_too() -> None:
    """Outputs, providers and the backend are judged like everything else."""
    document = document_of(
        {"aws_kms_key": {"key": {}}},
        output={"key": {"value": "${aws_kms_key.key.arn}", "sensitive": True}},
        provider={"aws": [{"region": "eu-central-1"}, {"region": "us-east-1", "alias": "global"}]},
        terraform={"backend": {"s3": {"bucket": "state", "use_lockfile": True}}},
        variable={"size": {"type": "number"}},
    )

    assert [each.address for each in document.settings] == [
        "staging",
        "provider.aws",
        "provider.aws.global",
        "output.key",
        "variable.size",
        "terraform.backend.s3",
    ]
    assert document.outputs["key"].sensitive
    assert [str(each) for each in document.outputs["key"].references] == ["aws_kms_key.key.arn"]
    assert document.backend == {"s3": {"bucket": "state", "use_lockfile": True}}
    assert [each["region"] for each in document.providers["aws"]] == ["eu-central-1", "us-east-1"]
    assert document.of("stack")[0].name == "staging"


def test_a_resource_counted_to_zero_is_not_there() -> None:
    """`count = 0` and `for_each = {}` build nothing, however they are written; what is not known may build."""
    nothing = [0, "0", "${0}", "${local.none}", "${length([])}"]
    something = [1, "${1}", "${var.given}", "${local.some}"]
    counted = {f"count-{n}": {"count": value} for n, value in enumerate((*nothing, *something))}
    each = {f"each-{n}": {"for_each": one} for n, one in enumerate(({}, [], "${{}}", "${local.each}", "${toset([])}"))}
    repeated = {"each-given": {"for_each": "${var.given}"}, "each-one": {"for_each": {"a": 1}}}
    document = document_of(
        {"aws_vpc": counted | each | repeated}, locals={"none": 0, "some": 2, "each": {}}, variable={"given": {}}
    )

    assert [one.name for one in document.resources] == [
        *(f"count-{n}" for n in range(len(nothing), len(counted))), "each-given", "each-one",
    ]  # fmt: skip


def test_a_folder_is_one_module(tmp_path: Path) -> None:
    """Files of one module are read together, whichever file a resource stands in."""
    (tmp_path / "a.tf.json").write_text(json.dumps({"resource": {"aws_kms_key": {"key": {}}}}))
    (tmp_path / "b.tf.json").write_text(
        json.dumps({"resource": {"aws_sqs_queue": {"work": {"kms_master_key_id": "${aws_kms_key.key.id}"}}}})
    )
    (document,) = load(tmp_path)
    queue = document.of("aws_sqs_queue")[0]

    assert document.target(queue, "kms_master_key_id") is document.resource("aws_kms_key.key")
    assert document.name == tmp_path.name


def test_origins_come_from_the_file_beside(tmp_path: Path) -> None:
    """A finding points at the Python line, from synth and from a plan of the same stack alike."""
    stack = tmp_path / "cdktf.out" / "stacks" / "staging"
    stack.mkdir(parents=True)
    body = {"//": {"metadata": {"path": "staging/database/key", "uniqueId": "k"}}}
    raw = {"//": {"metadata": {"stackName": "staging"}}, "resource": {"aws_kms_key": {"k": body}}}
    (stack / "cdk.tf.json").write_text(json.dumps(raw))
    change = {
        "address": "aws_kms_key.k",
        "type": "aws_kms_key",
        "name": "k",
        "change": {"actions": ["create"], "after": {}},
    }
    plan = tmp_path / "staging.plan.json"
    plan.write_text(json.dumps({"format_version": "1.2", "resource_changes": [change]}))
    (without,) = load(tmp_path / "cdktf.out")
    assert (without.resources[0].origin, without.resources[0].file) == ("staging/database/key", None)

    place = {"origin": "staging/database/key", "file": "stacks/environment.py", "line": 41}
    (stack / "origins.json").write_text(json.dumps({"aws_kms_key.k": place}))
    for path in (tmp_path / "cdktf.out", plan):
        (document,) = load(path)
        found = document.resources[0]
        assert (found.origin, found.file, found.line) == ("staging/database/key", "stacks/environment.py", 41)
        assert document.name == "staging"


def test_an_index_that_meets_an_unknown_value_is_made_once() -> None:
    """Every rule that asks for it is told of the unknown value, and none of them reads the whole document again."""
    document = document_of({"aws_thing": {"it": {"name": "${aws_kms_key.key.arn}"}}, "aws_kms_key": {"key": {}}})
    made = []

    def index(asked: Document) -> bool:
        made.append(asked)
        return bool(asked.of("aws_thing")[0].get("name"))

    for _ in range(3):
        with pytest.raises(UnknownValueError, match=r"aws_kms_key\.key\.arn is known only after apply"):
            document.once(index)

    assert made == [document]


def test_who_names_a_resource_and_no_other() -> None:
    """Rules ask which policies belong to a bucket; a policy that names two buckets belongs to none."""
    document = document_of(
        {
            "aws_s3_bucket": {"logs": {}, "rows": {}},
            "aws_s3_bucket_policy": {
                "a": {"bucket": "${aws_s3_bucket.logs.id}"},
                "b": {"bucket": "${aws_s3_bucket.logs.id}${aws_s3_bucket.rows.id}"},
                "c": {"other": "${aws_s3_bucket.logs.id}"},
                "d": {"bucket": "${aws_s3_bucket.logs.arn}"},
            },
        }
    )
    logs, rows = document.of("aws_s3_bucket")

    assert [one.name for one in document.naming(logs, "aws_s3_bucket_policy", "bucket")] == ["a", "d"]
    assert document.naming(rows, "aws_s3_bucket_policy", "bucket") == ()
    assert document.naming(logs, "aws_s3_bucket_acl", "bucket") == ()
