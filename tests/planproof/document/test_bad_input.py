"""What cannot be judged is refused with its place; nothing broken is ever taken for clean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planproof.document import load
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
    (
        "nested",
        b'{"resource":' + b"[" * 5000 + b"]" * 5000 + b"}",
        "line 1, column 132: nested deeper than 120 levels",
        JUDGED,
    ),
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
    (
        "same address twice in a state",
        json.dumps(
            {
                "format_version": "1.0",
                "values": {
                    "root_module": {
                        "resources": [{"address": "aws_vpc.main", "type": "aws_vpc", "name": "main", "values": {}}] * 2
                    }
                },
            }
        ).encode(),
        "values: the address aws_vpc.main is used more than once",
        "terraform show -json",
    ),
    (
        "same address twice among planned values",
        json.dumps(
            {
                "format_version": "1.2",
                "planned_values": {
                    "root_module": {
                        "resources": [{"address": "aws_vpc.main", "type": "aws_vpc", "name": "main", "values": {}}] * 2
                    }
                },
            }
        ).encode(),
        "planned_values: the address aws_vpc.main is used more than once",
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
