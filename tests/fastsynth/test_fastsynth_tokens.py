"""Fastsynth's shorter search for tokens finds what CDKTF's finds."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

import pytest

from fastsynth.node import find_node
from tests.fastsynth.synth_runs import ROOT, SITE

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).with_name("compare_tokens.cjs")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """CDKTF's JavaScript, unpacked as npm would."""
    folder = tmp_path_factory.mktemp("packages")
    for name in ("cdktf", "constructs"):
        with tarfile.open(next((SITE / name / "_jsii").glob("*.tgz"))) as archive:
            archive.extractall(folder / "node_modules", filter="data")
        (folder / "node_modules/package").rename(folder / "node_modules" / name)
    return folder


def compare(packages: Path, fastsynth: Path, seed: int) -> subprocess.CompletedProcess[str]:
    """Resolve the same values both ways."""
    node = find_node({})
    assert node is not None
    return subprocess.run(
        [node, str(SCRIPT), str(packages), str(fastsynth), str(seed)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_same_values_and_same_errors(packages: Path, seed: int) -> None:
    """Thousands of values, from plain texts to tokens in tokens: result, order and each error are the same."""
    done = compare(packages, ROOT / "fastsynth", seed)
    assert done.returncode == 0, done.stdout[:4_000] + done.stderr[-2_000:]
    assert int(done.stdout) > 4_000


@pytest.mark.parametrize(
    ("ours", "broken"),
    [
        ("!value.includes(MARKER)", "true"),
        ("!NUMBER.test(value)", "true"),
        ("!isMap(value)", "true"),
        ("value >= 0 &&", ""),
        ("if (found !== undefined)", ""),
        ("if (item !== undefined)", ""),
        ("path.length > DEEPEST", "false"),
        ("typeof value.resolve !== 'function' &&", ""),
        (".every(plain)", ".every(() => true)"),
        ("value.every(notList)", "true"),
    ],
)
def test_comparison_sees_each_mistake(packages: Path, tmp_path: Path, ours: str, broken: str) -> None:
    """The comparison would notice if any one of the conditions were forgotten."""
    source = (ROOT / "fastsynth/tokens.cjs").read_text(encoding="utf-8")
    assert ours in source
    (tmp_path / "tokens.cjs").write_text(source.replace(ours, broken), encoding="utf-8")
    done = compare(packages, tmp_path, 1)
    assert done.returncode == 1
    assert done.stdout.startswith("different:")


def test_another_version_is_left_alone(packages: Path, tmp_path: Path) -> None:
    """A file that is not the tested one keeps its own walk."""
    file = packages / "node_modules/cdktf/lib/tokens/private/resolve.js"
    other = tmp_path / "lib/tokens/private/resolve.js"
    other.parent.mkdir(parents=True)
    other.write_text(file.read_text(encoding="utf-8").replace("200", "100"), encoding="utf-8")
    node = find_node({})
    assert node is not None
    asked = (
        f"const {{ knows }} = require('{ROOT}/fastsynth/tokens.cjs'); console.log(knows('{file}'), knows('{other}'))"
    )
    done = subprocess.run([node, "-e", asked], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "true false\n"
