"""What cannot be judged is refused with its place; nothing broken is ever taken for clean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planproof.document import load, parse
from planproof.errors import UserError

SYNTHESIZED = {"resource": {"aws_s3_bucket": {"logs": {"bucket": "payments-logs"}}}}
JUDGED = "hint: give it a synthesized cdk.tf.json, or the output of terraform show -json"
AGAIN = "hint: write it again with cdktf synth or terraform show -json, and judge that"

CONTENTS: list[tuple[str, bytes, str, str]] = [
    ("empty", b"", "it is empty", JUDGED),
    ("blank", b" \n\t\n", "it is empty", JUDGED),
    (
        "truncated",
        json.dumps(SYNTHESIZED, indent=2).encode()[:-9],
        "line 7, column 3: Expecting ',' delimiter; the file ends early",
        JUDGED,
    ),
    ("list", b"[]", "it is not a JSON object", JUDGED),
    ("object", b"{}", "it is an empty object", JUDGED),
    ("number", b"12", "line 1, column 1: expected a JSON object, found '12'", JUDGED),
    ("null section", b'{"resource": null}', "resource: expected an object, found null", AGAIN),
    ("null type", b'{"resource": {"aws_vpc": null}}', "resource.aws_vpc: expected an object, found null", AGAIN),
    (
        "null body",
        b'{"resource": {"aws_vpc": {"main": null}}}',
        "resource.aws_vpc.main: expected an object, found null",
        AGAIN,
    ),
    (
        "null changes",
        b'{"format_version": "1.2", "resource_changes": null}',
        "resource_changes: expected a list, found null",
        AGAIN,
    ),
    (
        "null change",
        b'{"format_version": "1.2", "resource_changes": [null]}',
        "resource_changes[0]: expected an object, found null",
        AGAIN,
    ),
    (
        "nameless change",
        b'{"format_version": "1.2", "resource_changes": [{"type": "aws_vpc"}]}',
        "resource_changes[0].address: expected a text, found null",
        AGAIN,
    ),
    ("not UTF-8", b'{"resource":\n {"caf\xe9": 1}}', "line 2, column 7: not UTF-8", JUDGED),
    ("UTF-16", '{"resource": {}}'.encode("utf-16"), "it is UTF-16, as PowerShell redirects write it", "Out-File"),
    ("nested", b'{"resource":' + b"[" * 5000 + b"]" * 5000 + b"}", "it is nested deeper than 120 levels", JUDGED),
    ("HCL", b'resource "aws_vpc" "main" {}\n', 'expected a JSON object, found \'resource "aws_vpc" "\'', JUDGED),
    ("other JSON", b'{"name": "shop", "version": "1"}', "name: not a section of a Terraform configuration", JUDGED),
    (
        "future plan",
        b'{"format_version": "2.0", "planned_values": {}}',
        'format_version: expected 0.x or 1.x, got "2.0"',
        "newer planproof",
    ),
    ("no version", b'{"planned_values": {}}', "format_version: expected 0.x or 1.x, got null", "newer planproof"),
    ("failed plan", b'{"format_version": "1.2", "planned_values": {}, "errored": true}', "errored:", "succeed"),
    ("empty state", b'{"format_version": "1.0"}', "it is an empty state, with no resource to judge", JUDGED),
    (
        "raw state",
        b'{"version": 4, "serial": 1, "lineage": "x", "resources": []}',
        "it is a raw state file",
        "terraform show -json > state.json",
    ),
    ("not a number", b'{"resource": NaN}', "NaN is not JSON", JUDGED),
    ("long number", b'{"resource": ' + b"1" * 5000 + b"}", "Exceeds the limit", JUDGED),
    (
        "same key twice",
        b'{"resource": {"aws_vpc": {"main": {}, "main": {}}}}',
        "the key 'main' stands twice in one object",
        JUDGED,
    ),
    (
        "same address twice",
        b'{"resource": [{"aws_vpc": {"main": {}}}, {"aws_vpc": {"main": {}}}]}',
        "resource.aws_vpc.main: the address is used more than once",
        "a name of its own",
    ),
    (
        "same change twice",
        json.dumps(
            {
                "format_version": "1.2",
                "resource_changes": [
                    {"address": "aws_vpc.main", "type": "aws_vpc", "name": "main", "change": {"actions": ["create"]}}
                ]
                * 2,
            }
        ).encode(),
        "resource_changes: the address aws_vpc.main is used more than once",
        "terraform show -json",
    ),
]


@pytest.mark.parametrize(
    ("content", "problem", "hint"), [case[1:] for case in CONTENTS], ids=[case[0] for case in CONTENTS]
)
def test_content_is_refused(content: bytes, problem: str, hint: str, tmp_path: Path) -> None:
    """The message names the file and the place; a gate that passes what it could not read is no gate."""
    file = tmp_path / "staging.json"
    file.write_bytes(content)

    with pytest.raises(UserError) as refused:
        load(file)

    first, second, *_ = str(refused.value).splitlines()
    assert first in {f"{file} cannot be read", f"{file} cannot be judged"}
    assert second.startswith("  ")
    assert problem in second
    assert hint in str(refused.value)


def test_whole_message(tmp_path: Path) -> None:
    """Where, what was found, and a next step."""
    file = tmp_path / "prod.json"
    file.write_text('{"resource": null}')

    with pytest.raises(UserError) as refused:
        load(file)

    assert str(refused.value) == (
        f"{file} cannot be read\n"
        "  resource: expected an object, found null\n"
        "\n"
        "hint: write it again with cdktf synth or terraform show -json, and judge that"
    )


def test_places_are_refused(tmp_path: Path) -> None:
    """A path without a stack is an error, not an empty success."""
    (tmp_path / "hcl").mkdir()
    (tmp_path / "hcl" / "main.tf").write_text('resource "aws_vpc" "main" {}')
    (tmp_path / "hcl" / "more.tf.json").write_text(json.dumps(SYNTHESIZED))
    (tmp_path / "empty").mkdir()
    problems = {}
    for name in ("missing", "empty", "hcl", "hcl/main.tf"):
        with pytest.raises(UserError) as refused:
            load(tmp_path / name)
        problems[name] = str(refused.value).splitlines()[1].strip()

    assert problems == {
        "missing": "no such file or folder",
        "empty": "there is no stack in it",
        "hcl": "main.tf: it is HCL, and planproof reads Terraform's JSON",
        "hcl/main.tf": "it is HCL, and planproof reads Terraform's JSON",
    }


TEXTS = st.text(alphabet='ab_.$%{}[]"\\ \n\ud800', max_size=8)
KEYS = TEXTS | st.sampled_from(
    ["root_module", "resources", "module_calls", "module", "outputs", "expression", "expressions", "references",
     "constant_value", "address", "type", "name", "mode", "values", "child_modules", "provider_config", "alias",
     "for_each", "content", "backend", "metadata", "path", "aws_x", "a", "value", "sensitive", "statement",
     "principals", "condition", "depends_on"]
)  # fmt: skip
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | TEXTS
    | st.sampled_from(
        ["${", "${aws_x.a.b}", "%{if}", "aws_x.a", "${jsonencode({a = [aws_x.a.b]})}", '{"a": ["${local.a}"]}']
    )
)
TREES = st.recursive(
    LEAVES,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=3),
    max_leaves=12,
)
SECTIONS = st.sampled_from(
    ["resource", "data", "output", "provider", "terraform", "locals", "variable", "module", "//", "format_version",
     "resource_changes", "planned_values", "configuration", "prior_state", "values", "variables"]
)  # fmt: skip
BODIES = st.dictionaries(
    st.sampled_from(["statement", "policy", "ingress", "count", "dynamic", "tags", "//"]), TREES, max_size=4
)
SHAPED = st.fixed_dictionaries(
    {
        "data": st.just({}) | st.fixed_dictionaries({"aws_iam_policy_document": st.fixed_dictionaries({"d": BODIES})}),
        "resource": st.dictionaries(st.just("aws_x_y"), st.dictionaries(st.sampled_from("ab"), BODIES, max_size=2)),
    }
)
NODE = st.fixed_dictionaries(
    {"address": st.sampled_from(["aws_x.a", "aws_x.b"]), "type": st.just("aws_x"), "name": st.just("a")},
    optional={
        "change": st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("actions", "before", "after", "after_unknown", "after_sensitive"), TREES)
        ),
        "mode": TREES,
        "index": TREES,
        "module_address": TREES,
        "values": TREES,
    },
)
SPOILED = st.one_of(st.none(), st.integers(), st.just("x"), st.lists(LEAVES, max_size=2), TREES)
EXPRESSIONS = SPOILED | st.dictionaries(KEYS, SPOILED | st.fixed_dictionaries({"references": SPOILED}), max_size=2)
MODULE: st.SearchStrategy[Any] = st.deferred(
    lambda: st.fixed_dictionaries(
        {},
        optional={
            "resources": SPOILED
            | st.lists(
                st.fixed_dictionaries(
                    {"type": st.just("aws_x"), "name": st.just("a")}, optional={"expressions": EXPRESSIONS}
                ),
                max_size=2,
            ),
            "outputs": SPOILED | st.dictionaries(KEYS, SPOILED, max_size=2),
            "module_calls": SPOILED
            | st.dictionaries(
                KEYS,
                SPOILED | st.fixed_dictionaries({}, optional={"module": MODULE, "expressions": EXPRESSIONS}),
                max_size=1,
            ),
        },
    )
)
CONFIGURATION = SPOILED | st.fixed_dictionaries(
    {},
    optional={
        "root_module": SPOILED | MODULE,
        "provider_config": SPOILED | st.dictionaries(KEYS, SPOILED, max_size=2),
    },
)
PLANNED = st.fixed_dictionaries(
    {"format_version": st.just("1.2"), "resource_changes": st.lists(NODE, max_size=2)},
    optional={
        "configuration": CONFIGURATION,
        "planned_values": SPOILED
        | st.fixed_dictionaries({"outputs": SPOILED | st.dictionaries(KEYS, SPOILED, max_size=1)}),
        "prior_state": SPOILED,
        "variables": SPOILED,
    },
)
STATES = st.fixed_dictionaries(
    {
        "format_version": st.just("1.0"),
        "values": st.fixed_dictionaries(
            {"root_module": st.fixed_dictionaries({"resources": st.lists(NODE, max_size=2)})}
        ),
    }
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # the machine may be busy
@given(st.dictionaries(SECTIONS, TREES, max_size=4) | SHAPED | PLANNED | STATES)
def test_malformed_json_is_read_or_refused(raw: dict[str, Any]) -> None:
    """Whatever the JSON holds, the answer is a document or one message, and every attribute can be asked for."""
    try:
        document = parse(raw, name="hostile", source="hostile.json")
    except UserError:
        return
    for resource in (*document.resources, *document.settings, *document.removed):
        assert isinstance(resource.values, dict)
        resource.references()
        document.referrers(resource)
        for name in resource.values:
            resource.get(f"{name}.0.x")
            resource.policy(name)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """A file of noise is refused; no noise is a clean bill."""
    file = tmp_path_factory.mktemp("noise", numbered=True) / "noise.json"
    file.write_bytes(data)

    with pytest.raises(UserError):
        load(file)
