"""On the first run ever the provider is made small while CDKTF is unpacked, whether it will be asked for or not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fastsynth.node import archives
from tests.fastsynth.synth_runs import ARCHIVE, Run

NO_PROVIDER = """
import fastsynth
from cdktf import App, TerraformOutput, TerraformStack

app = App(outdir="{outdir}")
TerraformOutput(TerraformStack(app, "empty"), "answer", value=42)
app.synth()
"""


def test_the_archives_of_installed_providers_are_found(tmp_path: Path) -> None:
    """All of them, wherever Python would import them from; what cannot be looked into holds none."""
    (tmp_path / "file").touch()
    other = tmp_path / "cdktf_cdktf_provider_other/_jsii/provider-other@1.0.0.jsii.tgz"
    other.parent.mkdir(parents=True)
    other.touch()

    assert str(ARCHIVE) in archives(sys.path)
    assert archives([str(tmp_path / "file"), str(tmp_path / "nowhere"), str(tmp_path)]) == [str(other)]


@pytest.mark.slow
def test_a_program_that_asks_for_none_ends_as_ever(tmp_path: Path) -> None:
    """Its synthesis is right, and what was begun for others is finished, not left half."""
    app = tmp_path / "app.py"
    app.write_text(NO_PROVIDER.format(outdir=tmp_path / "out"))
    run = Run(app, tmp_path / "out", {"XDG_CACHE_HOME": str(tmp_path / "cache")})

    done = run.done()

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert b'"value": 42' in run.written()["stacks/empty/cdk.tf.json"]
    (package,) = (tmp_path / "cache/fastsynth/packages").iterdir()
    assert {file.name for file in package.iterdir()} == {"code.js", "small.tgz", "table.json"}
