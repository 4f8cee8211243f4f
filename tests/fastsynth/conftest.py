"""The small app, a warm cache for it, and what plain CDKTF makes of it."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tests.fastsynth.synth_runs import APPS, ARCHIVE, KEPT, ROOT, Run, plain


def kept_cache(use: str) -> Path:
    """Return a cache folder that stays in the checkout until our JavaScript or the provider's archive changes."""
    made_by = b"".join(file.read_bytes() for file in sorted((ROOT / "fastsynth").glob("*.cjs")))
    made_by += f"{ARCHIVE} {ARCHIVE.stat().st_mtime_ns} {ARCHIVE.stat().st_ctime_ns}".encode()
    version = sha256(made_by).hexdigest()[:16]
    for stale in set(KEPT.glob(f"cache-{use}-*")) - {KEPT / f"cache-{use}-{version}"}:
        shutil.rmtree(stale, ignore_errors=True)
    folder = KEPT / f"cache-{use}-{version}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@pytest.fixture(scope="session")
def warm_cache() -> Path:
    """The cache that only the small app uses; the first run that needs it fills it."""
    return kept_cache("small")


@pytest.fixture(scope="session")
def large_cache() -> Path:
    """The cache of apps with many namespaces."""
    return kept_cache("large")


@pytest.fixture
def small(tmp_path: Path, warm_cache: Path) -> Run:
    """The small app with a warm cache."""
    return Run(APPS / "small.py", tmp_path / "out", {"XDG_CACHE_HOME": str(warm_cache)})


@pytest.fixture(scope="session")
def expected() -> dict[str, bytes]:
    """What plain CDKTF writes for the small app; made once for a version of the app and of the packages."""
    return plain(APPS / "small.py")
