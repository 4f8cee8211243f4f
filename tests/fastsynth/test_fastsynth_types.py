"""The index of a package's types is the one that jsii makes, and is not guessed where it might not be."""

from __future__ import annotations

import json
import subprocess
import tarfile
from pathlib import Path

import pytest

from fastsynth.node import find_node
from tests.fastsynth.synth_runs import ROOT, SITE

JSIIS_OWN = """
const { workerData, Worker, isMainThread } = require('worker_threads');
if (isMainThread) {
  const [folder, program] = process.argv.slice(2);
  new Worker(program, { workerData: { packageDir: folder, supportedFeatures: [] } });
}
"""
OURS = f"""
const fs = require('fs');
const {{ startIndexing }} = require('{ROOT}/fastsynth/types.cjs');
const [description, target] = process.argv.slice(2);
try {{
  const indexed = startIndexing(fs.readFileSync(description));
  for (const [name, content] of indexed()) fs.writeFileSync(`${{target}}/${{name}}`, content);
}} catch (error) {{
  console.log(error.message);
}}
"""
EMPTY = {"schema": "jsii/0.10.0", "name": "empty", "types": {"empty.One": {"kind": "class"}}, "version": "1"}


def node(folder: Path, script: str, *arguments: object) -> str:
    """What a script says."""
    program = find_node({})
    assert program is not None
    (folder / "script.cjs").write_text(script)
    return subprocess.run(
        [program, folder / "script.cjs", *map(str, arguments)], capture_output=True, text=True, check=True, timeout=300
    ).stdout


def index_of(folder: Path, description: str) -> str:
    """What is said when this is the description of a package's types."""
    (folder / "description").write_text(description)
    return node(folder, OURS, folder / "description", folder)


@pytest.mark.parametrize("name", ["cdktf", "constructs", pytest.param("aws", marks=pytest.mark.slow)])
def test_it_is_the_index_that_jsii_makes(name: str, tmp_path: Path) -> None:
    """Jsii takes the files for its own, so they must be: to the byte, for every package of the platform."""
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    ours.mkdir()
    package = f"cdktf_cdktf_provider_{name}" if name == "aws" else name
    with tarfile.open(next((SITE / package / "_jsii").glob("*.tgz"))) as archive:
        archive.extract("package/.jsii", theirs, filter="data")
    node(tmp_path, JSIIS_OWN, theirs / "package", SITE / "jsii/_embedded/jsii/lib__runtime-index-worker.js")

    assert node(tmp_path, OURS, theirs / "package/.jsii", ours) == ""

    made = {file.name: file.read_bytes() for file in (theirs / "package").glob(".jsii.runtime*")}
    assert len(made) == 3
    assert {file.name: file.read_bytes() for file in ours.iterdir()} == made


BAD = {
    "on one line": (json.dumps(EMPTY), "its description of types is laid out in another way"),
    "of another schema": (
        json.dumps({**EMPTY, "schema": "jsii/file-redirect"}, indent=2),
        "its description of types is jsii/file-redirect, and not jsii/0.10.0",
    ),
    "with a new kind": (
        json.dumps({**EMPTY, "types": {"empty.One": {"kind": "mixin"}}}, indent=2),
        "it describes a kind of type that is not known",
    ),
    "cut off": (json.dumps(EMPTY, indent=2)[:-30], "its description of types is laid out in another way"),
}


@pytest.mark.parametrize(("description", "said"), BAD.values(), ids=BAD)
def test_a_description_that_is_not_as_known_is_refused(description: str, said: str, tmp_path: Path) -> None:
    """The provider's archive is then used as it is, slowly, and rightly."""
    assert index_of(tmp_path, description) == f"{said}\n"


def test_a_description_as_known_is_indexed(tmp_path: Path) -> None:
    """What is refused above is refused for that reason alone."""
    assert index_of(tmp_path, json.dumps(EMPTY, indent=2)) == ""
    assert (tmp_path / ".jsii.runtime-defs.v1.jsonl").read_text() == '{"kind":"class"}\n'
