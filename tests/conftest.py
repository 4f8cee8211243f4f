"""What every test shares: the JSON that `python main.py` writes, made once for all."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from planproof.document import Document, load

ROOT = Path(__file__).parent.parent
PLATFORMS = ("dev", "staging", "prod")
TRACED = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", *TRACED)
KEPT_OUT = ROOT / ".make/tests/cdktf.out"
SYNTH_SECONDS = 300
"""Far more than it takes: a synthesis that hangs must not hang the tests."""

# A shell starts what runs in the background deaf to Ctrl-C, and nohup to a closed terminal; deafness is inherited: the
# programs that the tests interrupt would never end.
for number, heard in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, heard)


def synthesize(outdir: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run main.py as cdktf runs it, with nothing of this process's settings but PATH and HOME."""
    kept = {key: os.environ[key] for key in KEPT if key in os.environ}
    return subprocess.run(
        [sys.executable, "main.py"],
        cwd=ROOT,
        env={**kept, "CDKTF_OUTDIR": str(outdir), **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=SYNTH_SECONDS,
    )


@pytest.hookimpl(trylast=True)  # after the order was shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes starts first, so that no worker is left alone with it in the end."""
    items.sort(key=lambda item: item.get_closest_marker("deploy") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What a deployment starts is not traced for coverage: the tests of each part measure it, in half the time."""
    if item.get_closest_marker("deploy") is None:
        return (yield)
    taken = {name: os.environ.pop(name) for name in TRACED if name in os.environ}
    try:
        return (yield)
    finally:
        os.environ.update(taken)


@pytest.fixture(scope="session")
def cdktf_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder cdktf.out of all environments, synthesized once for all workers of the session."""
    shared = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else None
    folder = (shared or tmp_path_factory.getbasetemp()) / "cdktf.out"
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "manifest.json").exists():
            _synthesize_as_before(folder)
    return folder


def _synthesize_as_before(folder: Path) -> None:
    """Synthesize where the last session did, as a person does in cdktf.out: the gate then works beside Node."""
    KEPT_OUT.mkdir(parents=True, exist_ok=True)
    with Path(f"{KEPT_OUT}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = synthesize(KEPT_OUT)
        assert done.returncode == 0, f"main.py does not synthesize:\n{done.stderr}"
        manifest = json.loads((KEPT_OUT / "manifest.json").read_text(encoding="utf-8"))
        for stack in manifest["stacks"]:  # one that is no more may lie there still
            shutil.copytree(KEPT_OUT / "stacks" / stack, folder / "stacks" / stack)
        shutil.copy(KEPT_OUT / "manifest.json", folder)


@pytest.fixture(scope="session")
def synthesized(cdktf_out: Path) -> dict[str, dict[str, Any]]:
    """The synthesized Terraform JSON, by environment."""
    return {
        name: json.loads((cdktf_out / "stacks" / name / "cdk.tf.json").read_text(encoding="utf-8"))
        for name in PLATFORMS
    }


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person accept a change of what would be deployed."""
    parser.addoption("--update-snapshots", action="store_true", help="write the snapshots instead of comparing")


@pytest.fixture(scope="session")
def documents(cdktf_out: Path) -> dict[str, Document]:
    """The same, as planproof reads it."""
    (*found,) = load(cdktf_out)
    return {document.name: document for document in found if document.name in PLATFORMS}
