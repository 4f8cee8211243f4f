"""What is measured beside us, installed on demand in folders of its own, in pinned versions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from delivery.npm import command as npm
from delivery.toolchain import WORK, find_node

FOLDER = WORK / "bench"
JAVASCRIPT = ("cdktf@0.21.0", "@cdktf/provider-aws@20.1.0", "constructs@10.4.2")
CDKTN = ("cdktn==0.23.4", "cdktn-provider-aws==24.12.0")
AWS_CDK = ("aws-cdk-lib==2.275.0", "jsii==1.142.0", "constructs==10.8.1", "python-dateutil==2.9.0.post0")
SECONDS = 1_800
"""The larger ones are 100 MB and a quarter of a million lines to compile."""


def javascript() -> Path:
    """CDKTF and its bindings from npm: the folder `node_modules`."""

    def install(folder: Path) -> None:
        node = find_node(os.environ)
        (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
        path = f"{Path(node).parent}:{os.environ.get('PATH', '')}"
        _run(
            [*npm(node), "install", "--no-audit", "--no-fund", "--loglevel=error", *JAVASCRIPT],
            folder,
            {**os.environ, "PATH": path},
        )

    return _once("javascript", JAVASCRIPT, install) / "node_modules"


def cdktn() -> Path:
    """The fork of CDKTF and its bindings: a folder for PYTHONPATH; what they stand on is ours already."""

    def install(folder: Path) -> None:
        _run([*_pip(sys.executable), "--no-deps", "--target", str(folder), *CDKTN], folder, compiling())

    return _once("cdktn", CDKTN, install)


def aws_cdk() -> Path:
    """AWS CDK in a virtual environment: its Python."""
    return virtual("aws-cdk", AWS_CDK)


def virtual(name: str, packages: Sequence[str]) -> Path:
    """Packages in a virtual environment of their own: its Python."""

    def install(folder: Path) -> None:
        _run([sys.executable, "-m", "venv", str(folder)], folder, os.environ)
        _run([*_pip(str(folder / "bin/python")), *packages], folder, compiling())

    return _once(name, packages, install) / "bin/python"


def compiling() -> dict[str, str]:
    """This process's variables, with Python free to keep what it compiled, and no folder chosen for the output."""
    return {key: value for key, value in os.environ.items() if key not in {"PYTHONDONTWRITEBYTECODE", "CDKTF_OUTDIR"}}


def _pip(python: str) -> list[str]:
    return [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _once(name: str, packages: Sequence[str], install: Callable[[Path], None]) -> Path:
    """The folder, made now if these versions are not there whole."""
    folder, done = FOLDER / name, FOLDER / f"{name}.txt"
    wanted = "\n".join(packages)
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        print(f"installing {', '.join(packages)}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        install(folder)
        done.write_text(wanted, encoding="utf-8")
    return folder


def _run(arguments: Sequence[str], folder: Path, variables: Mapping[str, str]) -> None:
    """Run an installer; RuntimeError with its last words when it fails."""
    done = subprocess.run(
        arguments, cwd=folder, env=dict(variables), capture_output=True, text=True, check=False, timeout=SECONDS
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-2_000:]}")
