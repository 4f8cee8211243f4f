"""A cdktf.out is judged whole: a stack that should be there and is not is told, never passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planproof.document import load
from planproof.errors import UserError

STACK = {"resource": {"aws_s3_bucket": {"logs": {"bucket": "payments-logs"}}}}
HINT = "hint: synthesise again (cdktf synth), and judge the folder it writes"


def written(folder: Path, *names: str, manifest: object = None) -> Path:
    """A cdktf.out with these stacks."""
    for name in names:
        (folder / "stacks" / name).mkdir(parents=True)
        (folder / "stacks" / name / "cdk.tf.json").write_text(json.dumps(STACK))
    if manifest is not None:
        (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def named(*names: str) -> dict[str, object]:
    """A manifest as CDKTF writes it."""
    return {
        "version": "0.21.0",
        "stacks": {name: {"name": name, "synthesizedStackPath": f"stacks/{name}/cdk.tf.json"} for name in names},
    }


@pytest.mark.parametrize("manifest", [None, named("dev", "prod")])
def test_every_stack_is_read(manifest: object, tmp_path: Path) -> None:
    """With the manifest or without, as when the folder was copied."""
    found = load(written(tmp_path, "dev", "prod", manifest=manifest))

    assert [one.name for one in found] == ["dev", "prod"]


def test_a_stack_of_the_manifest_that_is_missing_is_told(tmp_path: Path) -> None:
    """A synthesis that broke off must not make production pass unseen."""
    folder = written(tmp_path, "dev", manifest=named("dev", "prod", "staging"))

    with pytest.raises(UserError) as refused:
        load(folder)

    assert str(refused.value) == (
        f"{folder} cannot be judged\n"
        "  stacks/prod/cdk.tf.json: missing, and manifest.json names it\n"
        "  stacks/staging/cdk.tf.json: missing, and manifest.json names it\n"
        f"\n{HINT}"
    )


def test_a_folder_of_a_stack_without_its_stack_is_told(tmp_path: Path) -> None:
    """Also without a manifest: the folder says that there was to be one."""
    folder = written(tmp_path, "dev")
    (folder / "stacks" / "prod").mkdir()

    with pytest.raises(UserError) as refused:
        load(folder)

    assert str(refused.value) == (
        f"{folder} cannot be judged\n  stacks/prod/cdk.tf.json: missing, and its folder is there\n\n{HINT}"
    )


def test_hcl_in_a_stack_is_told_as_such(tmp_path: Path) -> None:
    """CDKTF can be told to write HCL; the message says so, not that a file is missing."""
    folder = written(tmp_path, "dev")
    (folder / "stacks" / "prod").mkdir()
    (folder / "stacks" / "prod" / "cdk.tf").write_text('resource "aws_vpc" "main" {}')

    with pytest.raises(UserError, match="it is HCL, and planproof reads Terraform's JSON"):
        load(folder)


def test_another_folder_called_stacks_means_nothing(tmp_path: Path) -> None:
    """The sources of a platform may lie in a folder of that name, as ours do."""
    (tmp_path / "stacks" / "__pycache__").mkdir(parents=True)
    (tmp_path / "main.tf.json").write_text(json.dumps(STACK))

    assert [one.source for one in load(tmp_path)] == [str(tmp_path / "main.tf.json")]


def test_a_manifest_alone_is_told_by_what_is_missing(tmp_path: Path) -> None:
    """The manifest knows what there should be."""
    folder = written(tmp_path, manifest=named("dev"))

    with pytest.raises(UserError, match=r"stacks/dev/cdk\.tf\.json: missing, and manifest\.json names it"):
        load(folder)


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ([], "it is not a manifest of CDKTF"),
        ({"stacks": []}, "stacks: expected an object, found a list"),
        ({"stacks": {"dev": 1}}, "stacks.dev: expected an object, found a number"),
        ({"stacks": {"dev": {}}}, "stacks.dev.synthesizedStackPath: expected a text, found null"),
    ],
)
def test_a_manifest_that_is_none_is_told(manifest: object, problem: str, tmp_path: Path) -> None:
    """What cannot be read cannot say that nothing is missing."""
    folder = written(tmp_path, "dev", manifest=manifest)

    with pytest.raises(UserError) as refused:
        load(folder)

    assert str(refused.value).startswith(f"{folder / 'manifest.json'} cannot be read\n  {problem}")
