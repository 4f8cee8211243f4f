"""The small app, a warm cache for it, and what plain CDKTF makes of it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from tests.fastsynth.synth_runs import APPS, KEPT, ROOT, Run, plain


@pytest.fixture(scope="session")
def warm_cache() -> Path:
    """A cache folder that stays in the checkout, filled by the first run that needs it."""
    made_by = b"".join(file.read_bytes() for file in sorted((ROOT / "fastsynth").glob("*.cjs")))
    folder = KEPT / f"cache-{sha256(made_by).hexdigest()[:16]}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@pytest.fixture
def small(tmp_path: Path, warm_cache: Path) -> Run:
    """The small app with a warm cache."""
    return Run(APPS / "small.py", tmp_path / "out", {"XDG_CACHE_HOME": str(warm_cache)})


@pytest.fixture(scope="session")
def expected() -> dict[str, bytes]:
    """What plain CDKTF writes for the small app; made once for a version of the app and of the packages."""
    return plain(APPS / "small.py")
