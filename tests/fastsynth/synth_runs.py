"""Apps that are run with and without fastsynth, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = Path(__file__).with_name("apps")
KEPT = ROOT / ".make" / "fastsynth"
SITE = next((ROOT / ".venv/lib").glob("python3*/site-packages"))
ARCHIVE = next((SITE / "cdktf_cdktf_provider_aws/_jsii").glob("*.tgz"))
SECONDS = 300


@dataclass(frozen=True)
class Run:
    """One app, the folder it writes to, and what it is started with."""

    app: Path
    outdir: Path
    environment: dict[str, str] = field(default_factory=dict)
    python: str = sys.executable

    def command(self, *, fast: bool) -> list[str]:
        """Return the command line."""
        return [self.python, str(self.app), str(self.outdir), *(["--fast"] if fast else [])]

    def variables(self) -> dict[str, str]:
        """Return the environment: little of this process's, and what the test asked for."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR") if key in os.environ}
        return {**kept, "PYTHONPATH": str(ROOT), **self.environment}

    def done(self, *, fast: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the app to its end."""
        return subprocess.run(
            self.command(fast=fast),
            env=self.variables(),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    def started(self) -> subprocess.Popen[str]:
        """Start the app."""
        return subprocess.Popen(
            self.command(fast=True),
            env=self.variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def written(self) -> dict[str, bytes]:
        """Return every file that the app wrote."""
        return {
            str(path.relative_to(self.outdir)): path.read_bytes()
            for path in sorted(self.outdir.rglob("*"))
            if path.is_file()
        }


def plain(app: Path, *packages: Path) -> dict[str, bytes]:
    """Return what plain CDKTF writes for an app. It takes half a minute, so it is kept in the checkout."""
    named = " ".join(f"{name} {version(name)}" for name in ("cdktf", "jsii", "constructs"))
    key = sha256(f"{named} {packages} ".encode() + app.read_bytes()).hexdigest()[:16]
    outdir = KEPT / f"plain-{app.stem}-{key}"
    run = Run(app, outdir, {"PYTHONPATH": os.pathsep.join(map(str, [*packages, ROOT]))})
    if not (outdir / "manifest.json").exists():
        done = run.done(fast=False)
        assert done.returncode == 0, done.stderr
    json.loads((outdir / "manifest.json").read_text())
    return run.written()
